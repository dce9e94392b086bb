// SPDX-License-Identifier: GPL-2.0-only
/*
 * Happens-before of a recorded execution, and its races.
 *
 * Two accesses depend on each other when they meet in a cell and one of them
 * writes; taking a lock behind its release is an order but no race, because
 * the two could never be swapped: the race is between the two acquisitions.
 */
#include <string.h>

#include "counter.h"
#include "history.h"

#define TABLE_BITS	14
#define TABLE_SIZE	(1U << TABLE_BITS)
#define MAX_CELLS	(TABLE_SIZE / 4 * 3)

/* Per task and cell: its last transition that did this; 0: none, else +1 */
struct last {
	uint32_t read, shared, write, release, unshare, count;
};

struct cell {
	uintptr_t key;
	unsigned int generation;
	unsigned int slot;	/* row of lasts */
	unsigned long tasks;	/* that have been here */
};

/* Which lines of 64 bytes have cells: most of what is freed has not. */
#define LINE_SHIFT	(6 - HISTORY_CELL_SHIFT)
#define LINES		(1U << 12)

static unsigned int lines[LINES];	/* generation */
static struct cell table[TABLE_SIZE];
static unsigned int ncells;
static unsigned int generation;
static struct last *lasts;
static unsigned int nlasts, lasts_room;

static unsigned int line_of(uintptr_t key)
{
	return (unsigned int)(key >> LINE_SHIFT) % LINES;
}

static struct cell *find(uintptr_t key)
{
	unsigned int i = (unsigned int)((key * 0x9e3779b97f4a7c15ULL) >> (64 - TABLE_BITS));

	while (table[i].generation == generation && table[i].key != key)
		i = (i + 1) & (TABLE_SIZE - 1);
	return &table[i];
}

static struct cell *make(uintptr_t key, unsigned int ntasks)
{
	struct cell *c = find(key);

	if (c->generation == generation)
		return c;
	if (ncells == MAX_CELLS)
		return NULL;
	ncells++;
	lines[line_of(key)] = generation;
	c->generation = generation;
	c->key = key;
	c->tasks = 0;
	while (nlasts + ntasks > lasts_room)
		lasts = history_grow(lasts, &lasts_room, sizeof(*lasts));
	c->slot = nlasts;
	memset(&lasts[nlasts], 0, ntasks * sizeof(*lasts));
	nlasts += ntasks;
	return c;
}

/* What one transition depends on: of each other task the latest. */
struct candidates {
	unsigned int t[6 * KSHIM_MAX_TASKS];
	unsigned int n;
};

static void candidate(struct candidates *c, uint32_t t)
{
	unsigned int i;

	if (!t--)
		return;
	for (i = 0; i < c->n; i++)
		if (c->t[i] == t)
			return;
	if (c->n < sizeof(c->t) / sizeof(c->t[0]))
		c->t[c->n++] = t;
}

static void join(uint16_t *to, const uint16_t *from, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (from[i] > to[i])
			to[i] = from[i];
}

/*
 * Who an access depends on: @races might have come behind it as well, @locks
 * had the lock that it takes, @order can only be before it.
 */
struct dependences {
	struct candidates races, locks, order;
};

static void depends(const struct last *l, const struct access *a, unsigned int me,
		    unsigned long others, struct dependences *d)
{
	for (; others; others &= others - 1) {
		unsigned int q = (unsigned int)__builtin_ctzl(others);

		switch (a->class) {
		case ACCESS_READ:
			candidate(&d->races, l[q].write);
			candidate(&d->races, l[q].release);
			candidate(&d->races, l[q].unshare);
			candidate(&d->races, l[q].count);
			break;
		case ACCESS_SHARED:
			candidate(&d->locks, l[q].write);
			candidate(&d->order, l[q].release);
			break;
		case ACCESS_LOCK:
			candidate(&d->races, l[q].read);
			candidate(&d->order, l[q].unshare);
			candidate(&d->locks, l[q].shared);
			candidate(&d->locks, l[q].write);
			candidate(&d->order, l[q].release);
			break;
		case ACCESS_UNSHARE:
			candidate(&d->races, l[q].write);
			candidate(&d->races, l[q].read);
			candidate(&d->races, l[q].release);
			break;
		case ACCESS_RELEASE:
			/* Writes: those who tried in vain. */
			candidate(&d->races, l[q].read);
			candidate(&d->races, l[q].write);
			break;
		case ACCESS_TAKE:
			candidate(&d->order, l[q].write);
			break;
		case ACCESS_GET:
		case ACCESS_PUT:
			candidate(&d->races, l[q].read);
			candidate(&d->races, l[q].write);
			candidate(&d->races, counter_rival(a->step, me, q));
			break;
		case ACCESS_WRITE:
		case ACCESS_TRYLOCK:
		case ACCESS_FREE:
			candidate(&d->races, l[q].read);
			candidate(&d->races, l[q].shared);
			candidate(&d->races, l[q].unshare);
			candidate(&d->races, l[q].write);
			candidate(&d->races, l[q].release);
			candidate(&d->races, l[q].count);
			break;
		}
	}
}

