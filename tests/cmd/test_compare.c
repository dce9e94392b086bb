// SPDX-License-Identifier: GPL-2.0-only
/* What tools/compare makes of two results. */
#include "test_cmd.h"
#include "compare/compare.h"

#define MAX	4

static const char *const columns[] = { "fd", "r" };
static const long neither[] = { -19, OUTCOME_NONE }, both[] = { 3, 4 }, half[] = { 3, -5 };

static struct run_result result(enum run_status status)
{
	return (struct run_result){
		.scenario = "x", .kernel = "5.10", .status = status, .schedules = 1000,
		.complete_bound = -1, .columns = columns, .ncolumns = 2,
	};
}

static struct comparison compared(const struct run_result *a, const struct run_result *b)
{
	struct comparison c;

	compare_one(&c, a, b, MAX);
	return c;
}

START_TEST(signature)
{
	static const char *const pairs[][2] = {
		{ "use-after-free in f+0x1c/0x40, task a/12", "use-after-free in f+0x20/0x48, task a/7" },
		{ "address: 0000000000000030", "address: 0000000000000028" },
		{ "double add: new=0000000070003470, prev=00000000700038e0",
		  "double add: new=0000000070003471, prev=00000000700038e1" },
		{ "write in f (drivers/vfio/vfio.c:12)", "write in f (drivers/vfio/vfio.c:1259)" },
	};
	static const char *const distinct[][2] = {
		{ "finally a == 1", "finally a == 2" },
		{ "group 0 still has 1 reference", "group 0 still has 2 references" },
		{ "read in f (vfio.c:1)", "write in f (vfio.c:1)" },
		{ "decade", "facade" },
	};
	char *a, *b;
	size_t i;

	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		a = compare_signature(pairs[i][0]);
		b = compare_signature(pairs[i][1]);
		ck_assert_str_eq(a, b);
		free(a);
		free(b);
	}
	for (i = 0; i < sizeof(distinct) / sizeof(*distinct); i++) {
		a = compare_signature(distinct[i][0]);
		b = compare_signature(distinct[i][1]);
		ck_assert_str_ne(a, b);
		free(a);
		free(b);
	}
}
END_TEST

START_TEST(deviations)
{
	ck_assert_int_eq(compare_deviations("x@5.10/m/0/ff762c"), 0);
	ck_assert_int_eq(compare_deviations("x@5.10/m/59.1/ff762c/a:R:f:1:1:b"), 1);
	ck_assert_int_eq(compare_deviations("./a/b@c.scn@5.10-p12/m/6.1-1c.0-20.2"), 3);
	ck_assert_int_eq(compare_deviations("x@5.10"), -1);
	ck_assert_int_eq(compare_deviations("x"), -1);
	ck_assert_int_eq(compare_deviations(NULL), -1);
}
END_TEST

START_TEST(verdicts)
{
	const struct run_failure oops = { .oracle = "oops", .headline = "BUG: at 0x10", .count = 50 };
	const struct run_failure moved = { .oracle = "oops", .headline = "BUG: at 0x18", .count = 50 };
	const struct run_failure leak = { .oracle = "leak", .headline = "leak: a", .count = 50 };
	struct run_result pass = result(RUN_PASS), fail = result(RUN_FAIL), known = result(RUN_KNOWN);
	struct run_result skip = result(RUN_SKIP), error = result(RUN_ERROR), boot = error;
	struct run_result unfound = result(RUN_FAIL), other = result(RUN_FAIL);
	const struct {
		const struct run_result *a, *b;
		enum compare_verdict verdict;
	} table[] = {
		{ &pass, &pass, COMPARE_SAME }, { &fail, &pass, COMPARE_FIXED },
		{ &known, &pass, COMPARE_FIXED }, { &pass, &fail, COMPARE_BROKEN },
		{ &pass, &known, COMPARE_BROKEN }, { &known, &fail, COMPARE_SAME },
		{ &known, &unfound, COMPARE_FIXED }, { &fail, &other, COMPARE_CHANGED },
		{ &skip, &skip, COMPARE_SAME }, { &pass, &skip, COMPARE_SKIPPED },
		{ &skip, &fail, COMPARE_SKIPPED }, { &pass, &error, COMPARE_ERROR },
		{ &skip, &error, COMPARE_ERROR }, { &pass, &boot, COMPARE_BROKEN },
		{ &pass, NULL, COMPARE_ERROR }, { NULL, &pass, COMPARE_ERROR },
	};
	size_t i;

	known.failures = &oops;
	fail.failures = &moved;
	other.failures = &leak;
	known.nfailures = fail.nfailures = other.nfailures = 1;
	unfound.reason = "B01 was not found";
	boot.reason = "self-check failed: setup failed: module vfio: -12";
	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct comparison c = compared(table[i].a, table[i].b);

		ck_assert_msg(c.verdict == table[i].verdict, "row %zu: %s", i,
			      compare_verdict_name(c.verdict));
		compare_one_free(&c);
	}
}
END_TEST

