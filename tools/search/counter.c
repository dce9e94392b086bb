// SPDX-License-Identifier: GPL-2.0-only
/*
 * How low can a counter be where two steps of it meet? Before step i of task
 * p and step j of task q it is its first value, plus what p and q have done
 * before those, plus the least that each other task can have made of it: with
 * those of its steps that happened before i or j, without those that happened
 * after them, by the order that everything else makes. That holds in every
 * order of the same steps that respects this one, so steps for which it is
 * far from 0 commute in all of them. An execution that was ended before its
 * time does not show what others still make of it: there, no two of them do.
 */
#include <stdlib.h>
#include <string.h>

#include "counter.h"

#define MAX_COUNTERS	256

struct step {
	struct counter *counter;
	int delta;
	int before;		/* sum of its task's earlier steps */
	int previous;		/* step of its task; -1: none */
	uint32_t trans;
};

struct counter {
	uintptr_t cell;
	int first;		/* value at the start */
	int sum;		/* of all steps so far */
	bool wild;		/* changed by something else as well */
	int total[KSHIM_MAX_TASKS];
	int all[KSHIM_MAX_TASKS];	/* last step of each task */
	int last[KSHIM_MAX_TASKS];	/* ditto, so far */
};

static struct counter counters[MAX_COUNTERS];
static unsigned int ncounters, ntasks;
static struct step *steps;
static unsigned int nsteps, steps_room;
static uint16_t *clocks;		/* copy: see counters_order() */
static unsigned int clock_room;
static const struct transition *trans;
static bool ordered, to_the_end;

static struct counter *counter_of(uintptr_t cell, int value)
{
	struct counter *c;
	unsigned int i;

	for (c = counters; c < counters + ncounters; c++)
		if (c->cell == cell)
			return c;
	if (ncounters == MAX_COUNTERS)
		return NULL;
	c = &counters[ncounters++];
	c->cell = cell;
	c->first = value;
	c->sum = 0;
	c->wild = false;
	for (i = 0; i < ntasks; i++) {
		c->total[i] = 0;
		c->all[i] = c->last[i] = -1;
	}
	return c;
}

static void learn(struct access *a, unsigned int task, uint32_t trans)
{
	struct counter *c = counter_of(a->first, a->value);
	struct step *s;

	if (!c) {
		a->class = ACCESS_WRITE;	/* true as well, if coarse */
		return;
	}
	if (nsteps == steps_room) {
		steps_room = steps_room ? 2 * steps_room : 1024;
		steps = realloc(steps, steps_room * sizeof(*steps));
		if (!steps)
			abort();
	}
	if (a->value != c->first + c->sum)
		c->wild = true;
	s = &steps[nsteps];
	s->counter = c;
	s->delta = a->class == ACCESS_GET ? 1 : -1;
	s->before = c->total[task];
	s->previous = c->all[task];
	s->trans = trans;
	c->all[task] = a->step = (int)nsteps++;
	c->sum += s->delta;
	c->total[task] += s->delta;
}

bool counters_learn(struct history *f)
{
	unsigned int t, i;

	ncounters = nsteps = 0;
	ntasks = f->ntasks;
	ordered = false;
	for (t = 0; t < f->ntrans; t++)
		for (i = f->trans[t].first; i < f->trans[t].first + f->trans[t].n; i++) {
			struct access *a = &f->access[i];

			if (a->class == ACCESS_GET || a->class == ACCESS_PUT)
				learn(a, f->trans[t].task, t);
		}
	return nsteps != 0;
}

void counters_order(const struct history *f, bool whole)
{
	unsigned int i, k;

	if (f->ntrans * ntasks > clock_room) {
		clock_room = 2 * f->ntrans * ntasks;
		clocks = realloc(clocks, clock_room * sizeof(*clocks));
		if (!clocks)
			abort();
	}
	memcpy(clocks, f->clock, f->ntrans * ntasks * sizeof(*clocks));
	trans = f->trans;
	ordered = true;
	to_the_end = whole;
	for (i = 0; i < ncounters; i++)
		for (k = 0; k < ntasks; k++)
			counters[i].last[k] = -1;
}

static bool before(uint32_t earlier, uint32_t later)
{
	return clocks[later * ntasks + trans[earlier].task] >= trans[earlier].local;
}

/* The least that another task can have made of it where these two meet. */
static int least(const struct counter *c, unsigned int task, const struct step *x,
		 const struct step *y)
{
	const struct step *s;
	int i, low, sum;

	i = c->all[task];
	/* Steps behind one of the two are not done yet. */
	while (i >= 0 && (before(x->trans, steps[i].trans) || before(y->trans, steps[i].trans)))
		i = steps[i].previous;
	if (i < 0)
		return 0;
	low = sum = steps[i].before + steps[i].delta;
	for (; i >= 0; i = s->previous) {
		s = &steps[i];
		if (before(s->trans, x->trans) || before(s->trans, y->trans))
			return low;	/* it and those before it are */
		sum = s->before;
		if (sum < low)
			low = sum;
	}
	return low;
}

uint32_t counter_rival(int step, unsigned int me, unsigned int task)
{
	const struct step *s = &steps[step], *r;
	const struct counter *c = s->counter;
	unsigned int k;
	int i;

	if (!ordered)
		return 0;
	for (i = c->last[task]; i >= 0; i = r->previous) {
		int value = c->first + s->before, limit;

		r = &steps[i];
		if (c->wild)
			return r->trans + 1;
		if (s->delta > 0 && r->delta > 0)
			continue;
		if (!to_the_end)
			return r->trans + 1;
		limit = s->delta == r->delta ? 2 : 1;
		value += r->before;
		for (k = 0; k < ntasks; k++)
			if (k != me && k != task)
				value += least(c, k, s, r);
		if (value <= limit)
			return r->trans + 1;
	}
	return 0;
}

void counter_done(int step, unsigned int task)
{
	if (ordered)
		steps[step].counter->last[task] = step;
}
