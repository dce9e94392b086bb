// SPDX-License-Identifier: GPL-2.0-only
/*
 * Work queues.
 *
 * The kernel: a work item is pending from the moment it is queued until a
 * worker picks it up, and is queued at most once; it never runs on two
 * workers at a time; an ordered queue runs one item after the other; the
 * item may be freed or queued again by its own function; flush waits for the
 * instances that are there, cancel_sync also keeps new ones from being
 * queued while it waits.
 *
 * Here: the same. Workers are daemon tasks, made when there is nothing idle
 * for an item that could run, and kept. Every queueing has a number, so that
 * waiters name an instance without looking at an item that may be gone.
 *
 * Not here: CPUs and pools (items of an unordered queue run as concurrently
 * as max_active allows), priorities, rescuers, disable_work().
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/sched.h>

#include "kernel/workqueue.h"
#include "lib/rmw.h"

#define MAX_WORKERS	16

static struct workqueue_struct events = {
	.list = LIST_HEAD_INIT(kshim_workqueues),
	.pending = LIST_HEAD_INIT(events.pending),
	.name = "events",
	.map = { .name = "(wq_completion)events" },
	.max_active = WQ_MAX_ACTIVE,
};

struct list_head kshim_workqueues = LIST_HEAD_INIT(events.list);
struct workqueue_struct *system_wq = &events;
struct workqueue_struct *system_highpri_wq = &events;
struct workqueue_struct *system_long_wq = &events;
struct workqueue_struct *system_unbound_wq = &events;
struct workqueue_struct *system_freezable_wq = &events;
struct workqueue_struct *system_percpu_wq = &events;
struct workqueue_struct *system_dfl_wq = &events;

struct worker *kshim_workers;
static unsigned int nr_workers;
static unsigned long last_seq;
static struct wq_waiter *waiters;

/* All under the lock. */
struct worker *kshim_work_runs_on(const struct work_struct *work)
{
	struct worker *w;

	for (w = kshim_workers; w; w = w->next)
		if (w->work == work && w->func == work->func)
			return w;
	return NULL;
}

static struct work_struct *first_eligible(struct workqueue_struct *wq)
{
	struct work_struct *work;

	if (wq->nr_active >= wq->max_active)
		return NULL;
	list_for_each_entry(work, &wq->pending, entry) {
		if (unlikely(!kshim_addressable(work, sizeof(*work)))) {
			wq_unlock();
			kshim_check(work, 0);
		}
		if (!kshim_work_runs_on(work))
			return work;
	}
	return NULL;
}

/* The oldest item that may run now. */
static struct work_struct *next_work(void)
{
	struct workqueue_struct *wq;
	struct work_struct *work, *best = NULL;

	list_for_each_entry(wq, &kshim_workqueues, list) {
		if (list_empty(&wq->pending))
			continue;
		work = first_eligible(wq);
		if (work && (!best || work->data < best->data))
			best = work;
	}
	return best;
}

static void wake_waiters(void)
{
	struct wq_waiter *i;

	for (i = waiters; i; i = i->next)
		kshim_try_to_wake_up(i->task, TASK_UNINTERRUPTIBLE);
}

void kshim_wq_notify(void)
{
	wake_waiters();
}

/* Called under the lock, which is dropped while the caller sleeps. */
bool kshim_wq_wait(bool (*busy)(const struct wq_wait *), const struct wq_wait *arg)
{
	struct wq_waiter self = { .task = kshim_current() }, **pp;
	bool waited = false;

	if (!busy(arg))
		return false;
	self.next = waiters;
	waiters = &self;
	do {
		kshim_set_current_state(TASK_UNINTERRUPTIBLE);
		wq_unlock();
		schedule();
		waited = true;
		if (arg->work)
			kshim_touch(KSHIM_ATOMIC, arg->work, 1);
		if (arg->wq)
			kshim_touch(KSHIM_ATOMIC, arg->wq, 1);
		wq_lock();
	} while (busy(arg));
	for (pp = &waiters; *pp != &self; pp = &(*pp)->next)
		;
	*pp = self.next;
	return waited;
}

