/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of a campaign: what its parts (campaign.c: execute and judge, plan.c:
 * what to search, crew.c: on several processors) know of each other.
 */
#ifndef RUN_CAMPAIGN_H
#define RUN_CAMPAIGN_H

#include "run.h"

struct footprint;

/**
 * struct campaign - one scenario on one kernel
 * @out:	outcomes so far
 * @failures:	room for RUN_MAX_FAILURES
 * @said:	what the oracles said when each was found
 * @executed:	schedules so far
 * @unit_base:	and before this unit
 * @crew_cpu:	seconds that the processes of the crew have used
 * @share:	so many processes use up the budget of seconds
 * @seen:	what the tasks share, as far as it is known
 * @live:	somebody watches a terminal
 * @silent:	nobody wants an explanation of failures
 * @late:	the budget of seconds is used up
 */
struct campaign {
	const struct scenario *scn;
	const struct cmdline *cl;
	struct run_result *r;
	struct outcomes *out;
	struct run_failure *failures;
	struct verdict *said;
	unsigned int nfailures;
	unsigned long executed, unit_base;
	double start_cpu, crew_cpu;
	unsigned int share;
	struct footprint *seen;
	unsigned long last_shown;
	bool live, silent, late;
	const char *strategy;
	char *error;
};

/* Processor time of this process and of those that worked for it. */
double campaign_cpu(const struct campaign *c);
/* Schedules, unless it is given in seconds. */
unsigned long campaign_budget(const struct campaign *c);
/* Nothing more is to be executed. */
bool campaign_done(struct campaign *c);
void campaign_progress(struct campaign *c);

/**
 * campaign_explore() - execute what a search asks for
 * @s:		until it has nothing left, or the campaign is done
 * @max:	or that many schedules were executed; 0: no limit
 * @beside:	another search that is asked as well; may be NULL
 * @every:	so many schedules of @s for one of @beside
 */
void campaign_explore(struct campaign *c, struct search *s, unsigned long max,
		      struct search *beside, unsigned int every);

/**
 * struct stage - a part of the plan, cut into units that can be done anywhere
 * @strategy:	for people
 * @units:	how many
 * @unit:	do unit @i; it must not depend on what others have found
 * @whole:	DFS: the search that the units are parts of
 * @subtrees:	of it
 * @number:	seed of what is sampled beside it
 * @mix:	a sampler that has begun already and goes on beside it; or NULL
 * @mixed:	each unit has one of its own
 * @complete:	every unit so far has covered its space
 * @bounded:	up to its bound, and something was kept out
 */
struct stage {
	const char *strategy;
	unsigned int units;
	void (*unit)(struct campaign *c, struct stage *st, unsigned int i);
	struct search *whole;
	size_t subtrees;
	unsigned int number;
	struct search *mix;
	bool mixed;
	bool complete, bounded;
};

/* plan.c: everything that the command line asks for */
void plan_run(struct campaign *c);

/*
 * crew.c: do the units of a stage from @from on, on cl->jobs processors. What
 * comes out is what one processor does in the order of the units.
 */
void crew_run(struct campaign *c, struct stage *st, unsigned int from);

#endif
