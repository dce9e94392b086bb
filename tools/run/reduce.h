/* SPDX-License-Identifier: GPL-2.0-only */
/* The fewest steps and tasks of a scenario that still fail like this. */
#ifndef RUN_REDUCE_H
#define RUN_REDUCE_H

#include "zygote.h"

/**
 * reduce_scenario() - leave steps out as long as it fails
 * @f:		failure, with its token; steps_from, steps, small and
 *		small_token are filled when something could be left out
 * @scn:	scenario that is set up; the failing schedule was executed last
 * @m:		that schedule
 * @b:		budget of all of it
 * @file:	what the smaller scenario is to be called
 *
 * Return: what the smaller scenario says, its strings malloc()ed; fails is
 * false when nothing could be left out, or when there is no zygote.
 */
struct tried reduce_scenario(struct run_failure *f, const struct scenario *scn,
			     const struct min_schedule *m, struct min_budget *b,
			     const char *file);

#endif
