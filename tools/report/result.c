// SPDX-License-Identifier: GPL-2.0-only
/*
 * The result of a run, for people.
 */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "outcome.h"
#include "result.h"

const char *run_status_name(enum run_status s)
{
	static const char *const names[] = { "pass", "fail", "skip", "known", "error" };

	return (unsigned int)s < sizeof(names) / sizeof(names[0]) ? names[s] : "?";
}

const char *run_replay_option(const struct run_failure *x)
{
	return strcmp(x->oracle, "data-race") ? "" : " --races=fail";
}

static const char *plural(unsigned long n)
{
	return n == 1 ? "" : "s";
}

static void print_swept(FILE *f, const struct run_sweep *s)
{
	fprintf(f, "%lu allocation%s and %lu user cop%s in %u step%s failed one at a time",
		s->allocations, plural(s->allocations), s->copies, s->copies == 1 ? "y" : "ies",
		s->steps, plural(s->steps));
}

void result_sweep(FILE *f, const struct run_result *r, unsigned int n)
{
	struct run_sweep all = { 0 };
	unsigned int i, k, reports = 0, known = 0;

	for (i = 0; i < n; i++) {
		all.allocations += r[i].sweep.allocations;
		all.copies += r[i].sweep.copies;
		all.steps += r[i].sweep.steps;
		for (k = 0; k < r[i].nfailures; k++) {
			reports += !r[i].failures[k].same;
			known += !r[i].failures[k].same && r[i].failures[k].known;
		}
	}
	fputs("fail sweep: ", f);
	print_swept(f, &all);
	fprintf(f, ", %u report%s", reports, plural(reports));
	if (known)
		fprintf(f, " (%u known)", known);
	fputc('\n', f);
}

static void print_summary(FILE *f, const struct run_result *r, bool color)
{
	static const char *const word[] = { "PASS", "FAIL", "SKIP", "KNOWN", "ERROR" };
	static const char *const paint[] = { "\033[32m", "\033[31m", "\033[33m",
					     "\033[33m", "\033[31m" };
	unsigned int s = (unsigned int)r->status <= RUN_ERROR ? r->status : RUN_ERROR;

	fprintf(f, "%s%s%s %s", color ? paint[s] : "", word[s], color ? "\033[0m" : "",
		r->scenario);
	if (r->kernel)
		fprintf(f, "@%s", r->kernel);
	if (r->sweep.steps && r->status != RUN_ERROR) {
		fputs(": ", f);
		print_swept(f, &r->sweep);
		fprintf(f, ", %u report%s, %.2f s", r->nfailures, plural(r->nfailures), r->seconds);
	} else if (r->status != RUN_SKIP && r->status != RUN_ERROR) {
		fprintf(f, ": %lu schedule%s", r->schedules, plural(r->schedules));
		if (r->exhaustive && r->traces)
			fprintf(f, " (complete: %lu trace%s)", r->traces, plural(r->traces));
		else if (r->exhaustive)
			fprintf(f, " (complete)");
		else if (r->complete_bound >= 0)
			fprintf(f, " (bound %d complete)", r->complete_bound);
		if (!r->exhaustive && r->traces && r->share > 0)
			fprintf(f, ", %lu traces, an estimated %.2g %% of them all", r->traces,
				100 * r->share);
		fprintf(f, ", %u outcome%s", r->noutcomes, plural(r->noutcomes));
		if (r->npoints)
			fprintf(f, ", %lu point%s", r->npoints, plural(r->npoints));
		fprintf(f, ", %.2f s", r->seconds);
		if (r->strategy)
			fprintf(f, ", %s", r->strategy);
		if (r->cached)
			fputs(" (cached)", f);
	}
	if (r->reason)
		fprintf(f, "%s %s", r->status == RUN_SKIP || r->status == RUN_ERROR ? ":" : ";",
			r->reason);
	fputc('\n', f);
}

static void print_text(FILE *f, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (!n)
		return;
	fputs(text, f);
	if (text[n - 1] != '\n')
		fputc('\n', f);
	fputc('\n', f);
}

