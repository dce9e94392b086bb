// SPDX-License-Identifier: GPL-2.0-only
/*
 * Outcomes: the vector of everything that a user of the scenario can see, of
 * each execution; distinct ones are counted and keep a witness.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define MAX_OUTCOMES	4096
#define MAX_COLUMNS	256

struct outcomes {
	const struct scenario *scn;
	struct scn_observable obs[MAX_COLUMNS];
	char *names[MAX_COLUMNS];
	unsigned int ncols;
	unsigned int n;
	struct run_outcome *rows;
	unsigned int *index;		/* hash table of row numbers + 1 */
	unsigned int last;		/* row that was added to */
	struct run_sometimes *sometimes;
	unsigned int nsometimes;
	unsigned long overflow;
};

static long sample[MAX_COLUMNS];
static struct outcomes *current;

static void add_column(struct outcomes *o, const struct scn_observable *obs)
{
	unsigned int i;
	char *text = NULL;
	size_t len;
	FILE *f;

	for (i = 0; i < o->ncols; i++)
		if (o->obs[i].kind == obs->kind && o->obs[i].step == obs->step &&
		    o->obs[i].flag == obs->flag &&
		    (obs->kind != SCN_E_FUNC ||
		     (o->obs[i].func == obs->func &&
		      (o->obs[i].arg == obs->arg ||
		       (o->obs[i].arg && obs->arg && o->obs[i].arg->kind == obs->arg->kind &&
			o->obs[i].arg->index == obs->arg->index && o->obs[i].arg->str &&
			obs->arg->str && !strcmp(o->obs[i].arg->str, obs->arg->str))))))
			return;
	if (o->ncols == MAX_COLUMNS)
		return;
	f = open_memstream(&text, &len);
	if (!f)
		return;
	scn_observable_print(f, o->scn, obs);
	fclose(f);
	o->names[o->ncols] = text;
	o->obs[o->ncols++] = *obs;
}

struct outcomes *outcomes_new(const struct scenario *scn)
{
	struct outcomes *o = calloc(1, sizeof(*o));
	struct scn_observable obs[MAX_COLUMNS];
	size_t n, i;

	if (!o)
		abort();
	o->scn = scn;
	for (i = 0; i < scn->nsteps; i++) {
		struct scn_observable r = { .kind = SCN_E_STEP, .step = (unsigned int)i };

		if (scn->steps[i].task < 0)
			continue;
		add_column(o, &r);
		if (scn->steps[i].verb == SCN_UNBIND || scn->steps[i].verb == SCN_REMOVE) {
			r.kind = SCN_E_FLAG;
			r.flag = SCN_STEP_WAITED;
			add_column(o, &r);
		}
	}
	n = scn_observables(scn, obs, MAX_COLUMNS);
	for (i = 0; i < n && i < MAX_COLUMNS; i++)
		add_column(o, &obs[i]);
	o->rows = calloc(MAX_OUTCOMES, sizeof(*o->rows));
	o->index = calloc(2 * MAX_OUTCOMES, sizeof(*o->index));
	o->sometimes = calloc(scn->nclauses + 1, sizeof(*o->sometimes));
	if (!o->rows || !o->index || !o->sometimes)
		abort();
	for (i = 0; i < scn->nclauses; i++)
		if (scn->clauses[i].kind == SCN_SOMETIMES)
			o->sometimes[o->nsometimes++].text = scn->clauses[i].text;
	if (!current)
		current = o;
	return o;
}

void outcomes_clear(struct outcomes *o)
{
	unsigned int i;

	for (i = 0; i < o->n; i++) {
		free((void *)o->rows[i].values);
		free((void *)o->rows[i].token);
	}
	o->n = 0;
	memset(o->index, 0, 2 * MAX_OUTCOMES * sizeof(*o->index));
	for (i = 0; i < o->nsometimes; i++)
		o->sometimes[i].reached = false;
}

void outcomes_free(struct outcomes *o)
{
	unsigned int i;

	if (!o)
		return;
	outcomes_clear(o);
	for (i = 0; i < o->ncols; i++)
		free(o->names[i]);
	free(o->rows);
	free(o->index);
	free(o->sometimes);
	free(o);
	if (current == o)
		current = NULL;
}

long outcomes_value(const struct scn_observable *obs)
{
	switch (obs->kind) {
	case SCN_E_STEP:
		return run_interp.result[obs->step];
	case SCN_E_FLAG:
		return !!(run_interp.flags[obs->step] & obs->flag);
	default:
		return world_func(NULL, obs->func, obs->arg);
	}
}

/* Called while the state that the clauses read is there. */
void outcomes_sample(void)
{
	struct outcomes *o = current;
	unsigned int i;

	if (!o)
		return;
	for (i = 0; i < o->ncols; i++)
		sample[i] = outcomes_value(&o->obs[i]);
}

static unsigned long hash(const long *row, unsigned int n)
{
	unsigned long h = 14695981039346656037UL;
	unsigned int i;

	for (i = 0; i < n; i++)
		h = (h ^ (unsigned long)row[i]) * 1099511628211UL;
	return h;
}

