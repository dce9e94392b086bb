// SPDX-License-Identifier: GPL-2.0-only
/*
 * A failing schedule made small: deviations are dropped in halves, quarters
 * and one by one as long as the same report comes; then every schedule with
 * fewer preemptions is tried, as far as the budget goes, so that "needs
 * exactly" is a proof and not a hope.
 *
 * The budget counts executions and contended points, not time: what comes out
 * is the same on every machine.
 */
#include <stdlib.h>

#include "minimise.h"
#include "races.h"

extern unsigned long kshim_run_serial;

static bool spent(const struct min_budget *b)
{
	return run_interrupted || !b->schedules || !b->points;
}

static bool execute(struct search *s, const struct verdict *want, struct min_budget *b)
{
	unsigned long points;

	races_replay(want);
	world_execute(s);
	races_replayed();
	kshim_run_serial++;
	points = world_points() + 1;
	if (b->schedules)
		b->schedules--;
	b->points -= points < b->points ? points : b->points;
	return !s->error && run_verdict.oracle && verdict_same(&run_verdict, want);
}

bool min_fails(const struct devlog *devs, const struct verdict *want, struct min_budget *b)
{
	struct search *s = search_replay(devs);
	bool fails = execute(s, want, b);

	search_free(s);
	return fails;
}

static void take(struct min_schedule *m)
{
	devlog_copy(&m->devs, &search_devs);
	m->preemptions = (int)world_preemptions();
}

int min_search(int bound, const struct verdict *want, struct min_budget *b,
	       struct min_schedule *m)
{
	struct search *s = search_dfs(bound, NULL);
	int ret = 0;

	while (!ret && s->next(s)) {
		if (spent(b)) {
			ret = -1;
		} else if (execute(s, want, b)) {
			take(m);
			ret = 1;
		} else {
			s->done(s, world_points(), world_preemptions());
		}
	}
	if (!ret && !s->complete)
		ret = -1;
	search_free(s);
	return ret;
}

/* Without the deviations from @at on, @n of them. */
static bool without(struct min_schedule *m, const struct verdict *want, size_t at, size_t n,
		    struct min_budget *b)
{
	struct devlog less = { 0 };
	bool smaller = false;
	size_t i;

	for (i = 0; i < m->devs.n; i++)
		if (i < at || i >= at + n)
			devlog_add(&less, m->devs.d[i].n, m->devs.d[i].task);
	if (min_fails(&less, want, b)) {
		int cost = (int)world_preemptions();

		/* What is left may go another way, with more of them. */
		smaller = cost < m->preemptions ||
			(cost == m->preemptions && search_devs.n < m->devs.n);
		if (smaller)
			take(m);
	}
	free(less.d);
	return smaller;
}

static void drop(struct min_schedule *m, const struct verdict *want, struct min_budget *b)
{
	size_t chunk, at;
	bool again;

	for (chunk = (m->devs.n + 1) / 2; chunk; chunk /= 2)
		do {
			again = false;
			for (at = 0; at < m->devs.n && !spent(b); )
				if (without(m, want, at, chunk, b))
					again = true;
				else
					at += chunk;
		} while (again && chunk == 1);
}

void min_schedule(struct min_schedule *m, const struct verdict *want, int complete,
		  struct min_budget *b)
{
	int bound, found = 0;

	drop(m, want, b);
	for (bound = complete + 1; bound < m->preemptions && !found; bound++) {
		struct min_schedule fewer = { .devs = { 0 } };

		found = min_search(bound, want, b, &fewer);
		if (found == 1) {
			free(m->devs.d);
			*m = fewer;
			drop(m, want, b);
		} else {
			free(fewer.devs.d);
		}
	}
	/* Found at a bound, with everything below it complete: no fewer. */
	m->exact = found >= 0 && m->preemptions >= complete;
}
