// SPDX-License-Identifier: GPL-2.0-only
/*
 * The self-check of the explore engines: a number of PCT schedules, each with
 * everything recorded, and the hash of each trace. The same seed must print
 * the same lines on fibers, ucontext and baton-passing threads.
 */
#include <stdlib.h>

#include "hash.h"

unsigned long hash_wanted(void)
{
	const char *n = getenv("VFIOSIM_TRACE_HASH");

	return n ? strtoul(n, NULL, 0) : 0;
}

void hash_run(const struct scenario *scn, const struct cmdline *cl, unsigned long n,
	      struct run_result *r)
{
	struct search *s = search_pct((unsigned int)cl->depth, cl->seed, 0, NULL);

	r->strategy = s->name;
	for (r->schedules = 0; r->schedules < n && s->next(s); r->schedules++) {
		record_start(true);
		world_execute(s);
		s->done(s, world_points(), kshim_nr_preemptions);
		printf("%s %lu %016lx %lu %u %s\n", scn->name, r->schedules, record_hash(),
		       world_points(), kshim_nr_preemptions,
		       run_verdict.oracle ? run_verdict.text : "clean");
		record_stop();
	}
	search_free(s);
	r->status = RUN_PASS;
}
