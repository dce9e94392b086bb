// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU.
 *
 * The kernel: a grace period ends when every reader that was there at its
 * start has left; later readers do not count; callbacks run after one, in
 * order, in atomic context; rcu_barrier() waits for those that were queued.
 *
 * Here: on the explore engine a grace period is a mask of the tasks that were
 * readers when it began; a reader that leaves takes itself out of all of
 * them. Callbacks run on a task of their own, one grace period per batch. On
 * the parallel engine grace periods are liburcu's; callbacks are the same.
 *
 * Not here: expedited or polled grace periods (they are ordinary ones), the
 * bh and sched flavours as separate ones.
 */
#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "engine/rcu.h"
#include "lib/rmw.h"
#include "locking/lockdep.h"
#include "sched/sched.h"

KSHIM_ORACLE(kshim_oracle_rcu, "rcu",
	     "RCU misuse: waiting for a grace period inside a read side, unbalanced unlock");

struct grace_period {
	struct grace_period *next;
	struct task_struct *task;
	unsigned long readers;		/* not left yet */
};

static struct {
	unsigned long readers;		/* tasks in a read side (explore only) */
	struct grace_period *waiting;
	struct rcu_head *cb_first;
	struct rcu_head **cb_last;	/* NULL: nothing queued */
	struct task_struct *cb_task;
	bool cb_starting;
} rcu;

/* Offsets are smaller than any function: how the kernel marks kfree_rcu(). */
#define MAX_KFREE_OFFSET	4096UL

void rcu_read_lock(void)
{
	struct task_struct *me = kshim_current();

	if (me->rcu_read_lock_nesting++)
		return;
	if (kshim_hot.parallel) {
		kshim_urcu_read_lock();
		return;
	}
	/* Entering commutes with all but the start of a grace period. */
	kshim_point(KSHIM_LOCK_SHARED, &rcu, 0);
	kshim_hb_acquire(&rcu.waiting);
	if (me->ktask)
		rcu.readers |= 1UL << me->ktask->id;
}

static void leave(struct task_struct *me)
{
	struct grace_period **pp = &rcu.waiting, *gp;
	unsigned long bit;

	kshim_point(KSHIM_UNLOCK, &rcu, 0);
	kshim_hb_release(&rcu.readers);
	if (!me->ktask)
		return;
	bit = 1UL << me->ktask->id;
	rcu.readers &= ~bit;
	while ((gp = *pp)) {
		gp->readers &= ~bit;
		if (gp->readers) {
			pp = &gp->next;
			continue;
		}
		*pp = gp->next;
		kshim_try_to_wake_up(gp->task, TASK_UNINTERRUPTIBLE);
	}
}

void rcu_read_unlock(void)
{
	struct task_struct *me = kshim_current();

	if (unlikely(me->rcu_read_lock_nesting <= 0)) {
		kshim_report(&kshim_oracle_rcu, 0,
			     "WARNING: bad unlock balance detected! %s/%d is trying to release lock (rcu_read_lock)",
			     me->comm, me->pid);
		return;
	}
	if (me->rcu_read_lock_nesting > 1) {
		me->rcu_read_lock_nesting--;
		return;
	}
	if (kshim_hot.parallel)
		kshim_urcu_read_unlock();
	else
		leave(me);
	me->rcu_read_lock_nesting = 0;
}

int rcu_read_lock_held(void)
{
	return kshim_current()->rcu_read_lock_nesting > 0;
}

/* After the readers that have left, before those that come. */
static void grace_period_ordered(void)
{
	kshim_hb_acquire(&rcu.readers);
	kshim_hb_release(&rcu.waiting);
}

/**
 * synchronize_rcu() - wait until the readers of now have left
 *
 * Context: process, may sleep, not inside a read side.
 */
