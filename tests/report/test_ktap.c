// SPDX-License-Identifier: GPL-2.0-only
/* KTAP as the kernel's parser wants it. */
#include <stdlib.h>

#include "ktap.h"
#include "ktap_check.h"
#include "test_report.h"

static void must_be_ktap(const char *text)
{
	char why[200];

	ck_assert_msg(ktap_check(text, why, sizeof(why)), "%s\n%s", why, text);
}

START_TEST(sample_file)
{
	const struct run_failure fail = {
		.oracle = "uaf", .headline = "BUG: KASAN: slab-use-after-free in put+0x1c",
		.token = "91020f3a", .count = 1, .schedules_to_first = 417,
		.preemptions = 1, .trace_text = "a\n\nb\n",
	};
	const struct run_sometimes never_got_there = { "unbind waited", false };
	const struct run_result r[] = {
		{ .scenario = "probe_open_close", .status = RUN_PASS, .schedules = 1000,
		  .seconds = 0.41 },
		{ .scenario = "unbind_while_open", .status = RUN_FAIL, .failures = &fail,
		  .nfailures = 1, .sometimes = &never_got_there, .nsometimes = 1 },
		{ .scenario = "hot_reset", .status = RUN_SKIP,
		  .reason = "needs kernel >= 5.15" },
	};
	char *text;

	CAPTURE(text, f, ktap_results(f, "unbind", r, 3));
	ck_assert_str_eq(text,
		"KTAP version 1\n"
		"1..1\n"
		"  KTAP version 1\n"
		"  # Subtest: unbind\n"
		"  1..3\n"
		"  ok 1 probe_open_close # 1000 schedules, 0.41s\n"
		"  # unbind_while_open: NOT REACHED: sometimes unbind waited\n"
		"  # unbind_while_open: BUG: KASAN: slab-use-after-free in put+0x1c\n"
		"  # unbind_while_open: a\n"
		"  # unbind_while_open: b\n"
		"  # unbind_while_open: replay with: vfiosim replay 91020f3a\n"
		"  not ok 2 unbind_while_open # schedule=417 preemptions=1 token=91020f3a\n"
		"  ok 3 hot_reset # SKIP needs kernel >= 5.15\n"
		"# unbind: pass:1 fail:1 skip:1 total:3\n"
		"not ok 1 unbind\n");
	must_be_ktap(text);
	free(text);
}
END_TEST

START_TEST(all_ok)
{
	struct ktap k;
	char *text;

	CAPTURE(text, f, {
		ktap_begin(&k, f, 2);
		ktap_suite_begin(&k, "a", 1);
		ktap_result(&k, RUN_KNOWN, "b#01", "a known bug");
		ktap_suite_end(&k);
		ktap_suite_begin(&k, "b", 1);
		ktap_result(&k, RUN_SKIP, "x", NULL);
		ktap_suite_end(&k);
	});
	ck_assert_str_eq(text,
		"KTAP version 1\n"
		"1..2\n"
		"  KTAP version 1\n"
		"  # Subtest: a\n"
		"  1..1\n"
		"  ok 1 b_01 # XFAIL a known bug\n"
		"# a: pass:1 fail:0 skip:0 total:1\n"
		"ok 1 a\n"
		"  KTAP version 1\n"
		"  # Subtest: b\n"
		"  1..1\n"
		"  ok 1 x # SKIP\n"
		"# b: pass:0 fail:0 skip:1 total:1\n"
		"ok 2 b # SKIP\n");
	ck_assert(!k.failed);
	must_be_ktap(text);
	free(text);
}
END_TEST

START_TEST(error_counts_as_failure)
{
	struct ktap k;
	char *text;

	CAPTURE(text, f, {
		ktap_begin(&k, f, 1);
		ktap_suite_begin(&k, "a", 1);
		ktap_result(&k, RUN_ERROR, "x", "no such device");
		ktap_suite_end(&k);
	});
	ck_assert(k.failed);
	ck_assert_uint_eq(k.fail, 1);
	must_be_ktap(text);
	free(text);
}
END_TEST

/* One mistake each */
static const char *const wrong[] = {
	"",
	"TAP version 14\n1..1\nok 1 a\n",
	"KTAP version 1\nok 1 a\n1..1\n",
	"KTAP version 1\n1..2\nok 1 a\n",
	"KTAP version 1\n1..1\nok 1 a\nok 2 b\n",
	"KTAP version 1\n1..2\nok 1 a\nok 3 b\n",
	"KTAP version 1\n1..1\nok 1 a",
	"KTAP version 1\n1..1\nnot ok 1\n",
	"KTAP version 1\n1..1\nok 1 a # TODO later\n",
	"KTAP version 1\n1..1\nnot ok 1 a # SKIP no\n",
	"KTAP version 1\n1..1\nBUG: something\nok 1 a\n",
	"KTAP version 1\n1..1\n  ok 1 a\n",
	"KTAP version 1\n1..1\n  KTAP version 1\n  # Subtest: s\n  1..1\n  ok 1 a\nok 1 t\n",
	"KTAP version 1\n1..1\n  KTAP version 1\n  1..1\n  ok 1 a\nok 1 s\n",
	"KTAP version 1\n1..1\n  KTAP version 1\n  # Subtest: s\n  1..1\n  not ok 1 a\nok 1 s\n",
	"KTAP version 1\n1..1\n  KTAP version 1\n  # Subtest: s\n  1..1\n  ok 1 a\n",
	"KTAP version 1\n1..1\n  KTAP version 1\n  # Subtest: s\n  1..1\n  ok 1 a\n"
		"# s: pass:2 fail:0 skip:0 total:2\nok 1 s\n",
};

START_TEST(checker_knows_mistakes)
{
	char why[200];

	ck_assert_msg(!ktap_check(wrong[_i], why, sizeof(why)), "taken: %s", wrong[_i]);
}
END_TEST

TCase *ktap_case(void)
{
	TCase *t = tcase_create("ktap");

	tcase_add_test(t, sample_file);
	tcase_add_test(t, all_ok);
	tcase_add_test(t, error_counts_as_failure);
	tcase_add_loop_test(t, checker_knows_mistakes, 0, sizeof(wrong) / sizeof(*wrong));
	return t;
}