/* Two searches that their failures have ended say nothing of other failures */
START_TEST(ended)
{
	static const char *const lines[] = { "a", "b", "c", "d", "e" };
	struct run_failure f[MAX] = { { 0 } }, g[MAX] = { { 0 } };
	struct run_result a = result(RUN_FAIL), b = result(RUN_FAIL);
	struct comparison c;
	int i;

	for (i = 0; i < MAX; i++) {
		f[i].oracle = g[i].oracle = "o";
		f[i].headline = lines[i];
		g[i].headline = lines[i + 1];
		f[i].count = g[i].count = 90;
	}
	a.failures = f;
	b.failures = g;
	a.nfailures = b.nfailures = MAX;
	c = compared(&a, &b);
	ck_assert_int_eq(c.verdict, COMPARE_SAME);
	ck_assert_uint_eq(c.ndiff, 2);
	compare_one_free(&c);
	b.nfailures = 3;	/* this one went on, and has not met "a" */
	c = compared(&a, &b);
	ck_assert_int_eq(c.verdict, COMPARE_CHANGED);
	compare_one_free(&c);
}
END_TEST

START_TEST(outcomes)
{
	struct run_outcome oa[] = { { neither, 500, "x@k/m/0", false }, { both, 490, "x@k/m/1.1", false },
				    { half, 10, "x@k/m/1.1-2.0", false } };
	struct run_outcome ob[] = { { both, 600, "x@l/m/3.1", false },
				    { neither, 400, "x@l/m/0", false } };
	struct run_result a = result(RUN_PASS), b = result(RUN_PASS);
	struct comparison c;

	a.outcomes = oa;
	a.noutcomes = 3;
	b.outcomes = ob;
	b.noutcomes = 2;
	/* rare, and the other search knows nothing for sure */
	c = compared(&a, &b);
	ck_assert_int_eq(c.verdict, COMPARE_SAME);
	ck_assert_uint_eq(c.ndiff, 1);
	ck_assert(!c.diff[0].sure);
	ck_assert_ptr_nonnull(strstr(c.diff[0].evidence, "1000 schedules (not exhaustive)"));
	compare_one_free(&c);
	/* 2 choices: more than a search with one preemption can say */
	b.complete_bound = 1;
	c = compared(&a, &b);
	ck_assert_int_eq(c.verdict, COMPARE_SAME);
	compare_one_free(&c);
	b.complete_bound = 2;
	c = compared(&a, &b);
	ck_assert_int_eq(c.verdict, COMPARE_CHANGED);
	ck_assert_str_eq(c.diff[0].text, "r = -EIO, fd = 3");
	ck_assert_str_eq(c.diff[0].instead, "r = 4");
	ck_assert_str_eq(c.diff[0].token, "x@k/m/1.1-2.0");
	ck_assert_str_eq(c.diff[0].other_token, "x@l/m/3.1");
	ck_assert_int_eq(c.diff[0].side, SIDE_A);
	compare_one_free(&c);
	b.complete_bound = -1;
	b.exhaustive = true;
	c = compared(&b, &a);
	ck_assert_int_eq(c.verdict, COMPARE_CHANGED);
	ck_assert_int_eq(c.diff[0].side, SIDE_B);
	compare_one_free(&c);
	b.exhaustive = false;
	oa[2].count = 100;	/* often enough to have been met */
	c = compared(&a, &b);
	ck_assert_int_eq(c.verdict, COMPARE_CHANGED);
	compare_one_free(&c);
}
END_TEST

