// SPDX-License-Identifier: GPL-2.0-only
/*
 * What makes each sampler what it is, in numbers of executions. Seeds are
 * fixed, so that nothing here is left to chance.
 */
#include <string.h>

#include "test_strategies.h"

#define RUNS	2000

enum kind { PCT, PCT_SHARED, POS, SURW, WALK, MIX, NR_KINDS };

static struct search *make(enum kind k, uint64_t seed, const struct footprint *seen)
{
	switch (k) {
	case PCT:
		return search_pct(0, seed, 0, NULL);
	case PCT_SHARED:
		return search_pct(0, seed, 0, seen);
	case POS:
		return search_pos(seed, 0);
	case SURW:
		return search_surw(seed, 0, NULL);
	case WALK:
		return search_random(seed, 0);
	default:
		return search_mix(0, seed, 0, seen);
	}
}

static struct footprint *learn(const struct prog *p)
{
	struct footprint *seen = footprint_new();
	struct search *s = search_dfs(0, seen);

	while (prog_run(p, s))
		;
	search_free(s);
	return seen;
}

static unsigned long sum(const struct prog *p, struct search *s)
{
	unsigned long h = 0;
	unsigned int i;
	const char *c;

	for (i = 0; i < 100; i++) {
		ck_assert(prog_run(p, s));
		for (c = prog_trace; *c; c++)
			h = h * 31 + (unsigned char)*c;
	}
	search_free(s);
	return h;
}

START_TEST(repeat)
{
	static const struct prog p = { { "ABCABC", "CBACBA", "AAA" }, 3 };
	struct footprint *seen = learn(&p);
	enum kind k;

	for (k = 0; k < NR_KINDS; k++) {
		unsigned long one = sum(&p, make(k, 1, seen));

		ck_assert_uint_eq(one, sum(&p, make(k, 1, seen)));
		ck_assert_uint_ne(one, sum(&p, make(k, 2, seen)));
	}
	footprint_free(seen);
}
END_TEST

/* Every order of two tasks of three operations is met. */
START_TEST(reach_all)
{
	static const struct prog p = { { "AAA", "AAA" }, 2 };
	struct footprint *seen = learn(&p);
	enum kind k;

	for (k = 0; k < NR_KINDS; k++) {
		struct search *s = make(k, 1, seen);
		bool met[64] = { false };
		unsigned int i, b, n = 0;

		for (i = 0; i < RUNS; i++) {
			unsigned int which = 0;

			ck_assert(prog_run(&p, s));
			for (b = 0; b < 6; b++)
				which = which * 2 + (prog_trace[b] == '1');
			n += !met[which];
			met[which] = true;
		}
		ck_assert_msg(n == 20, "%s: %u of 20 orders", s->name, n);
		search_free(s);
	}
	footprint_free(seen);
}
END_TEST

/* How often the second task's X comes before the first one's. */
static unsigned int overtakes(const struct prog *p, struct search *s)
{
	unsigned int i, n = 0;

	for (i = 0; i < RUNS; i++) {
		ck_assert(prog_run(p, s));
		n += prog_at('x', 0) == 1;
	}
	search_free(s);
	return n;
}

/*
 * Behind twenty operations of its own: one in 21, since the other keeps its
 * priority while nothing races with it. A walk gets there once in a million.
 */
START_TEST(pos_keeps_priorities)
{
	static const struct prog p = { { "X", "BBBBBBBBBBBBBBBBBBBBX" }, 2 };
	unsigned int n = overtakes(&p, search_pos(1, 0));

	ck_assert_uint_gt(n, RUNS / 40);
	ck_assert_uint_lt(n, RUNS / 10);
	ck_assert_uint_eq(overtakes(&p, search_random(1, 0)), 0);
}
END_TEST

/* One use among three of the other task: every place is as likely. */
START_TEST(surw_is_uniform)
{
	static const struct prog p = { { "BBXBBBBBBBBXBBBBBBXBB", "X" }, 2 };
	struct search *s = search_surw(1, 0, NULL);
	unsigned int place[4] = { 0 }, i, k;

	for (i = 0; i < RUNS; i++) {
		ck_assert(prog_run(&p, s));
		for (k = 0; k < 4; k++)
			place[k] += prog_at('x', k) == 1;
	}
	for (k = 0; k < 4; k++) {
		ck_assert_uint_gt(place[k], RUNS / 5);
		ck_assert_uint_lt(place[k], RUNS * 3 / 10);
	}
	search_free(s);
}
END_TEST

/* d is drawn from 2 to 5: one to four change points. */
START_TEST(pct_depth)
{
	static const struct prog p = { { "ABABABABABAB", "BABABABABABA", "AAAAAAAAAAAA" }, 3 };
	struct search *s = search_pct(0, 1, 0, NULL);
	unsigned int i, most = 0, count[16] = { 0 };

	for (i = 0; i < RUNS; i++) {
		ck_assert(prog_run(&p, s));
		ck_assert_uint_lt(prog_preemptions, 16);
		count[prog_preemptions]++;
		if (prog_preemptions > most)
			most = prog_preemptions;
	}
	search_free(s);
	ck_assert_uint_eq(most, 4);
	ck_assert_uint_gt(count[1], RUNS / 10);
	s = search_pct(1, 1, 0, NULL);
	for (i = 0; i < RUNS; i++) {
		ck_assert(prog_run(&p, s));
		ck_assert_uint_eq(prog_preemptions, 0);
	}
	search_free(s);
}
END_TEST

/* Change points only where it matters: found sooner than anywhere. */
START_TEST(pct_shared)
{
	static const struct prog p = {
		{ "BBBBBBBBBBBBBBBBBBBBBBBBBXXBBBBBBBBBBBBBBBBBBBB", "CX" }, 2
	};
	struct footprint *seen = learn(&p);
	unsigned int k, found[2] = { 0 };

	for (k = 0; k < 2; k++) {
		struct search *s = search_pct(2, 1, 0, k ? seen : NULL);
		unsigned int i;

		for (i = 0; i < RUNS; i++) {
			ck_assert(prog_run(&p, s));
			found[k] += prog_at('x', 1) == 1;
		}
		search_free(s);
	}
	ck_assert_uint_gt(found[0], 0);
	ck_assert_uint_gt(found[1], 5 * found[0]);
	footprint_free(seen);
}
END_TEST

Suite *samplers_suite(void)
{
	Suite *s = suite_create("samplers");
	TCase *t = tcase_create("samplers");

	tcase_add_test(t, repeat);
	tcase_add_test(t, reach_all);
	tcase_add_test(t, pos_keeps_priorities);
	tcase_add_test(t, surw_is_uniform);
	tcase_add_test(t, pct_depth);
	tcase_add_test(t, pct_shared);
	suite_add_tcase(s, t);
	return s;
}
