// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of outcomes.
 */
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "outcome.h"

#define WIDTH		100
#define MAX_TURNED	24

struct table {
	const struct run_result *r;
	const struct run_outcome **row;	/* most frequent first */
	int *width;			/* 0: constant, not a column */
	unsigned long total;
	int count_width;
	int percent_width;
};

const char *outcome_cell(long v, char *buf, size_t len)
{
	if (v == OUTCOME_NONE) {
		snprintf(buf, len, "-");
		return buf;
	}
	return value_name(v, buf, len);
}

const char *outcome_percent(unsigned long count, unsigned long total, char *buf, size_t len)
{
	double p = total ? 100.0 * count / total : 0;

	if (count && p < 0.1)
		snprintf(buf, len, "<0.1%%");
	else if (count < total && p >= 99.95)
		snprintf(buf, len, ">99.9%%");
	else
		snprintf(buf, len, "%.1f%%", p);
	return buf;
}

static int by_count(const void *a, const void *b)
{
	const struct run_outcome *x = *(const struct run_outcome *const *)a;
	const struct run_outcome *y = *(const struct run_outcome *const *)b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return x < y ? -1 : x > y;
}

bool outcome_constant(const struct run_result *r, unsigned int c)
{
	unsigned int i;

	for (i = 1; i < r->noutcomes; i++)
		if (r->outcomes[i].values[c] != r->outcomes[0].values[c])
			return false;
	return true;
}

const struct run_outcome **outcome_sorted(const struct run_result *r)
{
	const struct run_outcome **row = calloc(r->noutcomes + 1, sizeof(*row));
	unsigned int i;

	for (i = 0; row && i < r->noutcomes; i++)
		row[i] = &r->outcomes[i];
	if (row)
		qsort(row, r->noutcomes, sizeof(*row), by_count);
	return row;
}

static int widest(int w, const char *s)
{
	int n = strlen(s);

	return n > w ? n : w;
}

static void measure(struct table *t)
{
	const struct run_result *r = t->r;
	unsigned int i, c;
	char buf[32];

	t->count_width = 5;
	t->percent_width = 6;
	for (i = 0; i < r->noutcomes; i++) {
		t->total += r->outcomes[i].count;
		snprintf(buf, sizeof(buf), "%lu", r->outcomes[i].count);
		t->count_width = widest(t->count_width, buf);
	}
	for (c = 0; c < r->ncolumns; c++) {
		if (outcome_constant(r, c))
			continue;
		t->width[c] = widest(1, r->columns[c]);
		for (i = 0; i < r->noutcomes; i++)
			t->width[c] = widest(t->width[c], outcome_cell(r->outcomes[i].values[c],
							       buf, sizeof(buf)));
	}
}

static void print_constants(FILE *f, const struct table *t)
{
	const struct run_result *r = t->r;
	unsigned int c;
	size_t at = 0;
	char buf[32];

	for (c = 0; c < r->ncolumns; c++) {
		const char *v = outcome_cell(r->outcomes[0].values[c], buf, sizeof(buf));
		size_t len = strlen(r->columns[c]) + strlen(v) + 5;

		if (t->width[c])
			continue;
		if (!at)
			at = fprintf(f, "  always: ");
		else if (at + len > 98)
			at = fprintf(f, ",\n          ") - 2;
		else
			at += fprintf(f, ", ");
		at += fprintf(f, "%s = %s", r->columns[c], v);
	}
	if (at)
		fputc('\n', f);
}

static void print_table(FILE *f, const struct table *t)
{
	const struct run_result *r = t->r;
	unsigned int c, i;
	char buf[32];

	fprintf(f, "  %*s  %*s", t->count_width, "count", t->percent_width, "%");
	for (c = 0; c < r->ncolumns; c++)
		if (t->width[c])
			fprintf(f, "  %-*s", t->width[c], r->columns[c]);
	fputs("  witness\n", f);
	for (i = 0; i < r->noutcomes; i++) {
		const struct run_outcome *o = t->row[i];

		fprintf(f, "  %*lu  %*s", t->count_width, o->count, t->percent_width,
			outcome_percent(o->count, t->total, buf, sizeof(buf)));
		for (c = 0; c < r->ncolumns; c++)
			if (t->width[c])
				fprintf(f, "  %-*s", t->width[c],
					outcome_cell(o->values[c], buf, sizeof(buf)));
		fprintf(f, "  %s\n", o->token ? o->token : "-");
	}
}

