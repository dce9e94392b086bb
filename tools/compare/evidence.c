// SPDX-License-Identifier: GPL-2.0-only
/*
 * How far it is known that a kernel does not do something. That a search has
 * not met it says little by itself: what was drawn was drawn from other
 * schedules. It counts when that search was exhaustive, or complete up to as
 * many preemptions as the witness can have, or when it ran so often that it
 * would have been met.
 */
#define _XOPEN_SOURCE 700
#include "../kernels/sysutil.h"
#include "compare.h"

/* Meetings that were to be expected; that none comes is then a chance of e^-20 */
#define EXPECTED	20.0

char *compare_evidence(const struct run_result *r, unsigned long count, const char *token,
		       const struct run_result *other, bool *sure)
{
	int choices = compare_deviations(token);

	*sure = true;
	if (other->exhaustive)
		return str_dup("in no schedule of all");
	if (choices >= 0 && choices <= other->complete_bound)
		return str_printf("in no schedule of all with at most %d preemption%s",
				  other->complete_bound, other->complete_bound == 1 ? "" : "s");
	*sure = r->schedules && (double)count * (double)other->schedules / (double)r->schedules >=
				EXPECTED;
	return str_printf("not seen in %lu schedules (not exhaustive)", other->schedules);
}
