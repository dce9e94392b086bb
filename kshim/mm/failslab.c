// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fault injection. Mirrors lib/fault-inject.c's fail-nth.
 *
 * The kernel guarantees: after N was written to /proc/self/fail-nth, the N-th
 * call of that task that can be made to fail does fail, once.
 *
 * We give: the same for allocations and whatever else asks
 * kshim_should_fail(); and allocations of whoever it is that the environment
 * (engine/environment.c) lets fail. We do not give: probabilities, filters,
 * intervals.
 */
#include <linux/sched.h>

#include "engine/engine.h"
#include "kshim/slab.h"
#include "mm/slab.h"

static struct kshim_fault faults[2];	/* the last one that a step asked for, the first that none did */
static bool faulted[2];

static void __cold remember(unsigned long size, bool copy, bool unasked)
{
	struct kshim_fault *f = &faults[unasked];

	if (unasked && faulted[1])
		return;
	faulted[unasked] = true;
	f->size = size;
	f->copy = copy;
	f->depth = kshim_stack(f->stack, KSHIM_FAULT_STACK);
}

int kshim_fault_unasked(void)
{
	return faulted[1];
}

int kshim_fault_take(struct kshim_fault *f, int unasked)
{
	bool was = faulted[unasked];

	if (was)
		*f = faults[unasked];
	faulted[unasked] = false;
	return was;
}

bool kshim_should_fail(unsigned long size, bool copy)
{
	struct task_struct *t = current;	/* of init_task it is 0 */

	if (!copy && unlikely(kshim_environment_fails())) {
		remember(size, copy, true);
		return true;
	}
	if (likely(!t->fail_nth))
		return false;
	kshim_note("fail_nth", &t->fail_nth, t->fail_nth, t->fail_nth - 1);
	if (--t->fail_nth)
		return false;
	remember(size, copy, false);
	return true;
}

unsigned int kshim_fail_nth(unsigned int n)
{
	unsigned int left;

	if (!kshim_self())
		return 0;
	left = current->fail_nth;
	current->fail_nth = n;
	return left;
}