static int table_width(const struct table *t)
{
	const struct run_result *r = t->r;
	int width = 4 + t->count_width + t->percent_width, witness = 0;
	unsigned int i;

	for (i = 0; i < r->ncolumns; i++)
		if (t->width[i])
			width += 2 + t->width[i];
	for (i = 0; i < r->noutcomes; i++)
		witness = widest(witness, r->outcomes[i].token ? r->outcomes[i].token : "");
	return width + 2 + witness;
}

/* Outcomes first to last - 1, one below the other turned into side by side. */
static void print_across(FILE *f, const struct table *t, unsigned int first,
			 unsigned int last, int name_width, int cell_width)
{
	const struct run_result *r = t->r;
	unsigned int c, i;
	char buf[32];

	fprintf(f, "  %-*s", name_width, "outcome");
	for (i = first; i < last; i++)
		fprintf(f, "  %*u", cell_width, i + 1);
	fprintf(f, "\n  %-*s", name_width, "count");
	for (i = first; i < last; i++)
		fprintf(f, "  %*lu", cell_width, t->row[i]->count);
	fprintf(f, "\n  %-*s", name_width, "%");
	for (i = first; i < last; i++)
		fprintf(f, "  %*s", cell_width,
			outcome_percent(t->row[i]->count, t->total, buf, sizeof(buf)));
	for (c = 0; c < r->ncolumns; c++) {
		if (!t->width[c])
			continue;
		fprintf(f, "\n  %-*s", name_width, r->columns[c]);
		for (i = first; i < last; i++)
			fprintf(f, "  %*s", cell_width,
				outcome_cell(t->row[i]->values[c], buf, sizeof(buf)));
	}
	fputc('\n', f);
	for (i = first; i < last; i++)
		fprintf(f, "  witness of %u: %s\n", i + 1,
			t->row[i]->token ? t->row[i]->token : "-");
}

/* A table that is too wide for a terminal. */
static void print_turned(FILE *f, const struct table *t)
{
	const struct run_result *r = t->r;
	int name_width = 7, cell_width = widest(t->percent_width, "-ENODEV");
	unsigned int c, i, step, last = r->noutcomes;
	char buf[32];

	cell_width = cell_width > t->count_width ? cell_width : t->count_width;
	for (c = 0; c < r->ncolumns; c++) {
		if (!t->width[c])
			continue;
		name_width = widest(name_width, r->columns[c]);
		for (i = 0; i < r->noutcomes; i++)
			cell_width = widest(cell_width,
					    outcome_cell(t->row[i]->values[c], buf, sizeof(buf)));
	}
	step = name_width + cell_width + 4 < WIDTH ?
		(WIDTH - 2 - name_width) / (cell_width + 2) : 1;
	if (last > MAX_TURNED)
		last = MAX_TURNED;
	for (i = 0; i < last; i += step)
		print_across(f, t, i, i + step < last ? i + step : last, name_width,
			     cell_width);
	if (last < r->noutcomes)
		fprintf(f, "  and %u rarer ones; --json tells them all\n",
			r->noutcomes - last);
}

void outcome_print(FILE *f, const struct run_result *r)
{
	struct table t = { .r = r };

	if (!r->noutcomes)
		return;
	t.row = outcome_sorted(r);
	t.width = calloc(r->ncolumns + 1, sizeof(*t.width));
	if (t.row && t.width) {
		measure(&t);
		print_constants(f, &t);
		if (table_width(&t) <= WIDTH)
			print_table(f, &t);
		else
			print_turned(f, &t);
	}
	free(t.row);
	free(t.width);
}
