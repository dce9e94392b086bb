/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/lockdep_types.h>
#include <linux/types.h>

struct kshim_lock_waiter;

/* All zero is a free lock, as on most architectures. */
typedef struct spinlock {
	unsigned int owner;			/* task number + 1, 0: free */
	struct kshim_lock_waiter *waiters;	/* "spinning", in order */
	struct lockdep_map dep_map;
} spinlock_t;
typedef struct spinlock raw_spinlock_t;

typedef struct {
	int count;				/* readers; -1: a writer */
	unsigned int owner;
	struct kshim_lock_waiter *waiters;
	struct lockdep_map dep_map;
} rwlock_t;

#define __SPIN_LOCK_UNLOCKED(n)		{ .dep_map = { .name = #n } }
#define __RAW_SPIN_LOCK_UNLOCKED(n)	{ .dep_map = { .name = #n } }
#define __RW_LOCK_UNLOCKED(n)		{ .dep_map = { .name = #n } }
#define DEFINE_SPINLOCK(x)	spinlock_t x = __SPIN_LOCK_UNLOCKED(x)
#define DEFINE_RAW_SPINLOCK(x)	raw_spinlock_t x = __RAW_SPIN_LOCK_UNLOCKED(x)
#define DEFINE_RWLOCK(x)	rwlock_t x = __RW_LOCK_UNLOCKED(x)

#endif
