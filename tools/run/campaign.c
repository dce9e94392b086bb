// SPDX-License-Identifier: GPL-2.0-only
/*
 * One scenario on one kernel: explore, judge, explain.
 *
 * The default plan is bounded DFS with 0, 1 and 2 preemptions, then PCT for
 * what is left of the budget. A failure is replayed at once with everything
 * recorded; a replay that says something else is an error of the harness.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "failure.h"
#include "hash.h"
#include "missing.h"
#include "place.h"
#include "races.h"
#include "run.h"

#define DEFAULT_BUDGET		400000UL
#define DEFAULT_BOUND		2

volatile sig_atomic_t run_interrupted;
extern unsigned long kshim_run_serial;

struct campaign {
	const struct scenario *scn;
	const struct cmdline *cl;
	struct run_result *r;
	struct outcomes *out;
	struct run_failure *failures;
	unsigned int nfailures;
	unsigned long executed;
	double start_cpu;
	unsigned long last_shown;
	bool live;			/* somebody watches a terminal */
	const char *strategy;
	char *error;
};

static double cpu_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static bool over_budget(const struct campaign *c)
{
	if (run_interrupted)
		return true;
	if (c->cl->budget_seconds)
		return !(c->executed & 255) &&
			cpu_seconds() - c->start_cpu >= c->cl->budget_seconds;
	return c->executed >= (c->cl->budget ? c->cl->budget : DEFAULT_BUDGET);
}

static void progress(struct campaign *c)
{
	double t;

	if (!c->live || c->executed - c->last_shown < 8192)
		return;
	c->last_shown = c->executed;
	t = cpu_seconds() - c->start_cpu;
	fprintf(stderr, "\r%s: %s: %lu schedules, %.0f/s, %u outcomes \033[K",
		c->scn->name, c->strategy, c->executed, c->executed / (t > 0 ? t : 1),
		outcomes_count(c->out));
}

static void progress_end(const struct campaign *c)
{
	if (c->last_shown)
		fprintf(stderr, "\r\033[K");
}

static struct run_failure *known_failure(struct campaign *c)
{
	unsigned int i;

	for (i = 0; i < c->nfailures; i++)
		if (!strcmp(c->failures[i].oracle, run_verdict.oracle->name) &&
		    strstr(c->failures[i].headline, run_verdict.text))
			return &c->failures[i];
	return NULL;
}

static void failed(struct campaign *c)
{
	struct run_failure *f = known_failure(c);
	struct verdict first = run_verdict;
	struct devlog devs = { 0 };

	if (f) {
		f->count++;
		return;
	}
	if (c->nfailures == c->cl->max_failures || c->nfailures == RUN_MAX_FAILURES)
		return;
	devlog_copy(&devs, &search_devs);
	f = &c->failures[c->nfailures++];
	f->oracle = first.oracle->name;
	f->headline = strdup(first.text);
	f->count = 1;
	f->schedules_to_first = c->executed;
	f->preemptions = -1;
	if (kshim_hot.parallel)		/* real threads cannot be replayed */
		f->token = place_token(c->scn, &devs, false);
	else
		failure_explain(f, c->scn, c->cl, &devs, &first, c->r->complete_bound,
				&c->error);
	free(devs.d);
}

static void execute(struct campaign *c, struct search *s)
{
	unsigned int cost;

	races_watch(c->executed);
	world_execute(s);
	kshim_run_serial++;
	c->executed++;
	cost = world_preemptions();
	s->done(s, world_points(), cost);
	if (world_points() > c->r->npoints)
		c->r->npoints = world_points();
	if (s->error)
		return;
	if (run_verdict.oracle) {
		failed(c);
		return;
	}
	/* A lower bound has counted it already. */
	if (s->bound > 0 && (int)cost < s->bound)
		return;
	if (outcomes_add(c->out)) {
		char *token = place_token(c->scn, &search_devs, false);

		outcomes_witness(c->out, token);
		free(token);
	}
}

enum covered { NOT_COVERED, COVERED_TO_BOUND, COVERED_ALL };

static enum covered explore(struct campaign *c, struct search *s)
{
	unsigned long before = c->executed;
	enum covered complete;

	c->strategy = s->name;
	while (!over_budget(c) && c->nfailures < c->cl->max_failures && !c->error &&
	       s->next(s)) {
		execute(c, s);
		progress(c);
		if (s->error && !c->error)
			c->error = strdup("not deterministic: a replayed prefix went another way");
	}
	if (s->sampled) {
		c->r->sampling.schedules += c->executed - before;
		c->r->sampling.tasks = s->sampled;
		c->r->sampling.points = c->r->npoints;
		c->r->sampling.depth = s->depth;
	}
	complete = !s->complete ? NOT_COVERED : s->bounded ? COVERED_TO_BOUND : COVERED_ALL;
	search_free(s);
	return complete;
}

