/* SPDX-License-Identifier: GPL-2.0-only */
/* What a call of the kernel's API is good for, by its name. */
#ifndef MUTATE_CALLS_H
#define MUTATE_CALLS_H

#include <stdbool.h>

enum call_class {
	CALL_NONE,	/* cannot be left out: prints, asserts */
	CALL_LOCK, CALL_UNLOCK, CALL_GET, CALL_PUT, CALL_LIST, CALL_WAIT, CALL_WAKE, CALL_FREE,
	CALL_INIT, CALL_OTHER
};

/* @name: "mutex_lock", "driver->ops->release" */
enum call_class call_class(const char *name);

/**
 * call_other_word() - the opposite or the weaker form of an operation
 * @name:	of the call
 * @weaker:	for reading instead of for writing, else the opposite
 *
 * Return: a name that takes the same arguments, or NULL.
 */
const char *call_other_word(const char *name, bool weaker);

#endif
