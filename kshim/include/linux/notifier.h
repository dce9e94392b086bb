/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/notifier.h, see kshim/kernel/notifier.c. */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/types.h>

struct notifier_block;
typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block __rcu *next;
	int priority;
};

/* From 5.17 on a second registration fails, before it was only warned of. */
#define KSHIM_HAS_NOTIFIER_EEXIST	(KSHIM_KVER >= 0x051100)

struct atomic_notifier_head {
	spinlock_t lock;
	struct notifier_block __rcu *head;
};

struct blocking_notifier_head {
	struct rw_semaphore rwsem;
	struct notifier_block __rcu *head;
};

struct raw_notifier_head {
	struct notifier_block __rcu *head;
};

struct srcu_notifier_head {
	struct mutex mutex;
	struct srcu_struct srcu;
	struct notifier_block __rcu *head;
};

#define ATOMIC_INIT_NOTIFIER_HEAD(name)					\
	do { spin_lock_init(&(name)->lock); (name)->head = NULL; } while (0)
#define BLOCKING_INIT_NOTIFIER_HEAD(name)				\
	do { init_rwsem(&(name)->rwsem); (name)->head = NULL; } while (0)
#define RAW_INIT_NOTIFIER_HEAD(name)	do { (name)->head = NULL; } while (0)
void srcu_init_notifier_head(struct srcu_notifier_head *nh);
#define srcu_cleanup_notifier_head(nh)	cleanup_srcu_struct(&(nh)->srcu)

#define ATOMIC_NOTIFIER_INIT(name)	{ .lock = __SPIN_LOCK_UNLOCKED(name.lock) }
#define BLOCKING_NOTIFIER_INIT(name)	{ .rwsem = __RWSEM_INITIALIZER((name).rwsem) }
#define RAW_NOTIFIER_INIT(name)		{ .head = NULL }
#define ATOMIC_NOTIFIER_HEAD(name)					\
	struct atomic_notifier_head name = ATOMIC_NOTIFIER_INIT(name)
#define BLOCKING_NOTIFIER_HEAD(name)					\
	struct blocking_notifier_head name = BLOCKING_NOTIFIER_INIT(name)
#define RAW_NOTIFIER_HEAD(name)						\
	struct raw_notifier_head name = RAW_NOTIFIER_INIT(name)

#define KSHIM_NOTIFIER_API(kind)					\
int kind##_notifier_chain_register(struct kind##_notifier_head *nh,	\
				   struct notifier_block *nb);		\
int kind##_notifier_chain_unregister(struct kind##_notifier_head *nh,	\
				     struct notifier_block *nb);	\
int kind##_notifier_call_chain(struct kind##_notifier_head *nh,		\
			       unsigned long val, void *v)
KSHIM_NOTIFIER_API(atomic);
KSHIM_NOTIFIER_API(blocking);
KSHIM_NOTIFIER_API(raw);
KSHIM_NOTIFIER_API(srcu);
#undef KSHIM_NOTIFIER_API

#define NOTIFY_DONE		0x0000
#define NOTIFY_OK		0x0001
#define NOTIFY_STOP_MASK	0x8000
#define NOTIFY_BAD		(NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP		(NOTIFY_OK | NOTIFY_STOP_MASK)

static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}

static inline int notifier_to_errno(int ret)
{
	int v = ret & ~NOTIFY_STOP_MASK;

	return v > NOTIFY_OK ? NOTIFY_OK - v : 0;
}

#endif
