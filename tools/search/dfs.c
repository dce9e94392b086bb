// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preemption-bounded depth-first search (CHESS).
 *
 * A switch costs one when the running task could have gone on. The stack
 * holds every choice of the current execution that still has an alternative
 * within the bound; the execution is replayed up to the deepest one, which
 * takes its next alternative, and continues by default from there.
 *
 * The root is the default schedule. Its deviations head one subtree each, which
 * can be searched by somebody else, in any order: first those that let another
 * task in before the code under test uses memory that this task uses, too. The root serves any
 * bound: only some of its deviations can be afforded.
 */
#include <stdlib.h>
#include <string.h>

#include "footprint.h"
#include "search.h"

#define LEARN	16	/* executions without preemptions that say what is shared */

struct node {
	unsigned long n;	/* contended point */
	unsigned long left;	/* alternatives not taken yet */
	unsigned long runnable;
	unsigned int chosen;
	unsigned char cost;	/* preemptions before this choice */
	unsigned char preempts;	/* an alternative costs one */
	unsigned char deviates;	/* chosen is not the default */
	const void *obj;	/* of the root only: what the running task is about */
	unsigned long size;	/* to touch; NULL when it cannot go on */
	enum kshim_op op;
	const void *pc;
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
	struct footprint *seen;	/* may be NULL */
	unsigned int learn;	/* executions */
	bool ran;		/* an execution, at least */
	bool root;		/* this execution is the root */
	struct node *nodes;	/* of the root */
	size_t nroot;
	struct node *tree;	/* heads of the subtrees, in the order of search */
	size_t ntree, next_tree, end_tree;
	bool borrowed;		/* the tree is somebody else's */
};

static void set_next(struct dfs *d)
{
	if (d->at < d->ndevs)
		kshim_hot.next_decide = d->stack[d->devs[d->at]].n;
	else if (d->root || (int)d->cost < d->s.bound)
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
	if (d->learn)
		footprint_begin(d->seen);
}

static void dfs_access(struct kshim_policy *p, enum kshim_op op, const void *obj,
		       unsigned long size, const void *pc)
{
	(void)pc;
	footprint_access(((struct dfs *)p)->seen, op, obj, size);
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
	nd->obj = c->can_stay ? c->obj : NULL;
	nd->size = c->size;
	nd->op = c->op;
	nd->pc = c->pc;
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
	if (d->root || !(c->can_stay && !c->yield) || (int)d->cost < d->s.bound)
		push(d, c, id);
	else
		d->s.bounded = true;
	if (d->root || (int)d->cost < d->s.bound)
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

enum { LAST, SHIM_SHARES, FIRST, NR_RANKS };

/*
 * In front: where the running task cannot go on anyway, and where the code under
 * test uses what those that may be let in use as well. The shim is trusted.
 */
static unsigned int rank(const struct dfs *d, const struct node *nd)
{
	if (!nd->preempts)
		return FIRST;
	if (!d->seen || !footprint_matters(d->seen, nd->left, nd->op, nd->obj, nd->size))
		return LAST;
	return kshim_code_has(nd->pc) ? FIRST : SHIM_SHARES;
}

/* One head for each alternative that can be afforded. */
static void list_subtrees(struct dfs *d)
{
	unsigned int pass = NR_RANKS;
	size_t i, n = 0;

	for (i = 0; i < d->nroot; i++)
		n += (size_t)__builtin_popcountl(d->nodes[i].left);
	free(d->tree);
	d->tree = calloc(n + 1, sizeof(*d->tree));
	if (!d->tree)
		abort();
	d->ntree = 0;
	d->s.bounded = false;
	while (pass--)
		for (i = d->nroot; i-- > 0;) {
			struct node nd = d->nodes[i];
			unsigned long r;

			if (rank(d, &nd) != pass)
				continue;
			if (nd.left && nd.preempts > d->s.bound) {
				d->s.bounded = true;
				continue;
			}
			r = nd.left;
			nd.left = 0;
			nd.deviates = 1;
			for (; r; r &= r - 1) {
				nd.chosen = (unsigned int)__builtin_ctzl(r);
				d->tree[d->ntree++] = nd;
			}
		}
	d->next_tree = 0;
	d->end_tree = d->ntree;
}

/* The stack of the first execution is the root. */
static void leave_root(struct dfs *d)
{
	d->nodes = d->stack;
	d->nroot = d->depth;
	d->stack = calloc(d->room, sizeof(*d->stack));
	if (!d->stack)
		abort();
	d->depth = 0;
	d->root = false;
	list_subtrees(d);
}

static bool dfs_next(struct search *s)
{
	struct dfs *d = (struct dfs *)s;

	if (s->error)
		return false;
	if (!d->ran)
		return true;
	if (d->root)
		leave_root(d);
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
	d->ndevs = 0;
	if (d->next_tree < d->end_tree) {
		d->stack[0] = d->tree[d->next_tree++];
		d->depth = 1;
		d->prefix_end = d->stack[0].n;
		index_devs(d);
		return true;
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
	if (d->learn) {
		footprint_end(d->seen);
		d->learn--;
	}
	d->ran = true;
}

static void dfs_free(struct search *s)
{
	struct dfs *d = (struct dfs *)s;

	if (!d->borrowed)
		free(d->tree);
	free(d->nodes);
	free(d->stack);
	free(d->devs);
	free(d);
}

static struct dfs *new_dfs(int bound)
{
	struct dfs *d = calloc(1, sizeof(*d));

	if (!d)
		abort();
	d->room = 256;
	d->stack = calloc(d->room, sizeof(*d->stack));
	if (!d->stack)
		abort();
	d->s.policy.begin = dfs_begin;
	d->s.policy.choose = dfs_choose;
	d->s.policy.access = dfs_access;
	d->s.name = "dfs";
	d->s.next = dfs_next;
	d->s.done = dfs_done;
	d->s.free = dfs_free;
	d->s.bound = bound;
	return d;
}

struct search *search_dfs(int bound, struct footprint *seen)
{
	struct dfs *d = new_dfs(bound);

	d->root = true;
	d->seen = seen;
	d->learn = seen && !bound ? LEARN : 0;
	return &d->s;
}

size_t search_dfs_subtrees(struct search *s, int bound)
{
	struct dfs *d = (struct dfs *)s;

	s->bound = bound;
	if (d->root)
		leave_root(d);
	else
		list_subtrees(d);
	return d->ntree;
}

struct search *search_dfs_part(const struct search *whole, size_t first, size_t end)
{
	const struct dfs *w = (const struct dfs *)whole;
	struct dfs *d = new_dfs(w->s.bound);

	d->tree = w->tree;
	d->borrowed = true;
	d->next_tree = first;
	d->end_tree = end;
	d->seen = w->seen;
	d->learn = first || w->s.bound ? 0 : w->learn;
	d->ran = true;
	return &d->s;
}
