// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim compare --coverage: the same scenarios once more on the gcov build of
 * both sides, as vfiosim coverage runs them.
 */
#define _XOPEN_SOURCE 700
#include "compare.h"
#include "coverage.h"
#include "../compare/coverage.h"
#include "../kernels/sysutil.h"

/* What was found there was found by the other build as well, and better */
static int cover(struct kernel_coverage *k, const struct cmdline *cl, const struct side *side,
		 char **names, int n)
{
	struct cmdline one = *cl;
	int status;

	one.args = names;
	one.nr_args = n;
	one.minimise = false;
	if (!cl->budget && !cl->budget_seconds)
		one.budget = COMPARE_SCHEDULES;
	if (!cl->quiet)
		fprintf(stderr, "coverage of linux %s\n", side->name);
	k->name = str_dup(side->name);
	status = coverage_tree(&one, &side->tree, k);
	if (status == CMD_EXIT_SKIPPED)
		fprintf(stderr, "vfiosim: linux %s: every scenario was skipped: no coverage to compare\n",
			side->name);
	return k->info && status == CMD_EXIT_FAIL ? 0 : status;
}

int sides_coverage(struct compare_coverage *c, struct kernel_coverage *k, const struct cmdline *cl,
		   const struct side *side, char **names, int n)
{
	int status = cover(&k[SIDE_A], cl, &side[SIDE_A], names, n);

	if (!status)
		status = cover(&k[SIDE_B], cl, &side[SIDE_B], names, n);
	if (!status)
		compare_coverage_fill(c, k[SIDE_A].functions, k[SIDE_A].nr_functions,
				      k[SIDE_B].functions, k[SIDE_B].nr_functions);
	return status;
}
