/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/wait.h: wait queues, see kshim/sched/wait.c. */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <asm/current.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct wait_queue_entry;
typedef struct wait_queue_entry wait_queue_entry_t;

typedef int (*wait_queue_func_t)(struct wait_queue_entry *wq_entry,
				 unsigned int mode, int flags, void *key);

#define WQ_FLAG_EXCLUSIVE	0x01
#define WQ_FLAG_WOKEN		0x02
#define WQ_FLAG_PRIORITY	0x20

struct wait_queue_entry {
	unsigned int flags;
	void *private;
	wait_queue_func_t func;
	struct list_head entry;
};

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
};
typedef struct wait_queue_head wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) {				\
	.lock = __SPIN_LOCK_UNLOCKED(name.lock),			\
	.head = LIST_HEAD_INIT(name.head) }
#define DECLARE_WAIT_QUEUE_HEAD(name)					\
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name)				\
	struct wait_queue_head name = (*({ init_waitqueue_head(&name); &name; }))

#define __WAITQUEUE_INITIALIZER(name, tsk) {				\
	.private = tsk, .func = default_wake_function,			\
	.entry = LIST_HEAD_INIT(name.entry) }
#define DECLARE_WAITQUEUE(name, tsk)					\
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)
#define DEFINE_WAIT_FUNC(name, function)				\
	struct wait_queue_entry name = {				\
		.private = current, .func = function,			\
		.entry = LIST_HEAD_INIT(name.entry) }
#define DEFINE_WAIT(name)	DEFINE_WAIT_FUNC(name, autoremove_wake_function)

static inline void kshim_init_waitqueue_head(struct wait_queue_head *wq_head,
					     const char *name, struct lock_class_key *key)
{
	__spin_lock_init(&wq_head->lock, name, key);
	INIT_LIST_HEAD(&wq_head->head);
}

#define init_waitqueue_head(wq_head)					\
do {									\
	static struct lock_class_key __key;				\
									\
	kshim_init_waitqueue_head((wq_head), #wq_head, &__key);		\
} while (0)

static inline void init_waitqueue_func_entry(struct wait_queue_entry *e,
					     wait_queue_func_t func)
{
	e->flags = 0;
	e->private = NULL;
	e->func = func;
}

void init_wait_entry(struct wait_queue_entry *e, int flags);
#define init_wait(e)		init_wait_entry(e, 0)

int waitqueue_active(struct wait_queue_head *wq_head);
#define wq_has_sleeper(wq)	waitqueue_active(wq)

void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e);
void add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *e);
void add_wait_queue_priority(struct wait_queue_head *wq, struct wait_queue_entry *e);
void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e);
/* The caller holds wq->lock. */
void __add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e);
void __add_wait_queue_entry_tail(struct wait_queue_head *wq, struct wait_queue_entry *e);
void __add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *e);
void __remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e);

void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *e, int state);
/* It says whether nobody waited before. */
#define KSHIM_HAS_PREPARE_WAS_EMPTY	(KSHIM_KVER >= 0x050e00)
#if KSHIM_HAS_PREPARE_WAS_EMPTY
bool prepare_to_wait_exclusive(struct wait_queue_head *wq,
			       struct wait_queue_entry *e, int state);
#else
void prepare_to_wait_exclusive(struct wait_queue_head *wq,
			       struct wait_queue_entry *e, int state);
#endif
long prepare_to_wait_event(struct wait_queue_head *wq, struct wait_queue_entry *e,
			   int state);
void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *e);
long wait_woken(struct wait_queue_entry *e, unsigned int mode, long timeout);

int default_wake_function(struct wait_queue_entry *e, unsigned int mode, int flags,
			  void *key);
int autoremove_wake_function(struct wait_queue_entry *e, unsigned int mode,
			     int sync, void *key);
int woken_wake_function(struct wait_queue_entry *e, unsigned int mode, int sync,
			void *key);

static inline void init_waitqueue_entry(struct wait_queue_entry *e,
					struct task_struct *p)
{
	e->flags = 0;
	e->private = p;
	e->func = default_wake_function;
}

int __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr, void *key);
void __wake_up_locked_key(struct wait_queue_head *wq, unsigned int mode, void *key);
void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr);