static void process_one(struct worker *w, struct work_struct *work)
{
	struct workqueue_struct *wq = work->wq;

	kshim_touch(KSHIM_TAKE, work, 1);
	wq_touch(wq, work);
	list_del_init(&work->entry);
	w->work = work;
	w->func = work->func;
	w->wq = wq;
	w->seq = work->data & WORK_SEQ;
	w->map.class = kshim_how_class(kshim_lock_how(&work->lockdep_map, work, 0, 0));
	work->data = 0;
	wq->nr_active++;
	kshim_hb_detach();
	kshim_hb_acquire(work);
	kshim_hb_acquire((char *)work + 1);	/* an item never overtakes itself */
	if (wq->max_active == 1)
		kshim_hb_acquire(wq);
	wq_unlock();

	lock_map_acquire(&wq->map);
	lock_map_acquire(&w->map);
	kshim_lock_new_context(w->task->ktask);
	kshim_point(KSHIM_CALL, work, 0);
	w->func(work);
	lock_map_release(&w->map);
	lock_map_release(&wq->map);
	if (unlikely(kshim_current()->held.nr || kshim_current()->preempt_count))
		kshim_held_check("workqueue: leaked lock or atomic");

	kshim_hb_release((char *)work + 1);
	kshim_hb_release(wq);
	wq_touch(wq, work);
	wq_lock();
	w->work = NULL;
	w->wq = NULL;
	wq->nr_active--;
	wake_waiters();
}

static int worker_thread(void *unused)
{
	struct worker w = { .task = kshim_current() };
	struct work_struct *work;

	wq_lock();
	w.next = kshim_workers;
	kshim_workers = &w;
	for (;;) {
		work = next_work();
		if (work) {
			process_one(&w, work);
			continue;
		}
		w.idle = true;
		kshim_set_current_state(TASK_IDLE);
		wq_unlock();
		schedule();
		wq_lock();
		w.idle = false;
	}
	return 0;
}

/* Under the lock. Return: false when a worker has to be made. */
static bool wake_worker(void)
{
	struct worker *w;

	for (w = kshim_workers; w; w = w->next) {
		if (w->idle) {
			w->idle = false;
			kshim_try_to_wake_up(w->task, TASK_UNINTERRUPTIBLE);
			return true;
		}
	}
	return nr_workers >= MAX_WORKERS;
}

static void make_worker(void)
{
	char comm[TASK_COMM_LEN];
	struct task_struct *t;
	unsigned int n;

	wq_lock();
	n = nr_workers++;
	wq_unlock();
	/* "kworker/0:%u"; most schedules make one */
	__builtin_memcpy(comm, "kworker/0:", 10);
	if (n >= 10)
		comm[10] = '0' + n / 10;
	comm[10 + (n >= 10)] = '0' + n % 10;
	comm[11 + (n >= 10)] = 0;
	t = kshim_kthread_create(worker_thread, NULL, KSHIM_TASK_DAEMON, comm);
	if (IS_ERR(t)) {
		wq_lock();
		nr_workers--;
		wq_unlock();
		WARN_ONCE(!kshim_workers, "no task left for a worker: work will not run\n");
		return;
	}
	t->flags |= PF_WQ_WORKER;
	__atomic_store_n(&t->started, 1, __ATOMIC_RELEASE);
	kshim_unpark(t->ktask);
}

/* The item is pending and in nobody's list. */
void kshim_queue_pending(struct workqueue_struct *wq, struct work_struct *work)
{
	bool have_worker;

	kshim_hb_release(work);
	wq_touch(wq, work);
	wq_lock();
	if (WARN_ON_ONCE(wq->draining && !(kshim_current()->flags & PF_WQ_WORKER))) {
		work->data = 0;
		wq_unlock();
		return;
	}
	work->wq = wq;
	work->data = ++last_seq << WORK_SEQ_SHIFT | WORK_PENDING;
	list_add_tail(&work->entry, &wq->pending);
	have_worker = wake_worker();
	wq_unlock();
	if (!have_worker)
		make_worker();
}

/**
 * queue_work() - let a worker run an item
 * @wq:		queue
 * @work:	item
 *
 * Context: any. Return: false when it was pending already.
 */
bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	kshim_point(KSHIM_WAKE, work, sizeof(*work));
	kshim_hb_release(work);
	if (kshim_rmw_or(&work->data, WORK_PENDING) & WORK_PENDING)
		return false;
	kshim_queue_pending(wq, work);
	return true;
}

/**
 * work_pending() - is an item queued, or about to be?
 * @work:	item
 */
bool work_pending(struct work_struct *work)
{
	kshim_point(KSHIM_MARKED_READ, work, sizeof(*work));
	return __atomic_load_n(&work->data, __ATOMIC_ACQUIRE) & WORK_PENDING;
}

unsigned int work_busy(struct work_struct *work)
{
	unsigned int ret = work_pending(work) ? WORK_BUSY_PENDING : 0;

	wq_lock();
	if (kshim_work_runs_on(work))
		ret |= WORK_BUSY_RUNNING;
	wq_unlock();
	return ret;
}

struct work_struct *current_work(void)
{
	struct worker *w;

	for (w = kshim_workers; w; w = w->next)
		if (w->task == kshim_current())
			return w->work;
	return NULL;
}

void kshim_workqueue_reset(void)
{
	kshim_workers = NULL;
	nr_workers = 0;
	waiters = NULL;
}
