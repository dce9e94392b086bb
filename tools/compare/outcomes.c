// SPDX-License-Identifier: GPL-2.0-only
/*
 * Outcomes that one side has only, and what the other has that is most like them.
 */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <string.h>

#include "../kernels/sysutil.h"
#include "../report/names.h"
#include "compare.h"

static bool same_columns(const struct run_result *a, const struct run_result *b)
{
	unsigned int c;

	if (a->ncolumns != b->ncolumns)
		return false;
	for (c = 0; c < a->ncolumns; c++)
		if (strcmp(a->columns[c], b->columns[c]))
			return false;
	return true;
}

static bool has(const struct run_result *r, const struct run_outcome *o)
{
	unsigned int i;

	for (i = 0; i < r->noutcomes; i++)
		if (!memcmp(r->outcomes[i].values, o->values, r->ncolumns * sizeof(*o->values)))
			return true;
	return false;
}

/* Is a column's value the same in all outcomes of both? */
static bool constant(const struct comparison *c, unsigned int column)
{
	const long *first = NULL;
	unsigned int s, i;

	for (s = 0; s < 2; s++)
		for (i = 0; i < c->r[s]->noutcomes; i++) {
			const long *v = &c->r[s]->outcomes[i].values[column];

			if (first && *first != *v)
				return false;
			first = v;
		}
	return true;
}

static char *value_text(long v)
{
	const char *name = v < 0 && v >= -4095 ? errno_name(-v) : NULL;

	if (v == OUTCOME_NONE)
		return str_dup("-");
	return name ? str_printf("-%s", name) : str_printf("%ld", v);
}

/* "text, NAME = VALUE"; @text is taken over */
static char *with_value(char *text, const char *name, long v)
{
	char *value = value_text(v);
	char *longer = str_printf("%s%s%s = %s", text, *text ? ", " : "", name, value);

	free(value);
	free(text);
	return longer;
}

/* The other side's outcome that has most values in common, the most frequent of these */
static const struct run_outcome *nearest(const struct run_result *other,
					 const struct run_outcome *o)
{
	const struct run_outcome *best = NULL;
	unsigned int most = 0, i, c, n;

	for (i = 0; i < other->noutcomes; i++) {
		const struct run_outcome *x = &other->outcomes[i];

		for (n = c = 0; c < other->ncolumns; c++)
			n += x->values[c] == o->values[c];
		if (!best || n > most || (n == most && x->count > best->count)) {
			best = x;
			most = n;
		}
	}
	return best;
}

/* The columns of @o that differ from @near, or those that do not but are not constant */
static char *values(const struct comparison *c, const struct run_outcome *o,
		    const struct run_outcome *near, bool differ, char *text)
{
	const struct run_result *r = c->r[SIDE_A];
	unsigned int i;

	for (i = 0; i < r->ncolumns; i++)
		if ((!near || o->values[i] != near->values[i]) == differ && !constant(c, i))
			text = with_value(text, r->columns[i], o->values[i]);
	return text;
}

void compare_outcomes(struct comparison *c)
{
	unsigned int s, i;

	if (!same_columns(c->r[SIDE_A], c->r[SIDE_B]))
		return;
	for (s = 0; s < 2; s++)
		for (i = 0; i < c->r[s]->noutcomes; i++) {
			const struct run_outcome *o = &c->r[s]->outcomes[i], *near;
			struct compare_diff *d;
			char *why, *text;
			bool sure;

			if (has(c->r[!s], o))
				continue;
			near = nearest(c->r[!s], o);
			text = values(c, o, near, true, str_dup(""));
			text = values(c, o, near, false, text);
			why = compare_evidence(c->r[s], o->count, o->token, c->r[!s], &sure);
			d = compare_add(c, "outcome", (enum compare_side)s, text, o->token, why,
					sure);
			if (near) {
				d->instead = values(c, near, o, true, str_dup(""));
				d->other_token = near->token;
			}
		}
}
