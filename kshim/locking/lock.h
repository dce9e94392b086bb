/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the locks have in common: the running task, the queue of waiters
 * (on their own stacks, first come first), and parking in a task state that
 * signals honour. Private to kshim/locking.
 */
#ifndef KSHIM_LOCKING_LOCK_H
#define KSHIM_LOCKING_LOCK_H

#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/types.h>
#include <kshim/locks.h>
#include "engine/engine.h"

#define KSHIM_NO_TASK	(KSHIM_MAX_TASKS + 1)	/* owner when no task runs */

struct kshim_lock_waiter {
	struct kshim_lock_waiter *next;
	struct kshim_task *task;
	unsigned char writer;
	unsigned char granted;		/* the releaser gave it the lock */
};

static __always_inline struct kshim_task *kshim_me(void)
{
	return likely(!kshim_hot.parallel) ? kshim_hot.cur : kshim_self();
}

/* The number that says who owns a lock; never 0. */
static __always_inline unsigned int kshim_my_owner(void)
{
	struct kshim_task *t = kshim_me();

	return likely(t) ? t->id + 1 : KSHIM_NO_TASK;
}

/* NULL outside any task. */
static __always_inline struct task_struct *kshim_my_task(void)
{
	struct kshim_task *t = kshim_me();

	return likely(t) ? t->priv : NULL;
}

static inline const char *kshim_my_comm(void)
{
	struct task_struct *t = kshim_my_task();

	return t ? t->comm : "swapper/0";
}

static inline int kshim_my_pid(void)
{
	struct task_struct *t = kshim_my_task();

	return t ? t->pid : 0;
}

static inline void kshim_waiter_add(struct kshim_lock_waiter **q,
				    struct kshim_lock_waiter *w)
{
	while (*q)
		q = &(*q)->next;
	w->next = NULL;
	*q = w;
}

static inline void kshim_waiter_del(struct kshim_lock_waiter **q,
				    struct kshim_lock_waiter *w)
{
	while (*q && *q != w)
		q = &(*q)->next;
	if (*q)
		*q = w->next;
}

/* Tests the object after a park: it may be gone by now. */
static inline void kshim_lock_recheck(const void *lock, unsigned long size,
				      const void *pc)
{
	if (unlikely(!kshim_addressable(lock, size)))
		kshim_bad_access(lock, size, 1, pc);
}

static inline void kshim_lock_state(unsigned int state)
{
	if (kshim_my_task())
		set_current_state(state);
}

static inline int kshim_lock_signal(unsigned int state)
{
	struct task_struct *t = kshim_my_task();

	if (state == TASK_UNINTERRUPTIBLE || !t)
		return 0;
	kshim_touch(KSHIM_READ, &t->sigpending, 1);
	return signal_pending_state(state, t);
}

/* might_sleep() of a primitive, without the cost of a call when all is well. */
static __always_inline void kshim_lock_might_sleep(const char *file, int line)
{
	struct task_struct *t = kshim_my_task();

	if (unlikely(t && (t->preempt_count | t->rcu_read_lock_nesting)))
		__might_sleep(file, line);
}

#endif
