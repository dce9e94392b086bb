// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directed reversals: two accesses were seen in one order only. Go to where
 * that was, let the task of the second one run while that of the first one
 * waits, until it has done its access or cannot; then by default.
 */
#include <stdlib.h>

#include "observer.h"
#include "orders.h"

struct reversal {
	struct search s;
	struct observer o;
	struct order *aim;
	unsigned int next;		/* of the orders */
	unsigned int pos;		/* choices so far */
	bool there;			/* the access was done */
};

static void reversal_begin(struct kshim_policy *p)
{
	struct reversal *r = (struct reversal *)p;

	observer_begin(&r->o);
	r->pos = 0;
	r->there = false;
	search_devs.n = 0;
	kshim_hot.next_decide = 0;
}

static void reversal_access(struct kshim_policy *p, enum kshim_op op, const void *obj,
			    unsigned long size, const void *pc)
{
	struct reversal *r = (struct reversal *)p;

	observer_access(&r->o, op, obj, size, pc);
	if (pc == r->aim->second && kshim_hot.cur->id == r->aim->go && r->pos > r->aim->nway)
		r->there = true;
}

static void reversal_woken(struct kshim_policy *p, unsigned int id)
{
	observer_woken(&((struct reversal *)p)->o, id);
}

static unsigned int pick(const struct reversal *r, const struct kshim_choice *c)
{
	unsigned long others = c->runnable & ~(1UL << r->aim->hold);

	if (r->pos < r->aim->nway && c->runnable & 1UL << r->aim->way[r->pos])
		return r->aim->way[r->pos];
	if (r->pos < r->aim->nway || r->there || !others)
		return search_default(c);
	if (others & 1UL << r->aim->go)
		return r->aim->go;
	return (unsigned int)__builtin_ctzl(others);
}

static unsigned int reversal_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	struct reversal *r = (struct reversal *)p;
	unsigned int id = pick(r, c);

	kshim_hot.next_decide = 0;
	observer_choice(&r->o, id, (int)r->pos++);
	return search_take(c, id);
}

static bool reversal_next(struct search *s)
{
	struct reversal *r = (struct reversal *)s;

	while ((r->aim = orders_get(r->next++)))
		if (!r->aim->reversed && r->aim->way)
			return true;
	return false;
}

static void note(void *arg, unsigned int earlier, unsigned int later)
{
	orders_note(&((struct reversal *)arg)->o.f, earlier, later);
}

static void reversal_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	struct reversal *r = (struct reversal *)s;

	(void)points;
	(void)preemptions;
	observer_end();
	history_races(&r->o.f, true, note, r);
}

static void reversal_free(struct search *s)
{
	history_free(&((struct reversal *)s)->o.f);
	free(s);
}

struct search *search_reversal(void)
{
	struct reversal *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	r->s.policy.begin = reversal_begin;
	r->s.policy.choose = reversal_choose;
	r->s.policy.woken = reversal_woken;
	r->s.policy.access = reversal_access;
	r->s.name = "reversal";
	r->s.next = reversal_next;
	r->s.done = reversal_done;
	r->s.free = reversal_free;
	r->s.bound = -1;
	return &r->s;
}
