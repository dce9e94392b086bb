// SPDX-License-Identifier: GPL-2.0-only
/* Clauses against given results: the truth table, and what they read. */
#include <errno.h>

#include "test_scenario.h"

#define HEAD DEVICES "task t {\n\ta: yield\n\tb: yield\n\tc: yield\n}\n"

/* a gave 3, b gave -ENODEV and slept, c is stuck. */
static const long results[] = { 3, -ENODEV, 77 };
static const unsigned char flags[] = {
	SCN_STEP_STARTED | SCN_STEP_DONE,
	SCN_STEP_STARTED | SCN_STEP_DONE | SCN_STEP_WAITED,
	SCN_STEP_STARTED | SCN_STEP_BLOCKED,
};

static int calls;

/* Each function gives a number of its own, plus the object's index. */
static long func(void *ctx, enum scn_func f, const struct scn_arg *arg)
{
	ck_assert_ptr_eq(ctx, &calls);
	calls++;
	if (f == SCN_F_LOG)
		return !strcmp(arg->str, "yes");
	if (f == SCN_F_EXISTS)
		return !strcmp(arg->str, "/dev/vfio/$g0");
	if (f == SCN_F_MODREFS)
		return !strcmp(arg->str, "vfio") ? 5 : 6;
	return 10 * (long)f + (arg->kind == SCN_ARG_GROUP ? 100 : 0) + (long)arg->index;
}

static const struct scn_env env = { results, flags, func, &calls };

static const struct {
	const char *expr;
	int want;
} table[] = {
	{ "1", 1 }, { "0", 0 }, { "-1", 1 },
	{ "a == 3", 1 }, { "a == 4", 0 }, { "a != 3", 0 }, { "a != 4", 1 },
	{ "a < 4", 1 }, { "a < 3", 0 }, { "a <= 3", 1 }, { "a <= 2", 0 },
	{ "a > 2", 1 }, { "a > 3", 0 }, { "a >= 3", 1 }, { "a >= 4", 0 },
	{ "b == -ENODEV", 1 }, { "b == -19", 1 }, { "b == -ENOENT", 0 }, { "b < 0", 1 },
	{ "3 == a", 1 }, { "0x3 == a", 1 }, { "a > b", 1 }, { "t.a == 3", 1 },
	{ "a", 1 }, { "not a", 0 }, { "! a", 0 },
	/* A step that has not finished has no result. */
	{ "c == 77", 0 }, { "c != 77", 0 }, { "c", 0 }, { "not c", 1 }, { "not (c != 77)", 1 },
	{ "c < a or c >= a", 0 },
	{ "a done", 1 }, { "c done", 0 }, { "c started", 1 }, { "c blocked", 1 },
	{ "a blocked", 0 }, { "b waited", 1 }, { "a waited", 0 }, { "not a waited", 1 },
	{ "1 and 1", 1 }, { "1 and 0", 0 }, { "0 and 1", 0 }, { "0 and 0", 0 },
	{ "1 or 1", 1 }, { "1 or 0", 1 }, { "0 or 1", 1 }, { "0 or 0", 0 },
	{ "1 && 0", 0 }, { "0 || 1", 1 },
	/* or binds weakest, not binds tighter than and. */
	{ "1 or 0 and 0", 1 }, { "(1 or 0) and 0", 0 }, { "not 0 and 0", 0 },
	{ "not (0 and 0)", 1 }, { "not 1 or 1", 1 }, { "not not 1", 1 },
	{ "not a == 3", 0 }, { "(a == 3) == 1", 1 },
	{ "refs(g1) == 101", 1 }, { "refs(d1) == 1", 1 }, { "requests(d0) == 20", 1 },
	{ "opens(d1) == 31", 1 }, { "releases(d0) == 40", 1 }, { "time() == 70", 1 },
	{ "bound(d1) == 81", 1 }, { "opens(d0) == releases(d0)", 0 },
	{ "log(\"yes\")", 1 }, { "log(\"no\")", 0 }, { "exists(\"/dev/vfio/$g0\")", 1 },
	{ "exists(/dev/vfio/$g1)", 0 }, { "modrefs(\"vfio\") == 5", 1 },
	{ "modrefs(sample) == 6", 1 },
};

START_TEST(truth)
{
	char text[512];
	struct scenario *s;

	snprintf(text, sizeof(text), HEAD "never %s\n", table[_i].expr);
	s = parse_ok(text);
	ck_assert_uint_eq(s->nclauses, 1);
	ck_assert_str_eq(s->clauses[0].text, table[_i].expr);
	ck_assert_msg(scn_eval(s->clauses[0].expr, &env) == table[_i].want, "%s",
		      table[_i].expr);
	scn_free(s);
}
END_TEST

START_TEST(short_circuit)
{
	struct scenario *s = parse_ok(HEAD "never 0 and time()\nnever 1 or time()\n");

	calls = 0;
	ck_assert(!scn_eval(s->clauses[0].expr, &env));
	ck_assert(scn_eval(s->clauses[1].expr, &env));
	ck_assert_int_eq(calls, 0);
	scn_free(s);
}
END_TEST

START_TEST(kinds)
{
	struct scenario *s = parse_ok(HEAD "never report\nnever a\nsometimes b\nfinally c\n");

	ck_assert_uint_eq(s->nclauses, 3);
	ck_assert_int_eq(s->clauses[0].kind, SCN_NEVER);
	ck_assert_int_eq(s->clauses[1].kind, SCN_SOMETIMES);
	ck_assert_int_eq(s->clauses[2].kind, SCN_FINALLY);
	ck_assert_uint_eq(s->clauses[0].pos.line, 13);
	scn_free(s);
}
END_TEST

START_TEST(observables)
{
	struct scenario *s = parse_ok(HEAD "never a == 3 and (b waited or not a < b)\n"
				      "sometimes refs(g0) == refs(g1) or refs(g0) == 2\n"
				      "finally a done and log(\"x\") and log(\"x\") and b\n");
	static const char *const want[] = {
		"a", "b waited", "b", "refs(g0)", "refs(g1)", "a done", "log(\"x\")",
	};
	struct scn_observable obs[16];
	size_t n = scn_observables(s, obs, 16);

	ck_assert_uint_eq(n, 7);
	for (size_t i = 0; i < n; i++) {
		char *text = NULL;
		size_t size;
		FILE *f = open_memstream(&text, &size);

		scn_observable_print(f, s, &obs[i]);
		fclose(f);
		ck_assert_str_eq(text, want[i]);
		free(text);
	}
	ck_assert_uint_eq(scn_expr_observables(s->clauses[0].expr, obs, 16), 3);
	ck_assert_uint_eq(scn_observables(s, obs, 2), 2);
	scn_free(s);
}
END_TEST

START_TEST(errno_names)
{
	ck_assert_str_eq(scn_errno_name(-ENODEV), "-ENODEV");
	ck_assert_str_eq(scn_errno_name(-EAGAIN), "-EAGAIN");
	ck_assert_str_eq(scn_errno_name(-512), "-ERESTARTSYS");
	ck_assert_ptr_null(scn_errno_name(0));
	ck_assert_ptr_null(scn_errno_name(19));
	ck_assert_ptr_null(scn_errno_name(-4000));
}
END_TEST

TCase *eval_tests(void)
{
	TCase *tc = tcase_create("eval");

	tcase_add_loop_test(tc, truth, 0, (int)(sizeof(table) / sizeof(table[0])));
	tcase_add_test(tc, short_circuit);
	tcase_add_test(tc, kinds);
	tcase_add_test(tc, observables);
	tcase_add_test(tc, errno_names);
	return tc;
}