static void remember(struct last *l, enum access_class class, uint32_t t)
{
	switch (class) {
	case ACCESS_READ:
		l->read = t;
		break;
	case ACCESS_SHARED:
		l->shared = t;
		break;
	case ACCESS_RELEASE:
		l->release = t;
		break;
	case ACCESS_UNSHARE:
		l->unshare = t;
		break;
	case ACCESS_GET:
	case ACCESS_PUT:
		l->count = t;
		break;
	case ACCESS_TRYLOCK:
		l->read = t;
		l->write = t;
		break;
	case ACCESS_WRITE:
	case ACCESS_LOCK:
		l->write = t;
		break;
	case ACCESS_TAKE:
	case ACCESS_FREE:
		break;
	}
}

static bool is_among(unsigned int s, const struct candidates *c)
{
	unsigned int i;

	for (i = 0; i < c->n; i++)
		if (c->t[i] == s)
			return true;
	return false;
}

static bool behind_any(const struct history *f, unsigned int s, const struct candidates *c)
{
	unsigned int i;

	for (i = 0; i < c->n; i++)
		if (c->t[i] != s && history_before(f, s, c->t[i]))
			return true;
	return false;
}

static void join_all(struct history *f, uint16_t *clk, const struct candidates *c)
{
	unsigned int i;

	for (i = 0; i < c->n; i++)
		join(clk, &f->clock[c->t[i] * f->ntasks], f->ntasks);
}

/* Accesses in what is freed; nothing that comes later needs to know of it. */
static void look_at(const struct access *a, unsigned int me, struct dependences *d)
{
	uintptr_t key = a->first, next;

	for (; key <= a->last; key = next) {
		const struct cell *c;

		next = key + 1;
		if (lines[line_of(key)] != generation) {
			next = ((key >> LINE_SHIFT) + 1) << LINE_SHIFT;
			continue;
		}
		c = find(key);
		if (c->generation == generation)
			depends(&lasts[c->slot], a, me, c->tasks & ~(1UL << me), d);
	}
}

/* What one step depends on; the first access behind it. */
static unsigned int look_at_step(struct history *f, const struct transition *t, unsigned int i,
				 struct dependences *d)
{
	unsigned int ti = (unsigned int)(t - f->trans);
	uintptr_t key;

	d->races.n = d->locks.n = d->order.n = 0;
	do {
		const struct access *a = &f->access[i];

		if (a->class == ACCESS_FREE) {
			look_at(a, t->task, d);
			continue;
		}
		for (key = a->first; key <= a->last; key++) {
			struct cell *c = make(key, f->ntasks);
			struct last *l;

			if (!c)
				break;
			l = &lasts[c->slot];
			depends(l, a, t->task, c->tasks & ~(1UL << t->task), d);
			remember(&l[t->task], a->class, ti + 1);
			c->tasks |= 1UL << t->task;
		}
		if (is_count(a->class))
			counter_done(a->step, t->task);
	} while (++i < t->first + t->n && !f->access[i].begins);
	return i;
}

/*
 * What came before a step by way of something in between cannot be swapped
 * with it. What a later step of the transition depends on does not count.
 */
