// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reader/writer semaphores. Mirrors kernel/locking/rwsem.c.
 *
 * The kernel guarantees: many readers or one writer; a queued waiter stops
 * new readers, so writers do not starve and read-read-write deadlocks are
 * real; when a reader is first in the queue, all queued readers get the lock
 * together; a writer may overtake the queue while the lock is free.
 *
 * Given: all of that. Locking again by the writing task is reported at once;
 * recursive reading is left to lockdep.c and the deadlock it leads to. Not given: the
 * hand-off to a writer after 4 ms, and optimistic spinning.
 */
#include <linux/rwsem.h>
#include "locking/lockdep.h"

#define PC	__builtin_return_address(0)

KSHIM_ORACLE(kshim_oracle_rwsem, "rwsem",
	     "rw_semaphore misuse: recursion of a writer, unlock without lock");

static noinline void rwsem_recursion(struct rw_semaphore *sem)
{
	kshim_report(&kshim_oracle_rwsem, 0,
		     "WARNING: possible recursive locking detected: %s/%d is trying to acquire lock %016lx but already holds it for writing",
		     kshim_my_comm(), kshim_my_pid(), (unsigned long)sem);
}

/* A writer comes after all, a reader after the last writer only. */
static __always_inline void rwsem_ordered(struct rw_semaphore *sem, bool writer)
{
	kshim_hb_acquire(sem);
	if (writer)
		kshim_hb_acquire((char *)sem + 1);
}

/* The caller holds the object lock; true when the lock is taken. */
static bool rwsem_try_read(struct rw_semaphore *sem)
{
	if (sem->count < 0 || sem->waiters)
		return false;
	sem->count++;
	return true;
}

static bool rwsem_try_write(struct rw_semaphore *sem)
{
	if (sem->count)
		return false;
	sem->count = -1;
	sem->owner = kshim_my_owner();
	return true;
}

/* Who can go on? The caller holds the object lock. */
static void rwsem_wake(struct rw_semaphore *sem)
{
	struct kshim_lock_waiter **q = &sem->waiters, *w = sem->waiters;

	if (!w || sem->count < 0)
		return;
	if (w->writer) {
		if (!sem->count)
			kshim_unpark(w->task);
		return;
	}
	while ((w = *q) != NULL) {
		if (w->writer) {
			q = &w->next;
			continue;
		}
		*q = w->next;
		sem->count++;
		__atomic_store_n(&w->granted, 1, __ATOMIC_RELEASE);
		kshim_unpark(w->task);
	}
}

static noinline int rwsem_wait(struct rw_semaphore *sem, bool writer,
			       unsigned int state, const void *pc)
{
	struct kshim_lock_waiter w = { .task = kshim_me(), .writer = writer };
	int ret = 0;

	kshim_waiter_add(&sem->waiters, &w);
	for (;;) {
		kshim_lock_state(state);
		if (w.granted)
			goto out;
		if (writer && rwsem_try_write(sem))
			break;
		if (kshim_lock_signal(state)) {
			ret = -EINTR;
			break;
		}
		kshim_obj_unlock(sem);
		kshim_park(KSHIM_FOREVER);
		kshim_lock_recheck(sem, sizeof(*sem), pc);
		kshim_obj_lock(sem);
	}
	kshim_waiter_del(&sem->waiters, &w);
	/* Readers that queued behind a writer that gave up need not wait. */
	if (ret)
		rwsem_wake(sem);
out:
	kshim_lock_state(TASK_RUNNING);
	return ret;
}

static __always_inline int rwsem_acquire_state(struct rw_semaphore *sem, bool writer,
					       unsigned int state, unsigned int sub,
					       const void *nest, const void *pc)
{
	unsigned int mode = KSHIM_SLEEPS | (writer ? 0 : KSHIM_LOCK_SHARED_BY), how;
	int ret = 0;

	kshim_lock_might_sleep(__FILE__, __LINE__);
	kshim_point(writer ? KSHIM_LOCK : KSHIM_LOCK_SHARED, sem, sizeof(*sem));
	how = kshim_lock_before(sem, &sem->dep_map, sub, mode, nest, pc);
	if (unlikely(READ_ONCE(sem->owner) == kshim_my_owner()))
		rwsem_recursion(sem);
	kshim_obj_lock(sem);
	if (unlikely(!(writer ? rwsem_try_write(sem) : rwsem_try_read(sem))))
		ret = rwsem_wait(sem, writer, state, pc);
	if (!ret)
		rwsem_ordered(sem, writer);
	kshim_obj_unlock(sem);
	if (!ret)
		kshim_held_inc(sem, how, pc);
	return ret;
}

