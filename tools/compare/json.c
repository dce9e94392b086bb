// SPDX-License-Identifier: GPL-2.0-only
/* A comparison as JSON. */
#include "report/json_add.h"
#include "coverage.h"

static struct json_object *side_json(const struct run_result *r)
{
	struct json_object *o;

	if (!r)
		return NULL;
	o = json_object_new_object();
	add_str(o, "kernel", r->kernel);
	add_str(o, "status", run_status_name(r->status));
	add_str(o, "reason", r->reason);
	add_int(o, "schedules", (long)r->schedules);
	add_int(o, "complete_bound", r->complete_bound);
	json_object_object_add(o, "exhaustive", json_object_new_boolean(r->exhaustive));
	add_int(o, "outcomes", r->noutcomes);
	return o;
}

static struct json_object *diff_json(const struct comparison *c, const struct compare_diff *d)
{
	struct json_object *o = json_object_new_object();
	unsigned int i;

	add_str(o, "what", d->what);
	add_str(o, "only", d->side == SIDE_A ? "a" : "b");
	add_str(o, "text", d->text);
	add_str(o, "token", d->token);
	add_str(o, "instead", d->instead);
	add_str(o, "other_token", d->other_token);
	add_str(o, "evidence", d->evidence);
	json_object_object_add(o, "counts", json_object_new_boolean(d->sure));
	for (i = 0; d->token && i < c->r[d->side]->nfailures; i++)
		if (c->r[d->side]->failures[i].token == d->token) {
			add_str(o, "report", c->r[d->side]->failures[i].report_text);
			add_str(o, "trace", c->r[d->side]->failures[i].trace_text);
		}
	return o;
}

static struct json_object *scenario_json(const struct comparison *c)
{
	struct json_object *o = json_object_new_object(), *a = json_object_new_array();
	unsigned int i;

	add_str(o, "scenario", c->scenario);
	add_str(o, "verdict", compare_verdict_name(c->verdict));
	add_str(o, "reason", c->reason);
	json_object_object_add(o, "a", side_json(c->r[SIDE_A]));
	json_object_object_add(o, "b", side_json(c->r[SIDE_B]));
	for (i = 0; i < c->ndiff; i++)
		json_object_array_add(a, diff_json(c, &c->diff[i]));
	json_object_object_add(o, "differences", a);
	return o;
}

static struct json_object *races_json(const struct compare_all *all, enum compare_side s)
{
	struct json_object *a = json_object_new_array(), *o;
	unsigned int i;

	for (i = 0; i < all->races.n[s]; i++) {
		o = json_object_new_object();
		add_str(o, "a", all->races.race[s][i]->a);
		add_str(o, "b", all->races.race[s][i]->b);
		add_str(o, "object", all->races.race[s][i]->object);
		add_str(o, "token", all->races.race[s][i]->token);
		json_object_array_add(a, o);
	}
	return a;
}

static struct json_object *orders_json(const struct compare_all *all, enum compare_side s)
{
	struct json_object *a = json_object_new_array(), *o;
	unsigned int i;

	for (i = 0; i < all->orders.n[s]; i++) {
		o = json_object_new_object();
		add_str(o, "first", all->orders.order[s][i]->first);
		add_str(o, "second", all->orders.order[s][i]->second);
		add_str(o, "token", all->orders.order[s][i]->token);
		json_object_array_add(a, o);
	}
	return a;
}

struct json_object *compare_json(const struct compare_all *all)
{
	struct json_object *top = json_object_new_object(), *o;
	static const char *const side[] = { "a", "b" };
	unsigned int i;

	add_int(top, "format", 1);
	for (i = 0; i < 2; i++) {
		o = json_object_new_object();
		add_str(o, "kernel", all->name[i]);
		add_str(o, "spec", all->spec[i]);
		json_object_object_add(top, side[i], o);
	}
	o = json_object_new_object();
	for (i = 0; i < COMPARE_NR_VERDICTS; i++)
		add_int(o, compare_verdict_name((enum compare_verdict)i), all->count[i]);
	json_object_object_add(top, "totals", o);
	o = json_object_new_array();
	for (i = 0; i < all->n; i++)
		json_object_array_add(o, scenario_json(&all->c[i]));
	json_object_object_add(top, "scenarios", o);
	json_object_object_add(top, "new_races", races_json(all, SIDE_B));
	json_object_object_add(top, "gone_races", races_json(all, SIDE_A));
	json_object_object_add(top, "new_lock_orders", orders_json(all, SIDE_B));
	json_object_object_add(top, "gone_lock_orders", orders_json(all, SIDE_A));
	if (all->coverage)
		json_object_object_add(top, "coverage", compare_coverage_json(all->coverage));
	return top;
}
