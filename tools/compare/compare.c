// SPDX-License-Identifier: GPL-2.0-only
/* Two results of each scenario, and what became of it. */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <string.h>

#include "../kernels/sysutil.h"
#include "compare.h"

const char *compare_verdict_name(enum compare_verdict v)
{
	static const char *const names[] = { "same", "fixed", "broken", "changed", "skipped",
					     "error" };

	return (unsigned int)v < COMPARE_NR_VERDICTS ? names[v] : "?";
}

struct compare_diff *compare_add(struct comparison *c, const char *what, enum compare_side side,
				 char *text, const char *token, char *evidence, bool sure)
{
	c->diff = realloc(c->diff, (c->ndiff + 1) * sizeof(*c->diff));
	if (!c->diff)
		abort();
	c->diff[c->ndiff++] = (struct compare_diff){
		.what = what, .side = side, .text = text, .token = token, .evidence = evidence,
		.sure = sure,
	};
	return &c->diff[c->ndiff - 1];
}

/* A clause that nothing reached is a failure like another: it has a text */
static const char *failure_text(const struct run_result *r, unsigned int i)
{
	if (i < r->nfailures)
		return r->failures[i].headline;
	i -= r->nfailures;
	if (i < r->nsometimes)
		return r->sometimes[i].reached ? NULL : r->sometimes[i].text;
	/* what could not be set up */
	return r->status == RUN_ERROR ? r->reason : NULL;
}

static unsigned int nr_texts(const struct run_result *r)
{
	return r->nfailures + r->nsometimes + 1;
}

static const char *oracle(const struct run_result *r, unsigned int i)
{
	return i < r->nfailures && r->failures[i].oracle ? r->failures[i].oracle : "";
}

/* Is it among the first @n of @r? */
static bool fails_like(const struct run_result *r, unsigned int n, const char *text, const char *by)
{
	char *wanted = compare_signature(text), *has;
	bool found = false;
	unsigned int i;

	for (i = 0; i < n && !found; i++) {
		const char *line = failure_text(r, i);

		if (!line || strcmp(oracle(r, i), by))
			continue;
		has = compare_signature(line);
		found = !strcmp(has, wanted);
		free(has);
	}
	free(wanted);
	return found;
}

static void compare_failures(struct comparison *c, unsigned int max_failures)
{
	unsigned int s, i;

	for (s = 0; s < 2; s++)
		for (i = 0; i < nr_texts(c->r[s]); i++) {
			const char *text = failure_text(c->r[s], i);
			bool clause = i >= c->r[s]->nfailures && i < nr_texts(c->r[s]) - 1;

			const struct run_failure *x = i < c->r[s]->nfailures ?
						      &c->r[s]->failures[i] : NULL;
			bool sure = true;
			char *why;

			if (!text || fails_like(c->r[s], i, text, oracle(c->r[s], i)) ||
			    fails_like(c->r[!s], nr_texts(c->r[!s]), text, oracle(c->r[s], i)))
				continue;
			if (c->r[!s]->nfailures >= max_failures) {
				why = str_printf("not among the %u failures that end a search",
						 max_failures);
				sure = false;
			} else if (x) {
				why = compare_evidence(c->r[s], x->count, x->token, c->r[!s], &sure);
			} else {
				why = str_dup("not so");
			}
			compare_add(c, "failure", (enum compare_side)s,
				    clause ? str_printf("never reached: sometimes %s", text) :
				    str_dup(text), x ? x->token : NULL, why, sure);
		}
}

static bool counts(const struct comparison *c)
{
	unsigned int i;

	for (i = 0; i < c->ndiff; i++)
		if (c->diff[i].sure)
			return true;
	return false;
}

static const char *why(const struct run_result *r)
{
	return r && r->reason ? r->reason : r ? run_status_name(r->status) : "it was not run";
}

