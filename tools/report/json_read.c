// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reader for json.c's output, so that results of several processes can be
 * shown together. What is missing or of another type reads as 0 or NULL.
 */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "json_read.h"

static struct json_object *member(struct json_object *o, const char *key, enum json_type type)
{
	struct json_object *v;

	return json_object_object_get_ex(o, key, &v) && json_object_is_type(v, type) ? v : NULL;
}

static const char *get_str(struct json_object *o, const char *key)
{
	struct json_object *v = member(o, key, json_type_string);

	return v ? json_object_get_string(v) : NULL;
}

static long get_int(struct json_object *o, const char *key, long missing)
{
	struct json_object *v = member(o, key, json_type_int);

	return v ? (long)json_object_get_int64(v) : missing;
}

/* An array member: its length, and room for as many elements of a size */
static struct json_object *get_array(struct json_object *o, const char *key, size_t size,
				     unsigned int *n, void *room)
{
	struct json_object *a = member(o, key, json_type_array);
	void *p;

	*n = a ? (unsigned int)json_object_array_length(a) : 0;
	p = calloc(*n + 1, size);
	if (!p)
		abort();
	memcpy(room, &p, sizeof(p));
	return a;
}

static enum run_status status_of(const char *name)
{
	int s;

	for (s = RUN_PASS; s <= RUN_ERROR; s++)
		if (name && !strcmp(name, run_status_name((enum run_status)s)))
			return (enum run_status)s;
	return RUN_ERROR;
}

static void read_outcomes(struct json_object *o, struct run_result *r)
{
	struct run_outcome *rows;
	struct json_object *a = get_array(o, "outcomes", sizeof(*rows), &r->noutcomes, &rows);
	unsigned int i, c;

	r->outcomes = rows;
	for (i = 0; i < r->noutcomes; i++) {
		struct json_object *x = json_object_array_get_idx(a, i);
		struct json_object *values = member(x, "values", json_type_object);
		long *v = calloc(r->ncolumns + 1, sizeof(*v));

		if (!v)
			abort();
		for (c = 0; c < r->ncolumns; c++)
			v[c] = values ? get_int(values, r->columns[c], OUTCOME_NONE) : OUTCOME_NONE;
		rows[i].values = v;
		rows[i].count = (unsigned long)get_int(x, "count", 0);
		rows[i].token = get_str(x, "token");
	}
}

static void read_sometimes(struct json_object *o, struct run_result *r)
{
	struct run_sometimes *s;
	struct json_object *a = get_array(o, "sometimes", sizeof(*s), &r->nsometimes, &s), *v;
	unsigned int i;

	r->sometimes = s;
	for (i = 0; i < r->nsometimes; i++) {
		struct json_object *x = json_object_array_get_idx(a, i);

		s[i].text = get_str(x, "text");
		v = member(x, "reached", json_type_boolean);
		s[i].reached = v && json_object_get_boolean(v);
	}
}

static void read_failures(struct json_object *o, struct run_result *r)
{
	struct run_failure *f;
	struct json_object *a = get_array(o, "failures", sizeof(*f), &r->nfailures, &f);
	unsigned int i;

	r->failures = f;
	for (i = 0; i < r->nfailures; i++) {
		struct json_object *x = json_object_array_get_idx(a, i);

		f[i].oracle = get_str(x, "oracle");
		f[i].headline = get_str(x, "headline");
		f[i].token = get_str(x, "token");
		f[i].count = (unsigned long)get_int(x, "count", 0);
		f[i].schedules_to_first = (unsigned long)get_int(x, "schedules_to_first", 0);
		f[i].preemptions = (int)get_int(x, "preemptions", -1);
		f[i].report_text = get_str(x, "report");
		f[i].trace_text = get_str(x, "trace");
		f[i].fault = get_str(x, "fault");
		f[i].fault_step = get_str(x, "fault_step");
		f[i].fault_stack = get_str(x, "fault_stack");
		f[i].known = get_str(x, "known");
		f[i].same = get_str(x, "same_as");
	}
}

static void read_unseen(struct json_object *o, struct run_result *r)
{
	struct run_order *u;
	struct json_object *a = get_array(o, "unseen", sizeof(*u), &r->nunseen, &u);
	unsigned int i;

	for (i = 0; i < r->nunseen; i++) {
		u[i].first = get_str(json_object_array_get_idx(a, i), "first");
		u[i].second = get_str(json_object_array_get_idx(a, i), "second");
	}
	r->unseen = u;
}