bool outcomes_have_all(void)
{
	return current && current->ncols < MAX_COLUMNS;
}

unsigned long outcomes_hash(void)
{
	return hash(sample, current ? current->ncols : 0);
}

static void eval_sometimes(struct outcomes *o)
{
	struct scn_env env = {
		.result = run_interp.result, .flags = run_interp.flags, .func = world_func,
	};
	unsigned int i, k = 0;

	for (i = 0; i < o->scn->nclauses; i++) {
		if (o->scn->clauses[i].kind != SCN_SOMETIMES)
			continue;
		if (!o->sometimes[k].reached && scn_eval(o->scn->clauses[i].expr, &env))
			o->sometimes[k].reached = true;
		k++;
	}
}

/* Returns true when it was never seen before. */
static bool add_row(struct outcomes *o, const long *row, unsigned long count)
{
	unsigned long h = hash(row, o->ncols);
	size_t size = o->ncols * sizeof(long);
	unsigned int slot;
	long *values;

	for (slot = (h ^ h >> 32) % (2 * MAX_OUTCOMES); o->index[slot];
	     slot = (slot + 1) % (2 * MAX_OUTCOMES)) {
		struct run_outcome *r = &o->rows[o->index[slot] - 1];

		if (!memcmp(r->values, row, size)) {
			r->count += count;
			o->last = o->index[slot] - 1;
			return false;
		}
	}
	if (o->n == MAX_OUTCOMES) {
		o->overflow += count;
		return false;
	}
	values = malloc(size + 1);
	if (!values)
		abort();
	memcpy(values, row, size);
	o->rows[o->n].values = values;
	o->rows[o->n].count = count;
	o->rows[o->n].token = NULL;
	o->rows[o->n].reduced = false;
	o->last = o->n;
	o->index[slot] = ++o->n;
	return true;
}

bool outcomes_add(struct outcomes *o)
{
	return add_row(o, sample, 1);
}

void outcomes_reduced(struct outcomes *o)
{
	o->rows[o->last].reduced = true;
}

bool outcomes_all_reduced(const struct outcomes *o)
{
	unsigned int i;

	for (i = 0; i < o->n; i++)
		if (!o->rows[i].reduced)
			return false;
	return true;
}

void outcomes_witness(struct outcomes *o, const char *token)
{
	o->rows[o->n - 1].token = strdup(token);
	eval_sometimes(o);
}

int outcomes_send(const struct outcomes *o, int fd)
{
	int rc = wire_put(fd, &o->n, sizeof(o->n));
	unsigned int i;

	for (i = 0; i < o->n; i++)
		rc |= wire_put(fd, &o->rows[i].count, sizeof(o->rows[i].count)) |
			wire_put(fd, o->rows[i].values, o->ncols * sizeof(long)) |
			wire_put_str(fd, o->rows[i].token);
	for (i = 0; i < o->nsometimes; i++)
		rc |= wire_put(fd, &o->sometimes[i].reached, sizeof(bool));
	return rc;
}

bool outcomes_receive(struct outcomes *o, int fd)
{
	unsigned int i;
	bool ok = wire_get(fd, &o->n, sizeof(o->n)) && o->n <= MAX_OUTCOMES;

	for (i = 0; ok && i < o->n; i++) {
		long *values = malloc(o->ncols * sizeof(long) + 1);

		if (!values)
			abort();
		o->rows[i].values = values;
		ok = wire_get(fd, &o->rows[i].count, sizeof(o->rows[i].count)) &&
			wire_get(fd, values, o->ncols * sizeof(long)) &&
			wire_get_str(fd, &o->rows[i].token);
	}
	for (i = 0; ok && i < o->nsometimes; i++)
		ok = wire_get(fd, &o->sometimes[i].reached, sizeof(bool));
	return ok;
}

void outcomes_merge(struct outcomes *o, const struct outcomes *from)
{
	unsigned int i;

	for (i = 0; i < from->n; i++) {
		const struct run_outcome *r = &from->rows[i];

		if (add_row(o, r->values, r->count))
			o->rows[o->n - 1].token = strdup(r->token);
	}
	for (i = 0; i < o->nsometimes; i++)
		o->sometimes[i].reached |= from->sometimes[i].reached;
}

unsigned int outcomes_count(const struct outcomes *o)
{
	return o->n;
}

bool outcomes_all_reached(const struct outcomes *o)
{
	unsigned int i;

	for (i = 0; i < o->nsometimes; i++)
		if (!o->sometimes[i].reached)
			return false;
	return true;
}

static int more_often(const void *a, const void *b)
{
	const struct run_outcome *x = a, *y = b;

	return x->count < y->count ? 1 : x->count > y->count ? -1 : 0;
}

void outcomes_result(struct outcomes *o, struct run_result *r)
{
	qsort(o->rows, o->n, sizeof(*o->rows), more_often);
	memset(o->index, 0, 2 * MAX_OUTCOMES * sizeof(*o->index));
	r->columns = (const char *const *)o->names;
	r->ncolumns = o->ncols;
	r->outcomes = o->rows;
	r->noutcomes = o->n;
	r->sometimes = o->sometimes;
	r->nsometimes = o->nsometimes;
}
