// SPDX-License-Identifier: GPL-2.0-only
/* The page of one failure. */
#include <string.h>

#include "html.h"

static void facts(FILE *f, const struct run_result *r, const struct run_failure *x)
{
	fputs("<p class=\"facts\">", f);
	html_verdict(f, r->status);
	fputs(" <b>", f);
	html_format(f, "%s@%s", r->scenario, r->kernel ? r->kernel : "?");
	fputs("</b>", f);
	if (x) {
		fputs(" <span>oracle ", f);
		html_text(f, x->oracle);
		fputs("</span>", f);
	}
	if (x && r->schedules > 1)
		fprintf(f, " <span>%lu of %lu schedules, first after %lu</span>", x->count, r->schedules,
			x->schedules_to_first);
	if (x && x->preemptions >= 0)
		fprintf(f, " <span>%s%d preemption%s</span>", x->need == RUN_NEED_EXACTLY ? "exactly " :
			x->need == RUN_NEED_AT_MOST ? "at most " : "", x->preemptions,
			x->preemptions == 1 ? "" : "s");
	if (r->reason) {
		fputs(" <span>", f);
		html_text(f, r->reason);
		fputs("</span>", f);
	}
	fputs("</p>\n", f);
}

static void run_again(FILE *f, const struct run_failure *x)
{
	fputs("<section>\n<h2>Run it again</h2>\n", f);
	html_command(f, "vfiosim replay %s%s", x->token ? x->token : "-", run_replay_option(x));
	if (x->small) {
		fprintf(f, "<p>%u of the %u steps fail as well:</p>\n", x->steps, x->steps_from);
		html_command(f, "vfiosim replay %s%s", x->small_token, run_replay_option(x));
		html_elem(f, "pre class=\"text\"", x->small);
	}
	if (x->saved)
		fputs("<p>Beside this page: <a href=\"command\">command</a>, <a href=\"trace\">trace</a>, "
		      "<a href=\"report\">report</a>, <a href=\"log\">kernel log</a>, "
		      "<a href=\"token\">token</a> and <a href=\"full\">that of the whole scenario</a>."
		      "</p>\n", f);
	fputs("</section>\n", f);
}

/* Of a fail sweep */
static void fault(FILE *f, const struct run_failure *x)
{
	fputs("<section>\n<h2>The call that has failed</h2>\n<p>", f);
	html_text(f, x->fault);
	fputs(", ", f);
	html_text(f, x->fault_step);
	fputs("</p>\n", f);
	html_elem(f, "pre class=\"text\"", x->fault_stack);
	fputs("</section>\n", f);
}

static void search(FILE *f, const struct run_result *r)
{
	fputs("<section>\n<h2>The search</h2>\n<p>", f);
	fprintf(f, "%lu schedules, %lu points, %.2f&nbsp;s", r->schedules, r->npoints, r->seconds);
	if (r->strategy) {
		fputs(", ", f);
		html_text(f, r->strategy);
	}
	fputs(": ", f);
	html_extent(f, r);
	fputs("</p>\n", f);
	html_findings(f, r);
	fputs("</section>\n", f);
}

void html_failure(FILE *f, const struct run_result *r, const struct run_failure *x,
		  const char *index)
{
	const char *headline = x ? x->headline : "no failure", *trace;

	trace = x ? x->trace_html : r->trace_html;
	html_begin(f, headline);
	fputs("<header>\n", f);
	if (index) {
		fputs("<nav><a href=\"", f);
		html_path(f, index);
		fputs("\">all scenarios</a></nav>\n", f);
	}
	html_elem(f, "h1", headline);
	fputc('\n', f);
	facts(f, r, x);
	fputs("</header>\n<main>\n", f);
	if (trace) {
		fputs("<section>\n<h2>Trace</h2>\n<p class=\"legend\"><b>*</b> a preemption &middot; "
		      "<b>!</b> one of the two operations whose order decides"
		      "<span class=\"keys\"> &middot; keys: <kbd>j</kbd> <kbd>k</kbd> rows, "
		      "<kbd>d</kbd> next mark</span></p>\n", f);
		fputs(trace, f);	/* it is markup already */
		fputs("</section>\n", f);
	}
	if (x && x->report_text) {
		fputs("<section>\n<h2>Report</h2>\n", f);
		html_elem(f, "pre class=\"text\"", x->report_text);
		fputs("</section>\n", f);
	}
	if (x && x->fault)
		fault(f, x);
	if (x)
		run_again(f, x);
	search(f, r);
	fputs("</main>\n", f);
	html_end(f);
}