static void print_fault(FILE *f, const struct run_failure *x)
{
	fprintf(f, "  failed: %s, %s\n", x->fault, x->fault_step);
	if (x->known)
		fprintf(f, "  known: %s\n", x->known);
	if (x->same)
		fprintf(f, "  as in %s\n", x->same);
}

static void print_failure(FILE *f, const struct run_result *r, const struct run_failure *x,
			  bool color)
{
	fprintf(f, "\n%s%s%s\n", color ? "\033[1m" : "", x->headline, color ? "\033[0m" : "");
	if (x->fault)
		print_fault(f, x);
	if (x->known || x->same) {
		fprintf(f, "  replay: vfiosim replay %s\n", x->token);
		return;
	}
	fprintf(f, "  %s: %lu schedule%s of %lu, first after %lu", x->oracle, x->count,
		plural(x->count), r->schedules, x->schedules_to_first);
	if (x->preemptions >= 0)
		fprintf(f, ", %d preemption%s", x->preemptions, plural(x->preemptions));
	fputs("\n\n", f);
	if (x->fault)
		fputs("The call that has failed:\n", f);
	print_text(f, x->fault_stack);
	print_text(f, x->trace_text);
	print_text(f, x->report_text);
	fprintf(f, "replay: vfiosim replay %s%s\n", x->token ? x->token : "-",
		run_replay_option(x));
	if (x->saved)
		fprintf(f, "saved: %s\n", x->saved);
	else if (x->small)
		fprintf(f, "smaller: %u of %u steps fail as well, --save DIR keeps them\n", x->steps,
			x->steps_from);
}

void result_print_human(FILE *f, const struct run_result *r, bool color)
{
	const char *miss = color ? "\033[31mNOT REACHED\033[0m" : "NOT REACHED";
	unsigned int i;

	print_summary(f, r, color);
	outcome_print(f, r);
	for (i = 0; i < r->nsometimes; i++)
		fprintf(f, "  sometimes %s: %s\n", r->sometimes[i].text,
			r->sometimes[i].reached ? "reached" : miss);
	if (r->nraces)
		fprintf(f, "  data races: %u pair%s\n", r->nraces, plural(r->nraces));
	for (i = 0; i < r->nraces; i++)
		fprintf(f, "    %s / %s\n", r->races[i].a, r->races[i].b);
	if (r->order_pairs)
		fprintf(f, "  interleavings: %u pair%s of conflicting places, %u of %u orders seen%s\n",
			r->order_pairs, plural(r->order_pairs), r->orders_seen, 2 * r->order_pairs,
			r->nunseen && r->exhaustive ? ", the others cannot happen" : "");
	if (r->stubs)
		fprintf(f, "  stubs reached: %s\n", r->stubs);
	for (i = 0; i < r->nfailures; i++)
		print_failure(f, r, &r->failures[i], color);
}

double result_chance(const struct run_sampling *s)
{
	double p;

	if (!s->schedules || !s->tasks || !s->points || !s->depth)
		return 0;
	p = 1 / (s->tasks * pow((double)s->points, s->depth - 1));
	return -expm1((double)s->schedules * log1p(-p));
}

int result_write(const char *path, result_writer *write, const struct run_result *r,
		 unsigned int n)
{
	FILE *f = strcmp(path, "-") ? fopen(path, "w") : stdout;
	bool bad = !f || write(f, r, n);

	if (f == stdout)
		bad |= fflush(f) != 0;
	else if (f)
		bad |= fclose(f) != 0;
	if (bad)
		fprintf(stderr, "vfiosim: %s: %s\n", path, strerror(errno));
	return bad ? -1 : 0;
}

int result_exit_code(const struct run_result *r, unsigned int n)
{
	unsigned int i, skipped = 0;
	int code = 0;

	for (i = 0; i < n; i++) {
		if (r[i].status == RUN_ERROR)
			return 2;
		if (r[i].status == RUN_FAIL)
			code = 1;
		skipped += r[i].status == RUN_SKIP;
	}
	return n && skipped == n ? 4 : code;
}
