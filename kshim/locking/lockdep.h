/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the primitives tell lockdep.c: before they wait for a lock, and when
 * they have it. One look into a table when this stack of locks was seen
 * before. Private to the shim.
 */
#ifndef KSHIM_LOCKING_LOCKDEP_H
#define KSHIM_LOCKING_LOCKDEP_H

#include <linux/lockdep.h>
#include "engine/lockgraph.h"
#include "locking/lock.h"

extern struct kshim_oracle kshim_oracle_lockdep;

/* With a mode: what kind of lock it is, for those that have no class yet. */
#define KSHIM_SPINS	(KSHIM_LOCK_SPIN * 256u)
#define KSHIM_SLEEPS	(KSHIM_LOCK_SLEEP * 256u)
#define KSHIM_CROSSES	1024u		/* a completion, see lockdep_cross.c */

unsigned long kshim_lock_lookup(struct lockdep_map *map, const void *lock,
				unsigned int wait);
void kshim_lockdep_check(const void *lock, unsigned int how, const void *nest,
			 const void *pc, unsigned long hash);
void kshim_lock_past_compact(struct kshim_lock_past *p);
struct kshim_lock_ref kshim_held_ref(const struct kshim_held_lock *l);
void kshim_lock_report_begin(struct kshim_lock_report *r, enum kshim_lock_problem problem,
			     const struct kshim_held *h);

/* A new lock of the class of @key; that of any object; that of a name. */
void kshim_lock_init(struct lockdep_map *map, const char *name, struct lock_class_key *key,
		     enum kshim_lock_wait wait);
void kshim_lock_map_key(struct lockdep_map *map, const char *name, const void *key);
void kshim_lock_map_named(struct lockdep_map *map, const void *site, const char *name);
void kshim_lock_circular(struct kshim_lock_report *r);

/* A lock is the running task's; @how it was taken says kshim_lock_how(). */
void kshim_held_inc(const void *lock, unsigned int how, const void *pc);
/* It keeps it for reading only. */
void kshim_held_downgrade(const void *lock);

#define KSHIM_HOW_NOCHECK	(KSHIM_LOCK_NOCHECK * KSHIM_LOCK_MODES)

/* Class and mode in one number. */
static __always_inline unsigned int kshim_lock_how(struct lockdep_map *map, const void *lock,
						   unsigned int sub, unsigned int mode)
{
	unsigned long class = map->class;

	if (unlikely(class - 1 >= KSHIM_LOCK_CLASSES - 1))
		class = kshim_lock_lookup(map, lock, mode / 256 % 4);
	if (sub)
		class = (class & ~(KSHIM_LOCK_SUBCLASSES - 1)) | (sub % KSHIM_LOCK_SUBCLASSES);
	return class * KSHIM_LOCK_MODES | mode % KSHIM_LOCK_MODES;
}

static __always_inline unsigned int kshim_how_class(unsigned int how)
{
	return how / KSHIM_LOCK_MODES;
}

static __always_inline bool kshim_how_checked(unsigned int how)
{
	return kshim_how_class(how) >= KSHIM_LOCK_NOCHECK + KSHIM_LOCK_SUBCLASSES;
}

/* Of the first @n held locks and this one; what has no order does not count. */
static __always_inline unsigned long kshim_lock_next_hash(const struct kshim_held *h,
							  unsigned int n, unsigned int how)
{
	unsigned long hash = n ? h->lock[n - 1].hash : 1;

	return kshim_how_checked(how) ? kshim_lock_mix(hash, how) : hash;
}

static __always_inline bool kshim_lock_chain_is_known(unsigned long hash)
{
	unsigned int i = kshim_lock_slot(hash);

	return kshim_lock_chains[i] == hash || kshim_lock_chains[i ^ 1] == hash;
}

static __always_inline void kshim_lock_past_add(struct kshim_lock_past *p, const void *lock,
						unsigned int how, const void *pc)
{
	if (unlikely(p->n == KSHIM_LOCK_PAST))
		kshim_lock_past_compact(p);
	p->lock[p->n].lock = lock;
	p->lock[p->n].pc = pc;
	p->lock[p->n++].how = how;
}

/**
 * kshim_lock_before() - the running task may have to wait for a lock
 * @lock:	which
 * @map:	its class
 * @sub:	subclass, 0: the lock's own
 * @mode:	KSHIM_LOCK_*, and KSHIM_SPINS, KSHIM_SLEEPS or KSHIM_CROSSES
 * @nest:	held lock that orders all of this class, or NULL
 * @pc:		where
 *
 * Behind the point, before the attempt. Reports oracle "lockdep".
 *
 * Return: what to tell kshim_held_inc() when it is got.
 */
static __always_inline unsigned int kshim_lock_before(const void *lock,
						      struct lockdep_map *map,
						      unsigned int sub, unsigned int mode,
						      const void *nest, const void *pc)
{
	unsigned int how = KSHIM_HOW_NOCHECK | mode % KSHIM_LOCK_MODES;
	struct kshim_task *t = kshim_me();
	const struct kshim_held *h;
	unsigned long hash;

	if (unlikely(kshim_oracle_lockdep.off || !t || !t->priv))
		return how;
	h = &((struct task_struct *)t->priv)->held;
	how = kshim_lock_how(map, lock, sub, mode);
	if (unlikely(!kshim_how_checked(how) || h->nr > KSHIM_MAX_HELD))
		return how;
	if (!(mode & KSHIM_CROSSES))
		kshim_lock_past_add(&kshim_lock_past[t->id], lock, how, pc);
	hash = kshim_lock_next_hash(h, h->nr, how);
	if (unlikely(nest || !kshim_lock_chain_is_known(hash)))
		kshim_lockdep_check(lock, how, nest, pc, hash);
	return how;
}

/* @t begins a system call, work item or callback: what it waited for before is over. */
static __always_inline void kshim_lock_new_context(const struct kshim_task *t)
{
	kshim_lock_past[t->id].n = 0;
}

/**
 * kshim_lock_completes() - the running task lets waiters go on
 * @obj:	what they wait for
 * @map:	its class
 * @pc:		where
 *
 * So they waited for each lock that it had to take before, too.
 */
void kshim_lock_completes_slow(struct kshim_lock_past *p, const void *obj,
			       struct lockdep_map *map, const void *pc);
static __always_inline void kshim_lock_completes(const void *obj, struct lockdep_map *map,
						 const void *pc)
{
	struct kshim_task *t = kshim_me();

	if (likely(!kshim_oracle_lockdep.off && t && kshim_lock_past[t->id].n))
		kshim_lock_completes_slow(&kshim_lock_past[t->id], obj, map, pc);
}

#endif
