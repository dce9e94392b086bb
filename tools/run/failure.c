// SPDX-License-Identifier: GPL-2.0-only
/*
 * A failure, explained: the schedule is made small, executed again with
 * everything recorded, and told. A replay that says something else than the
 * search is an error of the harness.
 */
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "fault.h"
#include "place.h"
#include "races.h"
#include "reduce.h"
#include "reverse.h"
#include "save.h"

#define SCHEDULES	20000UL
#define POINTS		10000000UL	/* about two seconds */
#define THOROUGH	20UL		/* when it was asked for */

/* Executes a schedule with everything recorded. */
static bool record(const struct devlog *devs, const struct verdict *want)
{
	struct search *s = search_replay(devs);

	record_start(true);
	races_replay(want);
	world_execute(s);
	races_replayed();
	search_free(s);
	return verdict_same(&run_verdict, want);
}

static void tell(struct run_failure *f, const struct cmdline *cl)
{
	struct verdict v = run_verdict;
	struct kshim_fault fault;

	if (kshim_fault_take(&fault, 1))
		fault_tell(f, &fault);
	f->preemptions = (int)world_preemptions();
	free((void *)f->headline);
	f->headline = record_title(&v);
	f->report_text = record_report(&v);
	f->trace_text = record_trace(&v, f, cl->trace);
	f->trace_html = record_html(&v, f, cl->trace);
}

/* A name for the smaller scenario, and a folder for everything when one is wanted. */
static char *small_file(const struct run_failure *f, const struct scenario *scn,
			const struct cmdline *cl, char **folder)
{
	char *file = NULL;

	*folder = cl->save ? save_folder(cl->save, scn, f->oracle) : NULL;
	if (asprintf(&file, "%s%s%s-min.scn", *folder ? *folder : "", *folder ? "/" : "",
		     scn->name) < 0)
		abort();
	return file;
}

/* The schedule without its last choice: if it passes, it is what to compare with. */
static void record_neighbour(const struct min_schedule *m, const struct verdict *first)
{
	struct devlog devs = m->devs;	/* borrowed */

	differ_forget();
	if (!devs.n)
		return;
	devs.n--;
	if (!record(&devs, first) && !run_verdict.oracle)
		differ_keep();
	record_stop();
}

static void reduce_and_tell(struct run_failure *f, const struct scenario *scn,
			    const struct cmdline *cl, const struct verdict *first,
			    const struct min_schedule *m, struct min_budget *b)
{
	char *folder, *file = small_file(f, scn, cl, &folder);
	struct tried small = { 0 };
	struct reversal r = { .found = false };

	if (cl->minimise && min_fails(&m->devs, first, b))
		small = reduce_scenario(f, scn, m, b, file);
	if (cl->minimise) {
		r = reverse_find(m, first, b);
		record_neighbour(m, first);
	}
	if (record(&m->devs, first)) {
		if (cl->minimise)
			differ_mark(&r);
		tell(f, cl);
	}
	if (folder && save_failure(folder, scn, f, &small, file))
		f->saved = folder;
	record_stop();
	free(file);
}

void failure_explain(struct run_failure *f, const struct scenario *scn,
		     const struct cmdline *cl, const struct devlog *devs,
		     const struct verdict *first, int complete, char **error)
{
	unsigned long much = cl->verb == CMD_MINIMISE ? THOROUGH : 1;
	struct min_budget b = { much * SCHEDULES, much * POINTS };
	struct min_schedule m = { .devs = { 0 } };

	devlog_copy(&m.devs, devs);
	if (!min_fails(devs, first, &b)) {
		f->token = place_token(scn, devs, false);
		if (!*error && asprintf(error,
		    "not deterministic: \"%s\" became \"%s\" on replay of %s", first->text,
		    run_verdict.oracle ? run_verdict.text : "a clean run", f->token) < 0)
			*error = NULL;
		return;
	}
	m.preemptions = (int)world_preemptions();
	if (cl->minimise) {
		min_schedule(&m, first, complete, &b);
		f->need = m.exact ? RUN_NEED_EXACTLY : RUN_NEED_AT_MOST;
	}
	f->token = place_token(scn, &m.devs, true);
	reduce_and_tell(f, scn, cl, first, &m, &b);
	free(m.devs.d);
}

