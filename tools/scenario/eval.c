// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses at work. A comparison that reads the result of a step which has
 * not finished is false, and so is its opposite: nothing is known.
 */
#include <string.h>

#include "parser.h"

struct value {
	long v;
	bool known;
};

/**
 * scn_compare() - apply a comparison operator
 * @op:	which
 * @a:	left side
 * @b:	right side
 *
 * Return: whether it holds.
 */
bool scn_compare(enum scn_cmp op, long a, long b)
{
	switch (op) {
	case SCN_EQ:
		return a == b;
	case SCN_NE:
		return a != b;
	case SCN_LT:
		return a < b;
	case SCN_LE:
		return a <= b;
	case SCN_GT:
		return a > b;
	case SCN_GE:
		return a >= b;
	}
	return false;
}

static struct value eval(const struct scn_expr *e, const struct scn_env *env)
{
	struct value l, r;

	switch (e->kind) {
	case SCN_E_INT:
		return (struct value){ e->value, true };
	case SCN_E_STEP:
		return (struct value){ env->result[e->step],
				       env->flags[e->step] & SCN_STEP_DONE };
	case SCN_E_FLAG:
		return (struct value){ !!(env->flags[e->step] & e->flag), true };
	case SCN_E_FUNC:
		return (struct value){ env->func(env->ctx, e->func, &e->arg), true };
	case SCN_E_CMP:
		l = eval(e->l, env);
		r = eval(e->r, env);
		return (struct value){ l.known && r.known && scn_compare(e->cmp, l.v, r.v), true };
	case SCN_E_AND:
		return (struct value){ scn_eval(e->l, env) && scn_eval(e->r, env), true };
	case SCN_E_OR:
		return (struct value){ scn_eval(e->l, env) || scn_eval(e->r, env), true };
	case SCN_E_NOT:
		return (struct value){ !scn_eval(e->l, env), true };
	}
	return (struct value){ 0, false };
}

/**
 * scn_eval() - does a clause hold
 * @expr:	resolved expression
 * @env:	results and flags of all steps, and the functions
 *
 * Return: 1 or 0. A bare step holds when it finished with something other
 * than 0.
 */
int scn_eval(const struct scn_expr *expr, const struct scn_env *env)
{
	struct value v = eval(expr, env);

	return v.known && v.v;
}

/**
 * scn_expect_ok() - is a step's result what the file says it must be
 * @step:	the step
 * @result:	what it gave
 *
 * Return: true when it is, or when nothing is expected.
 */
bool scn_expect_ok(const struct scn_step *step, long result)
{
	return !step->expect.set || scn_compare(step->expect.op, result, step->expect.value);
}

static bool same(const struct scn_observable *a, const struct scn_observable *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind != SCN_E_FUNC)
		return a->step == b->step && a->flag == b->flag;
	if (a->func != b->func || a->arg->kind != b->arg->kind || a->arg->index != b->arg->index)
		return false;
	return !a->arg->str || !b->arg->str || !strcmp(a->arg->str, b->arg->str);
}

static size_t collect(const struct scn_expr *e, struct scn_observable *out, size_t n,
		      size_t max)
{
	struct scn_observable o = { .kind = e->kind };

	switch (e->kind) {
	case SCN_E_INT:
		return n;
	case SCN_E_FLAG:
		o.flag = e->flag;
		/* fall through */
	case SCN_E_STEP:
		o.step = e->step;
		break;
	case SCN_E_FUNC:
		o.func = e->func;
		o.arg = &e->arg;
		break;
	default:
		if (e->l)
			n = collect(e->l, out, n, max);
		if (e->r)
			n = collect(e->r, out, n, max);
		return n;
	}
	for (size_t i = 0; i < n; i++)
		if (same(&out[i], &o))
			return n;
	if (n < max)
		out[n++] = o;
	return n;
}

/**
 * scn_expr_observables() - what an expression reads
 * @expr:	resolved expression
 * @out:	array for the answer, without doubles, in the order of the text
 * @max:	its room; more is dropped
 *
 * Return: how many were written.
 */
size_t scn_expr_observables(const struct scn_expr *expr, struct scn_observable *out,
			    size_t max)
{
	return collect(expr, out, 0, max);
}

/**
 * scn_observables() - what all clauses of a scenario read
 * @scn:	scenario
 * @out:	array for the answer, as for scn_expr_observables()
 * @max:	its room
 *
 * Return: how many were written.
 */
size_t scn_observables(const struct scenario *scn, struct scn_observable *out, size_t max)
{
	size_t n = 0;

	for (unsigned int i = 0; i < scn->nclauses; i++)
		n = collect(scn->clauses[i].expr, out, n, max);
	return n;
}
