// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of locks. Mirrors kernel/locking/lockdep.c.
 *
 * The kernel guarantees: locks that were initialised at the same place are a
 * class; taking B with A held is an order of their classes, whoever does it
 * and whenever; a cycle of orders is reported when it closes, and so is
 * taking a class that is held already, unless a subclass or a nest lock says
 * that this is meant. Readers that pass waiting writers do not close a cycle
 * with each other. A trylock waits for nobody, but what is taken under it
 * does. Work items, work queues and active references are waited for like
 * locks.
 *
 * Given: all of that, and completions (lockdep_cross.c). The orders outlive a
 * schedule: those of different schedules combine. A stack of locks whose
 * orders are all known costs one look into a table. On the parallel engine
 * the graph is behind a raw lock. After a report the check goes on, and the
 * order that closed the cycle is not remembered: it is reported again.
 *
 * Not given: interrupts and their inversions, wait types, keys that are
 * registered at run time, classes of locks that nobody initialised.
 */
#include "locking/lockdep.h"

KSHIM_ORACLE(kshim_oracle_lockdep, "lockdep",
	     "lock order: circular or recursive locking, also of what only waits like a lock");

/* The guest's variables, see core/CMakeLists.txt. */
extern char __start_guest_data[] __attribute__((weak)), __stop_guest_data[] __attribute__((weak));
extern char __start_guest_bss[] __attribute__((weak)), __stop_guest_bss[] __attribute__((weak));

struct lock_class_key __lockdep_no_validate__ = {
	.class = KSHIM_LOCK_NOCHECK,
};

static bool is_static(const void *p)
{
	const char *at = p;

	return (at >= __start_guest_data && at < __stop_guest_data) ||
	       (at >= __start_guest_bss && at < __stop_guest_bss);
}

static inline void graph_lock(void)
{
	kshim_obj_lock(kshim_lock_chains);
}

static inline void graph_unlock(void)
{
	kshim_obj_unlock(kshim_lock_chains);
}

/* Number of a key's class; keys are numbered when they are used first. */
static unsigned long class_of_key(struct lock_class_key *key, const char *name,
				  unsigned int wait)
{
	unsigned long class;

	if (likely(key && key->class))
		return key->class;
	if (!key || !is_static(key))
		return KSHIM_LOCK_NOCHECK;
	graph_lock();
	class = kshim_lock_class(key, name, wait);
	graph_unlock();
	key->class = class;
	return class;
}

void kshim_lock_init(struct lockdep_map *map, const char *name, struct lock_class_key *key,
		     enum kshim_lock_wait wait)
{
	map->class = class_of_key(key, name, wait);
}

/* A lock that was initialised by the compiler is its own key. */
unsigned long kshim_lock_lookup(struct lockdep_map *map, const void *lock, unsigned int wait)
{
	const char *name = map->name;
	unsigned long class = KSHIM_LOCK_NOCHECK;

	if (name && is_static(lock)) {
		graph_lock();
		class = kshim_lock_class(lock, name, wait);
		graph_unlock();
	}
	map->class = class;
	return class;
}

void lockdep_init_map(struct lockdep_map *map, const char *name,
		      struct lock_class_key *key, int sub)
{
	map->class = class_of_key(key, name, KSHIM_LOCK_ANY) + sub;
}

void kshim_lock_set_class(struct lockdep_map *map, const char *name,
			  struct lock_class_key *key, int sub)
{
	unsigned int wait = KSHIM_LOCK_ANY;

	if (map->class && map->class < KSHIM_LOCK_CLASSES)
		wait = kshim_lock_wait_type(map->class);
	map->class = class_of_key(key, name, wait) + sub;
}

void kshim_lock_set_subclass(struct lockdep_map *map, const void *lock, int sub)
{
	map->class = kshim_how_class(kshim_lock_how(map, lock, sub, 0));
}

void kshim_lock_map_key(struct lockdep_map *map, const char *name, const void *key)
{
	graph_lock();
	map->class = kshim_lock_class(key, name, KSHIM_LOCK_ANY);
	graph_unlock();
}

void kshim_lock_map_named(struct lockdep_map *map, const void *site, const char *name)
{
	graph_lock();
	map->class = kshim_lock_class_named(site, name, KSHIM_LOCK_ANY);
	graph_unlock();
}

struct kshim_lock_ref kshim_held_ref(const struct kshim_held_lock *l)
{
	return (struct kshim_lock_ref) {
		.lock = l->lock, .pc = l->pc, .class = kshim_how_class(l->class),
		.mode = l->class % KSHIM_LOCK_MODES,
	};
}

void kshim_lock_report_begin(struct kshim_lock_report *r, enum kshim_lock_problem problem,
			     const struct kshim_held *h)
{
	r->problem = problem;
	r->completes = 0;
	r->nheld = 0;
	while (r->nheld < h->nr && r->nheld < KSHIM_MAX_HELD) {
		r->held[r->nheld] = kshim_held_ref(&h->lock[r->nheld]);
		r->nheld++;
	}
}