/**
 * __init_rwsem() - make a free rw_semaphore
 * @sem:	not held by anybody
 * @name:	of its class
 * @key:	its class; NULL: none
 */
void __init_rwsem(struct rw_semaphore *sem, const char *name,
		  struct lock_class_key *key)
{
	kshim_lock_recheck(sem, sizeof(*sem), __builtin_return_address(0));
	sem->count = 0;
	sem->owner = 0;
	sem->waiters = NULL;
	kshim_lock_init(&sem->dep_map, name, key, KSHIM_LOCK_SLEEP);
}

/**
 * down_read() - lock for reading; may sleep, uninterruptible
 * @sem:	any rw_semaphore
 */
void down_read(struct rw_semaphore *sem)
{
	rwsem_acquire_state(sem, false, TASK_UNINTERRUPTIBLE, 0, NULL, PC);
}

void down_read_nested(struct rw_semaphore *sem, int sub)
{
	rwsem_acquire_state(sem, false, TASK_UNINTERRUPTIBLE, sub, NULL, PC);
}

/* As down_read(), but -EINTR without the lock when a signal comes. */
int down_read_interruptible(struct rw_semaphore *sem)
{
	return rwsem_acquire_state(sem, false, TASK_INTERRUPTIBLE, 0, NULL, PC);
}

/* As down_read(), but -EINTR without the lock when a fatal signal comes. */
int down_read_killable(struct rw_semaphore *sem)
{
	return rwsem_acquire_state(sem, false, TASK_KILLABLE, 0, NULL, PC);
}

int down_read_killable_nested(struct rw_semaphore *sem, int sub)
{
	return rwsem_acquire_state(sem, false, TASK_KILLABLE, sub, NULL, PC);
}

/* 1 with the lock held for reading, 0 without. */
int down_read_trylock(struct rw_semaphore *sem)
{
	bool got;

	kshim_point(KSHIM_TRYLOCK, sem, sizeof(*sem));
	kshim_obj_lock(sem);
	got = rwsem_try_read(sem);
	if (got)
		rwsem_ordered(sem, false);
	kshim_obj_unlock(sem);
	if (got)
		kshim_held_inc(sem, kshim_lock_how(&sem->dep_map, sem, 0, KSHIM_LOCK_SHARED_BY |
						   KSHIM_LOCK_IF_FREE | KSHIM_SLEEPS), PC);
	return got;
}

/**
 * down_write() - lock for writing
 * @sem:	not held by the caller
 *
 * Context: may sleep, uninterruptible.
 */
void down_write(struct rw_semaphore *sem)
{
	rwsem_acquire_state(sem, true, TASK_UNINTERRUPTIBLE, 0, NULL, PC);
}

void down_write_nested(struct rw_semaphore *sem, int sub)
{
	rwsem_acquire_state(sem, true, TASK_UNINTERRUPTIBLE, sub, NULL, PC);
}

void kshim_down_write_nest(struct rw_semaphore *sem, const void *nest)
{
	rwsem_acquire_state(sem, true, TASK_UNINTERRUPTIBLE, 0, nest, PC);
}

/* As down_write(), but -EINTR without the lock when a fatal signal comes. */
int down_write_killable(struct rw_semaphore *sem)
{
	return rwsem_acquire_state(sem, true, TASK_KILLABLE, 0, NULL, PC);
}

int down_write_killable_nested(struct rw_semaphore *sem, int sub)
{
	return rwsem_acquire_state(sem, true, TASK_KILLABLE, sub, NULL, PC);
}

