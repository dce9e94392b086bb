// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleepable RCU.
 *
 * The kernel: readers of one srcu_struct may sleep; synchronize_srcu() waits
 * for those that were there when it was called, and for no others.
 *
 * Here: two counts of readers; a grace period makes new readers use the other
 * one and waits for the first to become 0. Grace periods of one srcu_struct
 * follow each other. Not here: call_srcu(), polling.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/srcu.h>

#include "sched/sched.h"

int init_srcu_struct(struct srcu_struct *ssp)
{
	kshim_check(ssp, 1);
	ssp->readers[0] = 0;
	ssp->readers[1] = 0;
	ssp->idx = 0;
	ssp->waiter = NULL;
	mutex_init(&ssp->gp);
	return 0;
}

void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	kshim_point(KSHIM_FREE, ssp, sizeof(*ssp));
	WARN_ON(ssp->readers[0] || ssp->readers[1]);
}

/**
 * srcu_read_lock() - enter a read side that may sleep
 * @ssp:	which
 *
 * Return: to be handed to srcu_read_unlock().
 */
int srcu_read_lock(struct srcu_struct *ssp)
{
	int idx;

	kshim_point(KSHIM_LOCK_SHARED, ssp, sizeof(*ssp));
	kshim_obj_lock(ssp);
	idx = ssp->idx & 1;
	ssp->readers[idx]++;
	kshim_hb_acquire(&ssp->idx);
	kshim_obj_unlock(ssp);
	return idx;
}

void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	WARN_ON_ONCE(idx & ~1);
	kshim_point(KSHIM_UNLOCK, ssp, sizeof(*ssp));
	kshim_hb_release(&ssp->readers);
	kshim_obj_lock(ssp);
	if (!--ssp->readers[idx] && ssp->waiter)
		kshim_try_to_wake_up(ssp->waiter, TASK_UNINTERRUPTIBLE);
	kshim_obj_unlock(ssp);
}

/**
 * synchronize_srcu() - wait until the readers of now have left
 * @ssp:	which
 *
 * Context: process, may sleep, not inside a read side of @ssp.
 */
void synchronize_srcu(struct srcu_struct *ssp)
{
	int old;

	might_sleep();
	mutex_lock(&ssp->gp);
	kshim_point(KSHIM_WAIT, ssp, sizeof(*ssp));
	kshim_obj_lock(ssp);
	old = ssp->idx & 1;
	ssp->idx++;
	ssp->waiter = kshim_current();
	while (ssp->readers[old]) {
		kshim_set_current_state(TASK_UNINTERRUPTIBLE);
		kshim_obj_unlock(ssp);
		schedule();
		kshim_check(ssp, 0);
		kshim_obj_lock(ssp);
	}
	ssp->waiter = NULL;
	kshim_hb_acquire(&ssp->readers);
	kshim_hb_release(&ssp->idx);
	kshim_obj_unlock(ssp);
	mutex_unlock(&ssp->gp);
}
