// SPDX-License-Identifier: GPL-2.0-only
/*
 * Work queues, second part: waiting for work, cancelling it, delayed work,
 * and the queues themselves. See workqueue.c for what is promised.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stdarg.h>

#include "kernel/workqueue.h"
#include "lib/rmw.h"

/* Instance @seq of anything is pending or runs. */
static bool instance_busy(const struct wq_wait *arg)
{
	struct workqueue_struct *wq;
	struct work_struct *i;
	struct worker *w;

	for (w = kshim_workers; w; w = w->next)
		if (w->work && w->seq == arg->seq)
			return true;
	list_for_each_entry(wq, &kshim_workqueues, list)
		list_for_each_entry(i, &wq->pending, entry)
			if ((i->data & WORK_SEQ) == arg->seq)
				return true;
	return false;
}

/* Something queued on @wq, not after @seq, is pending or runs. */
static bool queue_busy(const struct wq_wait *arg)
{
	struct work_struct *i;
	struct worker *w;

	for (w = kshim_workers; w; w = w->next)
		if (w->work && w->wq == arg->wq && w->seq <= arg->seq)
			return true;
	list_for_each_entry(i, &arg->wq->pending, entry)
		if ((i->data & WORK_SEQ) <= arg->seq)
			return true;
	return false;
}

static bool work_runs(const struct wq_wait *arg)
{
	struct worker *w;

	for (w = kshim_workers; w; w = w->next)
		if (w->work == arg->work && w->seq <= arg->seq)
			return true;
	return false;
}

static bool canceling(const struct wq_wait *arg)
{
	return arg->work->data & WORK_CANCELING;
}

/**
 * flush_work() - wait for the last instance of an item
 * @work:	item
 *
 * Context: process, may sleep. Return: true when there was something to
 * wait for.
 */
bool flush_work(struct work_struct *work)
{
	struct wq_wait arg = { .work = work };
	struct worker *w;
	bool ret = false;

	might_sleep();
	kshim_point(KSHIM_WAIT, work, sizeof(*work));
	kshim_might_lock(&work->lockdep_map, &work->lockdep_map, 0, 0);
	wq_lock();
	if (!list_empty(&work->entry)) {
		arg.seq = work->data & WORK_SEQ;
	} else {
		w = kshim_work_runs_on(work);
		if (w)
			arg.seq = w->seq;
	}
	if (arg.seq) {
		kshim_wq_wait(instance_busy, &arg);
		ret = true;
	}
	kshim_hb_acquire((char *)work + 1);
	wq_unlock();
	return ret;
}

/**
 * __flush_workqueue() - wait for all that is on a queue now
 * @wq:		queue
 *
 * Context: process, may sleep.
 */
void __flush_workqueue(struct workqueue_struct *wq)
{
	struct wq_wait arg = { .wq = wq };
	struct work_struct *i;
	struct worker *w;

	might_sleep();
	kshim_point(KSHIM_WAIT, wq, sizeof(*wq));
	kshim_might_lock(&wq->map, &wq->map, 0, 0);
	wq_lock();
	for (w = kshim_workers; w; w = w->next)
		if (w->work && w->wq == wq && w->seq > arg.seq)
			arg.seq = w->seq;
	list_for_each_entry(i, &wq->pending, entry)
		if ((i->data & WORK_SEQ) > arg.seq)
			arg.seq = i->data & WORK_SEQ;
	kshim_wq_wait(queue_busy, &arg);
	kshim_hb_acquire(wq);
	wq_unlock();
}

/* Wait until a queue is empty; only its own items may queue more meanwhile. */
void drain_workqueue(struct workqueue_struct *wq)
{
	struct wq_wait arg = { .wq = wq, .seq = ~0UL };

	might_sleep();
	kshim_point(KSHIM_WAIT, wq, sizeof(*wq));
	kshim_might_lock(&wq->map, &wq->map, 0, 0);
	wq_lock();
	wq->draining = true;
	kshim_wq_wait(queue_busy, &arg);
	wq->draining = false;
	kshim_hb_acquire(wq);
	wq_unlock();
}

/*
 * Take an item out of a list or a timer and keep it marked as pending, so
 * that nobody queues it. Return: 1 it was pending, 0 it was not (and is now
 * marked too), -1 somebody else is in between. Returns with the lock held.
 */
static int grab(struct work_struct *work, struct delayed_work *dwork)
{
	int ret;

	if (dwork && timer_delete(&dwork->timer)) {
		wq_lock();
		return 1;
	}
	wq_lock();
	if (!(kshim_rmw_or(&work->data, WORK_PENDING) & WORK_PENDING))
		return 0;
	ret = -1;
	if (!list_empty(&work->entry)) {
		list_del_init(&work->entry);
		work->data = WORK_PENDING;
		kshim_wq_notify();
		ret = 1;
	}
	return ret;
}

