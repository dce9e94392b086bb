/* SPDX-License-Identifier: GPL-2.0-only */
/* A call that was made to fail: where it was, and what it is an excuse for. */
#ifndef RUN_FAULT_H
#define RUN_FAULT_H

#include "kshim/slab.h"
#include "run.h"

/* Somebody waits, or runs, for ever. */
bool verdict_is_stuck(const struct verdict *v);

/**
 * fault_excuses() - the report may be because a step has not happened at all
 * @f:		failed
 * @v:		what was said
 *
 * It was not called from VFIO or a driver; and something is left over or waits.
 */
bool fault_excuses(const struct kshim_fault *f, const struct verdict *v);

/* "allocation in FUNC() (FILE:LINE)"; malloc()ed, as the call trace of it. */
char *fault_site(const struct kshim_fault *f);
char *fault_stack(const struct kshim_fault *f);

/* What the environment has made fail, for the report. */
void fault_tell(struct run_failure *x, const struct kshim_fault *f);

#endif
