// SPDX-License-Identifier: GPL-2.0-only
/* Coverage of two kernels for people, as JSON and on a page. */
#include <string.h>

#include "../report/json_add.h"
#include "../report/html.h"
#include "coverage.h"

#define FUNCTIONS	8	/* in a screenful */
#define RUNS		5	/* of lines, likewise, of those that are lost and the others */

static const char *const word[] = { "lost", "gained" };

static const char *name_of(const struct compare_function *d)
{
	return d->f[d->f[SIDE_A] ? SIDE_A : SIDE_B]->name;
}

static const char *plural(unsigned int n)
{
	return n == 1 ? "" : "s";
}

/* "3/4 -> 2/5", or nothing when neither side has any */
static void share_text(char *to, size_t size, const struct compare_function *d, bool lines)
{
	char text[2][32] = { "", "" };
	unsigned int s;

	for (s = 0; s < 2; s++) {
		const struct share *x = d->f[s] ? &d->f[s]->share : NULL;

		if (x && (lines ? x->lines : x->branches))
			snprintf(text[s], sizeof(text[s]), "%u/%u", lines ? x->lines_hit : x->branches_hit,
				 lines ? x->lines : x->branches);
	}
	*to = '\0';
	if (*text[SIDE_A] || *text[SIDE_B])
		snprintf(to, size, "%7s -> %s", *text[SIDE_A] ? text[SIDE_A] : "-",
			 *text[SIDE_B] ? text[SIDE_B] : "-");
}

static void print_function(FILE *f, const struct compare_function *d)
{
	char lines[48], branches[48], rest[48] = "";
	int at = 0;
	unsigned int s;

	share_text(lines, sizeof(lines), d, true);
	share_text(branches, sizeof(branches), d, false);
	if (!d->f[SIDE_A] || !d->f[SIDE_B])
		strcpy(rest, d->f[SIDE_A] ? "gone" : "new");
	for (s = 0; s < 2; s++)
		if (d->n[s])
			at += snprintf(rest + at, sizeof(rest) - (size_t)at, "%s%u %s", at ? ", " : "",
				       d->n[s], word[s]);
	fprintf(f, "  %-33s %-18s ", name_of(d), lines);
	fprintf(f, *rest ? "%-18s %s\n" : "%s%s\n", branches, rest);
}

/* Does the side that reaches them reach something else between two of the lines? */
static bool apart(const struct compare_function *d, enum compare_side s,
		  const struct compare_line *from, const struct compare_line *to)
{
	const struct covered_function *f = d->f[s];
	unsigned int nr;

	for (nr = from->nr[s] + 1; nr < to->nr[s]; nr++)
		if (f->lines[nr - f->first].reached)
			return true;
	return from->code != to->code;
}

static void print_range(FILE *f, unsigned int from, unsigned int to)
{
	fprintf(f, from == to ? "%u" : "%u-%u", from, to);
}

/* Neighbours, with what the first of them says */
static void print_run(FILE *f, const struct compare_function *d, enum compare_side s,
		      const struct compare_line *from, const struct compare_line *to)
{
	const char *file = d->f[s]->file, *base = strrchr(file, '/');

	fprintf(f, "  %s:", base ? base + 1 : file);
	print_range(f, from->nr[s], to->nr[s]);
	fprintf(f, " (%c: ", "BA"[s]);
	print_range(f, from->nr[!s], to->nr[!s]);
	fprintf(f, "%s) %s: %.50s%s", from->code ? "" : ", no code", name_of(d), from->text,
		strlen(from->text) <= 50 ? "" : "...");
	if (from == to)
		putc('\n', f);
	else
		fprintf(f, " and %u more\n", (unsigned int)(to - from));
}

/* Return: how many lines were not printed; those of the first @left runs were */
static unsigned int print_runs(FILE *f, const struct compare_function *d, enum compare_side s,
			       unsigned int *left)
{
	unsigned int i, to;

	for (i = 0; i < d->n[s] && *left; i = to, --*left) {
		for (to = i + 1; to < d->n[s] &&
		     !apart(d, s, &d->line[s][to - 1], &d->line[s][to]); to++)
			;
		print_run(f, d, s, &d->line[s][i], &d->line[s][to - 1]);
	}
	return d->n[s] - i;
}

static void print_lines(FILE *f, const struct compare_coverage *c, enum compare_side s,
			int verbose)
{
	unsigned int left = verbose ? ~0u : RUNS, more = 0, i;

	if (!c->lines[s])
		return;
	fprintf(f, "%s: reached on %c; the same text on %c is not\n", word[s], "AB"[s], "BA"[s]);
	for (i = 0; i < c->n; i++)
		more += print_runs(f, &c->f[i], s, &left);
	if (more)
		fprintf(f, "  and %u more line%s (-v)\n", more, plural(more));
}

void compare_coverage_print(FILE *f, const struct compare_coverage *c, int verbose)
{
	const struct share *a = &c->total[SIDE_A], *b = &c->total[SIDE_B];
	unsigned int i, some = verbose || c->n <= FUNCTIONS ? c->n : FUNCTIONS;

	if (!c->n) {
		fprintf(f, "coverage: the same (%u lines of %u)\n", a->lines_hit, a->lines);
		return;
	}
	fprintf(f, "coverage: lines %u/%u -> %u/%u, branches %u/%u -> %u/%u; %u line%s lost, %u gained\n",
		a->lines_hit, a->lines, b->lines_hit, b->lines, a->branches_hit, a->branches,
		b->branches_hit, b->branches, c->lines[SIDE_A], plural(c->lines[SIDE_A]),
		c->lines[SIDE_B]);
	fprintf(f, "  %-33s %-18s %s\n", "lifecycle function", "lines", "branches");
	for (i = 0; i < some; i++)
		print_function(f, &c->f[i]);
	if (some < c->n)
		fprintf(f, "  and %u more (-v)\n", c->n - some);
	print_lines(f, c, SIDE_A, verbose);
	print_lines(f, c, SIDE_B, verbose);
}

