// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinlocks. Mirrors kernel/locking/qspinlock.c and spinlock_debug.c.
 *
 * The kernel guarantees: one owner; waiters get it in the order in which
 * they came; no preemption, so no sleeping, while held.
 *
 * Given: all of that; a task that would spin is parked instead and the
 * unlock hands the lock to the first in line. Recursion and unlocking by
 * anybody else are reported. Not given: interrupts that stay away, see
 * linux/irqflags.h.
 */
#include <linux/spinlock.h>
#include <linux/refcount.h>
#include "locking/lockdep.h"

#define PC	__builtin_return_address(0)

KSHIM_ORACLE(kshim_oracle_spinlock, "spinlock",
	     "spinlock misuse: recursion, unlocked by another task or twice");

static noinline void spin_bug(const void *lock, const char *what)
{
	kshim_report(&kshim_oracle_spinlock, 0,
		     "BUG: spinlock %s on CPU#0, %s/%d, lock: %016lx",
		     what, kshim_my_comm(), kshim_my_pid(), (unsigned long)lock);
}

static noinline void spin_wait(spinlock_t *lock, const void *pc)
{
	struct kshim_lock_waiter w = { .task = kshim_me() };

	kshim_waiter_add(&lock->waiters, &w);
	while (!w.granted) {
		kshim_obj_unlock(lock);
		kshim_park(KSHIM_FOREVER);
		kshim_lock_recheck(lock, sizeof(*lock), pc);
		kshim_obj_lock(lock);
	}
}

/**
 * __spin_lock_init() - make a free spinlock
 * @lock:	not held by anybody
 * @name:	of its class
 * @key:	its class; NULL: none
 */
void __spin_lock_init(spinlock_t *lock, const char *name, struct lock_class_key *key)
{
	kshim_lock_recheck(lock, sizeof(*lock), __builtin_return_address(0));
	lock->owner = 0;
	lock->waiters = NULL;
	kshim_lock_init(&lock->dep_map, name, key, KSHIM_LOCK_SPIN);
}

static __always_inline void spin_acquire(spinlock_t *lock, unsigned int sub,
					 const void *nest, const void *pc)
{
	unsigned int me, how;

	preempt_disable();
	kshim_point(KSHIM_LOCK, lock, sizeof(*lock));
	how = kshim_lock_before(lock, &lock->dep_map, sub, KSHIM_SPINS, nest, pc);
	me = kshim_my_owner();
	if (unlikely(READ_ONCE(lock->owner) == me))
		spin_bug(lock, "recursion");
	kshim_obj_lock(lock);
	if (likely(!lock->owner))
		lock->owner = me;
	else
		spin_wait(lock, pc);
	kshim_hb_acquire(lock);
	kshim_obj_unlock(lock);
	kshim_held_inc(lock, how, pc);
}

/**
 * spin_lock() - acquire
 * @lock:	not held by the caller
 *
 * Context: any; the caller must not sleep until spin_unlock().
 */
void spin_lock(spinlock_t *lock)
{
	spin_acquire(lock, 0, NULL, PC);
}

void spin_lock_nested(spinlock_t *lock, unsigned int sub)
{
	spin_acquire(lock, sub, NULL, PC);
}

void kshim_spin_lock_nest(spinlock_t *lock, const void *nest)
{
	spin_acquire(lock, 0, nest, PC);
}

/* 1 with the lock held, 0 without. */
int spin_trylock(spinlock_t *lock)
{
	bool got;

	kshim_point(KSHIM_TRYLOCK, lock, sizeof(*lock));
	kshim_obj_lock(lock);
	got = !lock->owner;
	if (got)
		lock->owner = kshim_my_owner();
	kshim_obj_unlock(lock);
	if (got) {
		kshim_hb_acquire(lock);
		preempt_disable();
		kshim_held_inc(lock, kshim_lock_how(&lock->dep_map, lock, 0,
						    KSHIM_LOCK_IF_FREE | KSHIM_SPINS), PC);
	}
	return got;
}

/**
 * spin_unlock() - release
 * @lock:	held by the caller
 */
void spin_unlock(spinlock_t *lock)
{
	struct kshim_lock_waiter *w;

	kshim_point(KSHIM_UNLOCK, lock, sizeof(*lock));
	if (unlikely(!READ_ONCE(lock->owner)))
		spin_bug(lock, "already unlocked");
	else if (unlikely(READ_ONCE(lock->owner) != kshim_my_owner()))
		spin_bug(lock, "wrong owner");
	kshim_held_dec(lock);
	kshim_hb_release(lock);
	kshim_obj_lock(lock);
	w = lock->waiters;
	if (unlikely(w)) {
		lock->waiters = w->next;
		lock->owner = w->task ? w->task->id + 1 : KSHIM_NO_TASK;
		w->granted = 1;
		kshim_unpark(w->task);
	} else {
		lock->owner = 0;
	}
	kshim_obj_unlock(lock);
	preempt_enable();
}

/* Does anybody hold it? */
int spin_is_locked(spinlock_t *lock)
{
	kshim_point(KSHIM_MARKED_READ, lock, sizeof(*lock));
	return READ_ONCE(lock->owner) != 0;
}

/* Does anybody wait for it? */
int spin_is_contended(spinlock_t *lock)
{
	kshim_point(KSHIM_MARKED_READ, lock, sizeof(*lock));
	return READ_ONCE(lock->waiters) != NULL;
}

/**
 * atomic_dec_and_lock() - decrement, and lock when that gave 0
 * @cnt:	the counter
 * @lock:	taken before the last decrement
 *
 * Return: 1 with the lock held, 0 without.
 */
int atomic_dec_and_lock(atomic_t *cnt, spinlock_t *lock)
{
	if (atomic_add_unless(cnt, -1, 1))
		return 0;
	spin_lock(lock);
	if (atomic_dec_and_test(cnt))
		return 1;
	spin_unlock(lock);
	return 0;
}
