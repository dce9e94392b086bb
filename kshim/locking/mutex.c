// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes. Mirrors kernel/locking/mutex.c.
 *
 * The kernel guarantees: one owner, who alone unlocks; not recursive; an
 * unlock wakes the first waiter, but whoever comes by first gets the lock
 * (hand-off only after a waiter has been passed over; never here, so a waiter
 * can be passed over any number of times). Interrupted waits give -EINTR.
 *
 * Given: all of that; locking again by the owner, unlocking by anybody else
 * and using what was never initialised are reported at once. Not given:
 * optimistic spinning (it changes who wins, not who may win), wound/wait, and
 * the kernel's own accesses to a mutex after its unlock has let go.
 */
#include <linux/mutex.h>
#include "locking/lockdep.h"

#define PC	__builtin_return_address(0)

KSHIM_ORACLE(kshim_oracle_mutex, "mutex",
	     "mutex misuse: recursion, foreign unlock, not initialised, destroyed while held");

static __always_inline bool mutex_try(struct mutex *lock, unsigned int me)
{
	unsigned int none = 0;

	if (likely(!kshim_hot.parallel)) {
		if (lock->owner)
			return false;
		lock->owner = me;
		return true;
	}
	return __atomic_compare_exchange_n(&lock->owner, &none, me, 0,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Cold checks before waiting or after an unexpected value. */
static noinline __cold void mutex_check(struct mutex *lock, unsigned int me)
{
	if (lock->magic != KSHIM_MUTEX_MAGIC)
		kshim_report(&kshim_oracle_mutex, 0,
			     "DEBUG_LOCKS_WARN_ON(lock->magic != lock): mutex %016lx was not initialised",
			     (unsigned long)lock);
	if (READ_ONCE(lock->owner) == me)
		kshim_report(&kshim_oracle_mutex, 0,
			     "WARNING: possible recursive locking detected: %s/%d is trying to acquire lock %016lx but already holds it",
			     kshim_my_comm(), kshim_my_pid(), (unsigned long)lock);
}

static noinline int mutex_wait(struct mutex *lock, unsigned int state,
			       unsigned int me, const void *pc)
{
	struct kshim_lock_waiter w = { .task = kshim_me() };
	int ret = 0;

	mutex_check(lock, me);
	kshim_obj_lock(lock);
	kshim_waiter_add(&lock->waiters, &w);
	for (;;) {
		kshim_lock_state(state);
		/* Before the signal: a wake-up that came with it is not lost. */
		if (mutex_try(lock, me))
			break;
		if (kshim_lock_signal(state)) {
			ret = -EINTR;
			break;
		}
		kshim_obj_unlock(lock);
		kshim_park(KSHIM_FOREVER);
		kshim_lock_recheck(lock, sizeof(*lock), pc);
		kshim_obj_lock(lock);
	}
	kshim_waiter_del(&lock->waiters, &w);
	kshim_obj_unlock(lock);
	kshim_lock_state(TASK_RUNNING);
	return ret;
}

static __always_inline int mutex_acquire_state(struct mutex *lock, unsigned int state,
					       unsigned int sub, const void *nest,
					       const void *pc)
{
	unsigned int me, how;
	int ret;

	kshim_lock_might_sleep(__FILE__, __LINE__);
	kshim_point(KSHIM_LOCK, lock, sizeof(*lock));
	me = kshim_my_owner();
	if (unlikely(lock->magic != KSHIM_MUTEX_MAGIC))
		mutex_check(lock, me);
	how = kshim_lock_before(lock, &lock->dep_map, sub, KSHIM_SLEEPS, nest, pc);
	if (unlikely(!mutex_try(lock, me))) {
		ret = mutex_wait(lock, state, me, pc);
		if (ret)
			return ret;
	}
	kshim_hb_acquire(lock);
	kshim_held_inc(lock, how, pc);
	return 0;
}

/**
 * __mutex_init() - make a free mutex
 * @lock:	not held by anybody
 * @name:	of its class
 * @key:	its class; NULL: none
 */
void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
{
	kshim_lock_recheck(lock, sizeof(*lock), __builtin_return_address(0));
	lock->owner = 0;
	lock->magic = KSHIM_MUTEX_MAGIC;
	lock->waiters = NULL;
	kshim_lock_init(&lock->dep_map, name, key, KSHIM_LOCK_SLEEP);
}

/**
 * mutex_destroy() - the mutex will not be used any more
 * @lock:	must be free
 */
void mutex_destroy(struct mutex *lock)
{
	kshim_point(KSHIM_WRITE, lock, sizeof(*lock));
	if (unlikely(lock->owner))
		kshim_report(&kshim_oracle_mutex, 0,
			     "DEBUG_LOCKS_WARN_ON(mutex_is_locked(lock)): mutex %016lx destroyed while held",
			     (unsigned long)lock);
	lock->magic = 0;
}

/**
 * mutex_lock() - acquire, however long it takes
 * @lock:	not held by the caller
 *
 * Context: may sleep, uninterruptible.
 */
void mutex_lock(struct mutex *lock)
{
	mutex_acquire_state(lock, TASK_UNINTERRUPTIBLE, 0, NULL, PC);
}

void mutex_lock_nested(struct mutex *lock, unsigned int sub)
{
	mutex_acquire_state(lock, TASK_UNINTERRUPTIBLE, sub, NULL, PC);
}

void kshim_mutex_lock_nest(struct mutex *lock, const void *nest)
{
	mutex_acquire_state(lock, TASK_UNINTERRUPTIBLE, 0, nest, PC);
}

/**
 * mutex_lock_interruptible() - acquire, or be interrupted by a signal
 * @lock:	not held by the caller
 *
 * Return: 0 with the lock held, -EINTR without.
 */
int mutex_lock_interruptible(struct mutex *lock)
{
	return mutex_acquire_state(lock, TASK_INTERRUPTIBLE, 0, NULL, PC);
}

int mutex_lock_interruptible_nested(struct mutex *lock, unsigned int sub)
{
	return mutex_acquire_state(lock, TASK_INTERRUPTIBLE, sub, NULL, PC);
}

/**
 * mutex_lock_killable() - acquire, or be interrupted by a fatal signal
 * @lock:	not held by the caller
 *
 * Return: 0 with the lock held, -EINTR without.
 */
int mutex_lock_killable(struct mutex *lock)
{
	return mutex_acquire_state(lock, TASK_KILLABLE, 0, NULL, PC);
}

int mutex_lock_killable_nested(struct mutex *lock, unsigned int sub)
{
	return mutex_acquire_state(lock, TASK_KILLABLE, sub, NULL, PC);
}

/* As mutex_lock(); the time would be counted as waiting for I/O. */
void mutex_lock_io(struct mutex *lock)
{
	mutex_acquire_state(lock, TASK_UNINTERRUPTIBLE, 0, NULL, PC);
}

/**
 * mutex_trylock() - acquire if free
 * @lock:	any mutex
 *
 * Return: 1 with the lock held, 0 without.
 */
int mutex_trylock(struct mutex *lock)
{
	unsigned int me;

	kshim_point(KSHIM_TRYLOCK, lock, sizeof(*lock));
	me = kshim_my_owner();
	if (unlikely(lock->magic != KSHIM_MUTEX_MAGIC))
		mutex_check(lock, 0);
	if (!mutex_try(lock, me))
		return 0;
	kshim_hb_acquire(lock);
	kshim_held_inc(lock, kshim_lock_how(&lock->dep_map, lock, 0,
					    KSHIM_LOCK_IF_FREE | KSHIM_SLEEPS), PC);
	return 1;
}

static noinline __cold void mutex_bad_unlock(struct mutex *lock, unsigned int owner)
{
	if (!owner)
		kshim_report(&kshim_oracle_mutex, 0,
			     "WARNING: bad unlock balance detected! %s/%d is trying to release lock %016lx but nobody holds it",
			     kshim_my_comm(), kshim_my_pid(), (unsigned long)lock);
	else
		kshim_report(&kshim_oracle_mutex, 0,
			     "DEBUG_LOCKS_WARN_ON(__owner_task(owner) != get_current()): %s/%d is trying to release lock %016lx of task %u",
			     kshim_my_comm(), kshim_my_pid(), (unsigned long)lock,
			     owner - 1);
}

/**
 * mutex_unlock() - release
 * @lock:	held by the caller
 */
void mutex_unlock(struct mutex *lock)
{
	unsigned int owner;

	kshim_point(KSHIM_UNLOCK, lock, sizeof(*lock));
	owner = READ_ONCE(lock->owner);
	if (unlikely(owner != kshim_my_owner()))
		mutex_bad_unlock(lock, owner);
	kshim_held_dec(lock);
	kshim_hb_release(lock);
	kshim_obj_lock(lock);
	__atomic_store_n(&lock->owner, 0, __ATOMIC_RELEASE);
	if (unlikely(lock->waiters))
		kshim_unpark(lock->waiters->task);
	kshim_obj_unlock(lock);
}

/**
 * mutex_is_locked() - does anybody hold it?
 * @lock:	any mutex
 */
bool mutex_is_locked(struct mutex *lock)
{
	kshim_point(KSHIM_MARKED_READ, lock, sizeof(*lock));
	return READ_ONCE(lock->owner) != 0;
}

/**
 * atomic_dec_and_mutex_lock() - decrement, and lock when that gave 0
 * @cnt:	the counter
 * @lock:	taken before the last decrement
 *
 * Return: 1 with the lock held, 0 without.
 */
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)
{
	if (atomic_add_unless(cnt, -1, 1))
		return 0;
	mutex_lock(lock);
	if (atomic_dec_and_test(cnt))
		return 1;
	mutex_unlock(lock);
	return 0;
}