void kshim_lock_circular(struct kshim_lock_report *r)
{
	char prev[KSHIM_LOCK_NAME], next[KSHIM_LOCK_NAME];

	kshim_report(&kshim_oracle_lockdep, 0,
		     "WARNING: possible circular locking dependency detected: %s --> %s",
		     kshim_lock_name(r->prev.class, prev, sizeof(prev)),
		     kshim_lock_name(r->next.class, next, sizeof(next)));
}

static void recursive(struct kshim_lock_report *r)
{
	char name[KSHIM_LOCK_NAME];

	kshim_report(&kshim_oracle_lockdep, 0,
		     "WARNING: possible recursive locking detected: %s",
		     kshim_lock_name(r->next.class, name, sizeof(name)));
}

enum check { FINE, NESTED, RECURSIVE, CIRCULAR };

/* Is one of the same class held? */
static enum check check_recursion(const struct kshim_held *h, const struct kshim_lock_ref *next,
				  const void *nest, struct kshim_lock_report *r)
{
	bool nested = false;
	unsigned int i;

	for (i = 0; i < h->nr; i++) {
		const struct kshim_held_lock *l = &h->lock[i];

		if (l->lock == nest)
			nested = true;
		if (kshim_how_class(l->class) != next->class)
			continue;
		if (next->mode & KSHIM_LOCK_RECURSIVE && l->class & KSHIM_LOCK_READ)
			continue;
		if (nested)
			return NESTED;
		kshim_lock_report_begin(r, KSHIM_LOCKS_RECURSIVE, h);
		r->next = *next;
		r->prev = kshim_held_ref(l);
		return RECURSIVE;
	}
	return FINE;
}

/* Orders behind the innermost lock that was waited for are known already. */
static enum check check_orders(const struct kshim_held *h, const struct kshim_lock_ref *next,
			       struct kshim_lock_report *r)
{
	unsigned int i = h->nr;

	while (i--) {
		struct kshim_lock_ref prev = kshim_held_ref(&h->lock[i]);

		if (!kshim_how_checked(h->lock[i].class) || prev.class == next->class)
			continue;
		if (kshim_lock_order(&prev, next, r)) {
			kshim_lock_report_begin(r, KSHIM_LOCKS_CIRCULAR, h);
			r->next = *next;
			r->prev = prev;
			return CIRCULAR;
		}
		if (!(prev.mode & KSHIM_LOCK_IF_FREE))
			break;
	}
	return FINE;
}

/* This stack of locks was not seen before. */
noinline void kshim_lockdep_check(const void *lock, unsigned int how, const void *nest,
				  const void *pc, unsigned long hash)
{
	const struct kshim_held *h = &kshim_my_task()->held;
	struct kshim_lock_report *r = &kshim_lock_report;
	struct kshim_lock_ref next = {
		.lock = lock, .pc = pc, .class = kshim_how_class(how),
		.mode = how % KSHIM_LOCK_MODES,
	};
	enum check c;

	graph_lock();
	kshim_lock_used(next.class, next.mode);
	c = check_recursion(h, &next, nest, r);
	if (c == FINE)
		c = check_orders(h, &next, r);
	if (c == FINE)
		kshim_lock_chain_known(hash);
	graph_unlock();
	if (c == RECURSIVE)
		recursive(r);
	else if (c == CIRCULAR)
		kshim_lock_circular(r);
}

static unsigned int mode_of(int trylock, int read)
{
	return (trylock ? KSHIM_LOCK_IF_FREE : 0) |
		(read == 2 ? KSHIM_LOCK_RECURSIVE : read ? KSHIM_LOCK_SHARED_BY : 0);
}

void lock_acquire(struct lockdep_map *map, unsigned int sub, int trylock, int read,
		  int check, struct lockdep_map *nest, unsigned long ip)
{
	unsigned int mode = mode_of(trylock, read), how;

	if (trylock)
		how = kshim_lock_how(map, map, sub, mode);
	else
		how = kshim_lock_before(map, map, sub, mode, nest, (void *)ip);
	kshim_held_inc(map, how, (void *)ip);
}

void lock_release(struct lockdep_map *map, unsigned long ip)
{
	struct task_struct *t = kshim_my_task();
	char name[KSHIM_LOCK_NAME];

	if (likely(kshim_held_dec(map)))
		return;
	kshim_lock_report_begin(&kshim_lock_report, KSHIM_LOCKS_UNBALANCED, &t->held);
	kshim_lock_report.prev = (struct kshim_lock_ref) {
		.lock = map, .pc = (void *)ip,
		.class = kshim_how_class(kshim_lock_how(map, map, 0, 0)),
	};
	kshim_report(&kshim_oracle_lockdep, 0, "WARNING: bad unlock balance detected! %s",
		     kshim_lock_name(kshim_lock_report.prev.class, name, sizeof(name)));
}

void kshim_might_lock(struct lockdep_map *map, const void *lock, int read, int sub)
{
	kshim_lock_before(lock, map, sub, mode_of(0, read), NULL, __builtin_return_address(0));
}
