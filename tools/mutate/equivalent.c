// SPDX-License-Identifier: GPL-2.0-only
/*
 * The list of equivalent mutants: changes that nobody could notice, each with
 * the reason. An entry is
 *
 *	FUNCTION RULE [#N]: STATEMENT
 *		the reason, indented, on as many lines as it needs
 *
 * and matches by these words, never by a line number: it stays right while the
 * source around it changes, and stops matching when the statement does. #N is
 * for the Nth of several statements that read the same; without it, all.
 */
#define _XOPEN_SOURCE 700
#include "mutate.h"
#include "../kernels/sysutil.h"
#include "../report/reasoned.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	char function[96], rule[32];
	unsigned int nth, matched;
	char *what, *reason;
};

struct equivalents {
	struct entry *e;
	unsigned int n;
};

static bool begin(struct equivalents *all, const char *line)
{
	struct entry e = { 0 };
	int n = 0;

	if (sscanf(line, "%95s %31[a-z-] #%u: %n", e.function, e.rule, &e.nth, &n) < 3 || !n) {
		e.nth = 0;
		n = 0;
		if (sscanf(line, "%95s %31[a-z-]: %n", e.function, e.rule, &n) < 2 || !n)
			return false;
	}
	e.what = str_dup(line + n);
	all->e = realloc(all->e, (all->n + 1) * sizeof(e));
	if (!all->e)
		abort();
	all->e[all->n++] = e;
	return true;
}

struct equivalents *equivalents_read(const char *path)
{
	struct equivalents *all = calloc(1, sizeof(*all));
	struct reasoned *r = NULL;
	unsigned int n = 0, i;
	bool ok;

	if (!all)
		abort();
	ok = reasoned_read(path, &r, &n);
	for (i = 0; ok && i < n; i++) {
		ok = begin(all, r[i].what);
		if (ok)
			all->e[all->n - 1].reason = str_dup(r[i].why);
		else
			fprintf(stderr, "vfiosim: %s:%u: no \"FUNCTION RULE: STATEMENT\"\n", path,
				r[i].line);
	}
	reasoned_free(r, n);
	if (ok)
		return all;
	equivalents_free(all);
	return NULL;
}

void equivalents_free(struct equivalents *all)
{
	unsigned int i;

	for (i = 0; all && i < all->n; i++) {
		free(all->e[i].what);
		free(all->e[i].reason);
	}
	if (all)
		free(all->e);
	free(all);
}

const char *equivalents_reason(struct equivalents *all, const struct mutant *m)
{
	unsigned int i;

	for (i = 0; i < all->n; i++) {
		struct entry *e = &all->e[i];

		if (!strcmp(e->function, m->function) && !strcmp(e->rule, m->rule) &&
		    !strcmp(e->what, m->what) && (!e->nth || e->nth == m->nth)) {
			e->matched++;
			return e->reason;
		}
	}
	return NULL;
}

unsigned int equivalents_stale(const struct equivalents *all, const struct source *src, FILE *out)
{
	unsigned int i, n = 0;
	int f;

	for (i = 0; i < all->n; i++) {
		for (f = 0; f < src->nr_functions; f++)
			if (!strcmp(src->functions[f].name, all->e[i].function))
				break;
		if (all->e[i].matched || f == src->nr_functions)
			continue;
		fprintf(out, "no such mutant: %s %s: %s\n", all->e[i].function, all->e[i].rule,
			all->e[i].what);
		n++;
	}
	return n;
}
