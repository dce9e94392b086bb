// SPDX-License-Identifier: GPL-2.0-only
/*
 * One execution as an idle machine with enough processors does it: user
 * threads run until they cannot go on, and kernel threads that have work
 * (workqueues, timers, RCU callbacks) run at once.
 */
#include <stdlib.h>

#include "search.h"

struct prompt {
	struct search s;
	bool ran;
};

static void prompt_begin(struct kshim_policy *p)
{
	(void)p;
	search_devs.n = 0;
	kshim_hot.next_decide = 0;
}

static unsigned int prompt_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	unsigned long r;

	(void)p;
	kshim_hot.next_decide = 0;
	for (r = c->runnable & ~kshim_environment_tasks; r; r &= r - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(r);

		if (kshim_task_get(id)->flags & KSHIM_TASK_DAEMON)
			return search_take(c, id);
	}
	return search_default(c);
}

static bool prompt_next(struct search *s)
{
	struct prompt *pr = (struct prompt *)s;

	if (pr->ran)
		return false;
	pr->ran = true;
	return true;
}

static void prompt_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	(void)s;
	(void)points;
	(void)preemptions;
}

static void prompt_free(struct search *s)
{
	free(s);
}

struct search *search_prompt(void)
{
	struct prompt *pr = calloc(1, sizeof(*pr));

	if (!pr)
		abort();
	pr->s.policy.begin = prompt_begin;
	pr->s.policy.choose = prompt_choose;
	pr->s.name = "prompt";
	pr->s.next = prompt_next;
	pr->s.done = prompt_done;
	pr->s.free = prompt_free;
	pr->s.bound = -1;
	return &pr->s;
}
