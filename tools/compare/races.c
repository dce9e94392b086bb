// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data races of all scenarios together: what one scenario shows on one side,
 * another may show on the other. Only scenarios that fail nowhere count, since
 * a failure ends a search.
 */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <string.h>

#include "../kernels/sysutil.h"
#include "compare.h"

/* The pair without line numbers, whichever of the two was told first */
static char *key_of(const struct run_race *x)
{
	char *a = compare_signature(x->a ? x->a : ""), *b = compare_signature(x->b ? x->b : "");
	bool turned = strcmp(a, b) > 0;
	char *key = str_printf("%s / %s / %s", turned ? b : a, turned ? a : b,
			       x->object ? x->object : "");

	free(a);
	free(b);
	return key;
}

struct keys {
	char **key;
	const struct run_race **race;
	unsigned int n;
};

static bool has_key(const struct keys *k, const char *key)
{
	unsigned int i;

	for (i = 0; i < k->n; i++)
		if (!strcmp(k->key[i], key))
			return true;
	return false;
}

static void collect(struct keys *k, const struct run_result *r)
{
	unsigned int i;

	for (i = 0; i < r->nraces; i++) {
		char *key = key_of(&r->races[i]);

		if (has_key(k, key)) {
			free(key);
			continue;
		}
		k->key = realloc(k->key, (k->n + 1) * sizeof(*k->key));
		k->race = realloc(k->race, (k->n + 1) * sizeof(*k->race));
		if (!k->key || !k->race)
			abort();
		k->race[k->n] = &r->races[i];
		k->key[k->n++] = key;
	}
}

bool compare_clean(const struct comparison *c)
{
	/* "same" may be: failed or skipped on both */
	return (c->verdict == COMPARE_SAME || c->verdict == COMPARE_CHANGED) &&
	       compare_opinion(c->r[SIDE_A]) == OPINION_GOOD;
}

void compare_races_fill(struct compare_all *all)
{
	struct keys k[2] = { { 0 } };
	unsigned int s, i;

	for (i = 0; i < all->n; i++) {
		const struct comparison *c = &all->c[i];

		if (!compare_clean(c))
			continue;
		for (s = 0; s < 2; s++)
			collect(&k[s], c->r[s]);
	}
	for (s = 0; s < 2; s++) {
		all->races.race[s] = calloc(k[s].n + 1, sizeof(*all->races.race[s]));
		if (!all->races.race[s])
			abort();
		for (i = 0; i < k[s].n; i++)
			if (!has_key(&k[!s], k[s].key[i]))
				all->races.race[s][all->races.n[s]++] = k[s].race[i];
	}
	for (s = 0; s < 2; s++) {
		for (i = 0; i < k[s].n; i++)
			free(k[s].key[i]);
		free(k[s].key);
		free(k[s].race);
	}
}
