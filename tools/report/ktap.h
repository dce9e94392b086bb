/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * KTAP version 1, as the kernel's own tools parse it.
 *
 * Order of calls: ktap_begin(); per suite ktap_suite_begin(), any number of
 * ktap_diag() and one ktap_result() per test, ktap_suite_end(). The plans
 * must be kept. ktap_results() does all of it for finished runs.
 */
#ifndef REPORT_KTAP_H
#define REPORT_KTAP_H

#include "result.h"

/**
 * struct ktap - a writer; fill with ktap_begin() only
 */
struct ktap {
	FILE *f;
	const char *suite;
	unsigned int nsuite;
	unsigned int ntest;
	unsigned int pass, fail, skip;
	bool failed;	/* any suite */
};

/**
 * ktap_begin() - version and plan
 * @k:		writer
 * @f:		where to
 * @nsuites:	that will follow
 */
void ktap_begin(struct ktap *k, FILE *f, unsigned int nsuites);

/**
 * ktap_suite_begin() - open a suite
 * @k:		writer
 * @name:	of the suite; must stay until ktap_suite_end()
 * @ntests:	that will follow
 */
void ktap_suite_begin(struct ktap *k, const char *name, unsigned int ntests);

/**
 * ktap_diag() - diagnostics of the test whose result comes next
 * @k:		writer
 * @test:	its name, put before every line
 * @text:	one or more lines
 */
void ktap_diag(struct ktap *k, const char *test, const char *text);

/**
 * ktap_result() - a test has ended
 * @k:		writer
 * @status:	RUN_SKIP and RUN_KNOWN count as ok
 * @test:	name
 * @comment:	put behind; reason of a skip; may be NULL
 */
void ktap_result(struct ktap *k, enum run_status status, const char *test,
		 const char *comment);

/**
 * ktap_suite_end() - totals and the suite's own result
 * @k:		writer
 */
void ktap_suite_end(struct ktap *k);

/**
 * ktap_run() - diagnostics and result of one finished run
 * @k:		writer, inside a suite
 * @r:		the run
 */
void ktap_run(struct ktap *k, const struct run_result *r);

/**
 * ktap_suite() - a whole suite
 * @k:		writer
 * @suite:	its name
 * @r:		runs
 * @n:		how many
 */
void ktap_suite(struct ktap *k, const char *suite, const struct run_result *r, unsigned int n);

/**
 * ktap_results() - a whole file with one suite
 * @f:		where to
 * @suite:	its name
 * @r:		runs
 * @n:		how many
 */
void ktap_results(FILE *f, const char *suite, const struct run_result *r, unsigned int n);

#endif
