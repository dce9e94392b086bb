/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of sched/ and kernel/ share and nobody else needs. */
#ifndef KSHIM_SCHED_SCHED_H
#define KSHIM_SCHED_SCHED_H

#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <kshim/locks.h>
#include "engine/engine.h"

#define KSHIM_FIRST_PID		100

/* Wakes @p when it sleeps in a state of @mask. Any context, never switches. */
bool kshim_try_to_wake_up(struct task_struct *p, unsigned int mask);

/**
 * kshim_task_new() - a task with its task_struct
 * @comm:	name
 * @kflags:	KSHIM_TASK_*
 * @flags:	PF_*
 * @fn:		first function; runs after the first wake-up
 *
 * Return: the task, not started; NULL when there are too many.
 */
struct task_struct *kshim_task_new(const char *comm, unsigned int kflags,
				   unsigned int flags, kshim_task_fn fn);

/* Waits for the first wake-up; the first thing that a task's function does. */
struct task_struct *kshim_task_begin(void);

/* Parks until a state change or the deadline. True: woken, false: too late. */
bool kshim_sleep(unsigned long long deadline);

/* A kernel thread that may be a daemon; see kthread_create_on_node(). */
struct task_struct *kshim_kthread_create(int (*fn)(void *data), void *data,
					 unsigned int kflags, const char *comm);

/* The last steps of a task, then it only has to return. */
void kshim_exit_task(struct task_struct *me, long code);
void kshim_kthread_exit(struct task_struct *me);

/* Forget tasks at the start of a run. */
void kshim_tasks_reset(void);
void kshim_processes_reset(void);
void kshim_workqueue_reset(void);
void kshim_timer_reset(void);
void kshim_rcu_reset(void);

/* As signal_pending_state() of the caller; the order to a signal matters. */
static inline int kshim_interrupted(unsigned int state)
{
	struct task_struct *me = kshim_current();

	kshim_touch(KSHIM_READ, &me->sigpending, 1);
	return signal_pending_state(state, me);
}

/* An object that is used after a sleep must still be there. */
#define kshim_check(obj, write)						\
do {									\
	if (unlikely(!kshim_addressable((obj), sizeof(*(obj)))))	\
		kshim_bad_access((obj), sizeof(*(obj)), (write),	\
				 __builtin_return_address(0));		\
} while (0)

#endif
