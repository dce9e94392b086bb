/* SPDX-License-Identifier: GPL-2.0-only */
/* The self-check that the explore engines agree, see hash.c. */
#ifndef RUN_HASH_H
#define RUN_HASH_H

#include "run.h"

/* $VFIOSIM_TRACE_HASH: how many schedules; 0: explore as usual. */
unsigned long hash_wanted(void);

/**
 * hash_run() - instead of a campaign: some PCT schedules, fully recorded
 * @scn:	a scenario that is set up
 * @cl:		depth and seed
 * @n:		how many schedules
 * @r:		status and count are filled
 *
 * Prints for each: scenario, number, trace hash, contended points,
 * preemptions, verdict.
 */
void hash_run(const struct scenario *scn, const struct cmdline *cl, unsigned long n,
	      struct run_result *r);

#endif
