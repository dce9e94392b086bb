/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/mutex.h; see kshim/locking/mutex.c. */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>
#if __has_include(<linux/cleanup.h>)
#include <linux/cleanup.h>
#endif

struct kshim_lock_waiter;

/* All zero is not a mutex: @magic is there once it was initialised. */
struct mutex {
	unsigned int owner;			/* task number + 1, 0: free */
	unsigned int magic;
	struct kshim_lock_waiter *waiters;	/* first come, first woken */
	struct lockdep_map dep_map;
};

#define KSHIM_MUTEX_MAGIC	0x6d757478u

#define __MUTEX_INITIALIZER(n)						\
	{ .magic = KSHIM_MUTEX_MAGIC, .dep_map = { .name = #n } }
#define DEFINE_MUTEX(name)	struct mutex name = __MUTEX_INITIALIZER(name)

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
#define mutex_init(lock)						\
do {									\
	static struct lock_class_key __key;				\
									\
	__mutex_init((lock), #lock, &__key);				\
} while (0)
#define mutex_init_with_key(lock, key)	__mutex_init((lock), #lock, (key))
void mutex_destroy(struct mutex *lock);

void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
void mutex_lock_io(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
bool mutex_is_locked(struct mutex *lock);

/* Subclass @sub of the lock's class: ordered after the class itself. */
void mutex_lock_nested(struct mutex *lock, unsigned int sub);
int __must_check mutex_lock_interruptible_nested(struct mutex *lock, unsigned int sub);
int __must_check mutex_lock_killable_nested(struct mutex *lock, unsigned int sub);
#define mutex_lock_io_nested(lock, sub)			mutex_lock_nested(lock, sub)

/* Any number of one class, in any order, all of it under @nest. */
void kshim_mutex_lock_nest(struct mutex *lock, const void *nest);
#define mutex_lock_nest_lock(lock, nest)	kshim_mutex_lock_nest(lock, nest)

int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock);

#ifdef DEFINE_GUARD
DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
#ifdef DEFINE_FREE
DEFINE_FREE(mutex, struct mutex *, if (_T) mutex_unlock(_T))
#endif
#if defined(DEFINE_GUARD_COND_4)
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_GUARD_COND(mutex, _intr, mutex_lock_interruptible(_T), _RET == 0)
DEFINE_GUARD_COND(mutex, _kill, mutex_lock_killable(_T), _RET == 0)
#elif defined(DEFINE_GUARD_COND)
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_GUARD_COND(mutex, _intr, mutex_lock_interruptible(_T) == 0)
#endif
#endif

#endif
