// SPDX-License-Identifier: GPL-2.0-only
/*
 * POS: partial order sampling. Every runnable task has a random priority, and
 * the highest one executes its pending operation. Then it draws anew, and so
 * does everybody whose pending operation races with what was executed: orders
 * of operations that race are sampled evenly, others are left alone.
 */
#include <stdlib.h>
#include <string.h>

#include "search.h"

struct pos {
	struct search s;
	uint64_t seed, run, drawn;
	uint64_t prio[KSHIM_MAX_TASKS];	/* 0: draws before the next choice */
	unsigned int nprio;
};

static uint64_t draw(struct pos *p)
{
	return search_rng(p->seed ^ p->run << 20, p->drawn++) | 1;
}

static void pos_begin(struct kshim_policy *policy)
{
	struct pos *p = (struct pos *)policy;

	memset(p->prio, 0, p->nprio * sizeof(p->prio[0]));
	p->nprio = 0;
	p->drawn = 0;
	search_devs.n = 0;
	kshim_hot.next_decide = 0;
}

/* What it will do now is not what it had a priority for. */
static void pos_woken(struct kshim_policy *policy, unsigned int id)
{
	struct pos *p = (struct pos *)policy;

	p->prio[id] = 0;
	if (id >= p->nprio)
		p->nprio = id + 1;
}

static unsigned int pos_choose(struct kshim_policy *policy, const struct kshim_choice *c)
{
	struct pos *p = (struct pos *)policy;
	const struct kshim_pending *op;
	unsigned int best = 0;
	uint64_t high = 0;
	unsigned long r;

	if (c->yield)	/* low, but random: two that spin take turns */
		p->prio[c->cur] = draw(p) >> 32 | 1;
	for (r = c->runnable; r; r &= r - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(r);

		if (!p->prio[id])
			p->prio[id] = draw(p);
		if (p->prio[id] > high) {
			high = p->prio[id];
			best = id;
		}
	}
	op = kshim_task_pending(best);
	for (r = c->runnable & ~(1UL << best); r; r &= r - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(r);

		if (search_races(kshim_task_pending(id), op))
			p->prio[id] = 0;
	}
	p->prio[best] = 0;
	return search_take(c, best);
}

static bool pos_next(struct search *s)
{
	((struct pos *)s)->run++;
	return true;
}

struct search *search_pos(uint64_t seed, uint64_t from)
{
	struct pos *p = calloc(1, sizeof(*p));

	if (!p)
		abort();
	p->s.policy.begin = pos_begin;
	p->s.policy.choose = pos_choose;
	p->s.policy.woken = pos_woken;
	p->s.name = "pos";
	p->s.next = pos_next;
	p->s.done = search_no_done;
	p->s.free = search_plain_free;
	p->s.bound = -1;
	p->seed = seed;
	p->run = from;
	return &p->s;
}
