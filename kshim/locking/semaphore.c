// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counting semaphores. Mirrors kernel/locking/semaphore.c.
 *
 * The kernel guarantees: waiters are served in order, and up() hands over to
 * the first of them without making the count positive; anybody may call
 * up(), from any context. Given: all of that. They have no owner, so they
 * are not among the locks that a task holds.
 */
#include <linux/semaphore.h>
#include <linux/jiffies.h>
#include "locking/lock.h"

static noinline int down_wait(struct semaphore *sem, unsigned int state,
			      unsigned long long deadline, const void *pc)
{
	struct kshim_lock_waiter w = { .task = kshim_me() };
	int ret = 0;

	kshim_waiter_add(&sem->waiters, &w);
	for (;;) {
		int late;

		kshim_lock_state(state);
		if (kshim_lock_signal(state)) {
			ret = -EINTR;
			break;
		}
		kshim_obj_unlock(sem);
		late = kshim_park(deadline);
		kshim_lock_recheck(sem, sizeof(*sem), pc);
		kshim_obj_lock(sem);
		if (w.granted)
			goto out;
		if (late) {
			ret = -ETIME;
			break;
		}
	}
	kshim_waiter_del(&sem->waiters, &w);
out:
	kshim_lock_state(TASK_RUNNING);
	return ret;
}

static __always_inline int down_state(struct semaphore *sem, unsigned int state,
				      unsigned long long deadline, const void *pc)
{
	int ret = 0;

	kshim_lock_might_sleep(__FILE__, __LINE__);
	kshim_point(KSHIM_LOCK, sem, sizeof(*sem));
	kshim_obj_lock(sem);
	if (likely(sem->count))
		sem->count--;
	else
		ret = down_wait(sem, state, deadline, pc);
	if (!ret)
		kshim_hb_acquire(sem);
	kshim_obj_unlock(sem);
	return ret;
}

/**
 * down() - take one, however long it takes
 * @sem:	any semaphore
 *
 * Context: may sleep, uninterruptible.
 */
void down(struct semaphore *sem)
{
	down_state(sem, TASK_UNINTERRUPTIBLE, KSHIM_FOREVER, __builtin_return_address(0));
}

/* As down(), but -EINTR when a signal comes. */
int down_interruptible(struct semaphore *sem)
{
	return down_state(sem, TASK_INTERRUPTIBLE, KSHIM_FOREVER,
			  __builtin_return_address(0));
}

/* As down(), but -EINTR when a fatal signal comes. */
int down_killable(struct semaphore *sem)
{
	return down_state(sem, TASK_KILLABLE, KSHIM_FOREVER, __builtin_return_address(0));
}

/**
 * down_trylock() - take one if there is one
 * @sem:	any semaphore
 *
 * Return: 0 when taken, 1 when not: the other way round than a mutex.
 */
int down_trylock(struct semaphore *sem)
{
	int ret = 1;

	kshim_point(KSHIM_TRYLOCK, sem, sizeof(*sem));
	kshim_obj_lock(sem);
	if (sem->count) {
		sem->count--;
		kshim_hb_acquire(sem);
		ret = 0;
	}
	kshim_obj_unlock(sem);
	return ret;
}

/**
 * down_timeout() - take one within a time
 * @sem:	any semaphore
 * @timeout:	jiffies
 *
 * Return: 0, or -ETIME.
 */
int down_timeout(struct semaphore *sem, long timeout)
{
	return down_state(sem, TASK_UNINTERRUPTIBLE,
			  kshim_now() + timeout * (1000000000ULL / HZ),
			  __builtin_return_address(0));
}

/**
 * up() - give one back
 * @sem:	any semaphore; need not have been taken by the caller
 *
 * Context: any.
 */
void up(struct semaphore *sem)
{
	struct kshim_lock_waiter *w;

	kshim_point(KSHIM_UNLOCK, sem, sizeof(*sem));
	kshim_hb_release(sem);
	kshim_obj_lock(sem);
	w = sem->waiters;
	if (w) {
		sem->waiters = w->next;
		w->granted = 1;
		kshim_unpark(w->task);
	} else {
		sem->count++;
	}
	kshim_obj_unlock(sem);
}