/* 1 with the lock held for writing, 0 without; never ahead of a waiter. */
int down_write_trylock(struct rw_semaphore *sem)
{
	bool got;

	kshim_point(KSHIM_TRYLOCK, sem, sizeof(*sem));
	kshim_obj_lock(sem);
	got = !sem->waiters && rwsem_try_write(sem);
	if (got)
		rwsem_ordered(sem, true);
	kshim_obj_unlock(sem);
	if (got)
		kshim_held_inc(sem, kshim_lock_how(&sem->dep_map, sem, 0,
						   KSHIM_LOCK_IF_FREE | KSHIM_SLEEPS), PC);
	return got;
}

static noinline void rwsem_bad_unlock(struct rw_semaphore *sem)
{
	kshim_report(&kshim_oracle_rwsem, 0,
		     "WARNING: bad unlock balance detected! %s/%d is trying to release lock %016lx (count %d, not held by it)",
		     kshim_my_comm(), kshim_my_pid(), (unsigned long)sem, sem->count);
}

static __always_inline void rwsem_release_read(struct rw_semaphore *sem, bool owned)
{
	kshim_hb_release((char *)sem + 1);
	kshim_obj_lock(sem);
	if (unlikely(sem->count <= 0 || !owned)) {
		kshim_obj_unlock(sem);
		rwsem_bad_unlock(sem);
		kshim_obj_lock(sem);
	}
	if (likely(sem->count > 0) && --sem->count == 0)
		rwsem_wake(sem);
	kshim_obj_unlock(sem);
}

/**
 * up_read() - unlock after reading
 * @sem:	held for reading by the caller
 */
void up_read(struct rw_semaphore *sem)
{
	kshim_point(KSHIM_UNLOCK, sem, sizeof(*sem));
	rwsem_release_read(sem, kshim_held_dec(sem));
}

void down_read_non_owner(struct rw_semaphore *sem)
{
	kshim_lock_might_sleep(__FILE__, __LINE__);
	kshim_point(KSHIM_LOCK_SHARED, sem, sizeof(*sem));
	kshim_obj_lock(sem);
	if (!rwsem_try_read(sem))
		rwsem_wait(sem, false, TASK_UNINTERRUPTIBLE, PC);
	kshim_obj_unlock(sem);
}

void up_read_non_owner(struct rw_semaphore *sem)
{
	kshim_point(KSHIM_UNLOCK, sem, sizeof(*sem));
	rwsem_release_read(sem, true);
}

/**
 * up_write() - unlock after writing
 * @sem:	held for writing by the caller
 */
void up_write(struct rw_semaphore *sem)
{
	kshim_point(KSHIM_UNLOCK, sem, sizeof(*sem));
	if (unlikely(sem->count >= 0 || sem->owner != kshim_my_owner()))
		rwsem_bad_unlock(sem);
	kshim_held_dec(sem);
	kshim_hb_release(sem);
	kshim_obj_lock(sem);
	sem->owner = 0;
	sem->count = 0;
	rwsem_wake(sem);
	kshim_obj_unlock(sem);
}

/**
 * downgrade_write() - keep the lock, for reading only
 * @sem:	held for writing by the caller
 *
 * Readers that are first in the queue come in.
 */
void downgrade_write(struct rw_semaphore *sem)
{
	kshim_point(KSHIM_UNLOCK, sem, sizeof(*sem));
	if (unlikely(sem->count >= 0 || sem->owner != kshim_my_owner()))
		rwsem_bad_unlock(sem);
	kshim_hb_release(sem);
	kshim_held_downgrade(sem);
	kshim_obj_lock(sem);
	sem->owner = 0;
	sem->count = 1;
	rwsem_wake(sem);
	kshim_obj_unlock(sem);
}

int rwsem_is_locked(struct rw_semaphore *sem)
{
	kshim_point(KSHIM_MARKED_READ, sem, sizeof(*sem));
	return READ_ONCE(sem->count) != 0;
}

int rwsem_is_contended(struct rw_semaphore *sem)
{
	kshim_point(KSHIM_MARKED_READ, sem, sizeof(*sem));
	return READ_ONCE(sem->waiters) != NULL;
}
