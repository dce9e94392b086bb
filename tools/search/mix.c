// SPDX-License-Identifier: GPL-2.0-only
/*
 * A mixture: the samplers take turns, by the number of the execution. None of
 * them is the best for every bug; together they are never far behind. PCT is
 * there twice: with its change points where they are most useful, and as it is
 * in the book, with its guarantee. The walk goes first, twice: what it finds at
 * all, it mostly finds at once. Then POS, which is seldom far behind the best.
 */
#include <stdlib.h>

#include "search.h"

enum part { PCT, SHARED_PCT, POS, SURW, WALK, NR_PARTS };

static const unsigned char turns[] = { WALK, POS, SHARED_PCT, PCT, POS, SURW, SHARED_PCT, SURW };

struct mix {
	struct search s;
	struct search *part[NR_PARTS], *now;
	uint64_t run;
};

static void mix_begin(struct kshim_policy *policy)
{
	struct kshim_policy *p = &((struct mix *)policy)->now->policy;

	p->begin(p);
}

static unsigned int mix_choose(struct kshim_policy *policy, const struct kshim_choice *c)
{
	struct kshim_policy *p = &((struct mix *)policy)->now->policy;

	return p->choose(p, c);
}

static void mix_woken(struct kshim_policy *policy, unsigned int id)
{
	struct kshim_policy *p = &((struct mix *)policy)->now->policy;

	if (p->woken)
		p->woken(p, id);
}

static void mix_access(struct kshim_policy *policy, enum kshim_op op, const void *obj,
		       unsigned long size, const void *pc)
{
	struct kshim_policy *p = &((struct mix *)policy)->now->policy;

	if (p->access)
		p->access(p, op, obj, size, pc);
}

static enum part turn_of(uint64_t run)
{
	return run ? (enum part)turns[(run - 1) % sizeof(turns)] : WALK;
}

static bool mix_next(struct search *s)
{
	struct mix *m = (struct mix *)s;

	m->now = m->part[turn_of(m->run++)];
	if (!m->now->next(m->now))
		return false;
	s->from = m->now->from;
	return true;
}

static void mix_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	struct mix *m = (struct mix *)s;

	m->now->done(m->now, points, preemptions);
	s->sampled = m->part[PCT]->sampled;
	s->drawn = m->part[PCT]->drawn;
	s->depth = m->part[PCT]->depth;
}

static void mix_free(struct search *s)
{
	struct mix *m = (struct mix *)s;
	unsigned int i;

	for (i = 0; i < NR_PARTS; i++)
		search_free(m->part[i]);
	free(m);
}

struct search *search_mix(unsigned int depth, uint64_t seed, uint64_t from,
			  const struct footprint *seen)
{
	struct mix *m = calloc(1, sizeof(*m));

	if (!m)
		abort();
	m->part[PCT] = search_pct(depth ? depth : 3, seed, from, NULL);
	m->part[SHARED_PCT] = search_pct(depth, seed, from, seen);
	m->part[POS] = search_pos(seed, from);
	m->part[SURW] = search_surw(seed, from, seen);
	m->part[WALK] = search_random(seed, from);
	m->s.policy.begin = mix_begin;
	m->s.policy.choose = mix_choose;
	m->s.policy.woken = mix_woken;
	m->s.policy.access = mix_access;
	m->s.name = "mix";
	m->s.next = mix_next;
	m->s.done = mix_done;
	m->s.free = mix_free;
	m->s.bound = -1;
	return &m->s;
}
