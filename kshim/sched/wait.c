// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wait queues.
 *
 * The kernel: entries that are not exclusive are at the head, exclusive ones
 * at the tail, and each kind wakes first come, first served; wake_up() wakes
 * all of the former and one of the latter; an entry may have a wake function
 * of its own, which runs under the queue's lock; finish_wait() does not touch
 * the queue when a wake-up has removed the entry already, because the queue
 * may be gone by then; wait_event() tests its condition again after every
 * wake-up.
 *
 * Here: the same. Where a step cannot be interrupted anyway (explore engine,
 * nobody holds the lock, no wake function of its own) the lock is not taken,
 * which saves two points per step that could change nothing.
 *
 * Not here: wait_on_bit(), bookmarks, WF_SYNC's hints.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>

#include "lib/rmw.h"
#include "sched/sched.h"

/* Return: was it taken? Handed back to wq_unlock(). */
static bool wq_lock(struct wait_queue_head *wq)
{
	if (likely(!kshim_hot.parallel && !wq->lock.owner)) {
		kshim_hb_both(&wq->lock);
		return false;
	}
	spin_lock(&wq->lock);
	return true;
}

static void wq_unlock(struct wait_queue_head *wq, bool locked)
{
	if (locked)
		spin_unlock(&wq->lock);
}

static bool is_own_function(const struct wait_queue_entry *e)
{
	return e->func != autoremove_wake_function && e->func != default_wake_function &&
		e->func != woken_wake_function;
}

static bool has_own_function(struct wait_queue_head *wq)
{
	struct wait_queue_entry *e;

	list_for_each_entry(e, &wq->head, entry)
		if (is_own_function(e))
			return true;
	return false;
}

/* Return: exclusive waiters that could still have been woken. */
static int wake_common(struct wait_queue_head *wq, unsigned int mode, int nr, void *key)
{
	struct wait_queue_entry *e, *next;

	list_for_each_entry_safe(e, next, &wq->head, entry) {
		unsigned int flags;
		int ret;

		kshim_check(e, 0);
		flags = e->flags;
		ret = e->func(e, mode, 0, key);
		if (ret < 0)
			break;
		if (ret && (flags & WQ_FLAG_EXCLUSIVE) && !--nr)
			break;
	}
	return nr;
}

/**
 * __wake_up() - wake waiters of a queue
 * @wq:		queue
 * @mode:	states of the tasks that it concerns
 * @nr:		how many exclusive ones, 0: all
 * @key:	for wake functions
 *
 * Context: any. Return: number of exclusive waiters that were woken.
 */
int __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr, void *key)
{
	bool locked;
	int left;

	kshim_point(KSHIM_WAKE, wq, sizeof(*wq));
	if (likely(!kshim_hot.parallel)) {
		kshim_hb_both(&wq->lock);
		/* The usual queues are short or empty. */
		if (!wq->lock.owner && list_empty(&wq->head))
			return 0;
	}
	if (unlikely(kshim_hot.parallel || wq->lock.owner || has_own_function(wq))) {
		spin_lock(&wq->lock);
		locked = true;
	} else {
		locked = false;
	}
	left = wake_common(wq, mode, nr, key);
	wq_unlock(wq, locked);
	return nr - left;
}

/* The caller holds wq->lock. */
void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr)
{
	kshim_check(wq, 1);
	wake_common(wq, mode, nr, NULL);
}

void __wake_up_locked_key(struct wait_queue_head *wq, unsigned int mode, void *key)
{
	kshim_check(wq, 1);
	wake_common(wq, mode, 1, key);
}

int default_wake_function(struct wait_queue_entry *e, unsigned int mode, int flags,
			  void *key)
{
	return kshim_try_to_wake_up(e->private, mode);
}

/* The waiter may return as soon as it sees the entry removed. */
int autoremove_wake_function(struct wait_queue_entry *e, unsigned int mode, int sync,
			     void *key)
{
	int ret = kshim_try_to_wake_up(e->private, mode);

	if (ret)
		list_del_init_careful(&e->entry);
	return ret;
}

int woken_wake_function(struct wait_queue_entry *e, unsigned int mode, int sync,
			void *key)
{
	kshim_hb_release(e);
	kshim_rmw_or(&e->flags, WQ_FLAG_WOKEN);
	return kshim_try_to_wake_up(e->private, mode);
}

void init_wait_entry(struct wait_queue_entry *e, int flags)
{
	e->flags = flags;
	e->private = current;
	e->func = autoremove_wake_function;
	INIT_LIST_HEAD(&e->entry);
}

int waitqueue_active(struct wait_queue_head *wq)
{
	kshim_point(KSHIM_MARKED_READ, wq, sizeof(*wq));
	return !list_empty(&wq->head);
}

