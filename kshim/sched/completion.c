// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completions.
 *
 * The kernel: complete() lets one waiter through, now or later, first come
 * first served; complete_all() lets everybody through until the completion is
 * initialised again; giving up the internal lock is the last access to the
 * object, so that a waiter may free it as soon as it returns. With a signal
 * that the wait admits: -ERESTARTSYS; on timeout 0; else the jiffies left,
 * at least 1.
 *
 * Here: the same. The lock is the engine's, outside the object. Waking is a
 * point before, never within. A completion that was freed while somebody
 * waited is found when that waiter wakes up, one that nobody has initialised as
 * the wild pointer that it has in the kernel.
 */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "locking/lockdep.h"
#include "sched/sched.h"

struct swait_queue {
	struct swait_queue *next;
	struct task_struct *task;
	bool queued;
};

static void enqueue(struct swait_queue_head *q, struct swait_queue *w)
{
	w->next = NULL;
	w->queued = true;
	if (q->last)
		q->last->next = w;
	else
		q->first = w;
	q->last = w;
}

static void dequeue(struct swait_queue_head *q, struct swait_queue *w)
{
	struct swait_queue *prev = NULL, *i;

	for (i = q->first; i != w; i = i->next)
		prev = i;
	if (prev)
		prev->next = w->next;
	else
		q->first = w->next;
	if (q->last == w)
		q->last = prev;
	w->queued = false;
}

/* Memory that is zero, or was: the kernel follows its pointer, and so do we */
static void follow_ring(const struct completion *x)
{
	if (x->wait.ring != &x->wait)
		(void)READ_ONCE(x->wait.ring->ring);
}

/* Under the object's lock. The entry may vanish once the lock is dropped. */
static bool wake_first(struct swait_queue_head *q)
{
	struct swait_queue *w = q->first;

	if (!w)
		return false;
	dequeue(q, w);
	kshim_try_to_wake_up(w->task, TASK_NORMAL);
	return true;
}

/**
 * complete() - let one waiter through
 * @x:		completion; not touched after the waiter can run
 *
 * Context: any.
 */
void complete(struct completion *x)
{
	kshim_point(KSHIM_WAKE, x, sizeof(*x));
	follow_ring(x);
	kshim_hb_release(x);
	kshim_lock_completes(x, &x->dep_map, __builtin_return_address(0));
	kshim_obj_lock(x);
	if (x->done != UINT_MAX)
		x->done++;
	kshim_note("completion", x, (long)x->done - 1, x->done);
	wake_first(&x->wait);
	kshim_obj_unlock(x);
}

/**
 * complete_all() - let everybody through, for ever
 * @x:		completion
 *
 * Context: any.
 */
void complete_all(struct completion *x)
{
	kshim_point(KSHIM_WAKE, x, sizeof(*x));
	follow_ring(x);
	kshim_hb_release(x);
	kshim_lock_completes(x, &x->dep_map, __builtin_return_address(0));
	kshim_obj_lock(x);
	kshim_note("completion", x, x->done, UINT_MAX);
	x->done = UINT_MAX;
	while (wake_first(&x->wait))
		;
	kshim_obj_unlock(x);
}

static long wait_for_common(struct completion *x, long timeout, unsigned int state)
{
	struct swait_queue w = { .task = current };

	might_sleep();
	kshim_point(KSHIM_WAIT, x, sizeof(*x));
	follow_ring(x);
	kshim_lock_before(x, &x->dep_map, 0, KSHIM_CROSSES, NULL,
			  __builtin_return_address(0));
	kshim_obj_lock(x);
	if (!x->done) {
		do {
			if (kshim_interrupted(state)) {
				timeout = -ERESTARTSYS;
				break;
			}
			if (!w.queued)
				enqueue(&x->wait, &w);
			kshim_set_current_state(state);
			kshim_obj_unlock(x);
			timeout = schedule_timeout(timeout);
			kshim_check(x, 0);
			kshim_obj_lock(x);
		} while (!x->done && timeout);
	}
	if (w.queued)
		dequeue(&x->wait, &w);
	if (x->done) {
		kshim_hb_acquire(x);
		if (x->done != UINT_MAX)
			x->done--;
		if (!timeout)
			timeout = 1;
	}
	kshim_obj_unlock(x);
	return timeout;
}

/**
 * wait_for_completion() - wait until completed
 * @x:		completion
 *
 * Context: process, may sleep; nothing but complete() ends it.
 */
void wait_for_completion(struct completion *x)
{
	wait_for_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}

void wait_for_completion_io(struct completion *x)
{
	wait_for_completion(x);
}

/**
 * wait_for_completion_timeout() - wait until completed, not for ever
 * @x:		completion
 * @timeout:	jiffies
 *
 * Context: process, may sleep. Return: jiffies left, at least 1; 0 on timeout.
 */
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	return wait_for_common(x, timeout, TASK_UNINTERRUPTIBLE);
}

/**
 * wait_for_completion_interruptible() - wait until completed or a signal
 * @x:		completion
 *
 * Context: process, may sleep. Return: 0 or -ERESTARTSYS.
 */
int wait_for_completion_interruptible(struct completion *x)
{
	long t = wait_for_common(x, MAX_SCHEDULE_TIMEOUT, TASK_INTERRUPTIBLE);

	return t == -ERESTARTSYS ? t : 0;
}

/**
 * wait_for_completion_interruptible_timeout() - all ways to end a wait
 * @x:		completion
 * @timeout:	jiffies
 *
 * Context: process, may sleep.
 * Return: jiffies left, at least 1; 0 on timeout; -ERESTARTSYS.
 */
long wait_for_completion_interruptible_timeout(struct completion *x,
					       unsigned long timeout)
{
	return wait_for_common(x, timeout, TASK_INTERRUPTIBLE);
}

int wait_for_completion_killable(struct completion *x)
{
	long t = wait_for_common(x, MAX_SCHEDULE_TIMEOUT, TASK_KILLABLE);

	return t == -ERESTARTSYS ? t : 0;
}

long wait_for_completion_killable_timeout(struct completion *x,
					  unsigned long timeout)
{
	return wait_for_common(x, timeout, TASK_KILLABLE);
}

/**
 * try_wait_for_completion() - take a completion without waiting
 * @x:		completion
 *
 * Context: any. Return: false when a wait would have slept.
 */
bool try_wait_for_completion(struct completion *x)
{
	bool ret;

	kshim_point(KSHIM_TRYLOCK, x, sizeof(*x));
	kshim_obj_lock(x);
	ret = x->done;
	if (ret)
		kshim_hb_acquire(x);
	if (x->done && x->done != UINT_MAX)
		x->done--;
	kshim_obj_unlock(x);
	return ret;
}

/**
 * completion_done() - would a wait go through?
 * @x:		completion
 *
 * Context: any. Return: false when somebody waits or would.
 */
bool completion_done(struct completion *x)
{
	kshim_point(KSHIM_MARKED_READ, x, sizeof(*x));
	if (!__atomic_load_n(&x->done, __ATOMIC_ACQUIRE))
		return false;
	kshim_hb_acquire(x);
	return true;
}
