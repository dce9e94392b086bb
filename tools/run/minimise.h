/* SPDX-License-Identifier: GPL-2.0-only */
/* The least that fails in the same way. */
#ifndef RUN_MINIMISE_H
#define RUN_MINIMISE_H

#include "run.h"

/**
 * struct min_budget - how much may be executed
 * @schedules:	so many are left
 * @points:	and so many contended points: long schedules are fewer
 */
struct min_budget {
	unsigned long schedules, points;
};

/**
 * struct min_schedule - a failing schedule
 * @devs:	its deviations
 * @preemptions: its cost
 * @exact:	no schedule with a lower cost fails like this: all were tried
 */
struct min_schedule {
	struct devlog devs;
	int preemptions;
	bool exact;
};

/**
 * min_fails() - execute once
 * @devs:	schedule
 * @want:	report
 * @b:		is charged
 *
 * Return: does it end in this report? search_devs and world_preemptions()
 * then say what was executed.
 */
bool min_fails(const struct devlog *devs, const struct verdict *want, struct min_budget *b);

/**
 * min_search() - first failing schedule with at most so many preemptions
 * @bound:	preemptions
 * @want:	report
 * @b:		budget
 * @m:		filled when there is one
 *
 * Return: 1 found, 0 there is none, -1 the budget was too small to say.
 */
int min_search(int bound, const struct verdict *want, struct min_budget *b,
	       struct min_schedule *m);

/**
 * min_schedule() - fewest preemptions, then fewest deviations
 * @m:		a failing schedule; replaced by a smaller one
 * @want:	its report
 * @complete:	bound that was searched without it already; -1: none
 * @b:		budget
 */
void min_schedule(struct min_schedule *m, const struct verdict *want, int complete,
		  struct min_budget *b);

#endif
