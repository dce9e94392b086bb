/* SPDX-License-Identifier: GPL-2.0-only */
/* The data-race detector, as the rest of the engine sees it; see race.c. */
#ifndef KSHIM_ENGINE_RACE_H
#define KSHIM_ENGINE_RACE_H

#include "engine.h"

/* How an access counts: bit 0 writes, bit 1 marked. */
enum race_kind { RACE_READ, RACE_WRITE, RACE_MARKED_READ, RACE_MARKED_WRITE };

static inline enum race_kind race_kind_of(enum kshim_op op)
{
	switch (op) {
	case KSHIM_READ:
		return RACE_READ;
	case KSHIM_WRITE:
	case KSHIM_FREE:
		return RACE_WRITE;
	case KSHIM_MARKED_READ:
		return RACE_MARKED_READ;
	default:		/* atomics; the words that locks are made of */
		return RACE_MARKED_WRITE;
	}
}

#define RACE_WATCHED	(kshim_hot.hooks & KSHIM_HOOK_RACE)
/* Nobody but the race detector watches: the short way. */
#define RACE_ONLY	(kshim_hot.attention == KSHIM_HOOK_RACE << 8)

/* A new run: nothing has happened yet. */
void race_begin(void);
/* A task was created, by a task or from outside. */
void race_spawn(unsigned int id, unsigned int flags);
/* All is at rest: what comes next comes after all of it. */
void race_rest(void);

struct kshim_mover;

/*
 * For checkpoints, which live as long as race_run() says the same: what is
 * known of this run, to be kept or to be had again, and the bytes it needs.
 */
unsigned int race_run(void);
unsigned long race_moved(void);
void race_move(struct kshim_mover *m);

/* An access of the code under test, made at once after this. */
void race_access(const void *addr, unsigned long size, enum race_kind kind,
		 const void *pc);
/* Is this a place in the code under test? */
extern unsigned long race_code_lo, race_code_len;
static inline int race_under_test(const void *pc)
{
	return (unsigned long)pc - race_code_lo < race_code_len;
}

/*
 * An access by a primitive on behalf of its caller at @pc, if that is under test.
 * Of a lock or a queue the first word stands for all: nothing but the end of the
 * whole can race with it.
 */
static inline void race_op(enum kshim_op op, const void *obj, unsigned long size,
			   const void *pc)
{
	if (!size || !race_under_test(pc))
		return;
	if (size > 8 && op > KSHIM_ATOMIC && op != KSHIM_FREE)
		size = 8;
	race_access(obj, size, race_kind_of(op), pc);
}

#endif
