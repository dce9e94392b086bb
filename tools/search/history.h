/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one execution did, as a partial-order reduction sees it: a sequence
 * of transitions, each of one task from one choice to the next, with the
 * objects that it touched, who it woke, and which transitions happened
 * before it.
 */
#ifndef SEARCH_HISTORY_H
#define SEARCH_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/host.h"

#define HISTORY_CELL_SHIFT	2

enum access_class {
	ACCESS_READ,
	ACCESS_SHARED,		/* lock for reading */
	ACCESS_WRITE,
	ACCESS_LOCK,		/* lock that one task at a time can hold */
	ACCESS_TRYLOCK,
	ACCESS_RELEASE,		/* by the one that held it */
	ACCESS_UNSHARE,		/* unlock by one of perhaps several */
	ACCESS_GET,		/* a counter, up or down by one */
	ACCESS_PUT,
	ACCESS_TAKE,		/* what was written there, behind it */
	ACCESS_FREE,		/* an access that comes behind it is a report */
};

/* In cells of four bytes, both ends included. */
struct access {
	uintptr_t first, last;
	enum access_class class;
	bool begins;		/* a step that others could have come before */
	int value;		/* of a counter, before */
	int step;		/* counter.c: which step of it */
	const void *pc;
};

/**
 * struct transition - what a task did between two choices
 *
 * More than one step where nobody else could go on.
 *
 * @task:	its number
 * @node:	choice that let it run; -1: nobody else could
 * @first:	its accesses: @n from here
 * @local:	the how manieth of its task, from 1
 * @wakes:	its wake-ups: up to those of the next transition
 */
struct transition {
	unsigned int task;
	int node;
	unsigned int first, n;
	unsigned int local;
	unsigned int wakes;
};

struct wake {
	unsigned int task;
	bool timer;		/* time moved: everything so far came before */
};

/**
 * struct missed - a step that a task could have taken, and then no longer could
 * @task:	of the environment
 * @trans:	the transition that made it so, or the last one of all
 * @would:	what it would have written
 */
struct missed {
	unsigned int task, trans;
	struct access would;
};

struct history {
	struct access *access;
	struct transition *trans;
	struct wake *wake;
	struct missed *missed;
	unsigned int naccess, ntrans, nwake, nmissed;
	unsigned int access_room, trans_room, wake_room, missed_room, clock_room;
	unsigned int ntasks;
	unsigned int nth[KSHIM_MAX_TASKS];	/* transitions so far */
	uint16_t *clock;			/* rows of ntasks: ntrans, then nmissed */
};

/* Twice the room, at least 1024 elements; never NULL. */
void *history_grow(void *p, unsigned int *room, size_t size);

static inline bool is_count(enum access_class c)
{
	return c == ACCESS_GET || c == ACCESS_PUT;
}

void history_reset(struct history *f);
void history_free(struct history *f);
/* The running task goes on from a choice, or @node -1. */
void history_open(struct history *f, unsigned int task, int node);
/* @begins: not what belongs to the access before it */
void history_access(struct history *f, enum access_class class, const void *obj,
		      unsigned long size, const void *pc, bool begins);
/* One step of a counter; the write just recorded is this one. */
void history_count(struct history *f, enum access_class class, const void *obj, int before);
void history_wake(struct history *f, unsigned int task, bool timer);
void history_missed(struct history *f, unsigned int task, const void *obj, unsigned long size);

/* Do these, done now, depend on those that another task might have done now? */
bool history_conflict(const struct access *now, unsigned int nnow,
			const struct access *other, unsigned int nother);

/**
 * history_races() - pairs of transitions that could be turned around
 * @f:		of an execution; its clocks are filled
 * @whole:	it went on to its end
 * @race:	called with the earlier and the later one, in the order of the
 *		latter; that may be ntrans + i, for @f->missed[i]
 * @arg:	for @race
 *
 * Return: false when it touches too much memory to tell.
 */
bool history_races(struct history *f, bool whole,
		     void (*race)(void *arg, unsigned int earlier, unsigned int later),
		     void *arg);

/* Whose step is it, and the how manieth of that task? */
static inline unsigned int history_task(const struct history *f, unsigned int trans)
{
	return trans < f->ntrans ? f->trans[trans].task : f->missed[trans - f->ntrans].task;
}

static inline unsigned int history_local(const struct history *f, unsigned int trans)
{
	return trans < f->ntrans ? f->trans[trans].local :
		f->clock[trans * f->ntasks + history_task(f, trans)];
}

/* Did @earlier happen before @later? Behind history_races(). */
static inline bool history_before(const struct history *f, unsigned int earlier,
				    unsigned int later)
{
	const struct transition *e = &f->trans[earlier];

	return f->clock[later * f->ntasks + e->task] >= e->local;
}

#endif
