/* SPDX-License-Identifier: GPL-2.0-only */
/* From a failing schedule to everything that is told about it. */
#ifndef RUN_FAILURE_H
#define RUN_FAILURE_H

#include "run.h"

/**
 * failure_explain() - minimise a failure, run it again, explain it
 * @f:		oracle and headline are set; the rest is filled
 * @scn:	scenario that is set up
 * @cl:		options
 * @devs:	schedule that failed
 * @first:	what it said
 * @complete:	every schedule with so many preemptions was tried before; -1: none
 * @error:	set when the replay says something else
 */
void failure_explain(struct run_failure *f, const struct scenario *scn,
		     const struct cmdline *cl, const struct devlog *devs,
		     const struct verdict *first, int complete, char **error);

#endif
