// SPDX-License-Identifier: GPL-2.0-only
/* The page of a campaign: a table of the scenarios, then each of them. */
#include <string.h>

#include "html.h"

/* Below the page's folder: the rest of the path; else all of it. */
static const char *below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	while (n && dir[n - 1] == '/')
		n--;
	if (strncmp(path, dir, n) || path[n] != '/')
		return path;
	return path + n + strspn(path + n, "/");
}

static void headlines(FILE *f, const struct run_result *r, const char *dir)
{
	unsigned int i;

	for (i = 0; i < r->nfailures; i++) {
		const struct run_failure *x = &r->failures[i];

		fputs("<div>", f);
		if (x->saved) {
			fputs("<a href=\"", f);
			html_path(f, below(x->saved, dir));
			fputs("/failure.html\">", f);
		}
		html_text(f, x->headline);
		fputs(x->saved ? "</a></div>" : "</div>", f);
	}
}

static bool ran(const struct run_result *r)
{
	return r->status != RUN_SKIP && r->status != RUN_ERROR;
}

static void one_row(FILE *f, const struct run_result *r, const char *dir)
{
	fputs("<tr><td>", f);
	html_verdict(f, r->status);
	fputs("</td><td><a href=\"#x-", f);
	html_path(f, r->scenario);
	fputs("\">", f);
	html_text(f, r->scenario);
	fputs("</a></td>", f);
	if (!ran(r)) {
		fputs("<td colspan=\"6\" class=\"why\">", f);
		html_text(f, r->reason);
		fputs("</td></tr>\n", f);
		return;
	}
	fprintf(f, "<td class=\"num\">%lu</td><td>", r->schedules);
	if (r->exhaustive)
		fputs("all", f);
	else if (r->complete_bound >= 0)
		fprintf(f, "%d preemption%s", r->complete_bound, r->complete_bound == 1 ? "" : "s");
	else
		fputs("-", f);
	fputs("</td>", f);
	html_elem(f, "td", r->strategy);
	fprintf(f, "<td class=\"num\">%u</td><td class=\"num\">%u</td><td class=\"why\">",
		r->noutcomes, r->nraces);
	headlines(f, r, dir);
	fputs("</td></tr>\n", f);
}

static void one_scenario(FILE *f, const struct run_result *r, const char *dir)
{
	fputs("<section id=\"x-", f);
	html_text(f, r->scenario);
	fputs("\">\n<h2>", f);
	html_text(f, r->scenario);
	fputs(" ", f);
	html_verdict(f, r->status);
	fputs("</h2>\n", f);
	if (r->reason)
		html_elem(f, "p", r->reason);
	if (ran(r)) {
		fprintf(f, "<p>%lu schedules, %lu points, %.2f&nbsp;s%s: ", r->schedules, r->npoints,
			r->seconds, r->cached ? ", by an earlier run of the same code" : "");
		html_extent(f, r);
		fputs("</p>\n", f);
	}
	if (r->nfailures) {
		fputs("<div class=\"failures\">", f);
		headlines(f, r, dir);
		fputs("</div>\n", f);
	}
	html_findings(f, r);
	fputs("</section>\n", f);
}

static void summary(FILE *f, const struct run_result *r, unsigned int n)
{
	unsigned long schedules = 0, races = 0, count[RUN_ERROR + 1] = { 0 };
	double seconds = 0;
	unsigned int i;

	for (i = 0; i < n; i++) {
		schedules += r[i].schedules;
		races += r[i].nraces;
		seconds += r[i].seconds;
		if ((unsigned int)r[i].status <= RUN_ERROR)
			count[r[i].status]++;
	}
	fputs("<p class=\"facts\">", f);
	for (i = 0; i <= RUN_ERROR; i++) {
		if (!count[i])
			continue;
		fprintf(f, "<span>%lu ", count[i]);
		html_verdict(f, (enum run_status)i);
		fputs("</span> ", f);
	}
	fprintf(f, "<span>%lu schedules in %.1f&nbsp;s</span> <span>%lu data race%s</span></p>\n",
		schedules, seconds, races, races == 1 ? "" : "s");
}

void html_campaign(FILE *f, const struct run_result *r, unsigned int n, const char *dir)
{
	unsigned int i;

	html_begin(f, "vfiosim");
	fputs("<header>\n<h1>", f);
	html_format(f, "%u scenario%s on Linux %s", n, n == 1 ? "" : "s",
		    n && r->kernel ? r->kernel : "?");
	fputs("</h1>\n", f);
	summary(f, r, n);
	html_coverage(f, dir);
	fputs("</header>\n<main>\n<section class=\"wide\">\n<table class=\"campaign\">\n<thead><tr>"
	      "<th>verdict</th><th>scenario</th><th class=\"num\">schedules</th><th>complete up "
	      "to</th>"
	      "<th>strategy</th><th class=\"num\">outcomes</th><th class=\"num\">races</th>"
	      "<th>failures</th></tr></thead>\n<tbody>\n",
	      f);
	for (i = 0; i < n; i++)
		one_row(f, &r[i], dir);
	fputs("</tbody></table>\n</section>\n", f);
	for (i = 0; i < n; i++)
		one_scenario(f, &r[i], dir);
	fputs("</main>\n", f);
	html_end(f);
}
