// SPDX-License-Identifier: GPL-2.0-only
/* The two simple ones: random walk, and replay of a list of deviations. */
#include <stdlib.h>

#include "search.h"

struct walk {
	struct search s;
	uint64_t seed, run, drawn;
};

static void walk_begin(struct kshim_policy *p)
{
	((struct walk *)p)->drawn = 0;
	search_devs.n = 0;
	kshim_hot.next_decide = 0;
}

static unsigned int walk_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	struct walk *w = (struct walk *)p;
	unsigned long r = c->runnable;
	unsigned int skip;

	skip = search_rng(w->seed ^ w->run << 20, w->drawn++) % __builtin_popcountl(r);
	while (skip--)
		r &= r - 1;
	kshim_hot.next_decide = 0;
	return search_take(c, (unsigned int)__builtin_ctzl(r));
}

static bool walk_next(struct search *s)
{
	((struct walk *)s)->run++;
	return true;
}

void search_no_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	(void)s;
	(void)points;
	(void)preemptions;
}

void search_plain_free(struct search *s)
{
	free(s);
}

struct search *search_random(uint64_t seed, uint64_t from)
{
	struct walk *w = calloc(1, sizeof(*w));

	if (!w)
		abort();
	w->s.policy.begin = walk_begin;
	w->s.policy.choose = walk_choose;
	w->s.name = "random";
	w->s.next = walk_next;
	w->s.done = search_no_done;
	w->s.free = search_plain_free;
	w->s.bound = -1;
	w->seed = seed;
	w->run = from;
	return &w->s;
}

struct replay {
	struct search s;
	const struct devlog *devs;
	size_t at;
	bool ran;
};

static void replay_next_point(struct replay *r)
{
	kshim_hot.next_decide = r->at < r->devs->n ? r->devs->d[r->at].n : ~0UL;
}

static void replay_begin(struct kshim_policy *p)
{
	struct replay *r = (struct replay *)p;

	r->at = 0;
	search_devs.n = 0;
	replay_next_point(r);
}

static unsigned int replay_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	struct replay *r = (struct replay *)p;
	unsigned int id = search_default(c);

	while (r->at < r->devs->n && r->devs->d[r->at].n < c->n)
		r->at++;	/* the run went another way: the choice is void */
	if (r->at < r->devs->n && r->devs->d[r->at].n == c->n) {
		unsigned int want = r->devs->d[r->at++].task;

		if (c->runnable & 1UL << want)
			id = want;
		else
			r->s.error = true;
	}
	replay_next_point(r);
	return search_take(c, id);
}

static bool replay_next(struct search *s)
{
	struct replay *r = (struct replay *)s;

	if (r->ran)
		return false;
	r->ran = true;
	return true;
}

struct search *search_replay(const struct devlog *devs)
{
	struct replay *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	r->s.policy.begin = replay_begin;
	r->s.policy.choose = replay_choose;
	r->s.name = "replay";
	r->s.next = replay_next;
	r->s.done = search_no_done;
	r->s.free = search_plain_free;
	r->s.bound = -1;
	r->devs = devs;
	return &r->s;
}
