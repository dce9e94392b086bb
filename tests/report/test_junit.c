// SPDX-License-Identifier: GPL-2.0-only
/* JUnit XML: counts, what a case holds, and text that XML cannot hold. */
#include <stdlib.h>
#include <string.h>

#include "junit.h"
#include "test_report.h"

static const struct run_failure failure = {
	.oracle = "uaf", .headline = "BUG: \"a\" & <b>\nnext", .token = "s@5.10/m/0",
	.count = 1, .schedules_to_first = 3, .preemptions = 1, .report_text = "if (a < b && c > d)\n",
};

START_TEST(everything)
{
	const struct run_result r[] = {
		{ .scenario = "p", .kernel = "5.10.1", .status = RUN_PASS, .seconds = 0.5 },
		{ .scenario = "f", .kernel = "5.10.1", .status = RUN_FAIL, .seconds = 0.25,
		  .complete_bound = -1, .failures = &failure, .nfailures = 1 },
		{ .scenario = "s", .kernel = "6.1.2", .status = RUN_SKIP, .reason = "a<b" },
		{ .scenario = "e", .kernel = "6.1.2", .status = RUN_ERROR, .reason = "no" },
		{ .scenario = "k", .kernel = "6.1.2", .status = RUN_KNOWN, .complete_bound = -1,
		  .reason = "B01" },
	};
	char *text;

	CAPTURE(text, f, ck_assert_int_eq(junit_results(f, r, 5), 0));
	ck_assert_str_eq(text,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"vfiosim\" tests=\"5\" failures=\"1\" errors=\"1\" skipped=\"1\" time=\"0.750\">\n"
		" <testsuite name=\"vfiosim-5.10.1\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" time=\"0.750\">\n"
		"  <testcase classname=\"5.10.1\" name=\"p\" time=\"0.500\"/>\n"
		"  <testcase classname=\"5.10.1\" name=\"f\" time=\"0.250\">\n"
		"   <failure type=\"uaf\" message=\"BUG: &#34;a&#34; &amp; &lt;b&gt;&#10;next\">"
		"FAIL f@5.10.1: 0 schedules, 0 outcomes, 0.25 s\n"
		"\nBUG: \"a\" &amp; &lt;b&gt;\nnext\n  uaf: 1 schedule of 0, first after 3, 1 preemption\n\n"
		"if (a &lt; b &amp;&amp; c &gt; d)\n\nreplay: vfiosim replay s@5.10/m/0\n</failure>\n"
		"  </testcase>\n"
		" </testsuite>\n"
		" <testsuite name=\"vfiosim-6.1.2\" tests=\"3\" failures=\"0\" errors=\"1\" skipped=\"1\" time=\"0.000\">\n"
		"  <testcase classname=\"6.1.2\" name=\"s\" time=\"0.000\">\n"
		"   <skipped message=\"a&lt;b\"/>\n"
		"  </testcase>\n"
		"  <testcase classname=\"6.1.2\" name=\"e\" time=\"0.000\">\n"
		"   <error type=\"error\" message=\"no\">ERROR e@6.1.2: no\n</error>\n"
		"  </testcase>\n"
		"  <testcase classname=\"6.1.2\" name=\"k\" time=\"0.000\">\n"
		"   <system-out>KNOWN k@6.1.2: 0 schedules, 0 outcomes, 0.00 s; B01\n</system-out>\n"
		"  </testcase>\n"
		" </testsuite>\n"
		"</testsuites>\n");
	free(text);
}
END_TEST

static const struct { const char *given, *written; } texts[] = {
	{ "tab\there", "tab&#9;here" },
	{ "\033[31mred\033[0m\r", "?[31mred?[0m?" },
	{ "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xa7", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xa7" },
	{ "\xff \xc3 \xc0\x80 \xe0\x80\x80 \xed\xa0\x80 \xef\xbf\xbf \xf4\x90\x80\x80",
	  "? ? ?? ??? ??? ??? ????" },
	{ "cut \xe2\x82", "cut ??" },
};

START_TEST(unprintable)
{
	const struct run_result r = { .scenario = "s", .status = RUN_SKIP,
				      .reason = texts[_i].given };
	char *text, wanted[200];

	CAPTURE(text, f, junit_results(f, &r, 1));
	snprintf(wanted, sizeof(wanted), "message=\"%s\"/>", texts[_i].written);
	ck_assert_msg(strstr(text, wanted) != NULL, "%s is not in: %s", wanted, text);
	free(text);
}
END_TEST

START_TEST(nothing)
{
	char *text;

	CAPTURE(text, f, junit_results(f, NULL, 0));
	ck_assert_ptr_nonnull(strstr(text, "tests=\"0\""));
	free(text);
}
END_TEST

TCase *junit_case(void)
{
	TCase *t = tcase_create("junit");

	tcase_add_test(t, everything);
	tcase_add_loop_test(t, unprintable, 0, sizeof(texts) / sizeof(*texts));
	tcase_add_test(t, nothing);
	return t;
}