static void read_races(struct json_object *o, struct run_result *r)
{
	struct run_race *x;
	struct json_object *a = get_array(o, "races", sizeof(*x), &r->nraces, &x);
	unsigned int i;

	r->races = x;
	for (i = 0; i < r->nraces; i++) {
		struct json_object *race = json_object_array_get_idx(a, i);

		x[i].a = get_str(race, "a");
		x[i].b = get_str(race, "b");
		x[i].object = get_str(race, "object");
		x[i].token = get_str(race, "token");
		x[i].schedules_to_first = (unsigned long)get_int(race, "first_schedule", 0);
	}
}

static void read_lock_orders(struct json_object *o, struct run_result *r)
{
	struct run_lock_order *x;
	struct json_object *a = get_array(o, "lock_orders", sizeof(*x), &r->nlock_orders, &x);
	unsigned int i;

	r->lock_orders = x;
	for (i = 0; i < r->nlock_orders; i++) {
		x[i].first = get_str(json_object_array_get_idx(a, i), "first");
		x[i].second = get_str(json_object_array_get_idx(a, i), "second");
		x[i].token = get_str(json_object_array_get_idx(a, i), "token");
	}
}

static void read_result(struct json_object *o, struct run_result *r)
{
	struct json_object *a, *v;
	const char **columns;
	unsigned int i;

	r->scenario = get_str(o, "scenario");
	r->kernel = get_str(o, "kernel");
	r->status = status_of(get_str(o, "status"));
	r->reason = get_str(o, "reason");
	r->stubs = get_str(o, "stubs");
	r->has_life = life_read(member(o, "lifecycle", json_type_object), &r->life);
	r->schedules = (unsigned long)get_int(o, "schedules", 0);
	r->complete_bound = (int)get_int(o, "complete_bound", -1);
	v = member(o, "exhaustive", json_type_boolean);
	r->exhaustive = v && json_object_get_boolean(v);
	v = member(o, "interleavings", json_type_object);
	if (v) {
		r->order_pairs = (unsigned int)get_int(v, "pairs", 0);
		r->orders_seen = (unsigned int)get_int(v, "orders_seen", 0);
		read_unseen(v, r);
	}
	r->traces = (unsigned long)get_int(o, "traces", 0);
	v = member(o, "share", json_type_double);
	r->share = v ? json_object_get_double(v) : 0;
	v = member(o, "cached", json_type_boolean);
	r->cached = v && json_object_get_boolean(v);
	v = member(o, "sampling", json_type_object);
	if (v) {
		r->sampling.schedules = (unsigned long)get_int(v, "schedules", 0);
		r->sampling.tasks = (unsigned int)get_int(v, "tasks", 0);
		r->sampling.points = (unsigned long)get_int(v, "points", 0);
		r->sampling.depth = (unsigned int)get_int(v, "depth", 0);
	}
	v = member(o, "fail_sweep", json_type_object);
	if (v) {
		r->sweep.allocations = (unsigned long)get_int(v, "allocations", 0);
		r->sweep.copies = (unsigned long)get_int(v, "copies", 0);
		r->sweep.steps = (unsigned int)get_int(v, "steps", 0);
	}
	r->strategy = get_str(o, "strategy");
	v = member(o, "seconds", json_type_double);
	r->seconds = v ? json_object_get_double(v) : 0;
	r->npoints = (unsigned long)get_int(o, "points", 0);
	a = get_array(o, "columns", sizeof(*columns), &r->ncolumns, &columns);
	for (i = 0; i < r->ncolumns; i++)
		columns[i] = json_object_get_string(json_object_array_get_idx(a, i));
	r->columns = columns;
	read_outcomes(o, r);
	read_sometimes(o, r);
	read_failures(o, r);
	read_races(o, r);
	read_lock_orders(o, r);
}

int json_read(const char *path, struct json_file *jf)
{
	struct json_object *a;
	unsigned int i;

	memset(jf, 0, sizeof(*jf));
	jf->top = json_object_from_file(path);
	if (!jf->top || !member(jf->top, "results", json_type_array)) {
		json_file_free(jf);
		return -1;
	}
	a = get_array(jf->top, "results", sizeof(*jf->r), &jf->n, &jf->r);
	for (i = 0; i < jf->n; i++)
		read_result(json_object_array_get_idx(a, i), &jf->r[i]);
	return 0;
}

void json_file_free(struct json_file *jf)
{
	unsigned int i, o;

	for (i = 0; i < jf->n; i++) {
		struct run_result *r = &jf->r[i];

		for (o = 0; o < r->noutcomes; o++)
			free((void *)r->outcomes[o].values);
		free((void *)r->columns);
		free((void *)r->outcomes);
		free((void *)r->sometimes);
		free((void *)r->failures);
		free((void *)r->races);
		free((void *)r->lock_orders);
		free((void *)r->unseen);
	}
	free(jf->r);
	json_object_put(jf->top);
	memset(jf, 0, sizeof(*jf));
}
