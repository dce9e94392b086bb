// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preemption-bounded depth-first search (CHESS).
 *
 * A switch costs one when the running task could have gone on. The stack
 * holds every choice of the current execution that still has an alternative
 * within the bound; the execution is replayed up to the deepest one, which
 * takes its next alternative, and continues by default from there.
 */
#include <stdlib.h>

#include "search.h"

struct node {
	unsigned long n;	/* contended point */
	unsigned long left;	/* alternatives not taken yet */
	unsigned long runnable;
	unsigned int chosen;
	unsigned char cost;	/* preemptions before this choice */
	unsigned char preempts;	/* an alternative costs one */
	unsigned char deviates;	/* chosen is not the default */
};

struct dfs {
	struct search s;
	struct node *stack;
	size_t depth, room;
	size_t *devs;		/* indices of the deviating nodes */
	size_t ndevs, devs_room, at;	/* at: next one to replay */
	unsigned long prefix_end;	/* last point that is replayed */
	unsigned int cost;	/* so far, in this execution */
	unsigned long last_seen;	/* last point that was decided */
	bool started;
};

static void set_next(struct dfs *d)
{
	if (d->at < d->ndevs)
		kshim_hot.next_decide = d->stack[d->devs[d->at]].n;
	else if ((int)d->cost < d->s.bound)
		kshim_hot.next_decide = d->prefix_end + 1;
	else
		kshim_hot.next_decide = ~0UL;
}

static void dfs_begin(struct kshim_policy *p)
{
	struct dfs *d = (struct dfs *)p;

	d->at = 0;
	d->cost = 0;
	d->last_seen = 0;
	search_devs.n = 0;
	set_next(d);
}

static void push(struct dfs *d, const struct kshim_choice *c, unsigned int chosen)
{
	struct node *nd;

	if (d->depth == d->room) {
		d->room = d->room ? 2 * d->room : 256;
		d->stack = realloc(d->stack, d->room * sizeof(*d->stack));
		if (!d->stack)
			abort();
	}
	nd = &d->stack[d->depth++];
	nd->n = c->n;
	nd->runnable = c->runnable;
	nd->left = c->runnable & ~(1UL << chosen);
	nd->chosen = chosen;
	nd->cost = d->cost;
	nd->preempts = c->can_stay && !c->yield;
	nd->deviates = 0;
}

static unsigned int dfs_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	struct dfs *d = (struct dfs *)p;
	unsigned int id = search_default(c);

	d->last_seen = c->n;
	if (c->n <= d->prefix_end) {
		if (d->at < d->ndevs && d->stack[d->devs[d->at]].n == c->n) {
			const struct node *nd = &d->stack[d->devs[d->at++]];

			if (nd->runnable != c->runnable) {
				/* A replayed prefix offers something else. */
				d->s.error = true;
				kshim_cut();
			}
			id = nd->chosen;
			d->cost += nd->preempts;
		}
		set_next(d);
		return search_take(c, id);
	}
	if (!(c->can_stay && !c->yield) || (int)d->cost < d->s.bound)
		push(d, c, id);
	else
		d->s.bounded = true;
	if ((int)d->cost < d->s.bound)
		kshim_hot.next_decide = c->n + 1;
	else
		kshim_hot.next_decide = ~0UL;
	return search_take(c, id);
}

static void index_devs(struct dfs *d)
{
	struct node *last = &d->stack[d->depth - 1];

	/* Only the last node changed; those above it that deviate stay. */
	while (d->ndevs && d->devs[d->ndevs - 1] >= d->depth - 1)
		d->ndevs--;
	if (!last->deviates)
		return;
	if (d->ndevs == d->devs_room) {
		d->devs_room = d->devs_room ? 2 * d->devs_room : 16;
		d->devs = realloc(d->devs, d->devs_room * sizeof(*d->devs));
		if (!d->devs)
			abort();
	}
	d->devs[d->ndevs++] = d->depth - 1;
}

static bool dfs_next(struct search *s)
{
	struct dfs *d = (struct dfs *)s;

	if (!d->started) {
		d->started = true;
		return true;
	}
	if (s->error)
		return false;
	while (d->depth) {
		struct node *nd = &d->stack[d->depth - 1];

		if (nd->left && (int)(nd->cost + nd->preempts) <= s->bound) {
			nd->chosen = (unsigned int)__builtin_ctzl(nd->left);
			nd->left &= nd->left - 1;
			nd->deviates = 1;
			d->prefix_end = nd->n;
			index_devs(d);
			return true;
		}
		if (nd->left)
			s->bounded = true;
		d->depth--;
	}
	s->complete = true;
	return false;
}

/* Points that were passed unseen because the bound was used up: more is there. */
static void dfs_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	struct dfs *d = (struct dfs *)s;

	(void)preemptions;
	if ((int)d->cost >= s->bound && points > d->last_seen)
		s->bounded = true;
}

static void dfs_free(struct search *s)
{
	struct dfs *d = (struct dfs *)s;

	free(d->stack);
	free(d->devs);
	free(d);
}

struct search *search_dfs(int bound)
{
	struct dfs *d = calloc(1, sizeof(*d));

	if (!d)
		abort();
	d->s.policy.begin = dfs_begin;
	d->s.policy.choose = dfs_choose;
	d->s.name = "dfs";
	d->s.next = dfs_next;
	d->s.done = dfs_done;
	d->s.free = dfs_free;
	d->s.bound = bound;
	return &d->s;
}
