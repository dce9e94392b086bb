/* SPDX-License-Identifier: GPL-2.0-only */
/* Which order of which two operations it is that makes a schedule fail. */
#ifndef RUN_REVERSE_H
#define RUN_REVERSE_H

#include "minimise.h"
#include "search/watch.h"

/**
 * struct reversal - the two operations
 * @found:	they are known
 * @late:	comes too late: executed before the switch, it passes
 * @early:	comes too early: it fails as soon as this was executed
 */
struct reversal {
	bool found;
	struct watch_point late, early;
};

/**
 * reverse_find() - move the last preemption until it passes
 * @m:		a failing schedule
 * @want:	its report
 * @b:		is charged
 */
struct reversal reverse_find(const struct min_schedule *m, const struct verdict *want,
			     struct min_budget *b);

/**
 * differ_keep() - remember what the schedule that was just recorded has read
 *
 * Of a neighbour that passes.
 */
void differ_keep(void);
void differ_forget(void);

/**
 * differ_mark() - mark in the recording what reads other values than that
 * @r:		mark these two as well
 */
void differ_mark(const struct reversal *r);

#endif