static void find_races(const struct history *f, const struct dependences *d,
		       const uint16_t *start, const uint16_t *clk, struct candidates *found)
{
	unsigned int i;

	for (i = 0; i < d->races.n; i++) {
		unsigned int s = d->races.t[i];

		if (clk[f->trans[s].task] < f->trans[s].local && !behind_any(f, s, &d->races) &&
		    !behind_any(f, s, &d->order) && !is_among(s, &d->order))
			candidate(found, s + 1);
	}
	for (i = 0; i < d->locks.n; i++) {
		unsigned int s = d->locks.t[i];

		if (start[f->trans[s].task] < f->trans[s].local)
			candidate(found, s + 1);
	}
}

static void do_transition(struct history *f, unsigned int ti, const uint16_t *start,
			  void (*race)(void *, unsigned int, unsigned int), void *arg)
{
	const struct transition *t = &f->trans[ti];
	uint16_t *clk = &f->clock[ti * f->ntasks];
	struct candidates found = { .n = 0 };
	struct dependences d;
	unsigned int i;

	for (i = t->first; i < t->first + t->n;) {
		i = look_at_step(f, t, i, &d);
		if (!(d.races.n | d.locks.n | d.order.n))
			continue;
		find_races(f, &d, start, clk, &found);
		join_all(f, clk, &d.races);
		join_all(f, clk, &d.locks);
		join_all(f, clk, &d.order);
	}
	clk[t->task] = (uint16_t)t->local;
	for (i = 0; race && i < found.n; i++)
		race(arg, found.t[i], ti);
}

/* The races of a step that was not taken. Nothing that comes later depends on it. */
static void do_missed(struct history *f, unsigned int mi, const uint16_t *start,
		      void (*race)(void *, unsigned int, unsigned int), void *arg)
{
	const struct missed *m = &f->missed[mi];
	uint16_t *clk = &f->clock[(f->ntrans + mi) * f->ntasks];
	struct candidates found = { .n = 0 };
	struct dependences d;
	unsigned int i;

	memcpy(clk, start, f->ntasks * sizeof(*clk));
	d.races.n = d.locks.n = d.order.n = 0;
	look_at(&m->would, m->task, &d);
	find_races(f, &d, start, clk, &found);
	join_all(f, clk, &d.races);
	clk[m->task]++;
	for (i = 0; i < found.n; i++)
		race(arg, found.t[i], f->ntrans + mi);
}

static void pass(struct history *f, void (*race)(void *, unsigned int, unsigned int),
		 void *arg)
{
	static uint16_t now[KSHIM_MAX_TASKS][KSHIM_MAX_TASKS], all[KSHIM_MAX_TASKS];
	unsigned int i, w, m = 0, n = f->ntasks;

	generation++;
	nlasts = ncells = 0;
	memset(all, 0, sizeof(all));
	for (i = 0; i < n; i++)
		memset(now[i], 0, sizeof(now[i]));
	for (i = 0; i < f->ntrans; i++) {
		const struct transition *t = &f->trans[i];
		unsigned int end = i + 1 < f->ntrans ? f->trans[i + 1].wakes : f->nwake;
		uint16_t *clk = &f->clock[i * n];

		memcpy(clk, now[t->task], n * sizeof(*clk));
		do_transition(f, i, now[t->task], race, arg);
		memcpy(now[t->task], clk, n * sizeof(*clk));
		join(all, clk, n);
		for (w = t->wakes; w < end; w++)
			join(now[f->wake[w].task], f->wake[w].timer ? all : clk, n);
		for (; race && m < f->nmissed && f->missed[m].trans == i; m++)
			do_missed(f, m, now[f->missed[m].task], race, arg);
	}
}

/*
 * Twice: which steps of a counter depend on each other follows from the order
 * that everything else has.
 */
bool history_races(struct history *f, bool whole,
		     void (*race)(void *arg, unsigned int earlier, unsigned int later),
		     void *arg)
{
	while (f->clock_room < (f->ntrans + f->nmissed) * f->ntasks)
		f->clock = history_grow(f->clock, &f->clock_room, sizeof(*f->clock));
	if (counters_learn(f)) {
		pass(f, NULL, NULL);
		counters_order(f, whole);
	}
	pass(f, race, arg);
	return ncells < MAX_CELLS;
}