START_TEST(races)
{
	const struct run_race ra[] = { { "write in f (v.c:1)", "read in g (v.c:2)", NULL, NULL, 1 },
				       { "write in f (v.c:3)", "read in h (v.c:4)", NULL, NULL, 1 } };
	const struct run_race rb[] = { { "read in g (v.c:12)", "write in f (v.c:11)", NULL, NULL, 1 },
				       { "write in f (v.c:3)", "write in h (v.c:4)", NULL, NULL, 1 } };
	struct run_result a = result(RUN_PASS), b = result(RUN_PASS);
	struct compare_all all;

	a.races = ra;
	b.races = rb;
	a.nraces = b.nraces = 2;
	compare_results(&all, &a, 1, &b, 1, MAX);
	ck_assert_uint_eq(all.races.n[SIDE_A], 1);
	ck_assert_ptr_eq(all.races.race[SIDE_A][0], &ra[1]);
	ck_assert_uint_eq(all.races.n[SIDE_B], 1);
	ck_assert_ptr_eq(all.races.race[SIDE_B][0], &rb[1]);
	ck_assert_int_eq(compare_exit_code(&all), 0);
	compare_free(&all);
	compare_results(&all, &a, 1, NULL, 0, MAX);
	ck_assert_int_eq(compare_exit_code(&all), 2);
	compare_free(&all);
	compare_results(&all, NULL, 0, NULL, 0, MAX);
	ck_assert_int_eq(compare_exit_code(&all), 2);
	compare_free(&all);
}
END_TEST

START_TEST(lock_orders)
{
	/* on B the middle one is gone, and its neighbours are taken in turn */
	const struct run_lock_order oa[] = { { "x", "y#3", NULL }, { "y#3", "z/1", NULL } };
	const struct run_lock_order ob[] = { { "x", "z/1", NULL }, { "z", "w", "t" },
					     { "x", "y#2", NULL }, { "y#2", "y#4", NULL } };
	const struct run_failure bug = { .oracle = "kasan", .headline = "BUG" };
	struct run_result a = result(RUN_PASS), b = result(RUN_PASS);
	struct compare_all all;

	a.lock_orders = oa;
	a.nlock_orders = 2;
	b.lock_orders = ob;
	b.nlock_orders = 4;
	compare_results(&all, &a, 1, &b, 1, MAX);
	ck_assert_uint_eq(all.orders.n[SIDE_A], 1);
	ck_assert_ptr_eq(all.orders.order[SIDE_A][0], &oa[1]);
	ck_assert_uint_eq(all.orders.n[SIDE_B], 1);
	ck_assert_ptr_eq(all.orders.order[SIDE_B][0], &ob[1]);
	ck_assert_int_eq(compare_exit_code(&all), 0);
	compare_free(&all);
	/* a failure ends a search */
	b.status = RUN_FAIL;
	b.failures = &bug;
	b.nfailures = 1;
	compare_results(&all, &a, 1, &b, 1, MAX);
	ck_assert_uint_eq(all.orders.n[SIDE_A] + all.orders.n[SIDE_B], 0);
	compare_free(&all);
}
END_TEST

TCase *compare_tests(void)
{
	TCase *t = tcase_create("compare");

	tcase_add_test(t, signature);
	tcase_add_test(t, deviations);
	tcase_add_test(t, verdicts);
	tcase_add_test(t, ended);
	tcase_add_test(t, outcomes);
	tcase_add_test(t, races);
	tcase_add_test(t, lock_orders);
	return t;
}