void __add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	struct list_head *at = &wq->head;
	struct wait_queue_entry *i;

	/* After those with priority. */
	list_for_each_entry(i, &wq->head, entry) {
		if (!(i->flags & WQ_FLAG_PRIORITY))
			break;
		at = &i->entry;
	}
	list_add(&e->entry, at);
}

void __add_wait_queue_entry_tail(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	list_add_tail(&e->entry, &wq->head);
}

void __add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	e->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(wq, e);
}

void __remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	list_del(&e->entry);
}

/* Waiters that are not exclusive queue up in the order of their coming. */
static void add_in_order(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	if (e->flags & WQ_FLAG_EXCLUSIVE)
		__add_wait_queue_entry_tail(wq, e);
	else
		__add_wait_queue(wq, e);
}

static void add_entry(struct wait_queue_head *wq, struct wait_queue_entry *e,
		      void (*add)(struct wait_queue_head *, struct wait_queue_entry *))
{
	bool locked;

	kshim_point(KSHIM_WAIT, wq, sizeof(*wq));
	locked = wq_lock(wq);
	add(wq, e);
	wq_unlock(wq, locked);
}

/**
 * add_wait_queue() - queue an entry
 * @wq:		queue
 * @e:		entry, not exclusive
 *
 * Context: any.
 */
void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	e->flags &= ~WQ_FLAG_EXCLUSIVE;
	add_entry(wq, e, __add_wait_queue);
}

void add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	e->flags |= WQ_FLAG_EXCLUSIVE;
	add_entry(wq, e, __add_wait_queue_entry_tail);
}

void add_wait_queue_priority(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	e->flags |= WQ_FLAG_EXCLUSIVE | WQ_FLAG_PRIORITY;
	add_entry(wq, e, __add_wait_queue);
}

void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	add_entry(wq, e, __remove_wait_queue);
}

static void prepare(struct wait_queue_head *wq, struct wait_queue_entry *e, int state)
{
	bool locked;

	kshim_point(KSHIM_WAIT, wq, sizeof(*wq));
	locked = wq_lock(wq);
	if (list_empty(&e->entry))
		add_in_order(wq, e);
	kshim_set_current_state(state);
	wq_unlock(wq, locked);
}

/**
 * prepare_to_wait() - queue and announce a sleep state
 * @wq:		queue
 * @e:		entry of the caller
 * @state:	TASK_*
 *
 * Context: process. To be followed by a test of the condition, then
 * schedule(), and in the end finish_wait().
 */
void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *e, int state)
{
	e->flags &= ~WQ_FLAG_EXCLUSIVE;
	prepare(wq, e, state);
}

#if KSHIM_HAS_PREPARE_WAS_EMPTY
bool prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *e,
			       int state)
{
	bool was_empty = list_empty(&wq->head);

	e->flags |= WQ_FLAG_EXCLUSIVE;
	prepare(wq, e, state);
	return was_empty;
}
#else
void prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *e,
			       int state)
{
	e->flags |= WQ_FLAG_EXCLUSIVE;
	prepare(wq, e, state);
}
#endif

static void unqueue(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	bool locked;

	if (list_empty_careful(&e->entry))
		return;
	kshim_point(KSHIM_WAIT, wq, sizeof(*wq));
	locked = wq_lock(wq);
	list_del_init(&e->entry);
	wq_unlock(wq, locked);
}

/**
 * prepare_to_wait_event() - the same, with an eye on signals
 * @wq:		queue
 * @e:		entry of the caller
 * @state:	TASK_*
 *
 * Return: 0; -ERESTARTSYS with a signal, then the entry is not queued, so
 * that no exclusive wake-up is spent on it.
 */
long prepare_to_wait_event(struct wait_queue_head *wq, struct wait_queue_entry *e,
			   int state)
{
	if (kshim_interrupted(state)) {
		unqueue(wq, e);
		return -ERESTARTSYS;
	}
	prepare(wq, e, state);
	return 0;
}

/**
 * finish_wait() - the end of a wait
 * @wq:		queue; not touched when a wake-up removed @e
 * @e:		entry of the caller
 */
void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	kshim_set_current_state(TASK_RUNNING);
	unqueue(wq, e);
}

/**
 * wait_woken() - sleep unless woken since the last call
 * @e:		entry with woken_wake_function()
 * @mode:	TASK_*
 * @timeout:	jiffies
 *
 * Return: jiffies left.
 */
long wait_woken(struct wait_queue_entry *e, unsigned int mode, long timeout)
{
	kshim_point(KSHIM_WAIT, e, sizeof(*e));
	kshim_set_current_state(mode);
	if (!(__atomic_load_n(&e->flags, __ATOMIC_SEQ_CST) & WQ_FLAG_WOKEN))
		timeout = schedule_timeout(timeout);
	kshim_set_current_state(TASK_RUNNING);
	if (kshim_rmw_and(&e->flags, ~WQ_FLAG_WOKEN) & WQ_FLAG_WOKEN)
		kshim_hb_acquire(e);
	return timeout;
}
