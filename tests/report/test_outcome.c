// SPDX-License-Identifier: GPL-2.0-only
/* The outcome table, the human result and JSON. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "report/json.h"
#include "outcome.h"
#include "test_report.h"

static const char *const columns[] = { "c", "fd", "close fd", "unbind" };
static const long refused[] = { 3, -19, OUTCOME_NONE, 0 };
static const long opened[] = { 3, 5, 0, 0 };
static const long failed[] = { 3, -4095, 0, 0 };
static const struct run_outcome outcomes[] = {
	{ refused, 9, "0" },
	{ opened, 91000, "91020f3a" },
	{ failed, 991, NULL },
};
static const struct run_sometimes sometimes[] = {
	{ "fd >= 0 and unbind waited", true },
	{ "fd == -ENODEV", false },
};
static const struct run_failure failure = {
	.oracle = "use-after-free", .headline = "BUG: KASAN: use-after-free in put+0x1c/0x90",
	.token = "91020f3a", .count = 12, .report_text = "the report\n",
	.trace_text = "the trace", .schedules_to_first = 27, .preemptions = 1,
};

static struct run_result sample(void)
{
	struct run_result r = {
		.scenario = "unbind-while-open", .kernel = "5.10.262", .status = RUN_FAIL,
		.schedules = 92000, .complete_bound = 2, .strategy = "dfs",
		.seconds = 0.256, .npoints = 471, .columns = columns, .ncolumns = 4,
		.outcomes = outcomes, .noutcomes = 3, .sometimes = sometimes,
		.nsometimes = 2, .failures = &failure, .nfailures = 1,
	};

	return r;
}

#define TABLE	"  always: c = 3, unbind = 0\n"				\
		"  count       %  fd       close fd  witness\n"			\
		"  91000   98.9%  5        0         91020f3a\n"		\
		"    991    1.1%  -4095    0         -\n"			\
		"      9   <0.1%  -ENODEV  -         0\n"

START_TEST(table)
{
	struct run_result r = sample();
	char *text;

	CAPTURE(text, f, outcome_print(f, &r));
	ck_assert_str_eq(text, TABLE);
	free(text);
	r.noutcomes = 0;
	CAPTURE(text, f, outcome_print(f, &r));
	ck_assert_str_eq(text, "");
	free(text);
	r.noutcomes = 1;
	CAPTURE(text, f, outcome_print(f, &r));
	ck_assert_str_eq(text, "  always: c = 3, fd = -ENODEV, close fd = -, unbind = 0\n"
			 "  count       %  witness\n"
			 "      9  100.0%  0\n");
	free(text);
}
END_TEST

START_TEST(human)
{
	struct run_result r = sample();
	char *text;

	CAPTURE(text, f, result_print_human(f, &r, false));
	ck_assert_str_eq(text,
		"FAIL unbind-while-open@5.10.262: 92000 schedules (bound 2 complete), "
		"3 outcomes, 471 points, 0.26 s, dfs\n" TABLE
		"  sometimes fd >= 0 and unbind waited: reached\n"
		"  sometimes fd == -ENODEV: NOT REACHED\n"
		"\n"
		"BUG: KASAN: use-after-free in put+0x1c/0x90\n"
		"  use-after-free: 12 schedules of 92000, first after 27, 1 preemption\n"
		"\n"
		"the trace\n"
		"\n"
		"the report\n"
		"\n"
		"replay: vfiosim replay 91020f3a\n");
	free(text);
	r.status = RUN_SKIP;
	r.reason = "needs kernel >= 5.15";
	r.noutcomes = r.nsometimes = r.nfailures = 0;
	CAPTURE(text, f, result_print_human(f, &r, true));
	ck_assert_str_eq(text, "\033[33mSKIP\033[0m unbind-while-open@5.10.262: needs kernel >= 5.15\n");
	free(text);
}
END_TEST

START_TEST(json)
{
	struct run_result r = sample();
	struct json_object *top, *res, *o, *v;
	char *text;

	CAPTURE(text, f, ck_assert_int_eq(json_results(f, &r, 1), 0));
	top = json_tokener_parse(text);
	ck_assert_ptr_nonnull(top);
	ck_assert(json_object_object_get_ex(top, "results", &res));
	ck_assert_uint_eq(json_object_array_length(res), 1);
	res = json_object_array_get_idx(res, 0);
	ck_assert_str_eq(json_object_get_string(json_object_object_get(res, "status")), "fail");
	ck_assert_int_eq(json_object_get_int(json_object_object_get(res, "complete_bound")), 2);
	o = json_object_array_get_idx(json_object_object_get(res, "outcomes"), 0);
	v = json_object_object_get(o, "values");
	ck_assert_int_eq(json_object_get_int(json_object_object_get(v, "fd")), -19);
	ck_assert(json_object_object_get_ex(v, "close fd", &v));
	ck_assert_ptr_null(v);
	v = json_object_object_get(json_object_object_get(o, "names"), "fd");
	ck_assert_str_eq(json_object_get_string(v), "ENODEV");
	o = json_object_array_get_idx(json_object_object_get(res, "failures"), 0);
	v = json_object_object_get(o, "schedules_to_first");
	ck_assert_int_eq(json_object_get_int(v), 27);
	o = json_object_array_get_idx(json_object_object_get(res, "sometimes"), 1);
	ck_assert(!json_object_get_boolean(json_object_object_get(o, "reached")));
	json_object_put(top);
	free(text);
}
END_TEST

START_TEST(exit_codes)
{
	struct run_result r[2] = { sample(), sample() };

	ck_assert_int_eq(result_exit_code(r, 2), 1);
	r[0].status = RUN_ERROR;
	ck_assert_int_eq(result_exit_code(r, 2), 2);
	r[0].status = r[1].status = RUN_SKIP;
	ck_assert_int_eq(result_exit_code(r, 2), 4);
	r[1].status = RUN_PASS;
	ck_assert_int_eq(result_exit_code(r, 2), 0);
	r[1].status = RUN_KNOWN;
	ck_assert_int_eq(result_exit_code(r, 2), 0);
	ck_assert_int_eq(result_exit_code(r, 0), 0);
}
END_TEST

TCase *outcome_case(void)
{
	TCase *t = tcase_create("outcome");

	tcase_add_test(t, table);
	tcase_add_test(t, human);
	tcase_add_test(t, json);
	tcase_add_test(t, exit_codes);
	return t;
}
