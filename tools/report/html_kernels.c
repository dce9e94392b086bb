// SPDX-License-Identifier: GPL-2.0-only
/* The page of a campaign on several kernels: scenario by kernel. */
#include "html.h"

static void one_cell(FILE *f, const struct html_kernel *k, unsigned int i)
{
	const struct run_result *r = &k->r[i];

	fputs("<td>", f);
	if (k->dir) {
		fputs("<a href=\"", f);
		html_path(f, k->dir);
		fputs("/index.html#x-", f);
		html_path(f, r->scenario);
		fputs("\" title=\"", f);
		html_text(f, r->nfailures ? r->failures[0].headline : r->reason);
		fputs("\">", f);
	}
	html_verdict(f, r->status);
	fputs(k->dir ? "</a></td>" : "</td>", f);
}

static void head(FILE *f, const struct html_kernel *k, unsigned int nk)
{
	unsigned int i;

	fputs("<thead><tr><th>scenario</th>", f);
	for (i = 0; i < nk; i++) {
		fputs("<th>", f);
		if (k[i].dir) {
			fputs("<a href=\"", f);
			html_path(f, k[i].dir);
			fputs("/index.html\">", f);
		}
		html_text(f, k[i].name);
		fputs(k[i].dir ? "</a></th>" : "</th>", f);
	}
	fputs("</tr></thead>\n", f);
}

static void sums(FILE *f, const struct html_kernel *k, unsigned int nk, unsigned int n)
{
	unsigned int c, i, s;

	fputs("<tfoot><tr><th></th>", f);
	for (c = 0; c < nk; c++) {
		unsigned int count[RUN_ERROR + 1] = { 0 };

		for (i = 0; i < n; i++)
			if ((unsigned int)k[c].r[i].status <= RUN_ERROR)
				count[k[c].r[i].status]++;
		fputs("<td>", f);
		for (s = 0; s <= RUN_ERROR; s++)
			if (count[s])
				fprintf(f, "<div>%u %s</div>", count[s],
					run_status_name((enum run_status)s));
		fputs("</td>", f);
	}
	fputs("</tr></tfoot>\n", f);
}

void html_kernels(FILE *f, const struct html_kernel *k, unsigned int nk, unsigned int n,
		  const char *dir)
{
	unsigned int i, c;

	html_begin(f, "vfiosim");
	fputs("<header>\n<h1>", f);
	html_format(f, "%u scenario%s on %u kernels", n, n == 1 ? "" : "s", nk);
	fputs("</h1>\n", f);
	html_coverage(f, dir);
	fputs("</header>\n<main>\n<section class=\"wide\">\n<table>\n", f);
	head(f, k, nk);
	fputs("<tbody>\n", f);
	for (i = 0; i < n; i++) {
		fputs("<tr>", f);
		html_elem(f, "td", nk ? k[0].r[i].scenario : "");
		for (c = 0; c < nk; c++)
			one_cell(f, &k[c], i);
		fputs("</tr>\n", f);
	}
	fputs("</tbody>\n", f);
	sums(f, k, nk, n);
	fputs("</table>\n</section>\n</main>\n", f);
	html_end(f);
}
