// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scenario made small. Left out are, in this order: the teardown and the
 * clauses that only judge, steps that the failing schedule never reached,
 * whole tasks, and then one step after the other, from the end; with a step
 * goes whatever needs it. What is left is tried in a process of its own: the
 * found schedule by its names, then all with as many preemptions at most.
 */
#include <stdlib.h>
#include <string.h>

#include "reduce.h"

#define PER_TRY		3000UL	/* schedules */
#define PER_TRY_POINTS	2000000UL
#define SET_UP		100UL	/* costs about as much as so many schedules */
#define DEATH		8000UL	/* ran into its limit of processor time */

struct reduce {
	const struct scenario *scn;
	const struct run_failure *f;
	const struct min_schedule *m;
	struct min_budget *b;
	const char *file;
	bool *step, *device, *clause;	/* left out */
	bool *more_step, *more_device;	/* in the next try */
	char *title;
	char *text;			/* of what failed last */
	char *token;
	int preemptions;
};

static void *flags(size_t n)
{
	void *p = calloc(n + 1, sizeof(bool));

	if (!p)
		abort();
	return p;
}

/* Every clause but the one that fails: it is what the failure is. */
static void drop_clauses(struct reduce *r)
{
	const struct scenario *scn = r->scn;
	unsigned int i;

	for (i = 0; i < scn->nclauses; i++) {
		const char *said = strchr(r->f->headline, ' ');

		r->clause[i] = strcmp(r->f->oracle, "scenario") || !said ||
			scn->clauses[i].kind == SCN_SOMETIMES ||
			strcmp(said + 1, scn->clauses[i].text);
	}
}

static bool task_gone(const struct reduce *r, unsigned int task)
{
	const struct scn_task *t = &r->scn->tasks[task];
	unsigned int i;

	for (i = 0; i < t->nsteps; i++)
		if (!r->more_step[t->first + i])
			return false;
	return t->nsteps;
}

static bool needs_gone(const struct reduce *r, const struct scn_step *s)
{
	unsigned int i;

	for (i = 0; i < s->nargs; i++)
		if ((s->arg[i].kind == SCN_ARG_STEP && r->more_step[s->arg[i].index]) ||
		    (s->arg[i].kind == SCN_ARG_DEV && r->more_device[s->arg[i].index]) ||
		    (s->arg[i].kind == SCN_ARG_TASK && task_gone(r, s->arg[i].index)))
			return true;
	for (i = 0; i < s->nparams; i++)
		if (s->params[i].is_step && r->more_step[s->params[i].step])
			return true;
	return false;
}

/* With a step goes whatever needs it. */
static void close_over(struct reduce *r)
{
	bool again = true;
	unsigned int i;

	while (again)
		for (again = false, i = 0; i < r->scn->nsteps; i++)
			if (!r->more_step[i] && needs_gone(r, &r->scn->steps[i]))
				again = r->more_step[i] = true;
}

static char *print(const struct reduce *r)
{
	struct scn_without w = { r->more_step, r->more_device, r->clause, r->title };
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	if (!f)
		abort();
	scn_print_without(f, r->scn, &w);
	fclose(f);
	return text;
}

static bool parses(const struct reduce *r, const char *text)
{
	struct scenario *scn = scn_parse(text, strlen(text), r->file, NULL);
	bool ok = scn && scn->ntasks;

	scn_free(scn);
	return ok;
}

static void begin(struct reduce *r)
{
	memcpy(r->more_step, r->step, r->scn->nsteps);
	memcpy(r->more_device, r->device, r->scn->ndevices);
}

static void charge(struct reduce *r, unsigned long schedules)
{
	r->b->schedules -= schedules < r->b->schedules ? schedules : r->b->schedules;
}

