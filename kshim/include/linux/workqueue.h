/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/workqueue.h, see kshim/kernel/workqueue.c. */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/timer.h>
#include <linux/types.h>

struct work_struct;
struct workqueue_struct;
typedef void (*work_func_t)(struct work_struct *work);
void delayed_work_timer_fn(struct timer_list *t);

struct work_struct {
	unsigned long data;		/* WORK_STRUCT_*, instance number */
	struct list_head entry;		/* when queued */
	work_func_t func;
	struct workqueue_struct *wq;	/* where it is queued */
	struct lockdep_map lockdep_map;
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq;
	int cpu;
};

struct rcu_work {
	struct work_struct work;
	struct rcu_head rcu;
	struct workqueue_struct *wq;
};

#define WORK_CPU_UNBOUND	64
#define WQ_UNBOUND		0x0002
#define WQ_FREEZABLE		0x0004
#define WQ_MEM_RECLAIM		0x0008
#define WQ_HIGHPRI		0x0010
#define WQ_CPU_INTENSIVE	0x0020
#define WQ_SYSFS		0x0040
#define WQ_POWER_EFFICIENT	0x0080
#define WQ_PERCPU		0x0100
#define __WQ_ORDERED		0x20000
#define WQ_MAX_ACTIVE		512

#define __WORK_INITIALIZER(n, f) {					\
	.entry = LIST_HEAD_INIT((n).entry), .func = (f),		\
	.lockdep_map = { .name = "(work_completion)(" #n ")" } }
#define __DELAYED_WORK_INITIALIZER(n, f, fl) {				\
	.work = __WORK_INITIALIZER((n).work, (f)),			\
	.timer = __TIMER_INITIALIZER((n).timer, delayed_work_timer_fn, fl) }
#define DECLARE_WORK(n, f)	struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f)					\
	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, 0)

#define INIT_WORK(w, f)							\
do {									\
	static struct lock_class_key __key;				\
									\
	(w)->data = 0;							\
	INIT_LIST_HEAD(&(w)->entry);					\
	(w)->func = (f);						\
	(w)->wq = NULL;							\
	lockdep_init_map(&(w)->lockdep_map, "(work_completion)(" #w ")",	\
			 &__key, 0);					\
} while (0)
#define INIT_WORK_ONSTACK(w, f)		INIT_WORK(w, f)
#define destroy_work_on_stack(w)	do { } while (0)
#define INIT_DELAYED_WORK(w, f)						\
do {									\
	INIT_WORK(&(w)->work, (f));					\
	timer_setup(&(w)->timer, delayed_work_timer_fn, TIMER_IRQSAFE);	\
} while (0)
#define INIT_DEFERRABLE_WORK(w, f)	INIT_DELAYED_WORK(w, f)

bool work_pending(struct work_struct *work);
#define delayed_work_pending(w)		work_pending(&(w)->work)

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

extern struct workqueue_struct *system_wq, *system_highpri_wq, *system_long_wq,
	*system_unbound_wq, *system_freezable_wq, *system_percpu_wq, *system_dfl_wq;

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
					 int max_active, ...)
	__attribute__((format(printf, 1, 4)));
#define alloc_ordered_workqueue(fmt, flags, args...)			\
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##args)
#define create_workqueue(name)						\
	alloc_workqueue("%s", WQ_MEM_RECLAIM, 1, (name))
#define create_freezable_workqueue(name) create_workqueue(name)
#define create_singlethread_workqueue(name)				\
	alloc_ordered_workqueue("%s", WQ_MEM_RECLAIM, name)
void destroy_workqueue(struct workqueue_struct *wq);

bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay);
bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
		      unsigned long delay);
#define queue_work_on(cpu, wq, work)			queue_work(wq, work)
#define queue_delayed_work_on(cpu, wq, work, delay)	queue_delayed_work(wq, work, delay)
#define mod_delayed_work_on(cpu, wq, work, delay)	mod_delayed_work(wq, work, delay)
#define schedule_work(work)			queue_work(system_wq, work)
#define schedule_work_on(cpu, work)		queue_work(system_wq, work)
#define schedule_delayed_work(dwork, delay)	queue_delayed_work(system_wq, dwork, delay)

bool flush_work(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);
void __flush_workqueue(struct workqueue_struct *wq);
void drain_workqueue(struct workqueue_struct *wq);
#define flush_workqueue(wq)		__flush_workqueue(wq)
#define flush_scheduled_work()		__flush_workqueue(system_wq)

struct work_struct *current_work(void);
unsigned int work_busy(struct work_struct *work);
#define WORK_BUSY_PENDING	1u
#define WORK_BUSY_RUNNING	2u

#endif
