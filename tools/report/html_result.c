// SPDX-License-Identifier: GPL-2.0-only
/* A run's result on a page: verdict, extent of the search, outcomes, races. */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "outcome.h"

#define MAX_ROWS	200	/* of the table; --json has all */

void html_verdict(FILE *f, enum run_status s)
{
	const char *name = run_status_name(s);

	fprintf(f, "<span class=\"verdict %s\">%s</span>", name, name);
}

static const char *plural(unsigned long n)
{
	return n == 1 ? "" : "s";
}

void html_extent(FILE *f, const struct run_result *r)
{
	double chance = result_chance(&r->sampling);

	if (r->exhaustive && r->traces)
		fprintf(f, "complete, %lu trace%s", r->traces, plural(r->traces));
	else if (r->exhaustive)
		fputs("complete", f);
	else if (r->complete_bound >= 0)
		fprintf(f, "complete up to %d preemption%s", r->complete_bound,
			plural((unsigned long)r->complete_bound));
	else
		fputs("not complete", f);
	if (!r->exhaustive && r->traces && r->share > 0)
		fprintf(f, ", %lu traces, an estimated %.2g&nbsp;%% of them all", r->traces,
			100 * r->share);
	if (chance >= 0.0005)
		fprintf(f, ", %lu drawn: a bug of depth %u is found with at least %.1f&nbsp;%%",
			r->sampling.schedules, r->sampling.depth, 100 * chance);
	else if (r->sampling.schedules)
		fprintf(f, ", %lu drawn", r->sampling.schedules);
}

static void constants(FILE *f, const struct run_result *r)
{
	const char *sep = "<p class=\"always\">always ";
	bool any = false;
	unsigned int c;
	char buf[32];

	for (c = 0; c < r->ncolumns; c++) {
		if (!outcome_constant(r, c))
			continue;
		fputs(any ? ", " : sep, f);
		fputs("<code>", f);
		html_format(f, "%s = %s", r->columns[c],
			    outcome_cell(r->outcomes[0].values[c], buf, sizeof(buf)));
		fputs("</code>", f);
		any = true;
	}
	if (any)
		fputs("</p>\n", f);
}

static void cells(FILE *f, const struct run_result *r, const struct run_outcome *o)
{
	unsigned int c;
	char buf[32];

	for (c = 0; c < r->ncolumns; c++) {
		long v = o->values[c];

		if (outcome_constant(r, c))
			continue;
		html_elem(f, v == OUTCOME_NONE ? "td class=\"v none\"" : v < 0 ?
			  "td class=\"v neg\"" : "td class=\"v\"", outcome_cell(v, buf, sizeof(buf)));
	}
}

/* The last cell of a row. A token may be long: its beginning is seen, all of it copied. */
static void token_cell(FILE *f, const char *token)
{
	fputs("<td><div class=\"token\">", f);
	html_elem(f, "code", token ? token : "-");
	fputs(token ? "<button type=\"button\" class=\"copy\">copy</button></div></td></tr>\n" :
	      "</div></td></tr>\n", f);
}

static void outcomes(FILE *f, const struct run_result *r)
{
	const struct run_outcome **row = outcome_sorted(r);
	unsigned long total = 0;
	unsigned int i, c;
	char buf[32];

	for (i = 0; i < r->noutcomes; i++)
		total += r->outcomes[i].count;
	constants(f, r);
	fputs("<div class=\"wide\"><table class=\"outcomes\">\n<thead><tr><th class=\"num\">schedules</th>"
	      "<th class=\"num\">share</th>", f);
	for (c = 0; c < r->ncolumns; c++)
		if (!outcome_constant(r, c))
			html_elem(f, "th", r->columns[c]);
	fputs("<th>witness, for vfiosim replay</th></tr></thead>\n<tbody>\n", f);
	for (i = 0; row && i < r->noutcomes && i < MAX_ROWS; i++) {
		fprintf(f, "<tr><td class=\"num\">%lu</td><td class=\"num bar\" style=\"--p:%.2f%%\">",
			row[i]->count, total ? 100.0 * row[i]->count / total : 0);
		html_text(f, outcome_percent(row[i]->count, total, buf, sizeof(buf)));
		fputs("</td>", f);
		cells(f, r, row[i]);
		token_cell(f, row[i]->token);
	}
	fputs("</tbody></table></div>\n", f);
	if (r->noutcomes > MAX_ROWS)
		fprintf(f, "<p>and %u rarer ones; --json has them all</p>\n", r->noutcomes - MAX_ROWS);
	free(row);
}

static void races(FILE *f, const struct run_result *r)
{
	unsigned int i;

	fputs("<div class=\"wide\"><table>\n<thead><tr><th>access</th><th>races with</th><th>object</th>"
	      "<th>replay</th></tr></thead>\n<tbody>\n", f);
	for (i = 0; i < r->nraces; i++) {
		const struct run_race *x = &r->races[i];

		fputs("<tr>", f);
		html_elem(f, "td", x->a);
		html_elem(f, "td", x->b);
		html_elem(f, "td", x->object);
		token_cell(f, x->token);
	}
	fputs("</tbody></table></div>\n", f);
}

/* Of two places that conflict, which was first: what was seen, and what never. */
static void orders(FILE *f, const struct run_result *r)
{
	unsigned int i;

	fputs("<h3>interleavings</h3>\n", f);
	fprintf(f, "<p>%u pair%s of conflicting places, %u of %u orders seen%s</p>\n",
		r->order_pairs, plural(r->order_pairs), r->orders_seen, 2 * r->order_pairs,
		r->nunseen && r->exhaustive ? ", the others cannot happen" : "");
	if (r->exhaustive || !r->nunseen)
		return;
	fputs("<details><summary>never seen</summary>\n<div class=\"wide\"><table>\n<thead><tr>"
	      "<th>first</th><th>then</th></tr></thead>\n<tbody>\n", f);
	for (i = 0; i < r->nunseen; i++) {
		fputs("<tr>", f);
		html_elem(f, "td", r->unseen[i].first);
		html_elem(f, "td", r->unseen[i].second);
		fputs("</tr>\n", f);
	}
	fputs("</tbody></table></div></details>\n", f);
}

void html_findings(FILE *f, const struct run_result *r)
{
	unsigned int i;

	if (r->noutcomes) {
		fprintf(f, "<h3>%u outcome%s</h3>\n", r->noutcomes, plural(r->noutcomes));
		outcomes(f, r);
	}
	if (r->nsometimes)
		fputs("<h3>sometimes</h3>\n<ul class=\"some\">\n", f);
	for (i = 0; i < r->nsometimes; i++) {
		const char *word = r->sometimes[i].reached ? "reached" : "not reached";

		fprintf(f, "<li><span class=\"%s\">%s</span> ", r->sometimes[i].reached ? "ok" : "bad",
			word);
		html_elem(f, "code", r->sometimes[i].text);
		fputs("</li>\n", f);
	}
	if (r->nsometimes)
		fputs("</ul>\n", f);
	if (r->order_pairs)
		orders(f, r);
	if (r->nraces) {
		fprintf(f, "<h3>%u data race%s</h3>\n", r->nraces, plural(r->nraces));
		races(f, r);
	}
	if (r->stubs) {
		fputs("<h3>stubs reached</h3>\n", f);
		html_elem(f, "p", r->stubs);
	}
}
