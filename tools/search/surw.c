// SPDX-License-Identifier: GPL-2.0-only
/*
 * SURW: selectively uniform random walk. Of one object, drawn anew for each
 * execution, the orders in which the tasks use it are sampled evenly: the task
 * that uses it next is drawn by the uses that each has left, the others wait
 * before theirs. Everything else runs as random priorities of the tasks say.
 *
 * How often each task uses what is learned from two executions without
 * preemptions, in opposite orders, unless somebody else knows it already.
 */
#include <stdlib.h>
#include <string.h>

#include "footprint.h"
#include "search.h"

#define NR_PROFILES	2

struct surw {
	struct search s;
	uint64_t seed, run, from, drawn;
	const struct footprint *seen;
	struct footprint *own;	/* learned here; NULL: somebody else did */
	unsigned long addr;	/* object of this execution; 0: none */
	unsigned short left[KSHIM_MAX_TASKS];
	uint64_t prio[KSHIM_MAX_TASKS];
	uint64_t low;		/* next demotion */
	unsigned int intended;	/* uses it next; KSHIM_MAX_TASKS: nobody has to wait */
};

static uint64_t draw(struct surw *w)
{
	return search_rng(w->seed ^ w->run << 20, w->drawn++);
}

static bool profiling(const struct surw *w)
{
	return w->own && w->run <= w->from + NR_PROFILES;
}

static void surw_access(struct kshim_policy *policy, enum kshim_op op, const void *obj,
			unsigned long size, const void *pc)
{
	(void)pc;
	footprint_access(((struct surw *)policy)->own, op, obj, size);
}

static void surw_begin(struct kshim_policy *policy)
{
	struct surw *w = (struct surw *)policy;
	unsigned int i;

	search_devs.n = 0;
	w->drawn = 0;
	w->low = 1ULL << 32;
	memset(w->prio, 0, sizeof(w->prio));
	memset(w->left, 0, sizeof(w->left));
	w->addr = 0;
	w->intended = KSHIM_MAX_TASKS;
	if (profiling(w)) {
		footprint_begin(w->own);
		kshim_hot.next_decide = ~0UL;
		return;
	}
	kshim_hot.next_decide = 0;
	if (w->seen->nshared) {
		const struct footprint_cell *c = w->seen->shared[draw(w) % w->seen->nshared];

		w->addr = c->addr;
		for (i = 0; i < FOOTPRINT_TASKS; i++)
			w->left[i] = c->count[i];
	}
}

static bool uses_it(const struct surw *w, unsigned int id)
{
	const struct kshim_pending *p = kshim_task_pending(id);

	return p->obj && search_overlap(p, (const void *)w->addr, FOOTPRINT_CELL);
}

/* By what they have left; at least one each of @must, which has to go on. */
static unsigned int draw_task(struct surw *w, unsigned long must)
{
	unsigned long sum = 0, x;
	unsigned int i;

	for (i = 0; i < KSHIM_MAX_TASKS; i++)
		if (!must)
			sum += w->left[i];
		else if (must & 1UL << i)
			sum += w->left[i] ? w->left[i] : 1;
	if (!sum)
		return KSHIM_MAX_TASKS;
	x = draw(w) % sum;
	for (i = 0; i < KSHIM_MAX_TASKS; i++) {
		unsigned long n = w->left[i];

		if (must)
			n = !(must & 1UL << i) ? 0 : n ? n : 1;
		if (x < n)
			break;
		x -= n;
	}
	return i;
}

static unsigned int highest(struct surw *w, unsigned long mask)
{
	unsigned int best = 0;
	uint64_t high = 0;

	for (; mask; mask &= mask - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(mask);

		if (!w->prio[id])
			w->prio[id] = draw(w) | 1ULL << 63 | 1;
		if (w->prio[id] > high) {
			high = w->prio[id];
			best = id;
		}
	}
	return best;
}

/* The first profile in the order of creation, the second against it. */
static unsigned int in_order(const struct surw *w, const struct kshim_choice *c)
{
	unsigned long r = c->runnable;

	if (c->can_stay && !c->yield)
		return c->cur;
	if (c->yield)
		r &= ~(1UL << c->cur);
	return (w->run - w->from) & 1 ? (unsigned int)__builtin_ctzl(r) :
		63 - (unsigned int)__builtin_clzl(r);
}

static unsigned int surw_choose(struct kshim_policy *policy, const struct kshim_choice *c)
{
	struct surw *w = (struct surw *)policy;
	unsigned long r, wait = 0, may;
	unsigned int id;

	if (profiling(w))
		return search_take(c, in_order(w, c));
	if (c->yield)
		w->prio[c->cur] = --w->low;
	for (r = w->addr ? c->runnable : 0; r; r &= r - 1)
		if (uses_it(w, (unsigned int)__builtin_ctzl(r)))
			wait |= r & -r;
	if (!wait)
		return search_take(c, highest(w, c->runnable));
	if (w->intended == KSHIM_MAX_TASKS)
		w->intended = draw_task(w, 0);
	may = c->runnable & ~wait;
	if (w->intended < KSHIM_MAX_TASKS)
		may |= c->runnable & 1UL << w->intended;
	if (!may) {	/* whose turn it is cannot run, or nobody's is known */
		w->intended = draw_task(w, wait);
		may = 1UL << w->intended;
	}
	id = highest(w, may);
	if (wait & 1UL << id) {
		if (w->left[id])
			w->left[id]--;
		w->intended = KSHIM_MAX_TASKS;
	}
	return search_take(c, id);
}

static bool surw_next(struct search *s)
{
	((struct surw *)s)->run++;
	return true;
}

static void surw_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	struct surw *w = (struct surw *)s;

	(void)points;
	(void)preemptions;
	if (profiling(w))
		footprint_end(w->own);
}

static void surw_free(struct search *s)
{
	struct surw *w = (struct surw *)s;

	footprint_free(w->own);
	free(w);
}

struct search *search_surw(uint64_t seed, uint64_t from, const struct footprint *seen)
{
	struct surw *w = calloc(1, sizeof(*w));

	if (!w)
		abort();
	w->own = seen ? NULL : footprint_new();
	w->seen = seen ? seen : w->own;
	w->s.policy.begin = surw_begin;
	w->s.policy.choose = surw_choose;
	w->s.policy.access = surw_access;
	w->s.name = "surw";
	w->s.next = surw_next;
	w->s.done = surw_done;
	w->s.free = surw_free;
	w->s.bound = -1;
	w->seed = seed;
	w->run = w->from = from;
	return &w->s;
}
