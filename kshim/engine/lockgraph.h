/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In which order locks were taken: classes, the orders seen so far with the
 * stacks that prove them, and what a report says about them.
 *
 * This is knowledge about the code, not state of a schedule: it lies outside
 * the snapshot, so that orders of different schedules combine to a cycle.
 * What a class means is the shim's affair, see kshim/locking/lockdep.c.
 */
#ifndef KSHIM_ENGINE_LOCKGRAPH_H
#define KSHIM_ENGINE_LOCKGRAPH_H

#include "engine.h"

#define KSHIM_LOCK_SUBCLASSES	8	/* consecutive numbers, the key's own first */
#define KSHIM_LOCK_KEYS		1024
#define KSHIM_LOCK_CLASSES	(KSHIM_LOCK_KEYS * KSHIM_LOCK_SUBCLASSES)
#define KSHIM_LOCK_NOCHECK	KSHIM_LOCK_SUBCLASSES	/* has no order */
#define KSHIM_LOCK_NAME		96
#define KSHIM_LOCK_STACK	24
#define KSHIM_LOCK_DEPTH	12	/* held locks with a name */
#define KSHIM_LOCK_CHAINS	(1u << 14)
#define KSHIM_LOCK_PAST		64
#define KSHIM_LOCK_STEPS	16

/* How a lock is taken. */
#define KSHIM_LOCK_SHARED_BY	1u	/* readers, who queue behind a writer */
#define KSHIM_LOCK_RECURSIVE	2u	/* readers, who pass a waiting writer */
#define KSHIM_LOCK_IF_FREE	4u	/* trylock: nobody waits */
#define KSHIM_LOCK_MODES	8u
#define KSHIM_LOCK_READ		(KSHIM_LOCK_SHARED_BY | KSHIM_LOCK_RECURSIVE)

/* What may be inside what; the kernel's wait types. */
enum kshim_lock_wait { KSHIM_LOCK_ANY, KSHIM_LOCK_SPIN, KSHIM_LOCK_SLEEP };

/**
 * struct kshim_lock_ref - a lock somebody holds or wants
 * @lock:	address
 * @pc:		where it was taken
 * @class:	number
 * @mode:	KSHIM_LOCK_*
 */
struct kshim_lock_ref {
	const void *lock;
	const void *pc;
	unsigned short class;
	unsigned char mode;
};

struct kshim_lock_step {
	unsigned short class;
	const void *const *pcs;		/* how it was taken with the step before held */
	unsigned int n;
};

enum kshim_lock_problem {
	KSHIM_LOCKS_FINE, KSHIM_LOCKS_CIRCULAR, KSHIM_LOCKS_RECURSIVE,
	KSHIM_LOCKS_FREED, KSHIM_LOCKS_IN_USER, KSHIM_LOCKS_LEFT, KSHIM_LOCKS_UNBALANCED,
};

/**
 * struct kshim_lock_report - the last report about locks
 * @problem:	which
 * @completes:	@prev is not held but being completed
 * @next:	taken now
 * @prev:	held, or freed
 * @steps:	the order seen before: from @next to @prev
 * @nsteps:	how many, @next itself not counted
 * @held:	by the reporting task, outermost first
 * @nheld:	how many
 * @from:	freed memory: first byte
 * @to:		last byte
 */
struct kshim_lock_report {
	enum kshim_lock_problem problem;
	int completes;
	struct kshim_lock_ref next, prev;
	struct kshim_lock_step steps[KSHIM_LOCK_STEPS];
	unsigned int nsteps;
	struct kshim_lock_ref held[KSHIM_LOCK_DEPTH];
	unsigned int nheld;
	unsigned long from, to;
};
extern struct kshim_lock_report kshim_lock_report;

/**
 * struct kshim_lock_past - what a task has waited for in its system call
 * @n:		number of entries
 * @lock:	in the order they were waited for, or of its work item
 *
 * A class may be there more than once.
 */
struct kshim_lock_past {
	unsigned int n;
	struct kshim_lock_past_entry {
		const void *lock;
		const void *pc;
		unsigned int how;		/* class and mode */
	} lock[KSHIM_LOCK_PAST];
};
extern struct kshim_lock_past kshim_lock_past[KSHIM_MAX_TASKS];

/* Hashes of held-lock stacks whose every order is known: two ways a set. */
extern unsigned long kshim_lock_chains[KSHIM_LOCK_CHAINS];

static inline unsigned int kshim_lock_slot(unsigned long hash)
{
	return hash >> 50;		/* 14 bits */
}

static inline unsigned long kshim_lock_mix(unsigned long hash, unsigned int what)
{
	hash = (hash ^ what) * 0x9e3779b97f4a7c15UL;
	return hash ^ hash >> 29;
}

/**
 * kshim_lock_class() - the number of a class
 * @key:	what identifies it: the same for every lock of the class
 * @name:	copied; told apart by "#2" when another key has it as well
 * @wait:	enum kshim_lock_wait
 *
 * Return: number of its subclass 0; KSHIM_LOCK_NOCHECK when there are too many.
 */
unsigned int kshim_lock_class(const void *key, const char *name, unsigned int wait);

/* As above, when the same key and another name is another class. */
unsigned int kshim_lock_class_named(const void *key, const char *name, unsigned int wait);

/* What a class is called, "name#2/1". Return: @buf. */
char *kshim_lock_name(unsigned int class, char *buf, unsigned int size);
unsigned int kshim_lock_wait_type(unsigned int class);

/* Modes in which a class was taken, 1: exclusive, 2: shared. */
void kshim_lock_used(unsigned int class, unsigned int mode);
unsigned int kshim_lock_usage(unsigned int class);

/**
 * kshim_lock_order() - @next is taken with @prev held
 * @prev:	class and mode
 * @next:	class and mode
 * @r:		steps are filled when this closes a cycle
 *
 * Remembers the order with the running task's stack, unless it closes one.
 *
 * Return: 1 when it does.
 */
int kshim_lock_order(const struct kshim_lock_ref *prev, const struct kshim_lock_ref *next,
		     struct kshim_lock_report *r);

/* Grows with every class, mode and order that was never seen before. */
extern unsigned long kshim_lock_news;

/* Every order so far, that @next was taken with @prev held: their classes. */
void kshim_lock_orders(void (*tell)(void *ctx, unsigned int prev, unsigned int next), void *ctx);

/* Every order in this held-lock stack is known from now on. */
void kshim_lock_chain_known(unsigned long hash);

#endif
