// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rows of a trace as a part of a page: time goes down, each task has a
 * lane; above it the same from left to right, small.
 */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "tracelane.h"

#define MAX_INDENT	12

static bool collect(struct lanes *l, const struct trace_rows *rows)
{
	bool used[TRACE_COLUMNS] = { false };
	unsigned int t;
	size_t i;

	l->row = calloc(rows->n + 1, sizeof(*l->row));
	if (!l->row)
		return false;
	for (i = 0; i < rows->n; i++) {
		const struct trace_row *row = &rows->row[i];

		if (row->dropped)
			continue;
		l->row[l->n++] = row;
		used[row->task] = true;
		if (row->file && row->lo && lanes_file(l, row) < 0 && l->nfiles < LANE_FILES)
			l->file[l->nfiles++] = row->file;
	}
	for (t = 0; t < l->ntasks; t++) {
		l->lane[t] = used[t] ? (int)l->nlanes : -1;
		if (used[t])
			l->task[l->nlanes++] = t;
	}
	return true;
}

static const char *mark_of(const struct trace_row *row)
{
	return row->headline ? "fail" : row->decides ? "dec" : row->preempt ? "pre" :
		row->flags & TRACE_BLOCK ? "blk" : NULL;
}

/* A piece of a lane that leads to its row; not for the keyboard, which has the rows. */
static void piece(FILE *f, const char *class, size_t at, size_t len)
{
	fprintf(f, "<a href=\"#r%zu\" tabindex=\"-1\"><rect class=\"%s\" ", at + 1, class);
	fprintf(f, "x=\"%zu\" y=\"0\" width=\"%zu\" height=\"12\"/></a>", at, len);
}

/* Rows @from to @to - 1 of one task, from left to right. */
static void stretch(FILE *f, const struct lanes *l, size_t from, size_t to)
{
	size_t i;

	piece(f, "ran", from, to - from);
	for (i = from; i < to; i++)
		if (mark_of(l->row[i]))
			piece(f, mark_of(l->row[i]), i, 1);
}

static void overview(FILE *f, const struct lanes *l)
{
	unsigned int lane;
	size_t i, k;

	fputs("<div class=\"over\" aria-hidden=\"true\">\n", f);
	for (lane = 0; lane < l->nlanes; lane++) {
		fprintf(f, "<span class=\"t%u\">", lane % LANE_COLOURS);
		html_text(f, l->names[l->task[lane]]);
		fprintf(f, "</span><svg class=\"t%u\" viewBox=\"0 0 %zu 12\" ", lane % LANE_COLOURS,
			l->n);
		fputs("preserveAspectRatio=\"none\">", f);
		fprintf(f, "<rect class=\"axis\" y=\"5.5\" width=\"%zu\" height=\"1\"/>", l->n);
		for (i = 0; i < l->n; i = k) {
			for (k = i; k < l->n && l->row[k]->task == l->row[i]->task; k++)
				;
			if (l->row[i]->task == l->task[lane])
				stretch(f, l, i, k);
		}
		fputs("</svg>\n", f);
	}
	fputs("</div>\n", f);
}

/* The lines of life of all tasks: where nothing is done, who could and who waits. */
static void lifelines(FILE *f, const struct lanes *l, size_t at, const size_t *first,
		      const size_t *last, const bool *waits)
{
	unsigned int lane;

	for (lane = 0; lane < l->nlanes; lane++) {
		const char *state = l->row[at]->task == l->task[lane] ? " run" :
			at < first[lane] || at > last[lane] ? " out" : waits[lane] ? " wait" : "";

		fprintf(f, "<i class=\"l t%u%s\" style=\"--c:%u\"></i>", lane % LANE_COLOURS, state,
			lane);
	}
}

static void place(FILE *f, const struct lanes *l, const struct trace_row *row)
{
	int file = lanes_file(l, row);
	char buf[64];

	if (file < 0)
		return;
	trace_place(row, buf, sizeof(buf));
	fprintf(f, "<a class=\"at\" href=\"#s%d-%u\">", file, row->lo);
	html_text(f, buf);
	fputs("</a>", f);
}

/* Characters of the longest place: as wide is its column. */
static int widest_place(const struct lanes *l)
{
	char buf[64];
	int most = 0;
	size_t i;

	for (i = 0; i < l->n; i++) {
		int len = trace_place(l->row[i], buf, sizeof(buf));

		most = len > most ? len : most;
	}
	return most < (int)sizeof(buf) ? most : (int)sizeof(buf);
}

