// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning reader/writer locks. Mirrors kernel/locking/qrwlock.c.
 *
 * The kernel guarantees: many readers or one writer, waiters in order (a
 * reader in an interrupt may pass; interrupts are tasks here and do not).
 * Given: that, with parking in place of spinning and hand-off at the unlock.
 */
#include <linux/spinlock.h>
#include "locking/lockdep.h"

extern struct kshim_oracle kshim_oracle_spinlock;

static noinline void rwlock_wait(rwlock_t *lock, bool writer, const void *pc)
{
	struct kshim_lock_waiter w = { .task = kshim_me(), .writer = writer };

	kshim_waiter_add(&lock->waiters, &w);
	while (!w.granted) {
		kshim_obj_unlock(lock);
		kshim_park(KSHIM_FOREVER);
		kshim_lock_recheck(lock, sizeof(*lock), pc);
		kshim_obj_lock(lock);
	}
}

/* Gives the lock to the first in line: one writer or a row of readers. */
static void rwlock_wake(rwlock_t *lock)
{
	struct kshim_lock_waiter *w;

	while ((w = lock->waiters) != NULL) {
		if (lock->count < 0 || (w->writer && lock->count))
			return;
		lock->waiters = w->next;
		lock->count = w->writer ? -1 : lock->count + 1;
		if (w->writer)
			lock->owner = w->task->id + 1;
		w->granted = 1;
		kshim_unpark(w->task);
	}
}

static bool rwlock_try(rwlock_t *lock, bool writer)
{
	if (lock->count < 0 || (writer && lock->count) || lock->waiters)
		return false;
	lock->count = writer ? -1 : lock->count + 1;
	if (writer)
		lock->owner = kshim_my_owner();
	return true;
}

/* A writer comes after all, a reader after the last writer only. */
static __always_inline void rwlock_ordered(rwlock_t *lock, bool writer)
{
	kshim_hb_acquire(lock);
	if (writer)
		kshim_hb_acquire((char *)lock + 1);
}

static __always_inline void rwlock_acquire_mode(rwlock_t *lock, bool writer,
						const void *pc)
{
	unsigned int mode = KSHIM_SPINS | (writer ? 0 : KSHIM_LOCK_SHARED_BY), how;

	preempt_disable();
	kshim_point(writer ? KSHIM_LOCK : KSHIM_LOCK_SHARED, lock, sizeof(*lock));
	how = kshim_lock_before(lock, &lock->dep_map, 0, mode, NULL, pc);
	if (unlikely(READ_ONCE(lock->owner) == kshim_my_owner()))
		kshim_report(&kshim_oracle_spinlock, 0,
			     "BUG: rwlock recursion on CPU#0, %s/%d, %016lx",
			     kshim_my_comm(), kshim_my_pid(), (unsigned long)lock);
	kshim_obj_lock(lock);
	if (unlikely(!rwlock_try(lock, writer)))
		rwlock_wait(lock, writer, pc);
	rwlock_ordered(lock, writer);
	kshim_obj_unlock(lock);
	kshim_held_inc(lock, how, pc);
}

static __always_inline int rwlock_trylock_mode(rwlock_t *lock, bool writer,
					       const void *pc)
{
	bool got;

	kshim_point(KSHIM_TRYLOCK, lock, sizeof(*lock));
	kshim_obj_lock(lock);
	got = rwlock_try(lock, writer);
	if (got)
		rwlock_ordered(lock, writer);
	kshim_obj_unlock(lock);
	if (got) {
		preempt_disable();
		kshim_held_inc(lock, kshim_lock_how(&lock->dep_map, lock, 0, KSHIM_SPINS |
					KSHIM_LOCK_IF_FREE |
					(writer ? 0 : KSHIM_LOCK_SHARED_BY)), pc);
	}
	return got;
}

static __always_inline void rwlock_release_mode(rwlock_t *lock, bool writer)
{
	int held;

	kshim_point(KSHIM_UNLOCK, lock, sizeof(*lock));
	held = kshim_held_dec(lock);
	if (unlikely(!held || (writer ? lock->count >= 0 : lock->count <= 0)))
		kshim_report(&kshim_oracle_spinlock, 0,
			     "BUG: rwlock wrong owner on CPU#0, %s/%d, %016lx",
			     kshim_my_comm(), kshim_my_pid(), (unsigned long)lock);
	kshim_hb_release((char *)lock + !writer);
	kshim_obj_lock(lock);
	if (writer) {
		lock->owner = 0;
		lock->count = 0;
	} else if (lock->count > 0) {
		lock->count--;
	}
	rwlock_wake(lock);
	kshim_obj_unlock(lock);
	preempt_enable();
}

/**
 * __rwlock_init() - make a free rwlock
 * @lock:	not held by anybody
 * @name:	of its class
 * @key:	its class; NULL: none
 */
void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
	kshim_lock_recheck(lock, sizeof(*lock), __builtin_return_address(0));
	lock->count = 0;
	lock->owner = 0;
	lock->waiters = NULL;
	kshim_lock_init(&lock->dep_map, name, key, KSHIM_LOCK_SPIN);
}

void read_lock(rwlock_t *lock)
{
	rwlock_acquire_mode(lock, false, __builtin_return_address(0));
}

void read_unlock(rwlock_t *lock)
{
	rwlock_release_mode(lock, false);
}

int read_trylock(rwlock_t *lock)
{
	return rwlock_trylock_mode(lock, false, __builtin_return_address(0));
}

void write_lock(rwlock_t *lock)
{
	rwlock_acquire_mode(lock, true, __builtin_return_address(0));
}

void write_unlock(rwlock_t *lock)
{
	rwlock_release_mode(lock, true);
}

int write_trylock(rwlock_t *lock)
{
	return rwlock_trylock_mode(lock, true, __builtin_return_address(0));
}
