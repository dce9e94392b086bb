// SPDX-License-Identifier: GPL-2.0-only
/* A comparison as a page: what differs, with the witnesses of both sides. */
#include "report/html.h"
#include "coverage.h"

static void verdict(FILE *f, enum compare_verdict v)
{
	static const char *const class[COMPARE_NR_VERDICTS] = {
		"", "pass", "fail", "known", "skip", "error",
	};

	fprintf(f, "<span class=\"verdict %s\">%s</span>", class[v], compare_verdict_name(v));
}

static void of_side(FILE *f, const struct run_result *r)
{
	fputs("<td>", f);
	if (r)
		html_verdict(f, r->status);
	fputs("</td>", f);
}

static bool told(const struct comparison *c)
{
	return c->verdict != COMPARE_SAME || c->ndiff;
}

static const char *in_a_line(const struct comparison *c)
{
	unsigned int i;

	for (i = 0; i < c->ndiff; i++)
		if (c->diff[i].side == (c->verdict == COMPARE_FIXED ? SIDE_A : SIDE_B))
			return c->diff[i].text;
	return c->reason ? c->reason : c->ndiff ? c->diff[0].text : "";
}

static void row(FILE *f, const struct comparison *c)
{
	fputs("<tr><td>", f);
	verdict(f, c->verdict);
	fputs("</td><td>", f);
	if (told(c)) {
		fputs("<a href=\"#x-", f);
		html_path(f, c->scenario);
		fputs("\">", f);
	}
	html_text(f, c->scenario);
	fputs(told(c) ? "</a></td>" : "</td>", f);
	of_side(f, c->r[SIDE_A]);
	of_side(f, c->r[SIDE_B]);
	html_elem(f, "td class=\"why\"", in_a_line(c));
	fputs("</tr>\n", f);
}

/* Those that differ, and behind them what does not */
static void table(FILE *f, const struct compare_all *all)
{
	static const enum compare_verdict order[] = {
		COMPARE_BROKEN, COMPARE_ERROR, COMPARE_CHANGED, COMPARE_FIXED, COMPARE_SKIPPED,
		COMPARE_SAME,
	};
	unsigned int v, i;

	fputs("<section class=\"wide\">\n<table class=\"campaign\">\n<thead><tr><th>verdict</th>"
	      "<th>scenario</th><th>A</th><th>B</th><th>what differs</th></tr></thead>\n<tbody>\n", f);
	for (v = 0; v < COMPARE_NR_VERDICTS; v++)
		for (i = 0; i < all->n; i++)
			if (all->c[i].verdict == order[v])
				row(f, &all->c[i]);
	fputs("</tbody></table>\n</section>\n", f);
}

static void witness(FILE *f, const struct compare_diff *d)
{
	const char *here = d->side == SIDE_A ? "A" : "B", *there = d->side == SIDE_A ? "B" : "A";

	fprintf(f, "<h3>only %s: %s</h3>\n", here, d->what);
	fputs("<p><code>", f);
	html_text(f, d->text);
	fputs("</code></p>\n<p>", f);
	html_format(f, "%s on %s%s%s", d->evidence, there, d->instead && *d->instead ? "; there: " : "",
		    d->instead ? d->instead : "");
	fputs(d->sure ? "</p>\n" : "; rare: it is not counted</p>\n", f);
	if (d->token)
		html_command(f, "vfiosim replay %s", d->token);
	if (d->other_token) {
		fprintf(f, "<p>and on %s</p>\n", there);
		html_command(f, "vfiosim replay %s", d->other_token);
	}
}

static void failures(FILE *f, const struct run_result *r, const char *side)
{
	unsigned int i;

	for (i = 0; r && i < r->nfailures; i++) {
		const struct run_failure *x = &r->failures[i];

		if (!x->report_text && !x->trace_text)
			continue;
		fputs("<details open><summary>", f);
		html_format(f, "%s: %s", side, x->headline);
		fputs("</summary>\n", f);
		if (x->trace_text)
			html_elem(f, "pre class=\"text\"", x->trace_text);
		if (x->report_text)
			html_elem(f, "pre class=\"text\"", x->report_text);
		fputs("</details>\n", f);
	}
}

