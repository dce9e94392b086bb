// SPDX-License-Identifier: GPL-2.0-only
/*
 * Results as JSON, through json-c.
 *
 * json-c's adders take any NULL as a JSON null, so running out of memory shows
 * as nulls in the output rather than as a crash.
 */
#include "json_add.h"
#include "json.h"
#include "names.h"

#define JSON_FORMAT	1	/* raised when the meaning of a key changes */

static struct json_object *outcome_json(const struct run_result *r,
					const struct run_outcome *oc)
{
	struct json_object *o = json_object_new_object();
	struct json_object *values = json_object_new_object();
	struct json_object *names = json_object_new_object();
	unsigned int c;

	for (c = 0; c < r->ncolumns; c++) {
		long v = oc->values[c];

		if (v == OUTCOME_NONE)
			json_object_object_add(values, r->columns[c], NULL);
		else
			add_int(values, r->columns[c], v);
		if (v < 0 && v >= -4095 && errno_name(-v))
			add_str(names, r->columns[c], errno_name(-v));
	}
	json_object_object_add(o, "values", values);
	json_object_object_add(o, "names", names);
	add_int(o, "count", oc->count);
	add_str(o, "token", oc->token);
	return o;
}

static struct json_object *failure_json(const struct run_failure *x)
{
	struct json_object *o = json_object_new_object();

	add_str(o, "oracle", x->oracle);
	add_str(o, "headline", x->headline);
	add_str(o, "token", x->token);
	add_int(o, "count", x->count);
	add_int(o, "schedules_to_first", x->schedules_to_first);
	if (x->preemptions < 0)
		add_str(o, "preemptions", NULL);
	else
		add_int(o, "preemptions", x->preemptions);
	add_str(o, "needs", x->need == RUN_NEED_EXACTLY ? "exactly" :
		x->need == RUN_NEED_AT_MOST ? "at most" : NULL);
	if (x->steps_from) {
		add_int(o, "steps_from", x->steps_from);
		add_int(o, "steps", x->steps);
		add_str(o, "smaller", x->small);
		add_str(o, "smaller_replay", x->small_token);
	}
	if (x->fault) {
		add_str(o, "fault", x->fault);
		add_str(o, "fault_step", x->fault_step);
		add_str(o, "fault_stack", x->fault_stack);
		add_str(o, "known", x->known);
		add_str(o, "same_as", x->same);
	}
	add_str(o, "report", x->report_text);
	add_str(o, "trace", x->trace_text);
	return o;
}

static struct json_object *interleavings_json(const struct run_result *r)
{
	struct json_object *o = json_object_new_object(), *a = json_object_new_array();
	unsigned int i;

	add_int(o, "pairs", r->order_pairs);
	add_int(o, "orders_seen", r->orders_seen);
	add_int(o, "orders_possible", r->exhaustive ? r->orders_seen : 2 * r->order_pairs);
	for (i = 0; i < r->nunseen; i++) {
		struct json_object *x = json_object_new_object();

		add_str(x, "first", r->unseen[i].first);
		add_str(x, "second", r->unseen[i].second);
		json_object_array_add(a, x);
	}
	json_object_object_add(o, "unseen", a);
	return o;
}

static struct json_object *lock_order_json(const struct run_lock_order *x)
{
	struct json_object *o = json_object_new_object();

	add_str(o, "first", x->first);
	add_str(o, "second", x->second);
	add_str(o, "token", x->token);
	return o;
}

static struct json_object *race_json(const struct run_race *x)
{
	struct json_object *o = json_object_new_object();

	add_str(o, "a", x->a);
	add_str(o, "b", x->b);
	add_str(o, "object", x->object);
	add_str(o, "token", x->token);
	add_int(o, "first_schedule", x->schedules_to_first);
	return o;
}

static struct json_object *sometimes_json(const struct run_sometimes *s)
{
	struct json_object *o = json_object_new_object();

	add_str(o, "text", s->text);
	json_object_object_add(o, "reached", json_object_new_boolean(s->reached));
	return o;
}