/* "> open ..." and "= 3" are the scenario's: the page says so by their look. */
static const char *look(const struct trace_row *row)
{
	return row->headline ? " fail" : !strncmp(row->text, "> ", 2) ? " step" :
		!strncmp(row->text, "= ", 2) ? " end" : row->heading ? " head" : "";
}

static void one_row(FILE *f, const struct lanes *l, size_t i)
{
	const struct trace_row *row = l->row[i];
	unsigned int lane = (unsigned int)l->lane[row->task];
	bool switched = i && l->row[i - 1]->task != row->task;

	fprintf(f, "<span class=\"n\">%zu<em>%s</em></span>", i + 1,
		row->preempt ? "*" : row->decides ? "!" : "");
	fprintf(f, "<span class=\"op t%u%s\" style=\"--c:%u;--d:%u\">", lane % LANE_COLOURS,
		look(row), lane, row->depth < MAX_INDENT ? row->depth : MAX_INDENT);
	if (switched || !i) {
		fputs("<span class=\"who\">", f);
		html_text(f, l->names[row->task]);
		fputs("</span>", f);
	}
	html_elem(f, "span class=\"tx\"", row->text);
	if (row->value)
		html_elem(f, "span class=\"val\"", row->value);
	fputs("</span>", f);
	place(f, l, row);
}

static void all_rows(FILE *f, const struct lanes *l)
{
	size_t first[TRACE_COLUMNS], last[TRACE_COLUMNS], i;
	bool waits[TRACE_COLUMNS] = { false };
	unsigned int lane;

	for (i = l->n; i--;)
		first[l->lane[l->row[i]->task]] = i;
	for (i = 0; i < l->n; i++)
		last[l->lane[l->row[i]->task]] = i;
	fprintf(f, "<div class=\"lanes\" style=\"--n:%u;--p:%d\">\n<div class=\"row names\">",
		l->nlanes, widest_place(l));
	for (lane = 0; lane < l->nlanes; lane++) {
		fprintf(f, "<b class=\"t%u\" style=\"--c:%u\">", lane % LANE_COLOURS, lane);
		html_text(f, l->names[l->task[lane]]);
		fputs("</b>", f);
	}
	fputs("</div>\n<ol>\n", f);
	for (i = 0; i < l->n; i++) {
		const struct trace_row *row = l->row[i];
		bool switched = i && l->row[i - 1]->task != row->task;

		lane = (unsigned int)l->lane[row->task];
		if (row->flags & (TRACE_BLOCK | TRACE_WAKE) || switched)
			waits[lane] = row->flags & TRACE_BLOCK;
		fprintf(f, "<li id=\"r%zu\" class=\"row%s%s%s\">", i + 1, row->decides ? " dec" : "",
			row->preempt ? " pre" : "", switched ? " sw" : "");
		lifelines(f, l, i, first, last, waits);
		one_row(f, l, i);
		fputs("</li>\n", f);
	}
	fputs("</ol>\n</div>\n", f);
}

static void sentences(FILE *f, const struct trace_rows *rows, const struct trace_opts *o)
{
	char *text = NULL;
	size_t len;
	FILE *m = open_memstream(&text, &len);

	if (!m)
		return;
	trace_print_end(m, rows, o);
	fclose(m);
	if (len)
		html_elem(f, "p class=\"needs\"", text);
	free(text);
}

int trace_html(FILE *out, const struct trace_event *ev, size_t n, const char *const *names,
	       unsigned int ntasks, const struct trace_opts *opts)
{
	struct trace_opts o = { .preemptions = -1 };
	struct lanes l = { .names = names, .ntasks = ntasks };
	struct trace_rows rows = { 0 };
	int ret = -1;

	if (opts)
		o = *opts;
	if (!o.resolver)
		o.resolver = &trace_own_symbols;
	if (l.ntasks > TRACE_COLUMNS)
		l.ntasks = TRACE_COLUMNS;
	if (!trace_plan(&rows, ev, n, l.ntasks, &o) && collect(&l, &rows)) {
		fprintf(out, "<div class=\"trace\" style=\"--rows:%zu\">\n<section class=\"time\">\n",
			l.n);
		overview(out, &l);
		all_rows(out, &l);
		sentences(out, &rows, &o);
		fputs("</section>\n<aside class=\"source\" tabindex=\"0\" aria-label=\"source\">\n",
		      out);
		lanes_source(out, &l, o.resolver);
		fputs("</aside>\n</div>\n", out);
		ret = 0;
	}
	free(l.row);
	trace_rows_free(&rows);
	return ret;
}
