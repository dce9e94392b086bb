// SPDX-License-Identifier: GPL-2.0-only
/* The two policies that the engine has itself: never preempt, and everybody in turn. */
#include "task.h"

#define FAIR_QUANTUM		8	/* contended points */

static unsigned int stay_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	(void)p;
	return kshim_default(c);
}

static void stay_begin(struct kshim_policy *p)
{
	(void)p;
	kshim_hot.next_decide = ~0UL;
}

struct kshim_policy kshim_stay = { .begin = stay_begin, .choose = stay_choose };

/* Round robin: the next one in the order of creation, every few points. */
static unsigned int fair_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	unsigned long all = c->runnable & ~kshim_environment_tasks;
	unsigned long later = all & ~((2UL << c->cur) - 1);

	(void)p;
	kshim_hot.next_decide = c->n + FAIR_QUANTUM;
	return (unsigned int)__builtin_ctzl(later ? later : all);
}

static void fair_begin(struct kshim_policy *p)
{
	(void)p;
	kshim_hot.next_decide = 0;
}

struct kshim_policy kshim_fair = { .begin = fair_begin, .choose = fair_choose };
