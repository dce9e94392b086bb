// SPDX-License-Identifier: GPL-2.0-only
/*
 * Work that a task does when it returns to user space or exits.
 *
 * The kernel: nothing of the caller is locked when it runs; works that were
 * queued in one go run last in, first out; a task that has exited takes none.
 *
 * Here: the same, lock-free on both engines. Not here: TWA_SIGNAL's
 * interruption of another task's sleep is a wake-up only.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/task_work.h>

#include "lib/rmw.h"
#include "sched/sched.h"

static struct callback_head work_exited;	/* the end of all lists */

/**
 * task_work_add() - let a task do something outside of any system call
 * @task:	task
 * @twork:	set up with init_task_work()
 * @mode:	whether to notify a task that sleeps
 *
 * Context: any. Return: 0; -ESRCH when @task will not return to user space.
 */
int task_work_add(struct task_struct *task, struct callback_head *twork,
		  enum task_work_notify_mode mode)
{
	struct callback_head *head = __atomic_load_n(&task->task_works, __ATOMIC_ACQUIRE);

	kshim_check(twork, 1);
	kshim_hb_release(twork);
	do {
		if (head == &work_exited)
			return -ESRCH;
		twork->next = head;
	} while (!kshim_rmw_try_cmpxchg(&task->task_works, &head, twork));
	if (mode == TWA_SIGNAL)
		kshim_try_to_wake_up(task, TASK_INTERRUPTIBLE);
	return 0;
}

/**
 * task_work_run() - run what is queued, until nothing is left
 *
 * Context: the task itself, nothing held.
 */
void task_work_run(void)
{
	struct task_struct *me = kshim_current();
	struct callback_head *end = me->flags & PF_EXITING ? &work_exited : NULL;
	struct callback_head *work, *next;

	for (;;) {
		work = __atomic_load_n(&me->task_works, __ATOMIC_ACQUIRE);
		while (!kshim_rmw_try_cmpxchg(&me->task_works, &work, work ? NULL : end))
			;
		if (!work || work == &work_exited)
			break;
		do {
			kshim_check(work, 0);
			next = work->next;
			kshim_hb_acquire(work);
			work->func(work);
			work = next;
		} while (work);
	}
}

static struct callback_head *cancel(struct task_struct *task, struct callback_head *cb,
				    task_work_func_t func)
{
	struct callback_head **pp, *work, *found = NULL;

	kshim_point(KSHIM_ATOMIC, task, 0);
	/* Only the task itself takes from the list, and it is not running it. */
	for (pp = &task->task_works; (work = *pp) && work != &work_exited; pp = &work->next) {
		if (work != cb && work->func != func)
			continue;
		if (kshim_rmw_try_cmpxchg(pp, &work, work->next))
			found = work;
		kshim_hb_acquire(work);
		break;
	}
	return found;
}

#if KSHIM_HAS_CANCEL_BY_HEAD
bool task_work_cancel(struct task_struct *task, struct callback_head *cb)
{
	return cancel(task, cb, NULL) != NULL;
}
#else
struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func)
{
	return cancel(task, NULL, func);
}
#endif
