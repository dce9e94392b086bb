// SPDX-License-Identifier: GPL-2.0-only
/*
 * The source beside a trace: the lines that its rows name and a few around
 * each, file by file; what was done there has the number of its row.
 */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "tracelane.h"

#define BEFORE	  8
#define AFTER	  5
#define MAX_MARKS 3 /* rows told at one line */

struct range {
	unsigned int lo, hi;
};

int lanes_file(const struct lanes *l, const struct trace_row *row)
{
	unsigned int i;

	for (i = 0; row->file && row->lo && i < l->nfiles; i++)
		if (!strcmp(l->file[i], row->file))
			return (int)i;
	return -1;
}

static int by_line(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return x->lo < y->lo ? -1 : x->lo > y->lo;
}

/* What is shown of a file: around every line, put together where they meet. */
static size_t ranges(const struct lanes *l, int file, struct range *to)
{
	size_t i, k = 0, n = 0;

	for (i = 0; i < l->n; i++)
		if (lanes_file(l, l->row[i]) == file) {
			unsigned int line = l->row[i]->lo;

			to[n++] = (struct range){ line > BEFORE ? line - BEFORE : 1, line + AFTER };
		}
	qsort(to, n, sizeof(*to), by_line);
	for (i = 1; i < n; i++)
		if (to[i].lo > to[k].hi + 4)
			to[++k] = to[i];
		else if (to[i].hi > to[k].hi)
			to[k].hi = to[i].hi;
	return n ? k + 1 : 0;
}

static void marks(FILE *f, const struct lanes *l, int file, unsigned int line)
{
	unsigned int told = 0;
	size_t i;

	fputs("<b>", f);
	for (i = 0; i < l->n; i++) {
		const struct trace_row *row = l->row[i];

		if (row->lo != line || lanes_file(l, row) != file)
			continue;
		if (told++ == MAX_MARKS) {
			fputs("&hellip;", f);
			break;
		}
		fprintf(f, "<a class=\"t%u%s\" href=\"#r%zu\">%zu</a>",
			l->lane[row->task] % LANE_COLOURS, row->decides ? " dec" : "", i + 1, i + 1);
	}
	fputs("</b>", f);
}

static bool named(const struct lanes *l, int file, unsigned int line)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->row[i]->lo == line && lanes_file(l, l->row[i]) == file)
			return true;
	return false;
}

static void one_range(FILE *f, const struct lanes *l, int file, const struct range *r,
		      const struct trace_resolver *res)
{
	unsigned int line;

	for (line = r->lo; line <= r->hi; line++) {
		const char *text = res->text(l->file[file], line);
		bool told = named(l, file, line);

		if (!text)
			break;
		fprintf(f, "<span class=\"sl%s\" id=\"s%d-%u\"><i>%u</i>", told ? " told" : "",
			file, line, line);
		marks(f, l, file, line);
		fputs("<code>", f);
		html_text(f, text);
		fputs("</code></span>\n", f);
	}
}

void lanes_source(FILE *f, const struct lanes *l, const struct trace_resolver *res)
{
	struct range *r = calloc(l->n + 1, sizeof(*r));
	unsigned int i;
	size_t k, n;

	for (i = 0; r && res->text && i < l->nfiles; i++) {
		n = ranges(l, (int)i, r);
		if (!n || !res->text(l->file[i], r[0].lo))
			continue;
		html_elem(f, "h3", l->file[i]);
		fputs("<pre class=\"src\">", f);
		for (k = 0; k < n; k++) {
			if (k)
				fputs("<span class=\"gap\"></span>\n", f);
			one_range(f, l, (int)i, &r[k], res);
		}
		fputs("</pre>\n", f);
	}
	free(r);
}
