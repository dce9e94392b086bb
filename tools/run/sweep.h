/* SPDX-License-Identifier: GPL-2.0-only */
/* One allocation after the other fails. */
#ifndef RUN_SWEEP_H
#define RUN_SWEEP_H

#include "run.h"

struct kshim_fault;

/* False: it cannot be done with these options; said on stderr. */
bool sweep_init(const struct cmdline *cl);

/**
 * sweep_run() - execute a scenario once for each allocation that its steps make
 * @scn:	scenario; its clauses are dropped
 * @cl:		options
 * @r:		filled
 */
void sweep_run(struct scenario *scn, const struct cmdline *cl, struct run_result *r);

/* What an earlier result has as well. */
void sweep_mark_same(struct run_result *r, const struct run_result *before);

/* sweepknown.c: read DIR/fail-sweep-known.txt; false: said on stderr. */
bool sweep_known_read(const char *dir);
/* Why a report is expected, or NULL. */
const char *sweep_known(const struct verdict *v, const struct kshim_fault *f);

#endif
