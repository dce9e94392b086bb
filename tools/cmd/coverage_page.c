// SPDX-License-Identifier: GPL-2.0-only
/*
 * coverage.html: what genhtml does not know, with links to its pages. The page
 * of a campaign in the same folder gets a link to it, whichever is there first.
 */
#define _XOPEN_SOURCE 700
#include "coverage.h"
#include "../kernels/sysutil.h"
#include "../report/html.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void kernels(FILE *f, const struct kernel_coverage *k, int n)
{
	int i;

	fputs("<section class=\"wide\">\n<table>\n<thead><tr><th>kernel</th><th>lines</th>"
	      "<th>branches</th><th>lifecycle lines</th><th>branches</th><th>source</th></tr></thead>"
	      "\n<tbody>\n", f);
	for (i = 0; i < n; i++) {
		struct share life = coverage_lifecycle(&k[i]);

		fputs("<tr>", f);
		html_elem(f, "td", k[i].name);
		share_html(f, k[i].total.lines_hit, k[i].total.lines);
		share_html(f, k[i].total.branches_hit, k[i].total.branches);
		share_html(f, life.lines_hit, life.lines);
		share_html(f, life.branches_hit, life.branches);
		fputs("<td>", f);
		if (k[i].pages) {
			fputs("<a href=\"", f);
			html_path(f, k[i].stem);
			fputs("/index.html\">line by line</a> <a href=\"", f);
			html_path(f, k[i].stem);
			fputs(".info\">tracefile</a>", f);
		}
		fputs("</td></tr>\n", f);
	}
	fputs("</tbody></table>\n</section>\n", f);
}

static void functions(FILE *f, const struct kernel_coverage *k, int n)
{
	size_t count, j;
	const char **names = coverage_functions(k, n, &count);
	int i;

	fputs("<section class=\"wide\">\n<h2>Functions of the lifecycle</h2>\n<table>\n<thead><tr>"
	      "<th>function</th>", f);
	for (i = 0; i < n; i++) {
		fputs("<th>lines, ", f);
		html_text(f, k[i].name);
		fputs("</th><th>branches</th>", f);
	}
	fputs("</tr></thead>\n<tbody>\n", f);
	for (j = 0; j < count; j++) {
		fputs("<tr>", f);
		html_elem(f, "td class=\"v\"", names[j]);
		for (i = 0; i < n; i++) {
			const struct covered_function *c = coverage_function(&k[i], names[j]);

			share_html(f, c ? c->share.lines_hit : 0, c ? c->share.lines : 0);
			share_html(f, c ? c->share.branches_hit : 0, c ? c->share.branches : 0);
		}
		fputs("</tr>\n", f);
	}
	fputs("</tbody></table>\n</section>\n", f);
	free(names);
}

static void scenarios(FILE *f, const struct kernel_coverage *k)
{
	size_t i;

	fputs("<section class=\"wide\">\n<h2>Scenarios on ", f);
	html_text(f, k->name);
	fputs("</h2>\n<table>\n<thead><tr><th>scenario</th><th class=\"num\">lines</th>"
	      "<th class=\"num\">alone</th><th>lines that no other scenario reaches</th></tr></thead>"
	      "\n<tbody>\n", f);
	for (i = 0; i < k->nr_scenarios; i++) {
		const struct scenario_share *s = &k->scenarios[i];

		fputs("<tr>", f);
		html_elem(f, "td", s->name);
		fprintf(f, "<td class=\"num\">%u</td><td class=\"num\">%u</td>", s->lines, s->alone);
		html_elem(f, "td class=\"why\"", s->where);
		fputs("</tr>\n", f);
	}
	fputs("</tbody></table>\n</section>\n", f);
}

static void page(FILE *f, const struct kernel_coverage *k, int n)
{
	struct lifetable life = coverage_life(k, n);
	int i;

	html_begin(f, "vfiosim coverage");
	fputs("<header>\n<h1>Coverage of drivers/vfio of Linux ", f);
	for (i = 0; i < n; i++)
		html_format(f, "%s%s", i ? ", " : "", k[i].name);
	fputs("</h1>\n</header>\n<main>\n", f);
	kernels(f, k, n);
	fputs("<section class=\"wide\">\n<h2>Schedules in which an event met a device in a state "
	      "of its life</h2>\n", f);
	life_html(f, &life);
	fputs("</section>\n", f);
	functions(f, k, n);
	for (i = 0; i < n; i++)
		if (k[i].info)
			scenarios(f, &k[i]);
	fputs("</main>\n", f);
	html_end(f);
}

/* The campaign's page left room for the link; any other index.html is not ours */
static int link_from(const char *dir)
{
	char *path = str_printf("%s/index.html", dir), *text = file_read(path), *at, *with;
	int rc = 0;

	at = text ? strstr(text, HTML_COVERAGE_ROOM) : NULL;
	if (at) {
		*at = '\0';
		with = str_printf("%s%s%s", text, HTML_COVERAGE_LINK,
				  at + strlen(HTML_COVERAGE_ROOM));
		rc = file_write(path, with);
		free(with);
	}
	free(text);
	free(path);
	return rc;
}

int coverage_page(const char *dir, const struct kernel_coverage *k, int n)
{
	char *path = str_printf("%s/coverage.html", dir);
	FILE *f = fopen(path, "w");
	int rc = -1;

	if (f) {
		page(f, k, n);
		rc = ferror(f) | fclose(f);
	}
	if (!rc) {
		rc = link_from(dir);
		errno = -rc;
	}
	if (rc)
		fprintf(stderr, "vfiosim: --html: %s: %s\n", path, strerror(errno));
	free(path);
	return rc ? -1 : 0;
}