static void scenario(FILE *f, const struct comparison *c)
{
	unsigned int i;

	fputs("<section id=\"x-", f);
	html_text(f, c->scenario);
	fputs("\">\n<h2>", f);
	html_text(f, c->scenario);
	fputs(" ", f);
	verdict(f, c->verdict);
	fputs("</h2>\n", f);
	if (c->reason)
		html_elem(f, "p", c->reason);
	for (i = 0; i < 2; i++) {
		if (!c->r[i])
			continue;
		fprintf(f, "<p>%c: ", "AB"[i]);
		html_verdict(f, c->r[i]->status);
		fprintf(f, ", %lu schedules, ", c->r[i]->schedules);
		html_extent(f, c->r[i]);
		fputs("</p>\n", f);
	}
	for (i = 0; i < c->ndiff; i++)
		witness(f, &c->diff[i]);
	if (c->verdict == COMPARE_BROKEN || c->verdict == COMPARE_CHANGED)
		failures(f, c->r[SIDE_B], "B");
	if (c->verdict == COMPARE_FIXED || c->verdict == COMPARE_CHANGED)
		failures(f, c->r[SIDE_A], "A");
	fputs("</section>\n", f);
}

static void races(FILE *f, const struct compare_all *all)
{
	unsigned int s, i;

	fputs("<section class=\"wide\">\n<h2>data races on one side only</h2>\n<table>\n<thead><tr><th></th>"
	      "<th>access</th><th>races with</th><th>object</th></tr></thead>\n<tbody>\n", f);
	for (s = SIDE_B + 1; s-- > 0; )
		for (i = 0; i < all->races.n[s]; i++) {
			const struct run_race *x = all->races.race[s][i];

			fputs("<tr>", f);
			html_elem(f, "td", s == SIDE_B ? "new" : "gone");
			html_elem(f, "td", x->a);
			html_elem(f, "td", x->b);
			html_elem(f, "td", x->object);
			fputs("</tr>\n", f);
		}
	fputs("</tbody></table>\n</section>\n", f);
}

static void orders(FILE *f, const struct compare_all *all)
{
	unsigned int s, i;

	fputs("<section>\n<h2>lock orders on one side only</h2>\n", f);
	for (s = SIDE_B + 1; s-- > 0; )
		for (i = 0; i < all->orders.n[s]; i++) {
			const struct run_lock_order *x = all->orders.order[s][i];

			fputs("<p><code>", f);
			html_format(f, "%s: %s --> %s", s == SIDE_B ? "new" : "gone", x->first, x->second);
			fputs("</code></p>\n", f);
			if (x->token)
				html_command(f, "vfiosim replay %s", x->token);
		}
	fputs("</section>\n", f);
}

static void facts(FILE *f, const struct compare_all *all)
{
	unsigned int v;

	fputs("<p class=\"facts\">", f);
	for (v = 0; v < COMPARE_NR_VERDICTS; v++) {
		if (!all->count[v])
			continue;
		fprintf(f, "<span>%u ", all->count[v]);
		verdict(f, (enum compare_verdict)v);
		fputs("</span> ", f);
	}
	fprintf(f, "<span>data races: %u new, %u gone</span> <span>lock orders: %u new, %u gone</span></p>\n",
		all->races.n[SIDE_B], all->races.n[SIDE_A], all->orders.n[SIDE_B],
		all->orders.n[SIDE_A]);
}

int compare_html(FILE *f, const struct compare_all *all)
{
	unsigned int i;

	html_begin(f, "vfiosim compare");
	fputs("<header>\n<h1>", f);
	html_format(f, "Linux %s (A) and %s (B)", all->name[SIDE_A], all->name[SIDE_B]);
	fputs("</h1>\n", f);
	facts(f, all);
	fputs("</header>\n<main>\n", f);
	table(f, all);
	if (all->races.n[SIDE_A] + all->races.n[SIDE_B])
		races(f, all);
	if (all->orders.n[SIDE_A] + all->orders.n[SIDE_B])
		orders(f, all);
	if (all->coverage)
		compare_coverage_html(f, all->coverage);
	for (i = 0; i < all->n; i++)
		if (told(&all->c[i]))
			scenario(f, &all->c[i]);
	fputs("</main>\n", f);
	html_end(f);
	return ferror(f) ? -1 : 0;
}