static struct json_object *total_json(const struct share *s)
{
	struct json_object *o = json_object_new_object();

	share_json(o, s);
	return o;
}

static struct json_object *side_json(const struct covered_function *f)
{
	struct json_object *o;

	if (!f)
		return NULL;
	o = json_object_new_object();
	add_str(o, "file", f->file);
	share_json(o, &f->share);
	return o;
}

static struct json_object *lines_json(const struct compare_function *d, enum compare_side s)
{
	struct json_object *array = json_object_new_array(), *o;
	unsigned int i;

	for (i = 0; i < d->n[s]; i++) {
		const struct compare_line *l = &d->line[s][i];

		o = json_object_new_object();
		add_int(o, "a", l->nr[SIDE_A]);
		add_int(o, "b", l->nr[SIDE_B]);
		add_str(o, "text", l->text);
		json_object_object_add(o, "code", json_object_new_boolean(l->code));
		json_object_array_add(array, o);
	}
	return array;
}

struct json_object *compare_coverage_json(const struct compare_coverage *c)
{
	struct json_object *top = json_object_new_object(), *array = json_object_new_array(), *o;
	unsigned int i;

	json_object_object_add(top, "a", total_json(&c->total[SIDE_A]));
	json_object_object_add(top, "b", total_json(&c->total[SIDE_B]));
	add_int(top, "lost", c->lines[SIDE_A]);
	add_int(top, "gained", c->lines[SIDE_B]);
	for (i = 0; i < c->n; i++) {
		const struct compare_function *d = &c->f[i];

		o = json_object_new_object();
		add_str(o, "function", name_of(d));
		json_object_object_add(o, "a", side_json(d->f[SIDE_A]));
		json_object_object_add(o, "b", side_json(d->f[SIDE_B]));
		json_object_object_add(o, "lost", lines_json(d, SIDE_A));
		json_object_object_add(o, "gained", lines_json(d, SIDE_B));
		json_object_array_add(array, o);
	}
	json_object_object_add(top, "functions", array);
	return top;
}

static void function_html(FILE *f, const struct compare_function *d)
{
	static const struct share none;
	const struct share *a = d->f[SIDE_A] ? &d->f[SIDE_A]->share : &none;
	const struct share *b = d->f[SIDE_B] ? &d->f[SIDE_B]->share : &none;

	fputs("<tr>", f);
	html_elem(f, "td class=\"v\"", name_of(d));
	share_html(f, a->lines_hit, a->lines);
	share_html(f, b->lines_hit, b->lines);
	share_html(f, a->branches_hit, a->branches);
	share_html(f, b->branches_hit, b->branches);
	if (d->f[SIDE_A] && d->f[SIDE_B])
		fprintf(f, "<td class=\"num\">%u</td><td class=\"num\">%u</td></tr>\n", d->n[SIDE_A],
			d->n[SIDE_B]);
	else
		fprintf(f, "<td colspan=\"2\">%s</td></tr>\n", d->f[SIDE_A] ? "gone" : "new");
}

static void lines_html(FILE *f, const struct compare_coverage *c, enum compare_side s)
{
	unsigned int i, k;

	if (!c->lines[s])
		return;
	fprintf(f, "<details open><summary>%s: %u line%s reached on %c, the same text on %c is not"
		"</summary>\n<table>\n<thead><tr><th>function</th><th class=\"num\">A</th>"
		"<th class=\"num\">B</th><th>line</th></tr></thead>\n<tbody>\n", word[s], c->lines[s],
		plural(c->lines[s]), "AB"[s], "BA"[s]);
	for (i = 0; i < c->n; i++)
		for (k = 0; k < c->f[i].n[s]; k++) {
			const struct compare_line *l = &c->f[i].line[s][k];

			fputs("<tr>", f);
			html_elem(f, "td class=\"v\"", k ? "" : name_of(&c->f[i]));
			fprintf(f, "<td class=\"num\">%u</td><td class=\"num\">%u</td><td><code>",
				l->nr[SIDE_A], l->nr[SIDE_B]);
			html_text(f, l->text);
			fprintf(f, "</code>%s</td></tr>\n", l->code ? "" : " (no code)");
		}
	fputs("</tbody></table>\n</details>\n", f);
}

void compare_coverage_html(FILE *f, const struct compare_coverage *c)
{
	unsigned int i;

	fputs("<section class=\"wide\">\n<h2>coverage of the lifecycle</h2>\n<p>", f);
	for (i = 0; i < 2; i++)
		fprintf(f, "%s%c: %u lines of %u, %u branches of %u", i ? "; " : "", "AB"[i],
			c->total[i].lines_hit, c->total[i].lines, c->total[i].branches_hit,
			c->total[i].branches);
	fputs(c->n ? "</p>\n" : ": the same</p>\n", f);
	if (c->n) {
		fputs("<table>\n<thead><tr><th>function</th><th>lines, A</th><th>lines, B</th>"
		      "<th>branches, A</th><th>branches, B</th><th class=\"num\">lost</th>"
		      "<th class=\"num\">gained</th></tr></thead>\n<tbody>\n", f);
		for (i = 0; i < c->n; i++)
			function_html(f, &c->f[i]);
		fputs("</tbody></table>\n", f);
		lines_html(f, c, SIDE_A);
		lines_html(f, c, SIDE_B);
	}
	fputs("</section>\n", f);
}
