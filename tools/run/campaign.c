// SPDX-License-Identifier: GPL-2.0-only
/*
 * One scenario on one kernel: explore, judge, explain.
 *
 * A failure is replayed at once with everything recorded; a replay that says
 * something else is an error of the harness.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "campaign.h"
#include "failure.h"
#include "fault.h"
#include "hash.h"
#include "interleave.h"
#include "lifecycle.h"
#include "lockorders.h"
#include "missing.h"
#include "place.h"
#include "races.h"
#include "sweep.h"

#define DEFAULT_BUDGET		400000UL

volatile sig_atomic_t run_interrupted;
extern unsigned long kshim_run_serial;

static double cpu_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

double campaign_cpu(const struct campaign *c)
{
	return cpu_seconds() - c->start_cpu + c->crew_cpu;
}

unsigned long campaign_budget(const struct campaign *c)
{
	return c->cl->budget ? c->cl->budget : DEFAULT_BUDGET;
}

static bool over_budget(struct campaign *c)
{
	if (run_interrupted)
		return true;
	if (!c->cl->budget_seconds)
		return c->executed >= campaign_budget(c);
	if (!c->late && !(c->executed & 255))
		c->late = c->crew_cpu + (cpu_seconds() - c->start_cpu) * c->share >=
			c->cl->budget_seconds;
	return c->late;
}

bool campaign_done(struct campaign *c)
{
	return over_budget(c) || c->nfailures >= c->cl->max_failures || c->error;
}

void campaign_progress(struct campaign *c)
{
	double t;

	if (!c->live || c->executed - c->last_shown < 8192)
		return;
	c->last_shown = c->executed;
	t = campaign_cpu(c);
	fprintf(stderr, "\r%s: %s: %lu schedules, %.0f/s, %u outcomes \033[K",
		c->scn->name, c->strategy, c->executed, c->executed / (t > 0 ? t : 1),
		outcomes_count(c->out));
}

static void progress_end(const struct campaign *c)
{
	if (c->last_shown)
		fprintf(stderr, "\r\033[K");
}

/* By what was said when it was found, and where: the headline may say more. */
static struct run_failure *found_before(struct campaign *c, const struct verdict *v)
{
	unsigned int i;

	for (i = 0; i < c->nfailures; i++)
		if (verdict_same(v, &c->said[i]))
			return &c->failures[i];
	return NULL;
}

/*
 * The environment has let an allocation fail, if it has: the report is known of
 * that one, or of what a step has let fail beside it, or follows from it.
 */
static bool excused(const struct kshim_fault *fault)
{
	struct kshim_fault asked;

	return fault && (fault_excuses(fault, &run_verdict) || sweep_known(&run_verdict, fault) ||
			 (kshim_fault_take(&asked, 0) && sweep_known(&run_verdict, &asked)));
}

static void failed(struct campaign *c)
{
	struct verdict first = run_verdict;
	struct run_failure *f = found_before(c, &first);
	struct devlog devs = { 0 };

	if (f) {
		f->count++;
		return;
	}
	if (c->nfailures == c->cl->max_failures || c->nfailures == RUN_MAX_FAILURES)
		return;
	devlog_copy(&devs, &search_devs);
	c->said[c->nfailures] = first;
	f = &c->failures[c->nfailures++];
	f->oracle = first.oracle->name;
	f->headline = strdup(first.text);
	f->count = 1;
	f->schedules_to_first = c->executed;
	f->preemptions = -1;
	if (kshim_hot.parallel || c->silent)	/* real threads cannot be replayed */
		f->token = place_token(c->scn, &devs, false);
	else
		failure_explain(f, c->scn, c->cl, &devs, &first, c->r->complete_bound,
				&c->error);
	free(devs.d);
}

