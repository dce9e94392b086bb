// SPDX-License-Identifier: GPL-2.0-only
/*
 * Dynamic partial-order reduction with source sets and sleep sets: of all
 * schedules that differ only in the order of steps that do not depend on each
 * other, one is executed. When nothing is left to try, every Mazurkiewicz
 * trace of the scenario was explored, with any number of preemptions.
 *
 * A task whose next step takes a lock that another one holds counts as not
 * enabled. It is let run only when nobody else can, so that a deadlock is
 * seen as one.
 */
#include <stdlib.h>
#include <string.h>

#include "observer.h"
#include "orders.h"

struct steps {
	unsigned int task, n;
	struct access *access;
};

struct node {
	unsigned long runnable, enabled, backtrack, done;
	unsigned int chosen;
	unsigned int trans;		/* that the choice led to, last time */
	struct steps **sleep;		/* of others; the steps are an ancestor's */
	struct steps **tried;		/* this node's own */
	unsigned int nsleep, ntried;
};

struct dpor {
	struct search s;
	struct observer o;
	struct node *node;
	unsigned int depth, room;	/* nodes */
	unsigned int pos;		/* choices of this execution so far */
	unsigned int prefix;		/* so many of them are replayed */
	struct steps *asleep[KSHIM_MAX_TASKS];	/* behind the prefix */
	unsigned int nasleep;
	unsigned int closed;		/* transitions that have thinned it out */
	bool started;
	bool gave_up;			/* an execution is too large for it */
};

static void dpor_woken(struct kshim_policy *p, unsigned int id)
{
	observer_woken(&((struct dpor *)p)->o, id);
}

static void dpor_missed(struct kshim_policy *p, unsigned int id)
{
	observer_missed(&((struct dpor *)p)->o, id);
}

static void dpor_begin(struct kshim_policy *p)
{
	struct dpor *d = (struct dpor *)p;

	observer_begin(&d->o);
	d->pos = 0;
	d->nasleep = 0;
	d->closed = 0;
	search_devs.n = 0;
	d->s.cut = false;
	kshim_hot.next_decide = 0;
}

static void thin_out(struct dpor *d, struct steps **from, unsigned int n,
		     const struct transition *t)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (from[i]->task != t->task &&
		    !history_conflict(&d->o.f.access[t->first], t->n, from[i]->access, from[i]->n))
			d->asleep[d->nasleep++] = from[i];
}

/* Bring the sleep set up to date with the transitions that have ended. */
static void update_sleep(struct dpor *d)
{
	for (; d->closed < d->o.f.ntrans; d->closed++) {
		const struct transition *t = &d->o.f.trans[d->closed];
		const struct node *nd = t->node >= 0 ? &d->node[t->node] : NULL;
		struct steps *old[KSHIM_MAX_TASKS];
		unsigned int n = d->nasleep;

		if (nd && (unsigned int)t->node + 1 < d->prefix)
			continue;
		if (!nd && d->pos < d->prefix)
			continue;
		d->nasleep = 0;
		if (nd) {
			thin_out(d, nd->sleep, nd->nsleep, t);
			thin_out(d, nd->tried, nd->ntried, t);
			continue;
		}
		memcpy(old, d->asleep, n * sizeof(old[0]));
		thin_out(d, old, n, t);
	}
}

static unsigned long sleep_mask(struct steps **s, unsigned int n)
{
	unsigned long mask = 0;

	while (n--)
		mask |= 1UL << s[n]->task;
	return mask;
}

/* A task goes on that nobody else could go on beside: no choice, but asleep it may be. */
static bool redundant(struct dpor *d, unsigned int me)
{
	const struct history *f = &d->o.f;

	if (d->pos < d->prefix ||
	    (f->ntrans && f->trans[f->ntrans - 1].task == me && !d->o.fresh))
		return false;
	update_sleep(d);
	return sleep_mask(d->asleep, d->nasleep) & 1UL << me;
}

static void dpor_access(struct kshim_policy *p, enum kshim_op op, const void *obj,
			unsigned long size, const void *pc)
{
	struct dpor *d = (struct dpor *)p;

	if (redundant(d, kshim_hot.cur->id)) {
		d->s.cut = true;
		kshim_cut();
	}
	observer_access(&d->o, op, obj, size, pc);
}