static struct json_object *sampling_json(const struct run_sampling *s)
{
	struct json_object *o = json_object_new_object();

	add_int(o, "schedules", s->schedules);
	add_int(o, "tasks", s->tasks);
	add_int(o, "points", s->points);
	add_int(o, "depth", s->depth);
	return o;
}

static struct json_object *sweep_json(const struct run_sweep *s)
{
	struct json_object *o = json_object_new_object();

	add_int(o, "allocations", (long)s->allocations);
	add_int(o, "copies", (long)s->copies);
	add_int(o, "steps", s->steps);
	return o;
}

static struct json_object *result_json(const struct run_result *r)
{
	struct json_object *o = json_object_new_object(), *a;
	unsigned int i;

	add_str(o, "scenario", r->scenario);
	add_str(o, "kernel", r->kernel);
	add_str(o, "status", run_status_name(r->status));
	add_str(o, "reason", r->reason);
	add_int(o, "schedules", r->schedules);
	add_int(o, "traces", (long)r->traces);
	json_object_object_add(o, "share", json_object_new_double(r->share));
	if (r->complete_bound < 0)
		add_str(o, "complete_bound", NULL);
	else
		add_int(o, "complete_bound", r->complete_bound);
	if (r->exhaustive)
		json_object_object_add(o, "exhaustive", json_object_new_boolean(1));
	if (r->sampling.schedules)
		json_object_object_add(o, "sampling", sampling_json(&r->sampling));
	if (r->sweep.steps)
		json_object_object_add(o, "fail_sweep", sweep_json(&r->sweep));
	if (r->cached)
		json_object_object_add(o, "cached", json_object_new_boolean(1));
	add_str(o, "strategy", r->strategy);
	json_object_object_add(o, "seconds", json_object_new_double(r->seconds));
	add_int(o, "points", r->npoints);
	if (r->stubs)
		add_str(o, "stubs", r->stubs);
	if (r->has_life)
		json_object_object_add(o, "lifecycle", life_json(&r->life));

	a = json_object_new_array();
	for (i = 0; i < r->ncolumns; i++)
		json_object_array_add(a, json_object_new_string(r->columns[i]));
	json_object_object_add(o, "columns", a);
	a = json_object_new_array();
	for (i = 0; i < r->noutcomes; i++)
		json_object_array_add(a, outcome_json(r, &r->outcomes[i]));
	json_object_object_add(o, "outcomes", a);
	a = json_object_new_array();
	for (i = 0; i < r->nsometimes; i++)
		json_object_array_add(a, sometimes_json(&r->sometimes[i]));
	json_object_object_add(o, "sometimes", a);
	a = json_object_new_array();
	for (i = 0; i < r->nraces; i++)
		json_object_array_add(a, race_json(&r->races[i]));
	json_object_object_add(o, "races", a);
	a = json_object_new_array();
	for (i = 0; i < r->nlock_orders; i++)
		json_object_array_add(a, lock_order_json(&r->lock_orders[i]));
	json_object_object_add(o, "lock_orders", a);
	json_object_object_add(o, "interleavings", interleavings_json(r));
	a = json_object_new_array();
	for (i = 0; i < r->nfailures; i++)
		json_object_array_add(a, failure_json(&r->failures[i]));
	json_object_object_add(o, "failures", a);
	return o;
}

int json_results(FILE *f, const struct run_result *r, unsigned int n)
{
	struct json_object *top = json_object_new_object();
	struct json_object *a = json_object_new_array();
	const char *text;
	unsigned int i;
	int ret = -1;

	if (!top || !a) {
		json_object_put(top);
		json_object_put(a);
		return -1;
	}
	add_int(top, "format", JSON_FORMAT);
	for (i = 0; i < n; i++)
		json_object_array_add(a, result_json(&r[i]));
	json_object_object_add(top, "results", a);
	text = json_object_to_json_string_ext(top, JSON_C_TO_STRING_PRETTY |
					      JSON_C_TO_STRING_NOSLASHESCAPE);
	if (text)
		ret = fprintf(f, "%s\n", text) < 0 ? -1 : 0;
	json_object_put(top);
	return ret;
}
