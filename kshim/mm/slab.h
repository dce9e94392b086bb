/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the slab and the rest of the shim. */
#ifndef KSHIM_MM_SLAB_H
#define KSHIM_MM_SLAB_H

#include <linux/types.h>

/*
 * Should this call, which may fail, fail? Counts down current's fail_nth.
 * @size: what it is about; @copy: from or to user space
 */
bool kshim_should_fail(unsigned long size, bool copy);

/* Memory with a held lock in it is going away; see locking/held.c. */
void kshim_locks_freed(const void *p, unsigned long size);

/* A second kfree() of the same object. */
void kshim_bad_free(const void *p) __attribute__((noreturn, cold));

/* Tell the harness, for the stacks in its reports. */
void kshim_slab_event(const void *p, unsigned long size, int alive) __attribute__((cold));

#endif
