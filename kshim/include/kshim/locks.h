/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a task holds: for reports, for the slab and for the way back to user
 * space. Plain C types only; implemented in kshim/locking/held.c.
 */
#ifndef KSHIM_LOCKS_H
#define KSHIM_LOCKS_H

/**
 * kshim_held_locks() - the locks that a task holds
 * @task:	number of the task
 * @lock:	filled, outermost first
 * @max:	room in @lock
 *
 * Return: how many it holds; may be more than were filled in.
 */
unsigned int kshim_held_locks(unsigned int task, const void **lock,
			      unsigned int max);

/* The same with what lockdep knows of each; Return: how many were filled in. */
struct kshim_lock_ref;
unsigned int kshim_held_refs(unsigned int task, struct kshim_lock_ref *ref,
			     unsigned int max);

/**
 * kshim_locks_freed() - memory goes away: is there a held lock in it?
 * @p:		first byte
 * @size:	bytes
 *
 * Context: kfree(). Reports oracle "held-lock-freed".
 */
void kshim_locks_freed(const void *p, unsigned long size);

/**
 * kshim_held_check() - the running task must not hold any lock here
 * @where:	NULL on the way back to user space; otherwise what follows the
 *		"still has locks held!", e.g. "exit"
 *
 * Reports oracle "lock-held".
 */
void kshim_held_check(const char *where);

/* A lock is given back. Return: 0 when the running task did not hold it. */
int kshim_held_dec(const void *lock);

#endif
