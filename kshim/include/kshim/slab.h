/* SPDX-License-Identifier: GPL-2.0-only */
/* What the harness may ask about the guest's memory. */
#ifndef KSHIM_SLAB_H
#define KSHIM_SLAB_H

/**
 * struct kshim_object - one allocated object
 * @addr:	of the object
 * @size:	bytes asked for
 * @cache:	name of its cache as the kernel calls it, e.g. "kmalloc-96"
 * @cache_size:	bytes of an object of that cache
 * @live:	not freed
 * @serial:	number of the allocation, from 1, equal on every replay
 */
struct kshim_object {
	const void *addr;
	unsigned long size;
	const char *cache;
	unsigned long cache_size;
	int live;
	unsigned int serial;
};

/* Objects allocated and not freed. */
unsigned long kshim_slab_live(void);
/* Their bytes. */
unsigned long kshim_slab_live_bytes(void);

/**
 * kshim_slab_next() - iterate over all objects of the arena, freed ones too
 * @prev:	NULL to start, then what the last call filled
 * @o:		filled
 *
 * Return: 1, or 0 at the end.
 */
int kshim_slab_next(const struct kshim_object *prev, struct kshim_object *o);

/**
 * kshim_slab_find() - the object that an address belongs to
 * @addr:	inside it or in the redzone before it
 * @o:		filled
 *
 * Return: 1, or 0 when there is none.
 */
int kshim_slab_find(const void *addr, struct kshim_object *o);

/**
 * kshim_fail_nth() - fault injection, as /proc/<pid>/fail-nth
 * @n:		the n-th call of the calling task that could fail does; 0: off
 *
 * Return: what was left before.
 */
unsigned int kshim_fail_nth(unsigned int n);

#define KSHIM_FAULT_STACK	16

/**
 * struct kshim_fault - a call that was made to fail
 * @copy:	it was a copy from or to user space, not an allocation
 * @size:	bytes that it was about
 * @stack:	return addresses, innermost first
 * @depth:	how many
 */
struct kshim_fault {
	int copy;
	unsigned long size;
	const void *stack[KSHIM_FAULT_STACK];
	unsigned int depth;
};

/**
 * kshim_fault_take() - what has failed
 * @f:		filled with one since the last call
 * @unasked:	1: the first by the environment, 0: the last by fail_nth
 *
 * Return: 1, or 0 when nothing was made to fail.
 */
int kshim_fault_take(struct kshim_fault *f, int unasked);

/* Was there one, not taken so far, by the environment? */
int kshim_fault_unasked(void);

#endif
