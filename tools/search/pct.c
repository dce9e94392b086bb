// SPDX-License-Identifier: GPL-2.0-only
/*
 * PCT: probabilistic concurrency testing. Random distinct priorities; the
 * highest runnable one runs; at d-1 change points, drawn from the contended
 * points that an execution is expected to have, the running task falls below
 * all others. A yield demotes too, with the same counter. The depth d is drawn
 * as well where nobody gives one.
 *
 * After a while executions come in families: the same but for the last change
 * point, which is spread evenly behind the one before it. Each finds what one
 * drawn for itself would, with the same probability; and all of them go on
 * from checkpoints along one and the same way, so that only what comes behind
 * the last change point is executed for each.
 */
#include <stdlib.h>
#include <string.h>

#include "footprint.h"
#include "search.h"

#define MAX_DEPTH	16
#define DRAW_CHANGE	100	/* numbers of the generator, behind those of the tasks */
#define DRAW_DEPTH	(DRAW_CHANGE + MAX_DEPTH)
#define DRAW_MEMBER	(DRAW_DEPTH + 1)

#define ALONE		1024	/* executions before the first family */
#define FAMILY		64	/* members, at most */
#define STRIDE		12	/* points; to pass them again is quicker than a checkpoint */

/* What changes while it executes. */
struct pct_state {
	uint64_t prio[KSHIM_MAX_TASKS];	/* 0: not drawn yet */
	unsigned int nprio;
	unsigned int at;
	uint64_t low;			/* next demotion goes here, downwards */
	unsigned long n;		/* so many points were passed that count */
};

struct pct {
	struct search s;
	unsigned int depth;		/* 0: drawn */
	uint64_t seed, run, from;
	uint64_t family;		/* its first run */
	unsigned int member, members;
	struct pct_state x, kept;
	unsigned long change[MAX_DEPTH];
	unsigned int nchange;
	unsigned long k;		/* estimate of the points that change points are drawn from */
	unsigned long reach;		/* the same when the family began */
	const struct footprint *seen;	/* NULL: these are all contended points */
	struct kshim_checkpoint *checkpoint;
	struct devlog devs;		/* up to there */
	uint64_t kept_family;		/* whose it is; 0: nobody's */
};

static uint64_t draw(const struct pct *p, uint64_t number)
{
	return search_rng(p->seed ^ p->family << 20, number);
}

static void pct_begin(struct kshim_policy *policy)
{
	struct pct_state *x = &((struct pct *)policy)->x;

	memset(x->prio, 0, x->nprio * sizeof(x->prio[0]));
	x->nprio = 0;
	x->low = 1ULL << 32;
	x->at = 0;
	x->n = 0;
	search_devs.n = 0;
	kshim_hot.next_decide = 0;
}

static void pct_woken(struct kshim_policy *policy, unsigned int id)
{
	struct pct *p = (struct pct *)policy;
	struct pct_state *x = &p->x;

	if (!x->prio[id]) {	/* seen for the first time */
		x->prio[id] = (draw(p, id) | 1ULL << 63) ^ id;
		if (id >= x->nprio)
			x->nprio = id + 1;
	}
	kshim_hot.next_decide = 0;	/* it may be the highest now */
}

/* The last change point is reached: others of the family may start from here. */
static void keep(struct pct *p)
{
	if (p->kept_family == p->family && p->x.n - p->kept.n < STRIDE)
		return;
	p->kept = p->x;
	p->kept_family = 0;
	devlog_copy(&p->devs, &search_devs);
	if (!p->checkpoint)
		p->checkpoint = kshim_checkpoint_new();
	switch (kshim_checkpoint_take(p->checkpoint)) {
	case 0:
		p->kept_family = p->family;
		break;
	case 1:
		p->x = p->kept;
		devlog_copy(&search_devs, &p->devs);
		break;
	}
}

static unsigned int highest(const struct pct_state *x, unsigned long runnable)
{
	unsigned int best = 0;
	uint64_t high = 0;

	for (; runnable; runnable &= runnable - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(runnable);

		if (x->prio[id] > high) {
			high = x->prio[id];
			best = id;
		}
	}
	return best;
}