/* What is left out now is left out for good when it still fails. */
static bool commit(struct reduce *r)
{
	struct try t = {
		.file = r->file, .oracle = r->f->oracle, .headline = r->f->headline,
		.token = r->token, .bound = r->preemptions,
		.budget = { PER_TRY, PER_TRY_POINTS },
	};
	struct tried res = { 0 };
	char *text;

	if (!r->b->schedules || !r->b->points)
		return false;
	close_over(r);
	if (r->text && !memcmp(r->more_step, r->step, r->scn->nsteps) &&
	    !memcmp(r->more_device, r->device, r->scn->ndevices))
		return false;
	text = print(r);
	t.text = text;
	if (!parses(r, text) || !zygote_try(&t, &res)) {
		charge(r, res.died ? DEATH : SET_UP);
		free(text);
		return false;
	}
	charge(r, SET_UP + res.used.schedules);
	r->b->points -= res.used.points < r->b->points ? res.used.points : r->b->points;
	memcpy(r->step, r->more_step, r->scn->nsteps);
	memcpy(r->device, r->more_device, r->scn->ndevices);
	free(r->text);
	free(r->token);
	r->text = text;
	r->token = (char *)res.f.token;
	r->preemptions = res.preemptions;
	return true;
}

static void drop_range(struct reduce *r, const struct scn_task *t)
{
	memset(r->more_step + t->first, true, t->nsteps);
}

static void drop_parts(struct reduce *r)
{
	const struct scenario *scn = r->scn;
	unsigned int i;

	begin(r);
	drop_range(r, &scn->teardown);
	for (i = 0; i < scn->nsteps; i++)
		r->more_step[i] |= scn->steps[i].task >= 0 &&
			!(run_interp.flags[i] & SCN_STEP_STARTED);
	if (!commit(r)) {
		begin(r);
		commit(r);
		if (!r->text)
			return;		/* not even all of it fails again */
		begin(r);
		drop_range(r, &scn->teardown);
		commit(r);
	}
	for (i = 0; i < scn->ntasks; i++) {
		begin(r);
		drop_range(r, &scn->tasks[i]);
		commit(r);
	}
	for (i = 0; i < scn->ndevices; i++) {
		begin(r);
		r->more_device[i] = true;
		commit(r);
	}
}

static void drop_steps(struct reduce *r)
{
	unsigned int i, pass;
	bool again = true;

	for (pass = 0; again && pass < 3; pass++)
		for (again = false, i = r->scn->nsteps; i--; ) {
			if (r->step[i])
				continue;
			begin(r);
			r->more_step[i] = true;
			again |= commit(r);
		}
}

static unsigned int left(const struct reduce *r)
{
	unsigned int i, n = 0;

	for (i = 0; i < r->scn->nsteps; i++)
		n += !r->step[i];
	return n;
}

/* The last word on it: minimised, recorded and told. */
static struct tried tell(struct reduce *r)
{
	struct try t = {
		.text = r->text, .file = r->file, .oracle = r->f->oracle,
		.headline = r->f->headline, .token = r->token, .bound = r->preemptions,
		.budget = { PER_TRY, PER_TRY_POINTS }, .thorough = true,
	};
	struct tried res;

	zygote_try(&t, &res);
	return res;
}

struct tried reduce_scenario(struct run_failure *f, const struct scenario *scn,
			     const struct min_schedule *m, struct min_budget *b,
			     const char *file)
{
	struct reduce r = {
		.scn = scn, .f = f, .m = m, .b = b, .file = file, .preemptions = m->preemptions,
		.token = strdup(f->token),
	};
	struct tried res = { 0 };

	if (asprintf(&r.title, "%s: what is needed of %s", f->headline, scn->name) < 0)
		abort();
	r.step = flags(scn->nsteps);
	r.more_step = flags(scn->nsteps);
	r.device = flags(scn->ndevices);
	r.more_device = flags(scn->ndevices);
	r.clause = flags(scn->nclauses);
	/* A clause that fails anyway would fail of almost anything. */
	if (zygote_there() && (strcmp(f->oracle, "scenario") || m->preemptions)) {
		drop_clauses(&r);
		drop_parts(&r);
		if (r.text)
			drop_steps(&r);
	}
	if (r.text && left(&r) < scn->nsteps)
		res = tell(&r);
	if (res.fails) {
		f->steps_from = scn->nsteps;
		f->steps = left(&r);
		f->small = r.text;
		f->small_token = res.f.token;
	} else {
		free(r.text);
	}
	free(r.token);
	free(r.title);
	free(r.step);
	free(r.more_step);
	free(r.device);
	free(r.more_device);
	free(r.clause);
	return res;
}
