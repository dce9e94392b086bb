// SPDX-License-Identifier: GPL-2.0-only
/*
 * Families of executions that go on from checkpoints: the same executions as
 * without, and as evenly spread as single ones.
 */
#include <string.h>

#include "test_strategies.h"

#define RUNS	6000

static const struct prog program = { { "abAcdBefCghD", "DhgCfeBdcAba", "aAbBcC" }, 3 };

static struct search *make(bool mix, unsigned int depth)
{
	return mix ? search_mix(depth, 7, 0, NULL) : search_pct(depth, 7, 0, NULL);
}

static void compare(bool mix, unsigned int depth, unsigned long at_least)
{
	struct search *from_start = make(mix, depth), *resumed = make(mix, depth);
	char trace[sizeof(prog_trace)];
	unsigned int i, preemptions;

	prog_resumed = 0;
	for (i = 0; i < RUNS; i++) {
		prog_resumes = false;
		ck_assert(prog_run(&program, from_start));
		memcpy(trace, prog_trace, sizeof(trace));
		preemptions = prog_preemptions;
		prog_resumes = true;
		ck_assert(prog_run(&program, resumed));
		ck_assert_str_eq(prog_trace, trace);
		ck_assert_uint_eq(prog_preemptions, preemptions);
	}
	prog_resumes = false;
	ck_assert_uint_ge(prog_resumed, at_least);
	search_free(from_start);
	search_free(resumed);
}

START_TEST(same_executions)
{
	compare(false, 2, RUNS / 2);
	compare(false, 3, RUNS / 2);
	compare(false, 5, RUNS / 4);
	compare(false, 0, RUNS / 4);
	compare(true, 0, 1);
}
END_TEST

/* One order of two operations, deep in a program: found as often as by single ones. */
static unsigned int finds(unsigned int runs, bool families, uint64_t seed)
{
	static const struct prog p = {
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaXaaaaaaaaaa", "bbbbbbbbbbXbbbbbbbbbbbbbbbbbbbbbb" }, 2
	};
	struct search *s;
	unsigned int i, n = 0, first = families ? 2000 : 0;

	/* The first thousand of a search are single ones: draw many short searches. */
	s = search_pct(3, seed, 0, NULL);
	for (i = 0; i < first + runs; i++) {
		if (!families && i % 900 == 899) {
			search_free(s);
			s = search_pct(3, seed + i, 0, NULL);
		}
		ck_assert(prog_run(&p, s));
		n += i >= first && prog_at('x', 0) == 0 && prog_trace[0] == '1';
	}
	search_free(s);
	return n;
}

START_TEST(no_rarer)
{
	unsigned int single = finds(40000, false, 11), family = finds(40000, true, 12);

	ck_assert_msg(family > single * 3 / 4 && family < single * 5 / 4,
		      "%u by single ones, %u in families", single, family);
}
END_TEST

Suite *families_suite(void)
{
	Suite *s = suite_create("families");
	TCase *tc = tcase_create("families");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, same_executions);
	tcase_add_test(tc, no_rarer);
	suite_add_tcase(s, tc);
	return s;
}
