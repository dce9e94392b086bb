// SPDX-License-Identifier: GPL-2.0-only
/*
 * Partial-order reduction on programs whose traces can be counted: by hand,
 * and by going through every schedule.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "test_strategies.h"

#define MAX_EVENTS	16
#define MAX_TRACES	4096

/* What happened before each event, by task and step: the same for all of a trace. */
struct trace {
	unsigned short before[MAX_EVENTS];
};

static struct trace traces[MAX_TRACES];
static unsigned int ntraces;

static struct trace trace_of(const struct prog *p)
{
	unsigned int n = (unsigned int)strlen(prog_trace), i, j, first[4] = { 0 }, step[4] = { 0 };
	unsigned int id[MAX_EVENTS];
	char what[MAX_EVENTS];
	struct trace t = { { 0 } };

	for (i = 1; i < p->ntasks; i++)
		first[i] = first[i - 1] + (unsigned int)strlen(p->task[i - 1]);
	for (i = 0; i < n; i++) {
		unsigned int task = (unsigned int)(prog_trace[i] - '0');

		id[i] = first[task] + step[task];
		what[i] = p->task[task][step[task]++];
		for (j = 0; j < i; j++) {
			bool same = prog_trace[i] == prog_trace[j];
			bool clash = tolower(what[i]) == tolower(what[j]) &&
				(isupper((unsigned char)what[i]) || isupper((unsigned char)what[j]));

			if (same || clash)
				t.before[id[i]] |= (unsigned short)(t.before[id[j]] | 1U << id[j]);
		}
	}
	return t;
}

static bool is_new(const struct prog *p)
{
	struct trace t = trace_of(p);
	unsigned int i;

	for (i = 0; i < ntraces; i++)
		if (!memcmp(&traces[i], &t, sizeof(t)))
			return false;
	ck_assert_uint_lt(ntraces, MAX_TRACES);
	traces[ntraces++] = t;
	return true;
}

/* Distinct traces that a search executes; what it executes twice is @again. */
static unsigned int count(const struct prog *p, struct search *s, unsigned int *again)
{
	ntraces = 0;
	*again = 0;
	while (prog_run(p, s))
		if (!s->cut && !is_new(p))
			++*again;
	ck_assert(s->complete);
	search_free(s);
	return ntraces;
}

static const struct {
	struct prog p;
	unsigned int traces;
} known[] = {
	{ { { "A", "B" }, 2 }, 1 },
	{ { { "a", "a" }, 2 }, 1 },
	{ { { "A", "a" }, 2 }, 2 },
	{ { { "A", "A" }, 2 }, 2 },
	{ { { "A", "A", "A" }, 3 }, 6 },
	{ { { "A", "a", "a" }, 3 }, 4 },
	{ { { "AB", "AB" }, 2 }, 4 },
	{ { { "Ab", "Ba" }, 2 }, 3 },
	{ { { "AAAA", "BBBB" }, 2 }, 1 },
};

START_TEST(known_numbers)
{
	unsigned int again;

	ck_assert_uint_eq(count(&known[_i].p, search_dpor(), &again), known[_i].traces);
	ck_assert_uint_eq(again, 0);
}
END_TEST

/* Every trace there is, each once, in programs that nobody has thought out. */
START_TEST(random_programs)
{
	static char text[3][8];
	uint64_t draw = 0;
	unsigned int k;

	for (k = 0; k < 16; k++) {
		struct prog p = { { text[0], text[1], text[2] }, 2 + k % 2 };
		unsigned int i, j, again, len = p.ntasks == 2 ? 4 : 3, all;

		for (i = 0; i < p.ntasks; i++) {
			for (j = 0; j < len; j++)
				text[i][j] = "ABCabc"[search_rng(7, draw++) % 6];
			text[i][len] = 0;
		}
		all = count(&p, search_dfs(99, NULL), &again);
		ck_assert_uint_eq(count(&p, search_dpor(), &again), all);
		ck_assert_uint_eq(again, 0);
	}
}
END_TEST

Suite *dpor_suite(void)
{
	Suite *s = suite_create("dpor");
	TCase *tc = tcase_create("dpor");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, known_numbers, 0, sizeof(known) / sizeof(known[0]));
	tcase_add_test(tc, random_programs);
	suite_add_tcase(s, tc);
	return s;
}
