/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reference counts in a partial-order reduction. Two steps of a counter only
 * depend on each other where it may be about to reach 0: everywhere else
 * their order is of no consequence.
 */
#ifndef SEARCH_COUNTER_H
#define SEARCH_COUNTER_H

#include "history.h"

/* Collect the steps of each counter in a whole execution; false: none. */
bool counters_learn(struct history *f);
/*
 * The order that everything but the counters makes; rivals are known then.
 * @whole: the execution went on to its end.
 */
void counters_order(const struct history *f, bool whole);

/**
 * counter_rival() - what a step depends on
 * @step:	of a counter
 * @me:		its task
 * @task:	another one
 *
 * Return: @task's latest transition so far that it depends on, plus one;
 * 0: none.
 */
uint32_t counter_rival(int step, unsigned int me, unsigned int task);

/* The step has been dealt with: it is in the past from here on. */
void counter_done(int step, unsigned int task);

#endif
