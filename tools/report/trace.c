// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lays the rows of a trace out in columns.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tracerow.h"

#define DEFAULT_WIDTH	100
#define MIN_COLUMN	14
#define MIN_TEXT	24	/* room for text in the last column */
#define LAST_COLUMN	40	/* its width, of three and more */
#define MAX_PLACE	28

struct layout {
	unsigned int width;	/* of a line */
	unsigned int digits;
	unsigned int column;	/* width of one */
	unsigned int place;	/* width at the right, 0: none */
	int index[TRACE_COLUMNS];	/* of a task's column, -1: none */
	unsigned int ncolumns;
};

const struct trace_resolver trace_own_symbols = {
	.lookup = sym_lookup_ret,
	.source = sym_source_line,
	.data = sym_name_data,
	.text = sym_source_text,
};

static unsigned int terminal_width(FILE *out)
{
	struct winsize ws;
	int fd = fileno(out);

	if (fd >= 0 && isatty(fd) && !ioctl(fd, TIOCGWINSZ, &ws) && ws.ws_col >= 40)
		return ws.ws_col;
	return DEFAULT_WIDTH;
}

int trace_place(const struct trace_row *row, char *buf, size_t len)
{
	const char *base;

	buf[0] = '\0';
	if (!row->file || !row->lo)
		return 0;
	base = strrchr(row->file, '/');
	base = base ? base + 1 : row->file;
	if (row->hi > row->lo)
		return snprintf(buf, len, "%s:%u-%u", base, row->lo, row->hi);
	return snprintf(buf, len, "%s:%u", base, row->lo);
}

static void measure(struct layout *l, const struct trace_rows *rows, unsigned int ntasks)
{
	unsigned int shown = 0, t, room, need;
	bool used[TRACE_COLUMNS] = { false };
	char buf[64];
	size_t i;

	for (i = 0; i < rows->n; i++)
		if (!rows->row[i].dropped)
			used[rows->row[i].task] = true;
	for (t = 0; t < ntasks; t++)
		l->index[t] = used[t] ? (int)l->ncolumns++ : -1;
	if (!l->ncolumns)
		l->ncolumns = 1;
	for (i = 0; i < rows->n; i++) {
		int len = trace_place(&rows->row[i], buf, sizeof(buf));

		if (rows->row[i].dropped)
			continue;
		shown++;
		if (len > (int)l->place)
			l->place = len;
	}
	if (l->place > MAX_PLACE)
		l->place = MAX_PLACE;
	for (l->digits = 2; shown >= 100; shown /= 10)
		l->digits++;
	room = l->digits + 2 + (l->place ? l->place + 1 : 0);
	/* A row is one task's: its text may run on to the right, over the others. */
	l->column = l->width > room ? (l->width - room) / l->ncolumns : 0;
	if (l->ncolumns > 2 && l->width > room + LAST_COLUMN)
		l->column = (l->width - room - LAST_COLUMN) / (l->ncolumns - 1);
	if (l->column < MIN_COLUMN)
		l->column = MIN_COLUMN;
	need = room + l->column * (l->ncolumns - 1) + MIN_TEXT;
	if (l->width < need)
		l->width = need;
}

static void trim(char *line)
{
	size_t n = strlen(line);

	while (n && line[n - 1] == ' ')
		line[--n] = '\0';
}

static void put(char *line, size_t at, const char *text, size_t max)
{
	size_t i, n = strlen(text);

	for (i = 0; i < n && i < max; i++)
		line[at + i] = text[i] == '\t' ? ' ' : text[i];
	if (n > max && max > 2)
		line[at + max - 1] = line[at + max - 2] = '.';
}

static void print_header(FILE *out, const struct layout *l, const char *const *names,
			 unsigned int ntasks, char *line)
{
	unsigned int t, pass;
	size_t i;

	for (pass = 0; pass < 2; pass++) {
		memset(line, ' ', l->width);
		line[l->width] = '\0';
		for (t = 0; t < ntasks; t++) {
			size_t at, max = l->column - 2, len = strlen(names[t]);

			if (l->index[t] < 0)
				continue;
			at = l->digits + 2 + l->index[t] * l->column + 4;
			if (!pass)
				put(line, at, names[t], max);
			else
				for (i = 0; i < len && i < max; i++)
					line[at + i] = '-';
		}
		trim(line);
		fprintf(out, "%s\n", line);
	}
}

