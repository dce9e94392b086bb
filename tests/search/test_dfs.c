// SPDX-License-Identifier: GPL-2.0-only
/* Depth first: everything once, in parts as well, what is shared first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_strategies.h"

#define MAX_TRACES	2000

struct traces {
	char t[MAX_TRACES][64];
	unsigned int n;
};

static const struct kshim_environment none;

static void collect(struct traces *t, const struct prog *p, struct search *s)
{
	while (prog_run(p, s)) {
		ck_assert_uint_lt(t->n, MAX_TRACES);
		token_format(t->t[t->n++], sizeof(t->t[0]), "t", "1", true, &none, &search_devs);
	}
	ck_assert(s->complete);
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static unsigned int distinct(struct traces *t)
{
	unsigned int i, n = t->n > 0;

	qsort(t->t, t->n, sizeof(t->t[0]), compare);
	for (i = 1; i < t->n; i++)
		n += !!strcmp(t->t[i - 1], t->t[i]);
	return n;
}

/* Two tasks of three operations and a start: 8 over 4 schedules, each exactly once. */
START_TEST(everything_once)
{
	static const struct prog p = { { "AAA", "AAA" }, 2 };
	static struct traces t;
	struct search *s = search_dfs(8, NULL);

	t.n = 0;
	collect(&t, &p, s);
	ck_assert(!s->bounded);
	ck_assert_uint_eq(t.n, 70);
	ck_assert_uint_eq(distinct(&t), 70);
	search_free(s);
}
END_TEST

START_TEST(bound_keeps_out)
{
	static const struct prog p = { { "AAA", "AAA" }, 2 };
	static struct traces t;
	struct search *s;
	unsigned int b;

	/* Leaving a task that could go on costs one. */
	static const unsigned int want[] = { 2, 8, 26, 44, 62, 68, 70 };

	for (b = 0; b < 7; b++) {
		s = search_dfs((int)b, NULL);
		t.n = 0;
		collect(&t, &p, s);
		ck_assert_uint_eq(t.n, distinct(&t));
		ck_assert_uint_eq(t.n, want[b]);
		ck_assert_int_eq(s->bounded, b < 6);
		search_free(s);
	}
}
END_TEST

/* Any number of parts: the same executions in the same order. */
START_TEST(parts)
{
	static const struct prog p = { { "ABA", "BAB", "AB" }, 3 };
	static struct traces whole, pieces;
	struct search *s = search_dfs(2, NULL), *part;
	size_t n, k;
	unsigned int i;

	whole.n = 0;
	collect(&whole, &p, s);
	search_free(s);
	ck_assert_uint_gt(whole.n, 100);
	for (k = 1; k < 8; k += 3) {
		bool bounded = false;

		pieces.n = 0;
		s = search_dfs(0, NULL);
		ck_assert(prog_run(&p, s));
		token_format(pieces.t[pieces.n++], sizeof(pieces.t[0]), "t", "1", true, &none,
			     &search_devs);
		n = search_dfs_subtrees(s, 2);
		ck_assert_uint_gt(n, k);
		for (i = 0; i < k; i++) {
			part = search_dfs_part(s, i * n / k, (i + 1) * n / k);
			collect(&pieces, &p, part);
			bounded |= part->bounded;
			search_free(part);
		}
		ck_assert(bounded);
		ck_assert_uint_eq(pieces.n, whole.n);
		ck_assert(!memcmp(pieces.t, whole.t, whole.n * sizeof(whole.t[0])));
		search_free(s);
	}
}
END_TEST

START_TEST(shared_first)
{
	static const struct prog p = { { "BBBBBBXXBBBBBB", "CCX" }, 2 };
	struct footprint *seen = footprint_new();
	struct search *s = search_dfs(0, seen);
	unsigned int n;

	while (prog_run(&p, s))
		;
	search_free(s);
	s = search_dfs(1, seen);
	for (n = 1; prog_run(&p, s); n++)
		if (prog_at('x', 0) == 0 && prog_at('x', 1) == 1)
			break;
	ck_assert_uint_le(n, 4);
	search_free(s);
	footprint_free(seen);
}
END_TEST

/* Executions with at most one preemption until these two use it first, in this order. */
static unsigned int until(const struct prog *p, char object, int first, int second)
{
	struct footprint *seen = footprint_new();
	struct search *s = search_dfs(0, seen);
	unsigned int n;

	while (prog_run(p, s))
		;
	search_free(s);
	s = search_dfs(1, seen);
	for (n = 1; prog_run(p, s); n++)
		if (prog_at(object, 0) == first && prog_at(object, 1) == second)
			break;
	search_free(s);
	footprint_free(seen);
	return n;
}

/* Who has ended cannot be let in, so what only he uses does not matter any more. */
START_TEST(usable_first)
{
	static const struct prog p = { { "AAAA", "XXaaaaaaaaaaaa", "x" }, 3 };

	ck_assert_uint_le(until(&p, 'x', 1, 2), 4);
}
END_TEST

/* What the shim shares comes behind what the code under test does. */
START_TEST(tested_first)
{
	static const struct prog p = { { "XXSSSSSSSSSSSS", "xS" }, 2 };

	ck_assert_uint_le(until(&p, 'x', 0, 1), 4);
}
END_TEST

START_TEST(footprint)
{
	/* w: written by one, read by the other; r: only read; m: one task's own */
	static const struct prog p = { { "WrMrr", "wr" }, 2 };
	struct footprint *seen = footprint_new();
	struct search *s = search_dfs(0, seen);

	while (prog_run(&p, s))
		;
	search_free(s);
	ck_assert_uint_eq(seen->nshared, 1);
	ck_assert_uint_eq(seen->uses, 2);
	ck_assert_uint_eq(seen->shared[0]->count[0], 1);
	ck_assert_uint_eq(seen->shared[0]->count[1], 1);
	ck_assert(footprint_matters(seen, 1, KSHIM_READ, (void *)(seen->shared[0]->addr + 4), 1));
	/* Reads of the only writer may go anywhere. */
	ck_assert(!footprint_matters(seen, 2, KSHIM_READ, (void *)seen->shared[0]->addr, 1));
	ck_assert(footprint_matters(seen, 2, KSHIM_WRITE, (void *)seen->shared[0]->addr, 1));
	ck_assert(!footprint_matters(seen, 1, KSHIM_READ, (void *)(seen->shared[0]->addr + 8), 1));
	/* Neither of the two can be let in, or nothing is touched. */
	ck_assert(!footprint_matters(seen, 4, KSHIM_WRITE, (void *)seen->shared[0]->addr, 1));
	ck_assert(!footprint_matters(seen, 1, KSHIM_CALL, (void *)seen->shared[0]->addr, 8));
	ck_assert(!kshim_hot.hooks);
	footprint_free(seen);
}
END_TEST

Suite *dfs_suite(void)
{
	Suite *s = suite_create("dfs");
	TCase *t = tcase_create("dfs");

	tcase_add_test(t, everything_once);
	tcase_add_test(t, bound_keeps_out);
	tcase_add_test(t, parts);
	tcase_add_test(t, shared_first);
	tcase_add_test(t, usable_first);
	tcase_add_test(t, tested_first);
	tcase_add_test(t, footprint);
	suite_add_tcase(s, t);
	return s;
}
