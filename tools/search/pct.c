// SPDX-License-Identifier: GPL-2.0-only
/*
 * PCT: probabilistic concurrency testing. Random distinct priorities; the
 * highest runnable one runs; at d-1 change points, drawn from the contended
 * points that an execution is expected to have, the running task falls below
 * all others. A yield demotes too, with the same counter. The depth d is drawn
 * as well where nobody gives one.
 */
#include <stdlib.h>
#include <string.h>

#include "footprint.h"
#include "search.h"

#define MAX_DEPTH	16
#define DRAW_CHANGE	100	/* numbers of the generator, behind those of the tasks */
#define DRAW_DEPTH	(DRAW_CHANGE + MAX_DEPTH)

struct pct {
	struct search s;
	unsigned int depth;		/* 0: drawn */
	uint64_t seed, run, from;
	uint64_t prio[KSHIM_MAX_TASKS];	/* 0: not drawn yet */
	unsigned int nprio;
	unsigned long change[MAX_DEPTH];
	unsigned int nchange, at;
	uint64_t low;			/* next demotion goes here, downwards */
	unsigned long k;		/* estimate of the points that change points are drawn from */
	const struct footprint *seen;	/* NULL: these are all contended points */
	unsigned long n;		/* so many of them were passed */
};

static uint64_t draw(const struct pct *p, uint64_t number)
{
	return search_rng(p->seed ^ p->run << 20, number);
}

static void pct_begin(struct kshim_policy *policy)
{
	struct pct *p = (struct pct *)policy;
	unsigned int i, j;

	memset(p->prio, 0, p->nprio * sizeof(p->prio[0]));
	p->nprio = 0;
	p->low = 1ULL << 32;
	if (p->seen && p->run == p->from + 1)
		p->k = p->seen->uses / 2 + 1;
	p->nchange = p->depth ? p->depth - 1 : 1 + draw(p, DRAW_DEPTH) % 4;
	for (i = 0; i < p->nchange; i++) {
		unsigned long c = 1 + draw(p, DRAW_CHANGE + i) % p->k;

		for (j = i; j && p->change[j - 1] > c; j--)
			p->change[j] = p->change[j - 1];
		p->change[j] = c;
	}
	p->at = 0;
	p->n = 0;
	search_devs.n = 0;
	kshim_hot.next_decide = 0;
}

static void pct_woken(struct kshim_policy *policy, unsigned int id)
{
	struct pct *p = (struct pct *)policy;

	if (!p->prio[id]) {	/* seen for the first time */
		p->prio[id] = (draw(p, id) | 1ULL << 63) ^ id;
		if (id >= p->nprio)
			p->nprio = id + 1;
	}
	kshim_hot.next_decide = 0;	/* it may be the highest now */
}

static unsigned int pct_choose(struct kshim_policy *policy, const struct kshim_choice *c)
{
	struct pct *p = (struct pct *)policy;
	unsigned long r = c->runnable;
	unsigned int best = 0;
	uint64_t high = 0;

	if (!p->seen)
		p->n = c->n;
	else if (c->can_stay && footprint_matters(p->seen, c->runnable & ~(1UL << c->cur), c->op,
						       c->obj, c->size))
		p->n++;
	while (p->at < p->nchange && p->change[p->at] <= p->n) {
		if (c->can_stay && p->change[p->at] == p->n)
			p->prio[c->cur] = --p->low;
		p->at++;
	}
	if (c->yield)
		p->prio[c->cur] = --p->low;
	for (; r; r &= r - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(r);

		if (p->prio[id] > high) {
			high = p->prio[id];
			best = id;
		}
	}
	if (!p->seen)	/* else all have to be counted */
		kshim_hot.next_decide = p->at < p->nchange ? p->change[p->at] : ~0UL;
	return search_take(c, best);
}

static bool pct_next(struct search *s)
{
	((struct pct *)s)->run++;
	return true;
}

static void pct_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	struct pct *p = (struct pct *)s;

	(void)preemptions;
	if (p->seen)
		points = p->n;
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
	if (p->nchange + 1 == s->depth)
		s->drawn++;
	if (p->nprio > s->sampled)
		s->sampled = p->nprio;
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
	p->s.free = search_plain_free;
	p->s.bound = -1;
	p->depth = depth > MAX_DEPTH ? MAX_DEPTH : depth;
	p->s.depth = p->depth ? p->depth : 3;
	p->seed = seed;
	p->run = p->from = from;
	p->seen = seen;
	p->k = 100;
	return &p->s;
}
