// SPDX-License-Identifier: GPL-2.0-only
/* NAME+STEP=N: where it begins, what it does to the scenario. */
#include "test_scenario.h"

static const char text[] =
	"known planted\n"
	"allow warn \"x\"\n"
	DEVICES
	"task a {\n\tyield (fail_nth: 2) (expect: 0)\n\tone: yield\n}\n"
	"task b {\n\tone: yield\n}\n"
	"sometimes a.one == 0\n";

START_TEST(begins)
{
	ck_assert_uint_eq(scn_fault_at("name"), 4);
	ck_assert_uint_eq(scn_fault_at("name+step=2"), 4);
	ck_assert_uint_eq(scn_fault_at("./a+b.scn+user.step_2=13"), 9);
	ck_assert_uint_eq(scn_fault_at("a+b.scn"), 7);
	ck_assert_uint_eq(scn_fault_at("dir/a+s=2-min.scn"), 17);
	ck_assert_uint_eq(scn_fault_at("a+s="), 4);
	ck_assert_uint_eq(scn_fault_at("a+s=2x"), 6);
	ck_assert_uint_eq(scn_fault_at(""), 0);
}
END_TEST

START_TEST(one_fault)
{
	struct scenario *scn = parse_ok(text);
	char *all;

	ck_assert(scn_fault_parse(scn, "b.one=3", stderr));
	ck_assert_str_eq(scn->name, "test+b.one=3");
	ck_assert_str_eq(scn->fault, "b.one=3");
	all = print_text(scn);
	ck_assert_ptr_nonnull(strstr(all, "task b {\n\tone: yield (fail_nth: 3)\n"));
	/* neither the other fault nor what was expected */
	ck_assert_ptr_nonnull(strstr(all, "task a {\n\tyield\n"));
	ck_assert_ptr_null(strstr(all, "sometimes"));
	ck_assert_ptr_null(strstr(all, "known"));
	ck_assert_ptr_nonnull(strstr(all, "allow warn \"x\""));
	free(all);
	scn_fault_set(scn, 2, 0);
	ck_assert_str_eq(scn->name, "test");
	ck_assert_ptr_null(scn->fault);
	scn_free(scn);
}
END_TEST

START_TEST(no_fault)
{
	static const char *const wrong[][2] = {
		{ "one=1", "vfiosim: test+one=1: no single step has this name (TASK.STEP tells equal ones apart)\n" },
		{ "yeild=1", "vfiosim: test+yeild=1: no single step has this name (TASK.STEP tells equal ones apart); did you mean 'yield'?\n" },
		{ "far_away=1", "vfiosim: test+far_away=1: no single step has this name (TASK.STEP tells equal ones apart)\n" },
		{ "a.one=0", "vfiosim: test+a.one=0: allocations are counted from 1\n" },
		{ "a.one=99999999999", "vfiosim: test+a.one=99999999999: allocations are counted from 1\n" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct scenario *scn = parse_ok(text);
		char *said = NULL;
		size_t size;
		FILE *err = open_memstream(&said, &size);

		ck_assert(!scn_fault_parse(scn, wrong[i][0], err));
		fclose(err);
		ck_assert_str_eq(said, wrong[i][1]);
		ck_assert_str_eq(scn->name, "test");
		free(said);
		scn_free(scn);
	}
}
END_TEST

TCase *fault_tests(void)
{
	TCase *tc = tcase_create("fault");

	tcase_add_test(tc, begins);
	tcase_add_test(tc, one_fault);
	tcase_add_test(tc, no_fault);
	return tc;
}