static struct node *new_node(struct dpor *d, const struct kshim_choice *c)
{
	struct node *nd;

	if (d->depth == d->room) {
		d->room = d->room ? 2 * d->room : 1024;
		d->node = realloc(d->node, d->room * sizeof(*d->node));
		if (!d->node)
			abort();
	}
	nd = &d->node[d->depth];
	memset(nd, 0, sizeof(*nd));
	nd->runnable = c->runnable;
	nd->enabled = observer_enabled(&d->o, c);
	nd->nsleep = d->nasleep;
	if (d->nasleep) {
		nd->sleep = malloc(d->nasleep * sizeof(*nd->sleep));
		if (!nd->sleep)
			abort();
		memcpy(nd->sleep, d->asleep, d->nasleep * sizeof(*nd->sleep));
	}
	return nd;
}

static unsigned int prefer(const struct kshim_choice *c, unsigned long mask)
{
	unsigned int id = search_default(c);
	unsigned long own = mask & ~kshim_environment_tasks;

	return mask & 1UL << id ? id : (unsigned int)__builtin_ctzl(own ? own : mask);
}

static unsigned int dpor_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	struct dpor *d = (struct dpor *)p;
	unsigned long awake;
	struct node *nd;

	kshim_hot.next_decide = 0;
	update_sleep(d);
	if (d->pos < d->prefix) {
		nd = &d->node[d->pos];
		if (nd->runnable != c->runnable) {
			d->s.error = true;
			d->s.cut = true;
			kshim_cut();
		}
	} else {
		nd = new_node(d, c);
		awake = nd->enabled & ~sleep_mask(nd->sleep, nd->nsleep);
		if (!awake) {
			/* Whatever follows was explored in another order. */
			free(nd->sleep);
			d->s.cut = true;
			kshim_cut();
		}
		nd->chosen = prefer(c, awake);
		nd->backtrack = 1UL << nd->chosen;
		d->depth++;
	}
	nd->trans = d->o.f.ntrans;
	observer_choice(&d->o, nd->chosen, (int)d->pos++);
	return search_take(c, nd->chosen);
}

/* For those that are not turned around before the budget ends. */
static void remember_way(const struct dpor *d, struct order *o, const struct transition *t,
			 unsigned int go)
{
	unsigned int i;

	o->way = malloc((unsigned int)t->node + 1);
	if (!o->way)
		return;
	o->nway = (unsigned int)t->node;
	for (i = 0; i < o->nway; i++)
		o->way[i] = (unsigned char)d->node[i].chosen;
	o->hold = (unsigned char)t->task;
	o->go = (unsigned char)go;
}

/*
 * The later one of a race has to be tried before the earlier one: let a task
 * go first at that choice that leads there, unless one of them is to go
 * already. Where the environment alone could, it has to be able to by itself.
 */
static void reverse(void *arg, unsigned int earlier, unsigned int later)
{
	struct dpor *d = arg;
	const struct history *f = &d->o.f;
	unsigned int first[KSHIM_MAX_TASKS], i, q, u, p = history_task(f, later);
	unsigned int end = later < f->ntrans ? later : f->missed[later - f->ntrans].trans + 1;
	unsigned long seen = 0, initials = 0, r;
	struct order *fresh;
	struct node *nd;

	fresh = later < f->ntrans ? orders_note(f, earlier, later) : NULL;
	if (f->trans[earlier].node < 0)
		return;
	if (fresh)
		remember_way(d, fresh, &f->trans[earlier], p);
	nd = &d->node[f->trans[earlier].node];
	for (i = earlier + 1; i < end; i++) {
		q = f->trans[i].task;
		if (seen & 1UL << q || history_before(f, earlier, i))
			continue;
		seen |= 1UL << q;
		first[q] = i;
	}
	if (!(seen & 1UL << p))
		first[p] = later;
	seen |= 1UL << p;
	for (r = seen; r; r &= r - 1) {
		unsigned long o;
		bool free_to_go = true;

		q = (unsigned int)__builtin_ctzl(r);
		for (o = seen & ~(1UL << q); o && free_to_go; o &= o - 1) {
			u = (unsigned int)__builtin_ctzl(o);
			free_to_go = f->clock[first[q] * f->ntasks + u] <
				history_local(f, first[u]);
		}
		if (free_to_go)
			initials |= 1UL << q;
	}
	if (initials & nd->backtrack || !(initials & (nd->enabled | ~kshim_environment_tasks)))
		return;
	initials &= nd->enabled;
	if (initials & 1UL << p)
		nd->backtrack |= 1UL << p;
	else if (initials)
		nd->backtrack |= initials & -initials;
	else
		nd->backtrack |= nd->enabled;
}

