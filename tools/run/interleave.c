// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pairs of places in the code that conflict, and which orders of each were
 * seen. Two addresses of the same line are one place; what happens inside of
 * the shim is nobody's line.
 */
#include <stdlib.h>
#include <string.h>

#include "codeplace.h"
#include "interleave.h"
#include "search/orders.h"

#define MAX_PAIRS	4096

struct pair {
	struct codeplace a, b;
	bool ab, ba;
};

static struct pair *pairs;
static unsigned int npairs;

static void add(const struct codeplace *a, const struct codeplace *b, bool reversed)
{
	unsigned int i;

	for (i = 0; i < npairs; i++) {
		struct pair *p = &pairs[i];

		if (!strcmp(p->a.where, a->where) && !strcmp(p->b.where, b->where)) {
			p->ab = true;
			p->ba |= reversed;
			return;
		}
		if (!strcmp(p->a.where, b->where) && !strcmp(p->b.where, a->where)) {
			p->ba = true;
			p->ab |= reversed;
			return;
		}
	}
	if (npairs == MAX_PAIRS)
		return;
	pairs[npairs].a = *a;
	pairs[npairs].b = *b;
	pairs[npairs].ab = true;
	pairs[npairs++].ba = reversed;
}

static char *name(const struct codeplace *p)
{
	char *text = NULL;

	return asprintf(&text, "%s (%s)", p->func, p->where) < 0 ? NULL : text;
}

void interleave_result(struct run_result *r)
{
	struct run_order *unseen;
	const struct order *o;
	unsigned int i, n = 0;

	if (!orders_get(0))
		return;
	pairs = calloc(MAX_PAIRS, sizeof(*pairs));
	if (!pairs)
		return;
	npairs = 0;
	for (i = 0; (o = orders_get(i)); i++) {
		struct codeplace a, b;

		/* A place against itself has one order only. */
		if (codeplace(&a, o->first) && codeplace(&b, o->second) && strcmp(a.where, b.where))
			add(&a, &b, o->reversed);
	}
	unseen = calloc(npairs + 1, sizeof(*unseen));
	for (i = 0; unseen && i < npairs; i++) {
		const struct pair *p = &pairs[i];

		r->orders_seen += p->ab + p->ba;
		if (p->ab && p->ba)
			continue;
		unseen[n].first = name(p->ab ? &p->b : &p->a);
		unseen[n++].second = name(p->ab ? &p->a : &p->b);
	}
	r->order_pairs = npairs;
	r->unseen = unseen;
	r->nunseen = unseen ? n : 0;
	free(pairs);
}
