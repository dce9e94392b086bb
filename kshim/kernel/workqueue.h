/* SPDX-License-Identifier: GPL-2.0-only */
/* What workqueue.c and workqueue_flush.c share. */
#ifndef KSHIM_KERNEL_WORKQUEUE_H
#define KSHIM_KERNEL_WORKQUEUE_H

#include <linux/workqueue.h>
#include "locking/lockdep.h"
#include "sched/sched.h"

/* work->data: the number of the instance and these. */
#define WORK_PENDING	1UL
#define WORK_CANCELING	2UL
#define WORK_SEQ_SHIFT	2
#define WORK_SEQ	(~0UL << WORK_SEQ_SHIFT)

struct workqueue_struct {
	struct list_head list;
	struct list_head pending;
	unsigned int max_active;
	unsigned int nr_active;
	unsigned int flags;
	bool draining;
	char name[24];
	struct lockdep_map map;
};

/* On the stack of its task. */
struct worker {
	struct worker *next;
	struct task_struct *task;
	struct work_struct *work;	/* runs; may be freed by now */
	work_func_t func;
	struct workqueue_struct *wq;
	unsigned long seq;
	bool idle;
	struct lockdep_map map;		/* of the item, which may free itself */
};

struct wq_waiter {
	struct wq_waiter *next;
	struct task_struct *task;
};

/* What somebody waits for; one of the two. */
struct wq_wait {
	struct workqueue_struct *wq;
	struct work_struct *work;
	unsigned long seq;
};

extern struct list_head kshim_workqueues;
extern struct worker *kshim_workers;

/*
 * One lock for everything: queues, workers, waiters. Which worker takes an
 * item changes nothing, so what depends on each other is told item by item
 * and queue by queue.
 */
static inline void wq_lock(void)
{
	kshim_raw_lock(&kshim_workqueues);
}

static inline void wq_unlock(void)
{
	kshim_raw_unlock(&kshim_workqueues);
}

/* Items of a queue that is not ordered come and go independently. */
static inline void wq_touch(const struct workqueue_struct *wq, const struct work_struct *work)
{
	kshim_touch(KSHIM_ATOMIC, work, 1);
	kshim_touch(wq->max_active == 1 ? KSHIM_ATOMIC : KSHIM_LOCK_SHARED, wq, 1);
}

struct worker *kshim_work_runs_on(const struct work_struct *work);
void kshim_queue_pending(struct workqueue_struct *wq, struct work_struct *work);
bool kshim_wq_wait(bool (*busy)(const struct wq_wait *), const struct wq_wait *arg);
void kshim_wq_notify(void);

#endif