static void dpor_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	struct dpor *d = (struct dpor *)s;
	unsigned int i;

	(void)points;
	(void)preemptions;
	observer_end();
	if (s->error)
		return;
	if (!history_races(&d->o.f, !s->cut && !s->reported, reverse, d))
		d->gave_up = true;
	/* A report keeps the others from what they would have done. */
	for (i = d->o.f.ntrans; s->reported && i--;) {
		if (d->o.f.trans[i].node < 0)
			continue;
		d->node[d->o.f.trans[i].node].backtrack = d->node[d->o.f.trans[i].node].enabled;
		break;
	}
}

static void forget(struct node *nd)
{
	unsigned int i;

	for (i = 0; i < nd->ntried; i++) {
		free(nd->tried[i]->access);
		free(nd->tried[i]);
	}
	free(nd->tried);
	free(nd->sleep);
}

/* What the task that went first did, for the sleep sets of those that follow. */
static void put_to_sleep(struct dpor *d, struct node *nd)
{
	const struct transition *t = &d->o.f.trans[nd->trans];
	struct steps *st = malloc(sizeof(*st));

	nd->tried = realloc(nd->tried, (nd->ntried + 1) * sizeof(*nd->tried));
	if (!st || !nd->tried)
		abort();
	st->task = nd->chosen;
	st->n = t->n;
	st->access = malloc((t->n + 1) * sizeof(*st->access));
	if (!st->access)
		abort();
	memcpy(st->access, &d->o.f.access[t->first], t->n * sizeof(*st->access));
	nd->tried[nd->ntried++] = st;
}

static bool dpor_next(struct search *s)
{
	struct dpor *d = (struct dpor *)s;

	if (!d->started) {
		d->started = true;
		return true;
	}
	if (s->error || d->gave_up)
		return false;
	while (d->depth) {
		struct node *nd = &d->node[d->depth - 1];
		unsigned long left;

		nd->done |= 1UL << nd->chosen;
		left = nd->backtrack & nd->enabled & ~nd->done & ~sleep_mask(nd->sleep, nd->nsleep);
		if (left) {
			put_to_sleep(d, nd);
			nd->chosen = (unsigned int)__builtin_ctzl(left);
			d->prefix = d->depth;
			return true;
		}
		forget(nd);
		d->depth--;
	}
	s->complete = true;
	return false;
}

/*
 * How much of the tree is behind us: every choice that is open is taken to
 * have as much below each of its alternatives as below the others.
 */
static double dpor_share(const struct search *s)
{
	const struct dpor *d = (const struct dpor *)s;
	double share = 0, width = 1;
	unsigned int i;

	for (i = 0; i < d->depth; i++) {
		const struct node *nd = &d->node[i];
		unsigned long all = nd->backtrack & nd->enabled &
			~sleep_mask(nd->sleep, nd->nsleep);

		width /= __builtin_popcountl(all | 1UL << nd->chosen);
		share += width * __builtin_popcountl(nd->done & ~(1UL << nd->chosen));
	}
	return share;
}

static void dpor_free(struct search *s)
{
	struct dpor *d = (struct dpor *)s;

	while (d->depth)
		forget(&d->node[--d->depth]);
	free(d->node);
	history_free(&d->o.f);
	free(d);
}

struct search *search_dpor(void)
{
	struct dpor *d = calloc(1, sizeof(*d));

	if (!d)
		abort();
	d->s.policy.begin = dpor_begin;
	d->s.policy.choose = dpor_choose;
	d->s.policy.woken = dpor_woken;
	d->s.policy.missed = dpor_missed;
	d->s.policy.access = dpor_access;
	d->s.name = "dpor";
	d->s.next = dpor_next;
	d->s.done = dpor_done;
	d->s.share = dpor_share;
	d->s.free = dpor_free;
	d->s.bound = -1;
	return &d->s;
}
