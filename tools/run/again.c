// SPDX-License-Identifier: GPL-2.0-only
/*
 * An execution that went on from a checkpoint must be what it would have been
 * from the start. A sample of them is executed again that way, and has to
 * agree in its outcome, its report and what it leaves behind.
 */
#include <stdlib.h>

#include "run.h"

#define EVERY	1024U	/* of those that went on from a checkpoint */

struct trait {
	unsigned long outcome, left, points;
	unsigned int preemptions;
	struct verdict v;
};

static void look(struct trait *t)
{
	t->outcome = outcomes_hash();
	t->left = world_left();
	t->points = world_points();
	t->preemptions = world_preemptions();
	t->v = run_verdict;
}

static bool same(const struct trait *a, const struct trait *b)
{
	return a->outcome == b->outcome && a->left == b->left && a->points == b->points &&
		a->preemptions == b->preemptions && verdict_same(&a->v, &b->v);
}

/**
 * again_agrees() - would it have been the same from the start?
 *
 * To be called behind an execution, which is the last one afterwards too.
 *
 * Return: false when a checkpoint has lost something, a bug of vfiosim.
 */
bool again_agrees(void)
{
	static unsigned int resumed;
	struct trait first, second;
	struct devlog devs = { 0 };
	struct search *s;

	if (!world_resumed() || resumed++ % EVERY)
		return true;
	look(&first);
	devlog_copy(&devs, &search_devs);
	s = search_replay(&devs);
	world_execute(s);
	look(&second);
	search_free(s);
	free(devs.d);
	return same(&first, &second);
}