void synchronize_rcu(void)
{
	struct grace_period gp;

	if (kshim_current()->rcu_read_lock_nesting) {
		kshim_report(&kshim_oracle_rcu, 0,
			     "WARNING: suspicious RCU usage: Illegal synchronize_rcu() in RCU read-side critical section");
		return;
	}
	might_sleep();
	if (kshim_hot.parallel) {
		kshim_urcu_synchronize();
		return;
	}
	kshim_point(KSHIM_WAIT, &rcu, 0);
	if (!rcu.readers) {
		grace_period_ordered();
		return;
	}
	gp.task = kshim_current();
	gp.readers = rcu.readers;
	gp.next = rcu.waiting;
	rcu.waiting = &gp;
	while (gp.readers) {
		kshim_set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
	kshim_set_current_state(TASK_RUNNING);
	grace_period_ordered();
}

static void invoke(struct rcu_head *head)
{
	unsigned long func;

	kshim_check(head, 0);
	kshim_hb_acquire(head);
	func = (unsigned long)head->func;
	if (func < MAX_KFREE_OFFSET)
		kfree((char *)head - func);
	else
		head->func(head);
}

static int run_callbacks(void *unused)
{
	struct rcu_head *batch, *next;

	for (;;) {
		kshim_obj_lock(&rcu);
		batch = rcu.cb_first;
		if (!batch) {
			kshim_set_current_state(TASK_IDLE);
			kshim_obj_unlock(&rcu);
			schedule();
			continue;
		}
		rcu.cb_first = NULL;
		rcu.cb_last = NULL;
		kshim_obj_unlock(&rcu);

		kshim_hb_detach();
		synchronize_rcu();
		preempt_disable();
		for (; batch; batch = next) {
			kshim_check(batch, 0);
			next = batch->next;
			kshim_lock_new_context(kshim_current()->ktask);
			invoke(batch);
		}
		preempt_enable();
	}
	return 0;
}

static void start_cb_task(void)
{
	struct task_struct *t;

	if (kshim_rmw_xchg(&rcu.cb_starting, true))
		return;
	t = kshim_kthread_create(run_callbacks, NULL, KSHIM_TASK_DAEMON, "rcuop/0");
	if (WARN_ONCE(IS_ERR(t), "no task left for RCU callbacks: they will not run\n"))
		return;
	__atomic_store_n(&rcu.cb_task, t, __ATOMIC_RELEASE);
	__atomic_store_n(&t->started, 1, __ATOMIC_RELEASE);
	kshim_unpark(t->ktask);
}

/**
 * call_rcu() - have a function called after a grace period
 * @head:	inside the object in question
 * @func:	called in atomic context
 *
 * Context: any.
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	kshim_point(KSHIM_WAKE, head, sizeof(*head));
	kshim_hb_release(head);
	head->func = func;
	head->next = NULL;
	kshim_obj_lock(&rcu);
	if (rcu.cb_last)
		*rcu.cb_last = head;
	else
		rcu.cb_first = head;
	rcu.cb_last = &head->next;
	kshim_obj_unlock(&rcu);
	if (!rcu.cb_task)
		start_cb_task();
	else
		kshim_try_to_wake_up(rcu.cb_task, TASK_UNINTERRUPTIBLE);
}

void kshim_call_rcu_lib(struct rcu_head *head, rcu_callback_t func)
{
	if (kshim_hot.parallel || rcu.readers || kshim_current()->preempt_count) {
		call_rcu(head, func);
		return;
	}
	head->func = func;
	kshim_hb_acquire(&rcu.readers);
	invoke(head);
}

void kshim_kfree_rcu(struct rcu_head *head, void *p)
{
	unsigned long offset = (char *)head - (char *)p;

	WARN_ON_ONCE(offset >= MAX_KFREE_OFFSET);
	call_rcu(head, (rcu_callback_t)offset);
}

/* Without a head in the object: the caller waits. */
void kshim_kfree_rcu_mightsleep(const void *p)
{
	if (!p)
		return;
	synchronize_rcu();
	kfree(p);
}

struct barrier {
	struct rcu_head head;
	struct completion done;
};

static void barrier_fn(struct rcu_head *head)
{
	complete(&container_of(head, struct barrier, head)->done);
}

/**
 * rcu_barrier() - wait for all callbacks queued so far
 *
 * Context: process, may sleep, not inside a read side.
 */
void rcu_barrier(void)
{
	struct barrier b;

	might_sleep();
	init_completion(&b.done);
	call_rcu(&b.head, barrier_fn);
	wait_for_completion(&b.done);
}

void kshim_rcu_reset(void)
{
	rcu.readers = 0;
	rcu.waiting = NULL;
	rcu.cb_task = NULL;
	rcu.cb_starting = false;
}
