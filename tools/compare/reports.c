// SPDX-License-Identifier: GPL-2.0-only
/* A comparison as KTAP and as JUnit's XML: a scenario is a test. */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <string.h>

#include "../kernels/sysutil.h"
#include "../report/ktap.h"
#include "compare.h"

static char *comment_of(const struct comparison *c)
{
	const char *name = compare_verdict_name(c->verdict);

	if (c->verdict == COMPARE_SKIPPED)
		return str_dup(c->reason ? c->reason : "");
	return c->reason ? str_printf("%s: %s", name, c->reason) : str_dup(name);
}

static bool is_bad(const struct comparison *c)
{
	return c->verdict == COMPARE_BROKEN || c->verdict == COMPARE_CHANGED;
}

static char *diff_text(const struct compare_diff *d)
{
	return str_printf("only %c: %s: %s; %s on %c%s%s", "AB"[d->side], d->what, d->text,
			  d->evidence, "BA"[d->side], d->token ? "; replay: vfiosim replay " : "",
			  d->token ? d->token : "");
}

void compare_ktap(struct ktap *k, const char *suite, const struct compare_all *all)
{
	unsigned int i, d;

	ktap_suite_begin(k, suite, all->n);
	for (i = 0; i < all->n; i++) {
		const struct comparison *c = &all->c[i];
		char *comment = comment_of(c);

		for (d = 0; d < c->ndiff && c->verdict != COMPARE_SAME; d++) {
			char *text = diff_text(&c->diff[d]);

			ktap_diag(k, c->scenario, text);
			free(text);
		}
		ktap_result(k, is_bad(c) ? RUN_FAIL : c->verdict == COMPARE_SKIPPED ? RUN_SKIP :
			    c->verdict == COMPARE_ERROR ? RUN_ERROR : RUN_PASS, c->scenario, comment);
		free(comment);
	}
	ktap_suite_end(k);
}

static void put_xml(FILE *f, const char *s)
{
	for (; *s; s++) {
		unsigned char ch = (unsigned char)*s;

		if (ch == '&')
			fputs("&amp;", f);
		else if (ch == '<')
			fputs("&lt;", f);
		else if (ch == '>')
			fputs("&gt;", f);
		else if (ch == '"')
			fputs("&quot;", f);
		else if (ch >= ' ' || ch == '\n' || ch == '\t')
			putc(ch, f);
		else
			putc('?', f);
	}
}

static void put_case(FILE *f, const char *suite, const struct comparison *c)
{
	const char *element = is_bad(c) ? "failure" : c->verdict == COMPARE_ERROR ? "error" :
			      c->verdict == COMPARE_SKIPPED ? "skipped" : NULL;
	double seconds = (c->r[SIDE_A] ? c->r[SIDE_A]->seconds : 0) +
			 (c->r[SIDE_B] ? c->r[SIDE_B]->seconds : 0);
	char *comment = comment_of(c);
	unsigned int d;

	fputs("    <testcase classname=\"", f);
	put_xml(f, suite);
	fputs("\" name=\"", f);
	put_xml(f, c->scenario);
	fprintf(f, "\" time=\"%.3f\">\n", seconds);
	if (element) {
		fprintf(f, "      <%s message=\"", element);
		put_xml(f, comment);
		fputs("\">", f);
	} else {
		fputs("      <system-out>", f);
		put_xml(f, comment);
	}
	for (d = 0; d < c->ndiff; d++) {
		char *text = diff_text(&c->diff[d]);

		putc('\n', f);
		put_xml(f, text);
		free(text);
	}
	if (c->verdict == COMPARE_BROKEN && c->r[SIDE_B]->nfailures &&
	    c->r[SIDE_B]->failures[0].trace_text) {
		putc('\n', f);
		put_xml(f, c->r[SIDE_B]->failures[0].trace_text);
	}
	fprintf(f, "</%s>\n    </testcase>\n", element ? element : "system-out");
	free(comment);
}

int compare_junit(FILE *f, const struct compare_all *all, const char *const *suite,
		  unsigned int nsuites)
{
	unsigned int s, i;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", f);
	for (s = 0; s < nsuites; s++) {
		fputs("  <testsuite name=\"", f);
		put_xml(f, suite[s]);
		fprintf(f, "\" tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n",
			all[s].n, all[s].count[COMPARE_BROKEN] + all[s].count[COMPARE_CHANGED],
			all[s].count[COMPARE_ERROR], all[s].count[COMPARE_SKIPPED]);
		for (i = 0; i < all[s].n; i++)
			put_case(f, suite[s], &all[s].c[i]);
		fputs("  </testsuite>\n", f);
	}
	fputs("</testsuites>\n", f);
	return ferror(f) ? -1 : 0;
}
