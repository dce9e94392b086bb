/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/rwsem.h; see kshim/locking/rwsem.c. */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#if __has_include(<linux/cleanup.h>)
#include <linux/cleanup.h>
#endif

struct kshim_lock_waiter;

struct rw_semaphore {
	int count;				/* readers; -1: a writer */
	unsigned int owner;			/* task number + 1 of the writer */
	struct kshim_lock_waiter *waiters;
	struct lockdep_map dep_map;
};

#define __RWSEM_INITIALIZER(n)	{ .dep_map = { .name = #n } }
#define DECLARE_RWSEM(name)	struct rw_semaphore name = __RWSEM_INITIALIZER(name)

void __init_rwsem(struct rw_semaphore *sem, const char *name,
		  struct lock_class_key *key);
#define init_rwsem(sem)							\
do {									\
	static struct lock_class_key __key;				\
									\
	__init_rwsem((sem), #sem, &__key);				\
} while (0)

void down_read(struct rw_semaphore *sem);
int __must_check down_read_interruptible(struct rw_semaphore *sem);
int __must_check down_read_killable(struct rw_semaphore *sem);
int down_read_trylock(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
int __must_check down_write_killable(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);
int rwsem_is_locked(struct rw_semaphore *sem);
int rwsem_is_contended(struct rw_semaphore *sem);

/* As in linux/mutex.h. */
void down_read_nested(struct rw_semaphore *sem, int sub);
int __must_check down_read_killable_nested(struct rw_semaphore *sem, int sub);
void down_write_nested(struct rw_semaphore *sem, int sub);
int __must_check down_write_killable_nested(struct rw_semaphore *sem, int sub);
void kshim_down_write_nest(struct rw_semaphore *sem, const void *nest);
#define down_write_nest_lock(sem, nest)		kshim_down_write_nest(sem, nest)

/* Given back by another task than the one that took it. */
void down_read_non_owner(struct rw_semaphore *sem);
void up_read_non_owner(struct rw_semaphore *sem);

#ifdef DEFINE_GUARD
DEFINE_GUARD(rwsem_read, struct rw_semaphore *, down_read(_T), up_read(_T))
DEFINE_GUARD(rwsem_write, struct rw_semaphore *, down_write(_T), up_write(_T))
#ifdef DEFINE_FREE
DEFINE_FREE(up_read, struct rw_semaphore *, if (_T) up_read(_T))
DEFINE_FREE(up_write, struct rw_semaphore *, if (_T) up_write(_T))
#endif
#if defined(DEFINE_GUARD_COND_4)
DEFINE_GUARD_COND(rwsem_read, _try, down_read_trylock(_T))
DEFINE_GUARD_COND(rwsem_read, _intr, down_read_interruptible(_T), _RET == 0)
DEFINE_GUARD_COND(rwsem_write, _try, down_write_trylock(_T))
DEFINE_GUARD_COND(rwsem_write, _kill, down_write_killable(_T), _RET == 0)
#elif defined(DEFINE_GUARD_COND)
DEFINE_GUARD_COND(rwsem_read, _try, down_read_trylock(_T))
DEFINE_GUARD_COND(rwsem_read, _intr, down_read_interruptible(_T) == 0)
DEFINE_GUARD_COND(rwsem_write, _try, down_write_trylock(_T))
#endif
#endif

#endif
