/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/lockdep.h: what code can say about its locks, and ask. See
 * kshim/locking/lockdep.c for what is checked.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/bug.h>
#include <linux/lockdep_types.h>
#include <linux/types.h>

#define SINGLE_DEPTH_NESTING	1

extern struct lock_class_key __lockdep_no_validate__;

/**
 * kshim_is_held() - does the running task hold this lock?
 * @lock:	any kind of lock
 *
 * Return: 1 or 0; always 1 outside any task.
 */
int kshim_is_held(const void *lock);

/* The same: held for reading (@read 1) or for writing (0)? */
int kshim_is_held_type(const void *lock, int read);

#define LOCK_STATE_UNKNOWN	(-1)
#define LOCK_STATE_NOT_HELD	0
#define LOCK_STATE_HELD		1

#define lockdep_is_held(l)		kshim_is_held(l)
#define lockdep_is_held_type(l, r)	kshim_is_held_type(l, r)
#define lock_is_held(map)		kshim_is_held(map)
#define lock_is_held_type(map, r)	kshim_is_held_type(map, r)
#define lockdep_assert(c)		do { WARN_ON(!(c)); } while (0)
#define lockdep_assert_once(c)		do { WARN_ON_ONCE(!(c)); } while (0)
#define lockdep_assert_held(l)		lockdep_assert(kshim_is_held(l))
#define lockdep_assert_held_once(l)	lockdep_assert_once(kshim_is_held(l))
#define lockdep_assert_held_read(l)	lockdep_assert(kshim_is_held_type(l, 1))
#define lockdep_assert_held_write(l)	lockdep_assert(kshim_is_held_type(l, 0))
#define lockdep_assert_held_exclusive(l) lockdep_assert_held_write(l)
#define lockdep_assert_not_held(l)	lockdep_assert(!kshim_knows_held(l))
#define lockdep_assert_none_held_once()	lockdep_assert_once(!kshim_nr_held())
#define lockdep_assert_in_irq()		do { } while (0)

/* Does it certainly hold this one, how many does it hold? 0 outside any task. */
int kshim_knows_held(const void *lock);
unsigned int kshim_nr_held(void);

/**
 * lockdep_init_map() - give something that is waited for a class
 * @map:	not held by anybody
 * @name:	of the class
 * @key:	static; NULL: none
 * @sub:	subclass, below MAX_LOCKDEP_SUBCLASSES
 */
void lockdep_init_map(struct lockdep_map *map, const char *name,
		      struct lock_class_key *key, int sub);
/* Another class, or another subclass, for a lock that has one. */
void kshim_lock_set_class(struct lockdep_map *map, const char *name,
			  struct lock_class_key *key, int sub);
void kshim_lock_set_subclass(struct lockdep_map *map, const void *lock, int sub);

/* Keys that come and go with their memory have no order: there is nothing to do. */
#define lockdep_register_key(key)	do { (void)(key); } while (0)
#define lockdep_unregister_key(key)	do { (void)(key); } while (0)

#define lockdep_set_class_and_name(lock, key, name)			\
	kshim_lock_set_class(&(lock)->dep_map, name, key, 0)
#define lockdep_set_class(lock, key)					\
	lockdep_set_class_and_name(lock, key, #key)
#define lockdep_set_class_and_subclass(lock, key, sub)			\
	kshim_lock_set_class(&(lock)->dep_map, #key, key, sub)
#define lockdep_set_subclass(lock, sub)					\
	kshim_lock_set_subclass(&(lock)->dep_map, lock, sub)
#define lockdep_set_novalidate_class(lock)				\
	lockdep_set_class_and_name(lock, &__lockdep_no_validate__, #lock)

/**
 * lock_acquire() - something that works like a lock is taken
 * @map:	its class; also what lock_release() knows it by
 * @sub:	subclass
 * @trylock:	1: nobody waits for it here
 * @read:	0 exclusive, 1 shared, 2 shared and never kept waiting by a reader
 * @check:	unused
 * @nest:	map of a held lock that orders all of its class, or NULL
 * @ip:		where
 */
void lock_acquire(struct lockdep_map *map, unsigned int sub, int trylock, int read,
		  int check, struct lockdep_map *nest, unsigned long ip);
void lock_release(struct lockdep_map *map, unsigned long ip);

#define kshim_lock_ip()		((unsigned long)__builtin_return_address(0))
#define lock_acquire_exclusive(l, s, t, n, i)	lock_acquire(l, s, t, 0, 1, n, i)
#define lock_acquire_shared(l, s, t, n, i)	lock_acquire(l, s, t, 1, 1, n, i)
#define lock_acquire_shared_recursive(l, s, t, n, i) lock_acquire(l, s, t, 2, 1, n, i)
#define mutex_acquire(l, s, t, i)	lock_acquire_exclusive(l, s, t, NULL, i)
#define mutex_release(l, i)		lock_release(l, i)
#define rwsem_acquire(l, s, t, i)	lock_acquire_exclusive(l, s, t, NULL, i)
#define rwsem_acquire_read(l, s, t, i)	lock_acquire_shared(l, s, t, NULL, i)
#define rwsem_release(l, i)		lock_release(l, i)
#define lock_map_acquire(l)	lock_acquire_exclusive(l, 0, 0, NULL, kshim_lock_ip())
#define lock_map_acquire_try(l)	lock_acquire_exclusive(l, 0, 1, NULL, kshim_lock_ip())
#define lock_map_acquire_read(l)					\
	lock_acquire_shared_recursive(l, 0, 0, NULL, kshim_lock_ip())
#define lock_map_acquire_tryread(l)					\
	lock_acquire_shared_recursive(l, 0, 1, NULL, kshim_lock_ip())
#define lock_map_release(l)	lock_release(l, kshim_lock_ip())

/* This could be taken here: is its order all right? */
void kshim_might_lock(struct lockdep_map *map, const void *lock, int read, int sub);
#define might_lock(lock)	kshim_might_lock(&(lock)->dep_map, lock, 0, 0)
#define might_lock_nested(lock, sub) kshim_might_lock(&(lock)->dep_map, lock, 0, sub)
#define might_lock_read(lock)	kshim_might_lock(&(lock)->dep_map, lock, 1, 0)
#define lock_map_sync(map)	kshim_might_lock(map, map, 0, 0)

#define lockdep_off()			do { } while (0)
#define lockdep_on()			do { } while (0)

#endif
