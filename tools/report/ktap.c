// SPDX-License-Identifier: GPL-2.0-only
/*
 * KTAP writer.
 *
 * Every line is flushed: kernel test tools read results while they appear. A
 * '#' in a name would start a directive, so it is written as '_'.
 */
#include <string.h>

#include "ktap.h"

static void put_name(FILE *f, const char *name)
{
	for (; *name; name++)
		fputc(*name == '#' || *name == '\n' ? '_' : *name, f);
}

void ktap_begin(struct ktap *k, FILE *f, unsigned int nsuites)
{
	memset(k, 0, sizeof(*k));
	k->f = f;
	fprintf(f, "KTAP version 1\n1..%u\n", nsuites);
	fflush(f);
}

void ktap_suite_begin(struct ktap *k, const char *name, unsigned int ntests)
{
	k->suite = name;
	k->ntest = k->pass = k->fail = k->skip = 0;
	fputs("  KTAP version 1\n  # Subtest: ", k->f);
	put_name(k->f, name);
	fprintf(k->f, "\n  1..%u\n", ntests);
	fflush(k->f);
}

void ktap_diag(struct ktap *k, const char *test, const char *text)
{
	while (*text) {
		int len = strcspn(text, "\n");

		if (len) {
			fputs("  # ", k->f);
			put_name(k->f, test);
			fprintf(k->f, ": %.*s\n", len, text);
		}
		text += len + (text[len] == '\n');
	}
	fflush(k->f);
}

void ktap_result(struct ktap *k, enum run_status status, const char *test,
		 const char *comment)
{
	static const char *const directive[] = {
		[RUN_SKIP] = "SKIP", [RUN_KNOWN] = "XFAIL", [RUN_ERROR] = "ERROR",
	};
	bool bad = status == RUN_FAIL || status == RUN_ERROR;
	const char *word = directive[status];

	if (bad)
		k->fail++;
	else if (status == RUN_SKIP)
		k->skip++;
	else
		k->pass++;
	k->failed |= bad;
	fprintf(k->f, "  %sok %u ", bad ? "not " : "", ++k->ntest);
	put_name(k->f, test);
	if (word || (comment && *comment))
		fputs(" #", k->f);
	if (word)
		fprintf(k->f, " %s", word);
	if (comment && *comment)
		fprintf(k->f, " %s", comment);
	fputc('\n', k->f);
	fflush(k->f);
}

void ktap_suite_end(struct ktap *k)
{
	bool skipped = k->skip && !k->pass && !k->fail;

	fprintf(k->f, "# ");
	put_name(k->f, k->suite);
	fprintf(k->f, ": pass:%u fail:%u skip:%u total:%u\n", k->pass, k->fail, k->skip,
		k->ntest);
	fprintf(k->f, "%sok %u ", k->fail ? "not " : "", ++k->nsuite);
	put_name(k->f, k->suite);
	fputs(skipped ? " # SKIP\n" : "\n", k->f);
	fflush(k->f);
}

static void run_diag(struct ktap *k, const struct run_result *r)
{
	unsigned int i;
	char buf[512];

	for (i = 0; i < r->nsometimes; i++)
		if (!r->sometimes[i].reached) {
			snprintf(buf, sizeof(buf), "NOT REACHED: sometimes %s",
				 r->sometimes[i].text);
			ktap_diag(k, r->scenario, buf);
		}
	for (i = 0; i < r->nfailures; i++) {
		const struct run_failure *x = &r->failures[i];

		ktap_diag(k, r->scenario, x->headline);
		if (x->fault) {
			snprintf(buf, sizeof(buf), "failed: %s, %s", x->fault, x->fault_step);
			ktap_diag(k, r->scenario, buf);
		}
		if (x->known)
			ktap_diag(k, r->scenario, x->known);
		if (x->fault_stack)
			ktap_diag(k, r->scenario, x->fault_stack);
		if (x->trace_text)
			ktap_diag(k, r->scenario, x->trace_text);
		if (x->report_text)
			ktap_diag(k, r->scenario, x->report_text);
		snprintf(buf, sizeof(buf), "replay with: vfiosim replay %s",
			 x->token ? x->token : "-");
		ktap_diag(k, r->scenario, buf);
	}
}

void ktap_run(struct ktap *k, const struct run_result *r)
{
	char buf[256];

	run_diag(k, r);
	switch (r->status) {
	case RUN_PASS:
		if (r->sweep.steps)
			snprintf(buf, sizeof(buf), "%lu allocations and %lu user copies failed, %.2fs",
				 r->sweep.allocations, r->sweep.copies, r->seconds);
		else
			snprintf(buf, sizeof(buf), "%lu schedules, %.2fs", r->schedules,
				 r->seconds);
		break;
	case RUN_FAIL:
		if (r->nfailures)
			snprintf(buf, sizeof(buf), "schedule=%lu preemptions=%d token=%s",
				 r->failures[0].schedules_to_first,
				 r->failures[0].preemptions,
				 r->failures[0].token ? r->failures[0].token : "-");
		else
			snprintf(buf, sizeof(buf), "%s", r->reason ? r->reason : "");
		break;
	default:
		snprintf(buf, sizeof(buf), "%s", r->reason ? r->reason : "");
		break;
	}
	ktap_result(k, r->status, r->scenario, buf);
}

void ktap_suite(struct ktap *k, const char *suite, const struct run_result *r, unsigned int n)
{
	unsigned int i;

	ktap_suite_begin(k, suite, n);
	for (i = 0; i < n; i++)
		ktap_run(k, &r[i]);
	ktap_suite_end(k);
}

void ktap_results(FILE *f, const char *suite, const struct run_result *r, unsigned int n)
{
	struct ktap k;

	ktap_begin(&k, f, 1);
	ktap_suite(&k, suite, r, n);
}
