/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/lockdep.h: assertions about held locks are real, they ask
 * kshim/locking/held.c. Classes and subclasses are not modelled.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/bug.h>
#include <linux/types.h>

struct lock_class_key { char unused; };
struct lockdep_map { char unused[0]; };

#define SINGLE_DEPTH_NESTING	1

/**
 * kshim_is_held() - does the running task hold this lock?
 * @lock:	any kind of lock
 *
 * Return: 1 or 0; always 1 outside any task.
 */
int kshim_is_held(const void *lock);

#define lockdep_is_held(l)		kshim_is_held(l)
#define lockdep_assert(c)		do { WARN_ON(!(c)); } while (0)
#define lockdep_assert_once(c)		do { WARN_ON_ONCE(!(c)); } while (0)
#define lockdep_assert_held(l)		lockdep_assert(kshim_is_held(l))
#define lockdep_assert_held_once(l)	lockdep_assert_once(kshim_is_held(l))
#define lockdep_assert_held_read(l)	lockdep_assert(kshim_is_held(l))
#define lockdep_assert_held_write(l)	lockdep_assert(kshim_is_held(l))
#define lockdep_assert_held_exclusive(l) lockdep_assert_held_write(l)
#define lockdep_assert_not_held(l)	do { (void)(l); } while (0)
#define lockdep_assert_none_held_once()	do { } while (0)
#define lockdep_assert_in_irq()		do { } while (0)

#define lockdep_register_key(key)	do { (void)(key); } while (0)
#define lockdep_unregister_key(key)	do { (void)(key); } while (0)
#define lockdep_set_class(lock, key)	do { (void)(key); } while (0)
#define lockdep_set_class_and_name(lock, key, name) do { (void)(key); } while (0)
#define lockdep_set_subclass(lock, sub)	do { } while (0)
#define lockdep_set_novalidate_class(l)	do { } while (0)
#define lockdep_init_map(map, name, key, sub) do { (void)(key); } while (0)
#define lock_map_acquire(map)		do { } while (0)
#define lock_map_release(map)		do { } while (0)
#define lockdep_off()			do { } while (0)
#define lockdep_on()			do { } while (0)
#define might_lock(lock)		do { } while (0)
#define might_lock_nested(lock, sub)	do { } while (0)
#define might_lock_read(lock)		do { } while (0)

#endif