/* One side has no opinion: skipped there, or failed to run */
static void without_opinion(struct comparison *c, const enum compare_opinion *o)
{
	bool skip[2];
	int s;

	for (s = 0; s < 2; s++)
		skip[s] = c->r[s] && c->r[s]->status == RUN_SKIP;
	if (skip[SIDE_A] && skip[SIDE_B]) {
		c->verdict = COMPARE_SAME;
		c->reason = str_printf("skipped on both: %s", why(c->r[SIDE_A]));
		return;
	}
	for (s = 0; s < 2; s++) {
		if (o[s] != OPINION_NONE || skip[s])
			continue;
		c->verdict = COMPARE_ERROR;
		c->reason = str_printf("on %c: %s", "AB"[s], why(c->r[s]));
		return;
	}
	s = skip[SIDE_A] ? SIDE_A : SIDE_B;
	c->verdict = COMPARE_SKIPPED;
	c->reason = str_printf("on %c: %s", "AB"[s], why(c->r[s]));
}

void compare_one(struct comparison *c, const struct run_result *a, const struct run_result *b,
		 unsigned int max_failures)
{
	enum compare_opinion o[2];
	int s;

	memset(c, 0, sizeof(*c));
	c->r[SIDE_A] = a;
	c->r[SIDE_B] = b;
	c->scenario = a ? a->scenario : b->scenario;
	for (s = 0; s < 2; s++)
		o[s] = c->r[s] ? compare_opinion(c->r[s]) : OPINION_NONE;
	if (o[SIDE_A] == OPINION_NONE || o[SIDE_B] == OPINION_NONE) {
		without_opinion(c, o);
		return;
	}
	compare_failures(c, max_failures);
	/* where it fails otherwise, it ends otherwise */
	if (o[SIDE_A] == o[SIDE_B] && !counts(c) && c->r[SIDE_A]->nfailures < max_failures &&
	    c->r[SIDE_B]->nfailures < max_failures)
		compare_outcomes(c);
	if (o[SIDE_A] != o[SIDE_B])
		c->verdict = o[SIDE_B] == OPINION_BAD ? COMPARE_BROKEN : COMPARE_FIXED;
	else
		c->verdict = counts(c) ? COMPARE_CHANGED : COMPARE_SAME;
	if (c->verdict == COMPARE_SAME && o[SIDE_A] == OPINION_BAD)
		c->reason = str_printf("fails on both: %s", why(c->r[SIDE_A]));
}

void compare_one_free(struct comparison *c)
{
	unsigned int i;

	for (i = 0; i < c->ndiff; i++) {
		free(c->diff[i].text);
		free(c->diff[i].instead);
		free(c->diff[i].evidence);
	}
	free(c->diff);
	free(c->reason);
}

static const struct run_result *named(const struct run_result *r, unsigned int n, const char *name)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (!strcmp(r[i].scenario, name))
			return &r[i];
	return NULL;
}

void compare_results(struct compare_all *all, const struct run_result *a, unsigned int na,
		     const struct run_result *b, unsigned int nb, unsigned int max_failures)
{
	unsigned int i;

	memset(all, 0, sizeof(*all));
	all->c = calloc(na + nb + 1, sizeof(*all->c));
	if (!all->c)
		abort();
	for (i = 0; i < na; i++)
		compare_one(&all->c[all->n++], &a[i], named(b, nb, a[i].scenario), max_failures);
	for (i = 0; i < nb; i++)
		if (!named(a, na, b[i].scenario))
			compare_one(&all->c[all->n++], NULL, &b[i], max_failures);
	for (i = 0; i < all->n; i++)
		all->count[all->c[i].verdict]++;
	compare_races_fill(all);
	compare_lock_orders_fill(all);
}

void compare_free(struct compare_all *all)
{
	unsigned int i;

	for (i = 0; i < all->n; i++)
		compare_one_free(&all->c[i]);
	free(all->c);
	free(all->races.race[SIDE_A]);
	free(all->races.race[SIDE_B]);
	free(all->orders.order[SIDE_A]);
	free(all->orders.order[SIDE_B]);
}

int compare_exit_code(const struct compare_all *all)
{
	if (all->count[COMPARE_BROKEN] || all->count[COMPARE_CHANGED])
		return 1;
	return all->count[COMPARE_ERROR] || !all->n ? 2 : 0;
}
