// SPDX-License-Identifier: GPL-2.0-only
/*
 * JUnit XML writer.
 *
 * There is no standard; what is written here is the subset that the readers
 * agree about: counts on the suites, one of failure, error and skipped in a case.
 * XML 1.0 has no way at all to say a control character, so '?' stands for it, and
 * for what is not UTF-8: one such byte would make the whole file unreadable.
 */
#include <stdlib.h>
#include <string.h>

#include "junit.h"

/* Length of the UTF-8 sequence at s, 0 when it is none that XML takes */
static unsigned int sequence(const unsigned char *s)
{
	unsigned int n = *s < 0x80 ? 1 : *s >= 0xc2 && *s < 0xe0 ? 2 : (*s & 0xf0) == 0xe0 ? 3 :
			 *s >= 0xf0 && *s < 0xf5 ? 4 : 0, i;

	for (i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	/* overlong, surrogates, U+FFFE and U+FFFF, above U+10FFFF */
	if ((*s == 0xe0 && s[1] < 0xa0) || (*s == 0xed && s[1] >= 0xa0) ||
	    (*s == 0xef && s[1] == 0xbf && s[2] >= 0xbe) ||
	    (*s == 0xf0 && s[1] < 0x90) || (*s == 0xf4 && s[1] >= 0x90))
		return 0;
	return n;
}

static void put_text(FILE *f, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	while (*s) {
		unsigned int n = sequence(s);

		if (*s == '&')
			fputs("&amp;", f);
		else if (*s == '<')
			fputs("&lt;", f);
		else if (*s == '>')
			fputs("&gt;", f);
		else if (!n || (*s < 0x20 && *s != '\n' && *s != '\t') || *s == 0x7f)
			putc('?', f);
		else
			fwrite(s, 1, n, f);
		s += n ? n : 1;
	}
}

/* In an attribute a bare newline or tab would be read as a blank */
static void put_attribute(FILE *f, const char *name, const char *value)
{
	size_t len;

	fprintf(f, " %s=\"", name);
	for (; *value; value += len) {
		len = strcspn(value, "\"\n\t");
		if (len) {
			char *part = strndup(value, len);

			if (!part)
				abort();
			put_text(f, part);
			free(part);
			continue;
		}
		fprintf(f, "&#%d;", *value);
		len = 1;
	}
	putc('"', f);
}

static const char *kernel_of(const struct run_result *r)
{
	return r->kernel ? r->kernel : "unknown";
}

static char *as_people_read_it(const struct run_result *r)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	result_print_human(f, r, false);
	fclose(f);
	return text;
}

static const char *message_of(const struct run_result *r)
{
	if (r->nfailures)
		return r->failures[0].headline;
	return r->reason ? r->reason : "no report";
}

static void put_element(FILE *f, const char *name, const char *type, const struct run_result *r)
{
	char *text = as_people_read_it(r);

	fprintf(f, "   <%s", name);
	if (type) {
		put_attribute(f, "type", type);
		put_attribute(f, "message", message_of(r));
	}
	putc('>', f);
	put_text(f, text);
	fprintf(f, "</%s>\n", name);
	free(text);
}

static void put_case(FILE *f, const struct run_result *r)
{
	fputs("  <testcase", f);
	put_attribute(f, "classname", kernel_of(r));
	put_attribute(f, "name", r->scenario);
	fprintf(f, " time=\"%.3f\"", r->seconds);
	if (r->status == RUN_PASS) {
		fputs("/>\n", f);
		return;
	}
	fputs(">\n", f);
	switch (r->status) {
	case RUN_FAIL:
		put_element(f, "failure", r->nfailures ? r->failures[0].oracle : "clause", r);
		break;
	case RUN_ERROR:
		put_element(f, "error", "error", r);
		break;
	case RUN_SKIP:
		fputs("   <skipped", f);
		put_attribute(f, "message", r->reason ? r->reason : "");
		fputs("/>\n", f);
		break;
	default:
		put_element(f, "system-out", NULL, r);
		break;
	}
	fputs("  </testcase>\n", f);
}

static void put_counts(FILE *f, const struct run_result *r, unsigned int n)
{
	unsigned int i, count[RUN_ERROR + 1] = { 0 };
	double seconds = 0;

	for (i = 0; i < n; i++) {
		count[r[i].status]++;
		seconds += r[i].seconds;
	}
	fprintf(f, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\" time=\"%.3f\">\n", n,
		count[RUN_FAIL], count[RUN_ERROR], count[RUN_SKIP], seconds);
}

int junit_results(FILE *f, const struct run_result *r, unsigned int n)
{
	unsigned int i, j;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"vfiosim\"", f);
	put_counts(f, r, n);
	for (i = 0; i < n; i = j) {
		char suite[128];

		for (j = i + 1; j < n && !strcmp(kernel_of(&r[j]), kernel_of(&r[i])); j++)
			;
		snprintf(suite, sizeof(suite), "vfiosim-%s", kernel_of(&r[i]));
		fputs(" <testsuite", f);
		put_attribute(f, "name", suite);
		put_counts(f, &r[i], j - i);
		for (; i < j; i++)
			put_case(f, &r[i]);
		fputs(" </testsuite>\n", f);
	}
	fputs("</testsuites>\n", f);
	return ferror(f) ? -1 : 0;
}