static bool done(const struct campaign *c)
{
	return over_budget(c) || c->nfailures >= c->cl->max_failures || c->error;
}

/* Returns true when every schedule there is was executed. */
static bool bounded(struct campaign *c, int max)
{
	enum covered e;
	int b;

	for (b = 0; b <= max && !done(c); b++) {
		e = explore(c, search_dfs(b));
		if (e == NOT_COVERED)
			return false;
		c->r->complete_bound = b;
		c->r->exhaustive = e == COVERED_ALL;
		if (c->r->exhaustive)
			return true;
	}
	return false;
}

static void plan(struct campaign *c)
{
	const struct cmdline *cl = c->cl;
	uint64_t seed = cl->seed;

	switch (cl->strategy) {
	case CMD_STRATEGY_DFS:
		bounded(c, cl->bound >= 0 ? cl->bound : DEFAULT_BOUND);
		break;
	case CMD_STRATEGY_PCT:
		explore(c, search_pct((unsigned int)cl->depth, seed));
		break;
	case CMD_STRATEGY_RANDOM:
		explore(c, search_random(seed));
		break;
	case CMD_STRATEGY_DEFAULT:
		if (!bounded(c, cl->bound >= 0 ? cl->bound : DEFAULT_BOUND) && !done(c))
			explore(c, search_pct((unsigned int)cl->depth, seed));
		break;
	}
}

static void judge(struct campaign *c)
{
	const struct scn_known *known = scn_known_on(c->scn, run_kver);
	struct run_result *r = c->r;
	char *reason = NULL;

	if (c->error) {
		r->status = RUN_ERROR;
		r->reason = c->error;
	} else if (kshim_hot.parallel && !r->nfailures) {
		r->status = RUN_PASS;
		r->reason = strdup("free-running threads: what was not seen says nothing");
	} else if (r->nfailures && known) {
		r->status = RUN_KNOWN;
		if (asprintf(&reason, "%s%s%s", known->id, known->text ? ": " : "",
			     known->text ? known->text : "") >= 0)
			r->reason = reason;
	} else if (r->nfailures) {
		r->status = RUN_FAIL;
	} else if (known && !run_interrupted) {
		r->status = RUN_FAIL;
		if (asprintf(&reason, "%s was not found on a kernel that has it", known->id) >= 0)
			r->reason = reason;
	} else if (!outcomes_all_reached(c->out) && !run_interrupted) {
		r->status = RUN_FAIL;
		r->reason = strdup("a sometimes clause was never reached: this run tested less than it claims");
	} else {
		r->status = RUN_PASS;
	}
	if (run_interrupted && !r->reason)
		r->reason = strdup("interrupted: this is what was found so far");
}

/* One execution, in which nothing overtakes, for what its steps answer. */
static void run_once(const struct scenario *scn, struct run_result *r)
{
	struct search *s = search_prompt();
	struct outcomes *out = outcomes_new(scn);

	run_steps_file = stdout;
	s->next(s);
	world_execute(s);
	run_steps_file = NULL;
	r->strategy = "steps";
	r->schedules = 1;
	r->status = run_verdict.oracle ? RUN_FAIL : RUN_PASS;
	if (run_verdict.oracle)
		r->reason = strdup(run_verdict.text);
	outcomes_free(out);
	search_free(s);
}

void campaign_run(const struct scenario *scn, const struct cmdline *cl,
		  struct run_result *r)
{
	struct campaign c = { .scn = scn, .cl = cl, .r = r, .start_cpu = cpu_seconds() };
	char *why = NULL;

	r->scenario = scn->name;
	r->kernel = run_kversion;
	r->complete_bound = -1;
	r->strategy = "none";
	if (!scn_kernel_ok(scn, run_kver, &why) || missing_module(scn, &why)) {
		r->status = RUN_SKIP;
		r->reason = why;
		return;
	}
	if (interp_open(scn) || !world_setup(scn, &why)) {
		r->status = RUN_ERROR;
		r->reason = why ? why : "out of memory";
		return;
	}
	if (cl->steps) {
		run_once(scn, r);
		return;
	}
	c.live = !cl->quiet && isatty(STDERR_FILENO);
	if (hash_wanted()) {
		hash_run(scn, cl, hash_wanted(), r);
		return;
	}
	c.out = outcomes_new(scn);
	c.failures = calloc(RUN_MAX_FAILURES, sizeof(*c.failures));
	if (!c.failures)
		abort();
	plan(&c);
	progress_end(&c);
	r->schedules = c.executed;
	r->strategy = c.strategy ? c.strategy : "none";
	r->seconds = cpu_seconds() - c.start_cpu;
	r->failures = c.failures;
	r->nfailures = c.nfailures;
	outcomes_result(c.out, r);
	races_result(r);
	judge(&c);
}
