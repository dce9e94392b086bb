// SPDX-License-Identifier: GPL-2.0-only
/*
 * Orders of locks of all scenarios together. "B was taken with A held" is new
 * when the other side has neither it nor a chain of orders from A to B: such a
 * chain forbids the same opposite order.
 */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <string.h>

#include "compare.h"

struct graph {
	const struct run_lock_order **edge;
	bool *visited;		/* by the search that goes on */
	unsigned int n;
};

/* "name#2/1": the number only tells classes of a name apart, in the order they turned up */
static const char *behind_number(const char *at)
{
	return *at == '#' ? at + 1 + strspn(at + 1, "0123456789") : at;
}

static bool same_class(const char *a, const char *b)
{
	size_t n = strcspn(a, "#/");

	return n == strcspn(b, "#/") && !memcmp(a, b, n) &&
	       !strcmp(behind_number(a + n), behind_number(b + n));
}

static bool same(const struct run_lock_order *a, const struct run_lock_order *b)
{
	return same_class(a->first, b->first) && same_class(a->second, b->second);
}

static void collect(struct graph *g, const struct run_result *r)
{
	unsigned int i, k;

	g->edge = realloc(g->edge, (g->n + r->nlock_orders + 1) * sizeof(*g->edge));
	if (!g->edge)
		abort();
	for (i = 0; i < r->nlock_orders; i++) {
		if (same_class(r->lock_orders[i].first, r->lock_orders[i].second))
			continue;
		for (k = 0; k < g->n && !same(g->edge[k], &r->lock_orders[i]); k++)
			;
		if (k == g->n)
			g->edge[g->n++] = &r->lock_orders[i];
	}
}

static bool leads(const struct graph *g, const char *from, const char *to)
{
	unsigned int i;

	for (i = 0; i < g->n; i++) {
		if (g->visited[i] || !same_class(g->edge[i]->first, from))
			continue;
		g->visited[i] = true;
		if (same_class(g->edge[i]->second, to) || leads(g, g->edge[i]->second, to))
			return true;
	}
	return false;
}

static bool implied(const struct graph *g, const struct run_lock_order *x)
{
	memset(g->visited, 0, g->n * sizeof(*g->visited));
	return leads(g, x->first, x->second);
}

void compare_lock_orders_fill(struct compare_all *all)
{
	struct graph g[2] = { { 0 } };
	unsigned int s, i;

	for (s = 0; s < 2; s++) {
		for (i = 0; i < all->n; i++)
			if (compare_clean(&all->c[i]))
				collect(&g[s], all->c[i].r[s]);
		g[s].visited = calloc(g[s].n + 1, sizeof(*g[s].visited));
		all->orders.order[s] = calloc(g[s].n + 1, sizeof(*all->orders.order[s]));
		if (!g[s].visited || !all->orders.order[s])
			abort();
	}
	for (s = 0; s < 2; s++)
		for (i = 0; i < g[s].n; i++)
			if (!implied(&g[!s], g[s].edge[i]))
				all->orders.order[s][all->orders.n[s]++] = g[s].edge[i];
	for (s = 0; s < 2; s++) {
		free(g[s].edge);
		free(g[s].visited);
	}
}