#define wake_up(x)			__wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr)		__wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x)			__wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_sync(x)			wake_up(x)
#define wake_up_locked(x)		__wake_up_locked((x), TASK_NORMAL, 1)
#define wake_up_all_locked(x)		__wake_up_locked((x), TASK_NORMAL, 0)
#define wake_up_interruptible(x)	__wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr)	__wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x)	__wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x)	wake_up_interruptible(x)

#define poll_to_key(m)	((void *)(__force uintptr_t)(__poll_t)(m))
#define key_to_poll(m)	((__force __poll_t)(uintptr_t)(void *)(m))
#define wake_up_poll(x, m)	__wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
#define wake_up_locked_poll(x, m)					\
	__wake_up_locked_key((x), TASK_NORMAL, poll_to_key(m))
#define wake_up_interruptible_poll(x, m)				\
	__wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))

/*
 * wait_event() and its family. The loop is out of line: a step is one round
 * of "queue, then let the caller test again" or "sleep, then test again".
 */
struct kshim_wait {
	struct wait_queue_entry entry;
	struct wait_queue_head *wq;
	long left;		/* jiffies */
	unsigned int state;
	int err;
	bool queued;
	bool timed;
};

void kshim_wait_begin(struct kshim_wait *w, struct wait_queue_head *wq,
		      unsigned int state, int flags, long timeout);
bool kshim_wait_step(struct kshim_wait *w);
long kshim_wait_end(struct kshim_wait *w, bool ok);

#define KSHIM_WAIT_UNTIMED	(-1L)
#define __kshim_wait_event(wq_head, condition, state, flags, timeout, unlock, lock) \
({									\
	struct kshim_wait __kw;						\
	bool __kw_ok, __kw_more;					\
									\
	unlock;								\
	kshim_wait_begin(&__kw, &(wq_head), state, flags, timeout);	\
	lock;								\
	do {								\
		__kw_ok = (condition) ? true : false;			\
		if (__kw_ok)						\
			break;						\
		unlock;							\
		__kw_more = kshim_wait_step(&__kw);			\
		lock;							\
	} while (__kw_more);						\
	kshim_wait_end(&__kw, __kw_ok);					\
})

#define wait_event(wq, cond)						\
	((void)__kshim_wait_event(wq, cond, TASK_UNINTERRUPTIBLE, 0,	\
				  KSHIM_WAIT_UNTIMED,,))
#define io_wait_event(wq, cond)	wait_event(wq, cond)
#define wait_event_timeout(wq, cond, timeout)				\
	__kshim_wait_event(wq, cond, TASK_UNINTERRUPTIBLE, 0, timeout,,)
#define wait_event_interruptible(wq, cond)				\
	((int)__kshim_wait_event(wq, cond, TASK_INTERRUPTIBLE, 0,	\
				 KSHIM_WAIT_UNTIMED,,))
#define wait_event_interruptible_timeout(wq, cond, timeout)		\
	__kshim_wait_event(wq, cond, TASK_INTERRUPTIBLE, 0, timeout,,)
#define wait_event_interruptible_exclusive(wq, cond)			\
	((int)__kshim_wait_event(wq, cond, TASK_INTERRUPTIBLE,		\
				 WQ_FLAG_EXCLUSIVE, KSHIM_WAIT_UNTIMED,,))
#define wait_event_killable(wq, cond)					\
	((int)__kshim_wait_event(wq, cond, TASK_KILLABLE, 0,		\
				 KSHIM_WAIT_UNTIMED,,))
#define wait_event_killable_timeout(wq, cond, timeout)			\
	__kshim_wait_event(wq, cond, TASK_KILLABLE, 0, timeout,,)
#define wait_event_idle(wq, cond)					\
	((void)__kshim_wait_event(wq, cond, TASK_IDLE, 0, KSHIM_WAIT_UNTIMED,,))
#define wait_event_lock_irq(wq, cond, lk)				\
	((void)__kshim_wait_event(wq, cond, TASK_UNINTERRUPTIBLE, 0,	\
				  KSHIM_WAIT_UNTIMED,			\
				  spin_unlock_irq(&(lk)), spin_lock_irq(&(lk))))
#define wait_event_interruptible_lock_irq(wq, cond, lk)			\
	((int)__kshim_wait_event(wq, cond, TASK_INTERRUPTIBLE, 0,	\
				 KSHIM_WAIT_UNTIMED,			\
				 spin_unlock_irq(&(lk)), spin_lock_irq(&(lk))))

#endif