static int grab_wait(struct work_struct *work, struct delayed_work *dwork)
{
	struct wq_wait arg = { .work = work };
	int ret;

	kshim_point(KSHIM_ATOMIC, work, sizeof(*work));
	while ((ret = grab(work, dwork)) < 0) {
		bool cancel = work->data & WORK_CANCELING;

		if (cancel)
			kshim_wq_wait(canceling, &arg);
		wq_unlock();
		if (!cancel)
			kshim_point(KSHIM_YIELD, work, sizeof(*work));
		kshim_check(work, 1);
	}
	return ret;
}

static bool cancel_common(struct work_struct *work, struct delayed_work *dwork, bool sync)
{
	struct wq_wait arg = { .work = work, .seq = ~0UL };
	bool ret;

	if (sync) {
		might_sleep();
		kshim_might_lock(&work->lockdep_map, &work->lockdep_map, 0, 0);
	}
	ret = grab_wait(work, dwork);
	if (sync) {
		work->data = WORK_PENDING | WORK_CANCELING;
		kshim_wq_wait(work_runs, &arg);
		if (unlikely(!kshim_addressable(work, sizeof(*work)))) {
			wq_unlock();
			kshim_check(work, 1);
		}
	}
	kshim_hb_acquire((char *)work + 1);
	kshim_rmw_store(&work->data, 0);
	kshim_wq_notify();
	wq_unlock();
	return ret;
}

/**
 * cancel_work_sync() - an item is neither pending nor running afterwards
 * @work:	item; while this waits it cannot be queued, not even by itself
 *
 * Context: process, may sleep. Return: true when it was pending.
 */
bool cancel_work_sync(struct work_struct *work)
{
	return cancel_common(work, NULL, true);
}

bool cancel_work(struct work_struct *work)
{
	return cancel_common(work, NULL, false);
}

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel_common(&dwork->work, dwork, false);
}

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return cancel_common(&dwork->work, dwork, true);
}

void delayed_work_timer_fn(struct timer_list *t)
{
	struct delayed_work *dwork = from_timer(dwork, t, timer);

	kshim_queue_pending(dwork->wq, &dwork->work);
}

static void start_delayed(struct workqueue_struct *wq, struct delayed_work *dwork,
			  unsigned long delay)
{
	dwork->wq = wq;
	if (delay)
		mod_timer(&dwork->timer, jiffies + delay);
	else
		kshim_queue_pending(wq, &dwork->work);
}

/**
 * queue_delayed_work() - queue an item later
 * @wq:		queue
 * @dwork:	item
 * @delay:	jiffies; 0: now
 *
 * Context: any. Return: false when it was pending already.
 */
bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay)
{
	kshim_point(KSHIM_WAKE, dwork, sizeof(*dwork));
	kshim_hb_release(&dwork->work);
	if (kshim_rmw_or(&dwork->work.data, WORK_PENDING) &
	    WORK_PENDING)
		return false;
	start_delayed(wq, dwork, delay);
	return true;
}

/**
 * mod_delayed_work() - queue an item later, whatever was planned before
 * @wq:		queue
 * @dwork:	item
 * @delay:	jiffies; 0: now
 *
 * Context: any. Return: true when it was pending.
 */
bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
		      unsigned long delay)
{
	bool ret = grab_wait(&dwork->work, dwork);

	wq_unlock();
	start_delayed(wq, dwork, delay);
	return ret;
}

/* Queues at once what waits for its time, then waits for it. */
bool flush_delayed_work(struct delayed_work *dwork)
{
	if (timer_delete_sync(&dwork->timer))
		kshim_queue_pending(dwork->wq, &dwork->work);
	return flush_work(&dwork->work);
}

/**
 * alloc_workqueue() - make a queue
 * @fmt:	printf format of its name
 * @flags:	WQ_*
 * @max_active:	items that run at a time, 0: the default
 *
 * Context: process, may sleep. Return: the queue, or NULL.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
					 int max_active, ...)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);
	char class[48];
	va_list args;

	if (!wq)
		return NULL;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);
	snprintf(class, sizeof(class), "(wq_completion)%s", wq->name);
	kshim_lock_map_named(&wq->map, __builtin_return_address(0), class);
	wq->flags = flags;
	wq->max_active = max_active ? max_active : WQ_MAX_ACTIVE / 2;
	INIT_LIST_HEAD(&wq->pending);
	wq_lock();
	list_add_tail(&wq->list, &kshim_workqueues);
	wq_unlock();
	return wq;
}

/**
 * destroy_workqueue() - wait for what is queued and free the queue
 * @wq:		queue
 *
 * Context: process, may sleep.
 */
void destroy_workqueue(struct workqueue_struct *wq)
{
	drain_workqueue(wq);
	wq_lock();
	list_del(&wq->list);
	wq_unlock();
	kfree(wq);
}