/* Never cut: it may start further left or make its line longer. */
static void print_headline(FILE *out, const struct layout *l, unsigned int num,
			   const struct trace_row *row, size_t at)
{
	size_t len = strlen(row->text), left = l->digits + 2;

	if (at + len > l->width)
		at = len + left < l->width ? l->width - len : left;
	fprintf(out, "%*u%c %*s%s\n", l->digits, num, row->preempt ? '*' : ' ',
		(int)(at - left), "", row->text);
}

static void print_row(FILE *out, const struct layout *l, unsigned int num,
		      const struct trace_row *row, char *line)
{
	size_t at = l->digits + 2, max;
	unsigned int indent = 2 * row->depth;
	char num_text[16], buf[64];
	int len;

	if (l->index[row->task] > 0)
		at += l->index[row->task] * l->column;
	if (indent > l->column / 2)
		indent = l->column / 2;
	if (row->headline) {
		print_headline(out, l, num, row, at + indent);
		return;
	}
	memset(line, ' ', l->width);
	line[l->width] = '\0';
	snprintf(num_text, sizeof(num_text), "%*u%c", l->digits, num, row->preempt ? '*' :
		 row->decides ? '!' : ' ');
	put(line, 0, num_text, l->digits + 1);
	len = trace_place(row, buf, sizeof(buf));
	if (len > (int)l->place)
		len = l->place;
	max = l->width - at - (len ? l->place + 1 : 0);
	max -= indent;
	if (row->value && strlen(row->value) + MIN_COLUMN < max) {
		size_t n = strlen(row->text), room = max - strlen(row->value);

		put(line, at + indent, row->text, room);
		put(line, at + indent + (n < room ? n : room), row->value, max);
	} else {
		put(line, at + indent, row->text, max);
	}
	if (len)
		put(line, l->width - len, buf, len);
	trim(line);
	fprintf(out, "%s\n", line);
}

/* The two operations whose order decides, where both are told. */
static void print_order(FILE *out, const struct trace_rows *rows)
{
	unsigned int num = 0, two[3] = { 0 }, n = 0;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		num += !rows->row[i].dropped;
		if (rows->row[i].decides && !rows->row[i].dropped && n < 3)
			two[n++] = num;
	}
	if (n == 2)
		fprintf(out, "reversing %u and %u (!) makes it pass\n", two[0], two[1]);
}

static void print_needs(FILE *out, const struct trace_opts *o)
{
	static const char *const needs[] = {
		[RUN_NEED_UNKNOWN] = "has ", [RUN_NEED_AT_MOST] = "needs at most ",
		[RUN_NEED_EXACTLY] = "needs exactly ",
	};

	if (o->preemptions < 0)
		return;
	fprintf(out, "%s%d preemption%s%s", needs[o->need], o->preemptions,
		o->preemptions == 1 ? "" : "s", o->preemptions ? " (*)" : "");
	if (o->steps_from)
		fprintf(out, "; minimised from %u steps to %u", o->steps_from, o->steps);
	fputc('\n', out);
}

void trace_print_end(FILE *out, const struct trace_rows *rows, const struct trace_opts *o)
{
	print_order(out, rows);
	print_needs(out, o);
}

int trace_print(FILE *out, const struct trace_event *ev, size_t n,
		const char *const *names, unsigned int ntasks,
		const struct trace_opts *opts)
{
	struct trace_opts o = { .preemptions = -1 };
	struct layout l = { .width = 0 };
	struct trace_rows rows = { 0 };
	unsigned int num = 0;
	char *line = NULL;
	int ret = -1;
	size_t i;

	if (opts)
		o = *opts;
	if (!o.resolver)
		o.resolver = &trace_own_symbols;
	if (ntasks > TRACE_COLUMNS)
		ntasks = TRACE_COLUMNS;
	l.width = o.width ? o.width : terminal_width(out);
	if (trace_plan(&rows, ev, n, ntasks, &o))
		goto out;
	measure(&l, &rows, ntasks);
	line = malloc(l.width + 1);
	if (!line)
		goto out;
	print_header(out, &l, names, ntasks, line);
	for (i = 0; i < rows.n; i++)
		if (!rows.row[i].dropped)
			print_row(out, &l, ++num, &rows.row[i], line);
	trace_print_end(out, &rows, &o);
	ret = num;
out:
	free(line);
	trace_rows_free(&rows);
	return ret;
}
