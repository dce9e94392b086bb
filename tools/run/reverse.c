// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two operations whose order decides, found by trying: the last switch is
 * moved behind one more operation of the task that it interrupts, until the
 * schedule passes; then the other task is stopped after one, two, three of its
 * operations, until it fails.
 */
#include <stdlib.h>

#include "reverse.h"

#define MAX_TRIES	200

static void watch(const struct devlog *devs, struct watch_log *log)
{
	struct search *s = search_watch(devs, log);

	world_execute(s);
	search_free(s);
}

/* Does it fail with one more deviation? */
static bool fails_with(const struct devlog *devs, const struct watch_point *p, unsigned int task,
		       const struct verdict *want, struct min_budget *b)
{
	struct devlog more = { 0 };
	bool fails;

	devlog_copy(&more, devs);
	devlog_add(&more, p->n, task);
	fails = min_fails(&more, want, b);
	free(more.d);
	return fails;
}

/* The operation of the interrupted task that must not wait for the other one. */
static bool find_late(const struct watch_log *without, const struct devlog *prefix,
		      const struct deviation *last, unsigned int from,
		      const struct verdict *want, struct min_budget *b, struct watch_point *late)
{
	unsigned int tries = 0;
	size_t i;

	for (i = 0; i < without->n; i++) {
		const struct watch_point *p = &without->p[i];

		if (p->n < last->n)
			continue;
		if (p->cur != from || !p->stays || !(p->runnable & 1UL << last->task) ||
		    tries++ == MAX_TRIES || !b->schedules)
			break;
		if (p->n > last->n && !fails_with(prefix, p, last->task, want, b))
			return true;
		*late = *p;
	}
	/* It passes when the other task comes last of all. */
	return tries && tries < MAX_TRIES && b->schedules;
}

/* The operation of the other task after which it is too late. */
static bool find_early(const struct watch_log *failing, const struct devlog *devs,
		       const struct deviation *last, unsigned int from,
		       const struct verdict *want, struct min_budget *b, struct watch_point *early)
{
	unsigned int tries = 0;
	size_t i;

	for (i = 0; i < failing->n; i++) {
		const struct watch_point *p = &failing->p[i];

		if (p->n <= last->n || p->cur != last->task)
			continue;
		if (!p->stays || !(p->runnable & 1UL << from))
			break;
		if (tries++ == MAX_TRIES || !b->schedules)
			return false;
		if (tries > 1 && fails_with(devs, p, from, want, b))
			return true;
		*early = *p;
	}
	return tries;
}

struct reversal reverse_find(const struct min_schedule *m, const struct verdict *want,
			     struct min_budget *b)
{
	struct watch_log failing = { 0 }, without = { 0 };
	struct reversal r = { .found = false };
	const struct watch_point *at;
	struct devlog prefix = { 0 };
	struct deviation last;
	size_t i;

	if (!m->devs.n)
		return r;
	last = m->devs.d[m->devs.n - 1];
	for (i = 0; i + 1 < m->devs.n; i++)
		devlog_add(&prefix, m->devs.d[i].n, m->devs.d[i].task);
	watch(&m->devs, &failing);
	at = watch_find(&failing, last.n);
	/* What follows another choice would no longer be the same. */
	if (at && at->stays && !min_fails(&prefix, want, b)) {
		watch(&prefix, &without);
		r.found = find_late(&without, &prefix, &last, at->cur, want, b, &r.late) &&
			find_early(&failing, &m->devs, &last, at->cur, want, b, &r.early);
	}
	watch_free(&failing);
	watch_free(&without);
	free(prefix.d);
	return r;
}
