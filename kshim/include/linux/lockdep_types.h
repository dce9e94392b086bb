/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/lockdep_types.h; see kshim/locking/lockdep.c. */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H

#define MAX_LOCKDEP_SUBCLASSES	8

/* One per initialisation site; its address is the class. */
struct lock_class_key {
	unsigned short class;		/* its number, once it is known */
};

/*
 * The class of a lock: its number; before the first use of a statically
 * initialised lock its name; or 0: never initialised, then it has no class.
 */
struct lockdep_map {
	union {
		unsigned long class;
		const char *name;
	};
};

#define STATIC_LOCKDEP_MAP_INIT(_name, _key)	{ .name = (_name) }

#endif
