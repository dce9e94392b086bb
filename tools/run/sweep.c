// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fail sweep: for each step of tasks and teardown, the straight schedule
 * with its first allocation failing, its second one, and so on until the step
 * makes no more. The kernel does the same through /proc/self/task/TID/fail-nth.
 *
 * An error is a legal answer of every step, so only what oracles say counts,
 * and of that only what they do not say when nothing fails. When the failure is
 * outside of VFIO and the drivers, the step may not have happened at all: it is
 * then the scenario's fault when something is left over or waits.
 */
#include <stdlib.h>
#include <string.h>

#include "campaign.h"
#include "failure.h"
#include "fault.h"
#include "place.h"
#include "record.h"
#include "sweep.h"

struct sweep {
	struct campaign c;
	struct scenario *scn;
	struct verdict plain;		/* without a fault */
	const char *planted;		/* the driver is wrong on purpose */
	struct verdict said[RUN_MAX_FAILURES];
};

static bool execute(struct sweep *w, struct kshim_fault *fault)
{
	static const struct devlog straight;
	struct search *s = search_replay(&straight);

	kshim_fault_take(fault, 0);
	world_execute(s);
	search_free(s);
	w->c.executed++;
	if (world_points() > w->c.r->npoints)
		w->c.r->npoints = world_points();
	return kshim_fault_take(fault, 0);
}

static bool counts(const struct sweep *w, const struct kshim_fault *f)
{
	const struct verdict *v = &run_verdict;

	if (!v->oracle)
		return false;
	/* Who waits longer, or where else, says nothing new. */
	if (w->plain.oracle && (verdict_same(&w->plain, v) ||
				(verdict_is_stuck(&w->plain) && verdict_is_stuck(v))))
		return false;
	return !fault_excuses(f, v);
}

static struct run_failure *seen(struct sweep *w, const struct verdict *v, const char *site)
{
	unsigned int i;

	for (i = 0; i < w->c.nfailures; i++)
		if (verdict_same(&w->said[i], v) && !strcmp(w->c.failures[i].fault, site))
			return &w->c.failures[i];
	return NULL;
}

/* What is known is named and no more. */
static void name_only(struct run_failure *f, const struct scenario *scn)
{
	static const struct devlog straight;

	f->preemptions = 0;
	f->token = place_token(scn, &straight, false);
}

static void failed(struct sweep *w, const struct scn_step *step, const struct kshim_fault *fault)
{
	static const struct devlog straight;
	struct campaign *c = &w->c;
	struct verdict v = run_verdict;
	char *site = fault_site(fault), *which = NULL;
	struct run_failure *f = seen(w, &v, site);

	if (f)
		f->count++;
	if (f || c->nfailures == RUN_MAX_FAILURES) {
		free(site);
		return;
	}
	if (asprintf(&which, "%lu bytes, fail_nth %u of %s", fault->size, step->fail_nth,
		     step->text) < 0)
		abort();
	w->said[c->nfailures] = v;
	f = &c->failures[c->nfailures++];
	*f = (struct run_failure){
		.oracle = v.oracle->name, .headline = strdup(v.text), .count = 1,
		.schedules_to_first = c->executed, .preemptions = -1,
		.fault = site, .fault_step = which, .fault_stack = fault_stack(fault),
		.known = sweep_known(&v, fault),
	};
	if (!f->known)
		f->known = w->planted;
	if (f->known)
		name_only(f, w->scn);
	else
		failure_explain(f, w->scn, c->cl, &straight, &v, -1, &c->error);
}

static bool over(const struct campaign *c)
{
	return run_interrupted || c->error || c->executed >= campaign_budget(c);
}

static void sweep_step(struct sweep *w, unsigned int i)
{
	struct run_sweep *sum = &w->c.r->sweep;
	struct kshim_fault fault;
	unsigned int n;

	sum->steps++;
	for (n = 1; !over(&w->c); n++) {
		scn_fault_set(w->scn, i, n);
		if (!execute(w, &fault))
			break;
		sum->copies += fault.copy ? 1 : 0;
		sum->allocations += !fault.copy;
		if (counts(w, &fault))
			failed(w, &w->scn->steps[i], &fault);
	}
	scn_fault_set(w->scn, i, 0);
}