static unsigned int pct_choose(struct kshim_policy *policy, const struct kshim_choice *c)
{
	struct pct *p = (struct pct *)policy;
	struct pct_state *x = &p->x;

	if (!p->seen)
		x->n = c->n;
	else if (c->can_stay && footprint_matters(p->seen, c->runnable & ~(1UL << c->cur), c->op,
						       c->obj, c->size))
		x->n++;
	if (p->member + 1 < p->members && c->can_stay && x->at + 1 == p->nchange &&
	    p->change[x->at] <= x->n)
		keep(p);
	while (x->at < p->nchange && p->change[x->at] <= x->n) {
		if (c->can_stay && p->change[x->at] == x->n)
			x->prio[c->cur] = --x->low;
		x->at++;
	}
	if (c->yield)
		x->prio[c->cur] = --x->low;
	if (!p->seen)	/* else all have to be counted */
		kshim_hot.next_decide = x->at < p->nchange ? p->change[x->at] : ~0UL;
	return search_take(c, highest(x, c->runnable));
}

/* One that shares nothing with the last one but the seed. */
static void new_family(struct pct *p)
{
	unsigned int i, j;

	p->family = p->run;
	p->reach = p->k;
	p->nchange = p->depth ? p->depth - 1 : 1 + draw(p, DRAW_DEPTH) % 4;
	for (i = 0; i < p->nchange; i++) {
		unsigned long c = 1 + draw(p, DRAW_CHANGE + i) % p->k;

		for (j = i; j && p->change[j - 1] > c; j--)
			p->change[j] = p->change[j - 1];
		p->change[j] = c;
	}
	p->member = 0;
	p->members = 1;
}

/* Where the last change point of this member is: in its part of what is left. */
static void place(struct pct *p)
{
	unsigned long before = p->nchange > 1 ? p->change[p->nchange - 2] : 1;
	unsigned long left = p->reach + 1 - before;

	if (!p->member)
		p->members = left < FAMILY ? (unsigned int)left : FAMILY;
	p->change[p->nchange - 1] = before +
		(left * p->member + draw(p, DRAW_MEMBER + p->member) % left) / p->members;
}

static bool pct_next(struct search *s)
{
	struct pct *p = (struct pct *)s;

	if (p->seen && p->run == p->from)
		p->k = p->seen->uses / 2 + 1;
	p->run++;
	if (++p->member >= p->members)
		new_family(p);
	if (p->nchange && p->run > p->from + ALONE)
		place(p);
	s->from = p->member && p->kept_family == p->family ? p->checkpoint : NULL;
	return true;
}

static void pct_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	struct pct *p = (struct pct *)s;

	(void)preemptions;
	if (p->seen)
		points = p->x.n;
	/*
	 * Follows the longest: with the mean, the end of a long execution is
	 * never reached where another order makes short ones.
	 */
	if (p->run <= p->from + 1 || points > p->k)
		p->k = points;
	else
		p->k -= (p->k - points) / 64;
	if (!p->k)
		p->k = 1;
	if (p->x.at < p->nchange)	/* it ended before: the rest would be the same again */
		p->members = p->member + 1;
	if (p->nchange + 1 == s->depth)
		s->drawn++;
	if (p->x.nprio > s->sampled)
		s->sampled = p->x.nprio;
}

static void pct_free(struct search *s)
{
	struct pct *p = (struct pct *)s;

	kshim_checkpoint_free(p->checkpoint);
	free(p->devs.d);
	free(p);
}

struct search *search_pct(unsigned int depth, uint64_t seed, uint64_t from,
			  const struct footprint *seen)
{
	struct pct *p = calloc(1, sizeof(*p));

	if (!p)
		abort();
	p->s.policy.begin = pct_begin;
	p->s.policy.choose = pct_choose;
	p->s.policy.woken = pct_woken;
	p->s.name = "pct";
	p->s.next = pct_next;
	p->s.done = pct_done;
	p->s.free = pct_free;
	p->s.bound = -1;
	p->depth = depth > MAX_DEPTH ? MAX_DEPTH : depth;
	p->s.depth = p->depth ? p->depth : 3;
	p->seed = seed;
	p->run = p->from = from;
	p->seen = seen;
	p->k = 100;
	return &p->s;
}