static void execute(struct campaign *c, struct search *s)
{
	struct kshim_fault fault;
	unsigned int cost;
	bool faulted;

	races_watch(c->executed, c->executed - c->unit_base);
	lifecycle_begin();
	world_execute(s);
	if (!again_agrees() && !c->error)
		c->error = strdup("not deterministic: a schedule was another one when it went on from a checkpoint");
	faulted = kshim_fault_take(&fault, 1);
	lifecycle_count(&c->r->life);
	kshim_run_serial++;
	c->executed++;
	cost = world_preemptions();
	s->reported = run_verdict.oracle;
	s->done(s, world_points(), cost);
	lockorders_note(c->scn);
	if (world_points() > c->r->npoints)
		c->r->npoints = world_points();
	if (s->error)
		return;
	if (run_verdict.oracle) {
		if (!excused(faulted ? &fault : NULL))
			failed(c);
		return;
	}
	if (s->cut)
		return;
	/* A lower bound has counted it already. */
	if (s->bound > 0 && (int)cost < s->bound)
		return;
	if (outcomes_add(c->out)) {
		char *token = place_token(c->scn, &search_devs, false);

		outcomes_witness(c->out, token);
		free(token);
	}
	if (s->share) {
		c->r->traces++;
		outcomes_reduced(c->out);
	}
}

void campaign_explore(struct campaign *c, struct search *s, unsigned long max,
		      struct search *beside, unsigned int every)
{
	unsigned long n;

	for (n = 0; (!max || n < max) && !campaign_done(c) && s->next(s); n++) {
		execute(c, s);
		if (s->error && !c->error)
			c->error = strdup("not deterministic: a replayed prefix went another way");
		if (beside && n % every == 0 && !campaign_done(c) && beside->next(beside))
			execute(c, beside);
		campaign_progress(c);
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
		/* Between two plain accesses is no point then. */
		r->status = kshim_hot.points_mem ? RUN_FAIL : RUN_PASS;
		if (asprintf(&reason, "%s was not found%s", known->id, kshim_hot.points_mem ?
			     " on a kernel that has it" :
			     ", with points at synchronisation only") >= 0)
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

bool campaign_ready(const struct scenario *scn, struct run_result *r)
{
	char *why = NULL;

	r->scenario = scn->name;
	r->kernel = run_kversion;
	r->complete_bound = -1;
	r->strategy = "none";
	if (!scn_kernel_ok(scn, run_kver, &why) || missing_module(scn, &why)) {
		r->status = RUN_SKIP;
		r->reason = why;
		return false;
	}
	if (interp_open(scn) || !world_setup(scn, &why)) {
		r->status = RUN_ERROR;
		r->reason = why ? why : "out of memory";
		return false;
	}
	return true;
}

void campaign_run(const struct scenario *scn, const struct cmdline *cl,
		  struct run_result *r)
{
	struct campaign c = { .scn = scn, .cl = cl, .r = r, .start_cpu = cpu_seconds(),
			      .share = 1 };

	if (!campaign_ready(scn, r))
		return;
	if (cl->steps) {
		run_once(scn, r);
		return;
	}
	r->has_life = cl->lifecycle;
	if (cl->lifecycle)
		lifecycle_want(scn);
	c.live = !cl->quiet && isatty(STDERR_FILENO);
	if (hash_wanted()) {
		hash_run(scn, cl, hash_wanted(), r);
		return;
	}
	c.out = outcomes_new(scn);
	c.failures = calloc(RUN_MAX_FAILURES, sizeof(*c.failures));
	c.said = calloc(RUN_MAX_FAILURES, sizeof(*c.said));
	if (!c.failures || !c.said)
		abort();
	plan_run(&c);
	progress_end(&c);
	r->schedules = c.executed;
	r->strategy = c.strategy ? c.strategy : "none";
	r->seconds = campaign_cpu(&c);
	r->failures = c.failures;
	r->nfailures = c.nfailures;
	outcomes_result(c.out, r);
	races_result(r);
	lockorders_result(r);
	interleave_result(r);
	judge(&c);
	free(c.said);
}

unsigned long campaign_first(const struct scenario *scn, const struct cmdline *cl)
{
	struct run_failure failure = { 0 };
	struct verdict said;
	struct run_result r = { .complete_bound = -1 };
	struct campaign c = {
		.scn = scn, .cl = cl, .r = &r, .start_cpu = cpu_seconds(), .share = 1,
		.silent = true,
		.failures = &failure, .said = &said, .out = outcomes_new(scn),
	};

	plan_run(&c);
	outcomes_free(c.out);
	free((void *)failure.headline);
	free((void *)failure.token);
	return c.nfailures ? failure.schedules_to_first : 0;
}
