/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages that need nothing but a browser: style and script are inside, nothing
 * is fetched. All text that is not a literal of ours goes through html_text().
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "result.h"

/**
 * html_text() - write text, not markup
 * @f:		where to
 * @s:		anything; NULL: nothing
 *
 * Right between tags and inside a quoted attribute.
 */
void html_text(FILE *f, const char *s);

/* The same for a format. */
void html_format(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * html_elem() - an element with nothing but text inside
 * @f:		where to
 * @tag:	name and, behind a blank, attributes: "td class=\"n\""
 * @text:	anything
 */
void html_elem(FILE *f, const char *tag, const char *text);

/* A relative path as the value of href. */
void html_path(FILE *f, const char *path);

/* A command with a button that copies it. */
void html_command(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* From the doctype to the opened body; @title is text. */
void html_begin(FILE *f, const char *title);
void html_end(FILE *f);

/*
 * In a folder with coverage.html, the page of a campaign has a link to it; else
 * room for one, which vfiosim coverage fills.
 */
#define HTML_COVERAGE_ROOM	"<p id=\"coverage\" hidden></p>"
#define HTML_COVERAGE_LINK	"<p><a href=\"coverage.html\">coverage</a></p>"
void html_coverage(FILE *f, const char *dir);

/* html_result.c: parts that both kinds of pages have */

/* PASS, FAIL ... in its colour. */
void html_verdict(FILE *f, enum run_status s);
/* How much of the interleavings was explored, in a few words. */
void html_extent(FILE *f, const struct run_result *r);
/* The table of outcomes, sometimes clauses, data races, stubs. */
void html_findings(FILE *f, const struct run_result *r);

/**
 * html_failure() - the page of a failure
 * @f:		where to
 * @r:		run that found it
 * @x:		the failure; NULL: a schedule that passed
 * @index:	relative path of the campaign's page, or NULL
 */
void html_failure(FILE *f, const struct run_result *r, const struct run_failure *x,
		  const char *index);

/**
 * html_campaign() - the page of a campaign
 * @f:		where to
 * @r:		results
 * @n:		how many
 * @dir:	where the page is: a saved folder below it is linked by what follows
 */
void html_campaign(FILE *f, const struct run_result *r, unsigned int n, const char *dir);

/**
 * struct html_kernel - a column of the page of several kernels
 * @name:	version
 * @dir:	where its own page is, relative to this one; NULL: it has none
 * @r:		results, the same scenarios for every kernel
 */
struct html_kernel {
	const char *name;
	const char *dir;
	const struct run_result *r;
};

/**
 * html_kernels() - the page of a campaign on several kernels
 * @f:		where to
 * @k:		kernels
 * @nk:		how many
 * @n:		scenarios
 * @dir:	where the page is
 */
void html_kernels(FILE *f, const struct html_kernel *k, unsigned int nk, unsigned int n,
		  const char *dir);

#endif