static void judge(struct sweep *w)
{
	struct run_result *r = w->c.r;
	unsigned int i, known = 0;
	char *reason = NULL;

	for (i = 0; i < w->c.nfailures; i++)
		known += w->c.failures[i].known != NULL;
	r->status = w->c.error ? RUN_ERROR : w->c.nfailures > known ? RUN_FAIL :
		known ? RUN_KNOWN : RUN_PASS;
	if (w->c.error)
		r->reason = w->c.error;
	else if (run_interrupted)
		r->reason = "interrupted: this is what was found so far";
	else if (over(&w->c))
		r->reason = "--budget is used up, more would fail";
	else if (w->plain.oracle &&
		 asprintf(&reason, "not counted, since it needs no fault: %s", w->plain.text) >= 0)
		r->reason = reason;
}

static const char *planted(const struct scenario *scn)
{
	const struct scn_known *k = scn_known_on(scn, run_kver);

	return !k || strcmp(k->id, "planted") ? NULL : k->text ? k->text : "planted";
}

bool sweep_init(const struct cmdline *cl)
{
	if (cl->engine != CMD_ENGINE_PARALLEL && cl->reset == CMD_RESET_SNAPSHOT)
		return sweep_known_read(run_scenario_dir());
	fputs("vfiosim: --fail-sweep executes one schedule again and again: it needs an engine that "
	      "does (fibers, ucontext, baton), and --reset=snapshot\n", stderr);
	return false;
}

void sweep_run(struct scenario *scn, const struct cmdline *cl, struct run_result *r)
{
	struct sweep *w = calloc(1, sizeof(*w));
	struct kshim_fault none;
	unsigned int i;

	if (!w)
		abort();
	w->c = (struct campaign){ .scn = scn, .cl = cl, .r = r, .share = 1 };
	w->c.failures = calloc(RUN_MAX_FAILURES, sizeof(*w->c.failures));
	w->c.start_cpu = campaign_cpu(&w->c);
	w->scn = scn;
	if (!w->c.failures)
		abort();
	w->planted = planted(scn);
	scn_fault_none(scn);
	if (!campaign_ready(scn, r))
		return;
	world_judge_all();
	execute(w, &none);
	w->plain = run_verdict;
	for (i = 0; i < scn->nsteps && !over(&w->c); i++)
		if (scn->steps[i].task != SCN_SETUP)
			sweep_step(w, i);
	r->strategy = "fail-sweep";
	r->schedules = w->c.executed;
	r->seconds = campaign_cpu(&w->c);
	r->failures = w->c.failures;
	r->nfailures = w->c.nfailures;
	judge(w);
}

/* A headline without what differs from one scenario to the next. */
static char *impersonal(const char *text)
{
	char *copy = strdup(text), *at;
	int n = 0;

	if (!copy)
		abort();
	at = strstr(copy, "CPU: ");
	if (at && sscanf(at, "CPU: %*u PID: %*d %n", &n) == 0 && n)
		memmove(at, at + n, strlen(at + n) + 1);
	at = strstr(copy, ", CPU#");
	if (at)
		*at = '\0';
	at = strstr(copy, "task ");
	if (at)
		memmove(at, at + strcspn(at + 5, " ") + 5, strlen(at + strcspn(at + 5, " ") + 5) + 1);
	return copy;
}

static bool same_headline(const char *a, const char *b)
{
	char *x = impersonal(a), *y = impersonal(b);
	bool same = verdict_same_text(x, y);

	free(x);
	free(y);
	return same;
}

static const char *found_in(const struct run_failure *f, const struct run_result *r)
{
	unsigned int i;

	for (i = 0; i < r->nfailures; i++)
		if (!r->failures[i].known == !f->known &&
		    !strcmp(r->failures[i].oracle, f->oracle) &&
		    !strcmp(r->failures[i].fault, f->fault) &&
		    same_headline(r->failures[i].headline, f->headline))
			return r->scenario;
	return NULL;
}

void sweep_mark_same(struct run_result *r, const struct run_result *before)
{
	struct run_failure *f = (struct run_failure *)r->failures;
	unsigned int i;

	for (i = 0; i < r->nfailures; i++)
		if (!f[i].same)
			f[i].same = found_in(&f[i], before);
}