/* The schedule of a token, as it is on this tree. */
static void fit(const struct token *t, const struct scenario *scn, struct devlog *devs,
		char **diverged)
{
	unsigned int here = scn_identity(scn);

	if (t->hash && t->hash != here)
		fprintf(stderr, "vfiosim: note: the token is of another text of scenario %s (%06x, this is %06x)\n",
			scn->name, t->hash, here);
	devlog_copy(devs, &t->devs);
	if (!t->names)
		return;
	*diverged = place_fit(t, devs);
	if (*diverged)
		fprintf(stderr, "vfiosim: the schedule diverges from the token:\n%s", *diverged);
}

static void clean(struct run_result *r, const struct cmdline *cl, const char *token,
		  struct outcomes *out)
{
	struct run_failure none = { .preemptions = (int)world_preemptions() };
	struct verdict v = { 0 };
	char *text;

	if (outcomes_add(out))
		outcomes_witness(out, token);
	r->status = RUN_PASS;
	text = record_trace(&v, &none, cl->trace);
	r->trace_html = record_html(&v, &none, cl->trace);
	if (text && !cl->quiet && !cl->ktap && !cl->json)
		fputs(text, stdout);
	free(text);
}

static bool set_up(const struct scenario *scn, struct run_result *r, const char *strategy)
{
	char *why = NULL;

	r->scenario = scn->name;
	r->kernel = run_kversion;
	r->complete_bound = -1;
	r->strategy = strategy;
	if (!interp_open(scn) && world_setup(scn, &why))
		return true;
	r->status = RUN_ERROR;
	r->reason = why ? why : "out of memory";
	return false;
}

static struct run_failure *one_failure(struct run_result *r)
{
	struct run_failure *f = calloc(1, sizeof(*f));

	if (!f)
		abort();
	f->oracle = run_verdict.oracle->name;
	f->count = f->schedules_to_first = 1;
	r->failures = f;
	r->nfailures = 1;
	r->status = RUN_FAIL;
	return f;
}

void campaign_minimise(const struct scenario *scn, const struct cmdline *cl,
		       const struct token *t, struct run_result *r)
{
	struct devlog devs = { 0 };
	char *diverged = NULL, *error = NULL;
	struct search *s;

	if (!set_up(scn, r, "minimise"))
		return;
	fit(t, scn, &devs, &diverged);
	s = search_replay(&devs);
	races_replay(NULL);
	world_execute(s);
	races_replayed();
	search_free(s);
	r->schedules = 1;
	r->npoints = world_points();
	if (run_verdict.oracle) {
		struct run_failure *f = one_failure(r);
		struct verdict first = run_verdict;

		f->headline = strdup(first.text);
		failure_explain(f, scn, cl, &devs, &first, -1, &error);
		r->status = error ? RUN_ERROR : RUN_FAIL;
		r->reason = error;
	} else {
		r->status = RUN_PASS;
		r->reason = "this schedule does not fail: there is nothing to minimise";
	}
	free(devs.d);
	free(diverged);
}

void campaign_replay(const struct scenario *scn, const struct cmdline *cl,
		     const struct token *t, struct run_result *r)
{
	struct devlog devs = { 0 };
	char *why = NULL, *diverged = NULL, *token;
	struct outcomes *out;
	struct search *s;

	if (!set_up(scn, r, "replay"))
		return;
	fit(t, scn, &devs, &diverged);
	token = place_token(scn, &devs, t->names);
	out = outcomes_new(scn);
	s = search_replay(&devs);
	record_start(true);
	races_replay(NULL);
	world_execute(s);
	races_replayed();
	r->schedules = 1;
	r->npoints = world_points();
	if (run_verdict.oracle) {
		struct run_failure *f = one_failure(r);

		f->token = token;
		tell(f, cl);
	} else {
		clean(r, cl, token, out);
	}
	if (asprintf(&why, "trace hash %016lx%s", record_hash(),
		     diverged ? "; it diverges from the token" : s->error ?
		     "; the schedule diverged: a task that should run could not" : "") >= 0)
		r->reason = why;
	record_stop();
	outcomes_result(out, r);
	races_result(r);
	search_free(s);
	free(devs.d);
	free(diverged);
}
