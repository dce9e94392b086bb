// SPDX-License-Identifier: GPL-2.0-only
/*
 * Coverage of two kernels. The lines of a function are paired as a diff would
 * do it: the longest common subsequence, by what is in the lines, so that a
 * brace is not held against a statement.
 */
#include <stdlib.h>
#include <string.h>

#include "coverage.h"

static const struct covered_function *find(const struct covered_function *f, size_t n,
					   const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!strcmp(f[i].name, name))
			return &f[i];
	return NULL;
}

static unsigned int weight(const struct covered_line *a, const struct covered_line *b)
{
	return strcmp(a->text, b->text) ? 0 : 1 + (unsigned int)strlen(a->text);
}

static void add_line(struct compare_function *d, enum compare_side side, size_t ia, size_t ib)
{
	const struct covered_function *other = d->f[!side];
	struct compare_line *l;

	d->line[side] = realloc(d->line[side], (d->n[side] + 1) * sizeof(*l));
	if (!d->line[side])
		abort();
	l = &d->line[side][d->n[side]++];
	l->text = d->f[SIDE_A]->lines[ia].text;
	l->nr[SIDE_A] = d->f[SIDE_A]->first + (unsigned int)ia;
	l->nr[SIDE_B] = d->f[SIDE_B]->first + (unsigned int)ib;
	l->code = other->lines[side == SIDE_A ? ib : ia].code;
}

/* best[i * (nb + 1) + j]: what the lines from i and j on have in common at most */
static unsigned int *in_common(const struct covered_function *a, const struct covered_function *b)
{
	size_t row = b->nr_lines + 1, i, j;
	unsigned int *best = calloc((a->nr_lines + 1) * row, sizeof(*best));

	if (!best)
		abort();
	for (i = a->nr_lines; i-- > 0; )
		for (j = b->nr_lines; j-- > 0; ) {
			unsigned int w = weight(&a->lines[i], &b->lines[j]);
			unsigned int *at = &best[i * row + j];

			*at = at[row] > at[1] ? at[row] : at[1];
			if (w && w + at[row + 1] > *at)
				*at = w + at[row + 1];
		}
	return best;
}

static void pair_lines(struct compare_function *d)
{
	const struct covered_function *a = d->f[SIDE_A], *b = d->f[SIDE_B];
	unsigned int *best = in_common(a, b), w;
	size_t row = b->nr_lines + 1, i = 0, j = 0;

	while (i < a->nr_lines && j < b->nr_lines) {
		const unsigned int *at = &best[i * row + j];

		w = weight(&a->lines[i], &b->lines[j]);
		if (w && *at == w + at[row + 1]) {
			if (a->lines[i].reached != b->lines[j].reached)
				add_line(d, a->lines[i].reached ? SIDE_A : SIDE_B, i, j);
			i++;
			j++;
		} else if (*at == at[row]) {
			i++;
		} else {
			j++;
		}
	}
	free(best);
}

static bool differs(const struct compare_function *d)
{
	return !d->f[SIDE_A] || !d->f[SIDE_B] || d->n[SIDE_A] || d->n[SIDE_B] ||
	       memcmp(&d->f[SIDE_A]->share, &d->f[SIDE_B]->share, sizeof(d->f[SIDE_A]->share));
}

static void add_function(struct compare_coverage *c, const struct covered_function *a,
			 const struct covered_function *b)
{
	struct compare_function d = { .f = { a, b } };

	if (a && b)
		pair_lines(&d);
	if (!differs(&d))
		return;
	c->f = realloc(c->f, (c->n + 1) * sizeof(*c->f));
	if (!c->f)
		abort();
	c->f[c->n++] = d;
	c->lines[SIDE_A] += d.n[SIDE_A];
	c->lines[SIDE_B] += d.n[SIDE_B];
}

static int by_loss(const void *x, const void *y)
{
	const struct compare_function *a = x, *b = y;
	bool half_a = !a->f[SIDE_A] || !a->f[SIDE_B], half_b = !b->f[SIDE_A] || !b->f[SIDE_B];
	const struct covered_function *fa, *fb;

	if (half_a != half_b)
		return half_a - half_b;
	if (a->n[SIDE_A] != b->n[SIDE_A])
		return a->n[SIDE_A] > b->n[SIDE_A] ? -1 : 1;
	if (a->n[SIDE_B] != b->n[SIDE_B])
		return a->n[SIDE_B] > b->n[SIDE_B] ? -1 : 1;
	fa = a->f[a->f[SIDE_B] ? SIDE_B : SIDE_A];
	fb = b->f[b->f[SIDE_B] ? SIDE_B : SIDE_A];
	return strcmp(fa->name, fb->name);
}

void compare_coverage_fill(struct compare_coverage *c, const struct covered_function *a,
			   size_t na, const struct covered_function *b, size_t nb)
{
	size_t i;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < na; i++) {
		share_add(&c->total[SIDE_A], &a[i].share);
		add_function(c, &a[i], find(b, nb, a[i].name));
	}
	for (i = 0; i < nb; i++) {
		share_add(&c->total[SIDE_B], &b[i].share);
		if (!find(a, na, b[i].name))
			add_function(c, NULL, &b[i]);
	}
	if (c->n)
		qsort(c->f, c->n, sizeof(*c->f), by_loss);
}

void compare_coverage_free(struct compare_coverage *c)
{
	unsigned int i;

	for (i = 0; i < c->n; i++) {
		free(c->f[i].line[SIDE_A]);
		free(c->f[i].line[SIDE_B]);
	}
	free(c->f);
	memset(c, 0, sizeof(*c));
}
