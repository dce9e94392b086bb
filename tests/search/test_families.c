// SPDX-License-Identifier: GPL-2.0-only
/*
 * Families of executions that go on from checkpoints: the same executions as
 * without, and as evenly spread as single ones.
 */
#include <string.h>

#include "engine/engine.h"
#include "engine/race.h"
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

/*
 * Letters are written when capital, the next ones overlap them in part; ( and )
 * order like a lock. Each place is a code address of its own.
 */
static const char *const racy[] = { "aB(cD)eF(aC)bg(H)aB", "(Ba)dC(Eb)fG(hA)cD", "gH(aB)(C)Ab" };
static unsigned int run;
static uint64_t seen[RUNS];		/* per execution: the pairs that are new in it */
static unsigned long nseen;

static const char *on_race(const struct kshim_race *r)
{
	uint64_t pair = (unsigned long)r->before.pc << 16 | (unsigned long)r->now.pc;

	seen[run] = (seen[run] ^ pair) * 0x9e3779b97f4a7c15UL;
	nseen++;
	return NULL;
}

static void racing(void *arg)
{
	unsigned long id = (unsigned long)arg;
	const char *c;

	for (c = racy[id]; *c; c++) {
		const void *pc = (const void *)(0x1000 + 256 * id + (unsigned long)(c - racy[id]));
		unsigned long addr = KSHIM_ARENA_BASE + 4 * (unsigned long)(*c & 31);

		kshim_point(KSHIM_WRITE, NULL, 0);
		if (*c == '(')
			kshim_hb_acquire(racy);
		else if (*c == ')')
			kshim_hb_release(racy);
		else
			race_access((const void *)addr, 8, *c < 'a' ? RACE_WRITE : RACE_READ, pc);
	}
}

/* Which pairs race, those of a family in the first of it that shows them. */
static unsigned long races(bool resumes)
{
	struct search *s = search_pct(3, 5, 0, NULL);
	unsigned long i, points, resumed = 0;

	nseen = 0;
	memset(seen, 0, sizeof(seen));
	for (run = 0; run < RUNS; run++) {
		ck_assert(s->next(s));
		if (!s->from)
			kshim_race_forget();
		if (resumes && kshim_checkpoint_usable(s->from)) {
			resumed++;
			kshim_checkpoint_resume(s->from);
		} else {
			kshim_run_begin(&s->policy);
			for (i = 0; i < 3; i++)
				kshim_task_create("t", 0, racing, (void *)i);
			kshim_run();
		}
		points = kshim_hot.npoints;
		i = kshim_nr_preemptions;
		kshim_run_end();
		s->done(s, points, (unsigned int)i);
	}
	search_free(s);
	return resumed;
}

START_TEST(same_races)
{
	static uint64_t first[RUNS];
	unsigned long n;

	kshim_sink.race = on_race;
	kshim_hot.hooks |= KSHIM_HOOK_RACE;
	races(false);
	n = nseen;
	memcpy(first, seen, sizeof(first));
	ck_assert_uint_ge(races(true), RUNS / 2);
	kshim_hot.hooks &= (unsigned char)~KSHIM_HOOK_RACE;
	kshim_sink.race = NULL;
	ck_assert_uint_gt(n, RUNS / 2);
	ck_assert_uint_eq(nseen, n);
	for (run = 0; run < RUNS; run++)
		ck_assert_msg(first[run] == seen[run], "execution %u", run);
}
END_TEST

Suite *families_suite(void)
{
	Suite *s = suite_create("families");
	TCase *tc = tcase_create("families");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, same_executions);
	tcase_add_test(tc, no_rarer);
	tcase_add_test(tc, same_races);
	suite_add_tcase(s, tc);
	return s;
}
