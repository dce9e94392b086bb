/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/semaphore.h; see kshim/locking/semaphore.c. */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct kshim_lock_waiter;

struct semaphore {
	unsigned int count;
	struct kshim_lock_waiter *waiters;
};

#define __SEMAPHORE_INITIALIZER(name, n)	{ .count = (n) }
#define DEFINE_SEMAPHORE_N(name, n)					\
	struct semaphore name = __SEMAPHORE_INITIALIZER(name, n)
#if KSHIM_KVER >= 0x060400
#define DEFINE_SEMAPHORE(name, n)	DEFINE_SEMAPHORE_N(name, n)
#else
#define DEFINE_SEMAPHORE(name)		DEFINE_SEMAPHORE_N(name, 1)
#endif

static inline void sema_init(struct semaphore *sem, int val)
{
	sem->count = val;
	sem->waiters = NULL;
}

void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem);
int __must_check down_killable(struct semaphore *sem);
int __must_check down_trylock(struct semaphore *sem);
int __must_check down_timeout(struct semaphore *sem, long timeout);
void up(struct semaphore *sem);

#endif
