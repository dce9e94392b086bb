// SPDX-License-Identifier: GPL-2.0-only
/*
 * Partial-order reduction against depth-first search through every schedule:
 * programs of memory, locks of all kinds, counters that come near 0 and
 * wake-ups. Of outcomes and deadlocks, what one of them sees the other one
 * has to see as well.
 */
#include <stdlib.h>
#include <string.h>

#include "test_strategies.h"

#define MAX_TASKS	3
#define MAX_OUTCOMES	8192

/*
 * One letter for each operation: r reads and m writes a cell, R and M another
 * one; + and - count up and down; ( and ) take and give back a lock, < and >
 * for reading, t and u only if it is free; [ and ] another lock; w waits for k,
 * z and y do for some time, Z for a very long one; s sleeps, j asks for the time, a allocates.
 */
struct program {
	char task[MAX_TASKS][12];
	unsigned int ntasks;
	int own[MAX_TASKS];	/* references at the start, those of the counter */
};

struct outcomes {
	uint64_t seen[MAX_OUTCOMES];
	unsigned int n;
};

/* What the tasks share. */
static struct {
	long cell[2][8] __attribute__((aligned(64)));
	int counter __attribute__((aligned(64)));
	long lock[2][8] __attribute__((aligned(64)));
	long flag __attribute__((aligned(64)));
} shared;

static const struct program *running;
static uint64_t known[MAX_TASKS];	/* what each task has seen */
static int own[MAX_TASKS];
static unsigned int readers[2];
static struct kshim_task *owner[2], *blocked[2][MAX_TASKS], *waiting[MAX_TASKS];

static void see(unsigned long id, uint64_t what)
{
	known[id] = search_rng(known[id] + 1, what + 1);
}

static void unpark_all(struct kshim_task **list)
{
	unsigned int i;

	for (i = 0; i < MAX_TASKS; i++) {
		if (list[i])
			kshim_unpark(list[i]);
		list[i] = NULL;
	}
}

static void lock(unsigned long id, unsigned int n, bool shares)
{
	kshim_point(shares ? KSHIM_LOCK_SHARED : KSHIM_LOCK, shared.lock[n], 8);
	while (owner[n] || (readers[n] && !shares)) {
		blocked[n][id] = kshim_self();
		kshim_park(KSHIM_FOREVER);
	}
	if (shares)
		readers[n]++;
	else
		owner[n] = kshim_self();
	kshim_touch(KSHIM_HELD, shared.lock[n], 1);
}

static void trylock(unsigned long id, unsigned int n)
{
	kshim_point(KSHIM_TRYLOCK, shared.lock[n], 8);
	see(id, !owner[n] && !readers[n]);
	if (owner[n] || readers[n])
		return;
	owner[n] = kshim_self();
	kshim_touch(KSHIM_HELD, shared.lock[n], 1);
}

static void unlock(unsigned int n)
{
	kshim_point(KSHIM_UNLOCK, shared.lock[n], 8);
	if (readers[n])
		readers[n]--;
	else
		owner[n] = NULL;
	unpark_all(blocked[n]);
}

/* Up unless it is 0, which is no step of a counter; down when it has something to give back. */
static void count(unsigned long id, bool up)
{
	if (!up && !own[id])
		return;
	kshim_point(KSHIM_ATOMIC, &shared.counter, 4);
	if (!shared.counter) {
		see(id, 2);
		return;
	}
	own[id] += up ? 1 : -1;
	shared.counter += up ? 1 : -1;
	see(id, !shared.counter);
	kshim_touch(up ? KSHIM_GET : KSHIM_PUT, &shared.counter, 4);
}

static void sleep_until(unsigned long long deadline)
{
	while (kshim_now() < deadline)
		kshim_park(deadline);
}

/* Whether the flag came in time. */
static void wait_until(unsigned long id, unsigned long long deadline)
{
	kshim_point(KSHIM_WAIT, &shared.flag, 8);
	while (!shared.flag) {
		waiting[id] = kshim_self();
		if (!kshim_park(deadline))
			continue;
		kshim_point(KSHIM_WAIT, &shared.flag, 8);
		waiting[id] = NULL;
		break;
	}
	see(id, (uint64_t)shared.flag);
}

static void operation(unsigned long id, char what)
{
	long *cell;

	switch (what) {
	case 'r': case 'R':
		cell = shared.cell[what == 'R'];
		kshim_point(KSHIM_READ, cell, 8);
		see(id, (uint64_t)*cell);
		break;
	case 'm': case 'M':
		cell = shared.cell[what == 'M'];
		kshim_point(KSHIM_WRITE, cell, 8);
		*cell = (long)known[id] + (long)id;
		break;
	case '(': case '[':
		lock(id, what == '[', false);
		break;
	case '<':
		lock(id, 0, true);
		break;
	case ')': case '>': case ']':
		unlock(what == ']');
		break;
	case 't':
		trylock(id, 0);
		break;
	case 'u':
		if (owner[0] == kshim_self())
			unlock(0);
		break;
	case 'w':
		kshim_point(KSHIM_WAIT, &shared.flag, 8);
		while (!shared.flag) {
			waiting[id] = kshim_self();
			kshim_park(KSHIM_FOREVER);
		}
		break;
	case 'z': case 'y': case 'Z':
		wait_until(id, kshim_now() + (what == 'z' ? 7 : what == 'y' ? 3 : 200000000000) + id);
		break;
	case 's':
		sleep_until(kshim_now() + 5);
		break;
	case 'j':
		see(id, kshim_now());
		break;
	case 'a':
		see(id, (uint64_t)kshim_environment_fails());
		break;
	case 'k':
		kshim_point(KSHIM_WAKE, &shared.flag, 8);
		shared.flag = 1;
		unpark_all(waiting);
		break;
	default:
		count(id, what == '+');
	}
}

static void body(void *arg)
{
	unsigned long id = (unsigned long)arg;
	const char *c;

	for (c = running->task[id]; *c; c++)
		operation(id, *c);
}

static void execute(const struct program *p, struct search *s)
{
	enum kshim_end end;
	unsigned long i;

	running = p;
	memset(&shared, 0, sizeof(shared));
	memset(known, 0, sizeof(known));
	memset(blocked, 0, sizeof(blocked));
	memset(waiting, 0, sizeof(waiting));
	memset(owner, 0, sizeof(owner));
	memset(readers, 0, sizeof(readers));
	memcpy(own, p->own, sizeof(own));
	for (i = 0; i < p->ntasks; i++)
		shared.counter += own[i];
	kshim_run_begin(&s->policy);
	for (i = 0; i < p->ntasks; i++)
		kshim_task_create("t", 0, body, (void *)i);
	kshim_environment_begin();
	end = kshim_run();
	s->reported = end == KSHIM_END_REPORT;	/* a deadlock */
	ck_assert_int_eq(end == KSHIM_END_CUT, s->cut);
	i = kshim_hot.npoints;
	kshim_run_end();
	s->done(s, i, kshim_nr_preemptions);
	ck_assert(!s->error);
}

static void add(struct outcomes *o, bool deadlock)
{
	uint64_t all = ((uint64_t)shared.cell[0][0] * 31 + (uint64_t)shared.cell[1][0]) * 31 +
		(uint64_t)shared.counter;
	unsigned int i;

	for (i = 0; i < running->ntasks; i++)
		all = search_rng(all, known[i]);
	if (deadlock)
		all = 0;
	for (i = 0; i < o->n; i++)
		if (o->seen[i] == all)
			return;
	ck_assert_uint_lt(o->n, MAX_OUTCOMES);
	o->seen[o->n++] = all;
}

/* Executions; the outcomes are those of the ones that were not cut. */
static unsigned int explore(const struct program *p, struct search *s, struct outcomes *o)
{
	unsigned int n = 0;

	o->n = 0;
	while (s->next(s)) {
		execute(p, s);
		if (!s->cut)
			add(o, s->reported);
		n++;
	}
	ck_assert(s->complete);
	search_free(s);
	return n;
}

static void check(const struct program *p)
{
	static struct outcomes all, some;
	unsigned int i, k;

	explore(p, search_dfs(99, NULL), &all);
	explore(p, search_dpor(), &some);
	ck_assert_msg(all.n == some.n, "%s | %s | %s, %d %d %d: %u outcomes, not %u", p->task[0],
		      p->task[1], p->task[2], p->own[0], p->own[1], p->own[2], some.n, all.n);
	for (i = 0; i < all.n; i++) {
		for (k = 0; k < some.n && some.seen[k] != all.seen[i]; k++)
			;
		ck_assert_uint_lt(k, some.n);
	}
}

/* The wait has taken the place of the other one. */
static void unpaired(char *task, char open, char close)
{
	char *o = strchr(task, open), *c = strchr(task, close);

	if (o && !c)
		*o = '-';
	if (c && !o)
		*c = '-';
}

/* A lock around some of them, and a wait of the first task for the second. */
static void make(struct program *p, unsigned int number)
{
	unsigned int i, j, draw = 0;
#define DRAW(n)	(search_rng(number, draw++) % (n))

	memset(p, 0, sizeof(*p));
	p->ntasks = 2 + number % 2;
	for (i = 0; i < p->ntasks; i++) {
		unsigned int n = p->ntasks == 2 ? 5 : i ? 2 : 3, locked = n > 2 ? DRAW(4) : n;

		p->own[i] = i != number / 2 % p->ntasks ? (int)DRAW(2) : 1;
		for (j = 0; j < n; j++)
			p->task[i][j] = "+--rmRM"[DRAW(7)];
		if (locked + 2 < n) {
			unsigned int kind = DRAW(4);
			unsigned int end = locked + 2 + (locked + 3 < n ? DRAW(2) : 0);

			p->task[i][locked] = "([<t"[kind];
			p->task[i][end] = ")]>u"[kind];
		}
	}
	if (!DRAW(3)) {
		p->task[0][p->ntasks == 2 ? DRAW(2) ? 0 : 4 : 0] = 'w';
		unpaired(p->task[0], '(', ')');
		unpaired(p->task[0], '[', ']');
		unpaired(p->task[0], '<', '>');
		unpaired(p->task[0], 't', 'u');
		p->task[1][strlen(p->task[1])] = 'k';
	}
#undef DRAW
}

#define PROGRAMS	600	/* half of them of three tasks */
#define PART		50

START_TEST(random_programs)
{
	struct program p;
	unsigned int k;

	for (k = 0; k < PART; k++) {
		make(&p, (unsigned int)_i * PART + k);
		check(&p);
	}
}
END_TEST

/*
 * The second task does all its steps in one go when it comes last. That it
 * takes the lock behind the first one does not keep its write from coming
 * before that one's.
 */
START_TEST(in_one_go)
{
	static const struct program p = { { "r(m)", "m(r)" }, 2, { 0, 0 } };

	check(&p);
}
END_TEST

/* Some orders are deadlocks, which end an execution before its time. */
START_TEST(deadlocks)
{
	static const struct program p[] = {
		{ { "r([m])", "m[(r)]" }, 2, { 0 } },
		{ { "(m[r])", "[M(R)]", "Mr" }, 3, { 0 } },
		{ { "<r(m)>", "m<r>" }, 2, { 0 } },
		{ { "(wr)", "<m>k" }, 2, { 0 } },
		{ { "(r[-])", "[m(-)]" }, 2, { 1, 1 } },
	};

	check(&p[_i]);
}
END_TEST

/* Far from 0, the steps of a counter commute: that is what it is for. */
START_TEST(far_from_zero)
{
	static const struct program far = { { "+-+-", "-+-+" }, 2, { 4, 5 } },
		near = { { "-", "-" }, 2, { 1, 1 } };
	static struct outcomes o;

	ck_assert_uint_eq(explore(&far, search_dpor(), &o), 1);
	ck_assert_uint_eq(explore(&near, search_dpor(), &o), 2);
	ck_assert_uint_eq(o.n, 2);
}
END_TEST

/* As in the random ones above, with what takes time and what can fail. */
static void make_timed(struct program *p, unsigned int number)
{
	unsigned int i, j, draw = 0;
#define DRAW(n)	(search_rng(number + 0x7000, draw++) % (n))

	memset(p, 0, sizeof(*p));
	p->ntasks = 2 + (number & 1);
	for (i = 0; i < p->ntasks; i++)
		for (j = 0; j < (p->ntasks == 2 ? 3 : 2); j++)
			p->task[i][j] = number & 2 ? "zysjmrkM"[DRAW(8)] : "zamraRk"[DRAW(7)];
	kshim_environment.timers = number & 2 || DRAW(2) ? 1 + (p->ntasks == 2 ? DRAW(2) : 0) : 0;
	kshim_environment.allocations = number & 2 ? 0 : 1 + DRAW(2);
#undef DRAW
}

#define TIMED		240
#define TIMED_PART	20

START_TEST(environment)
{
	struct program p;
	unsigned int k;

	for (k = 0; k < TIMED_PART; k++) {
		make_timed(&p, (unsigned int)_i * TIMED_PART + k);
		check(&p);
	}
	kshim_environment = (struct kshim_environment){ 0 };
}
END_TEST

/* One that is late, and one allocation of three that fails. */
START_TEST(environment_matters)
{
	struct program late = { { "zr", "mk" }, 2, { 0 } }, fails = { { "aa", "a" }, 2, { 0 } };
	static struct outcomes o;

	explore(&late, search_dpor(), &o);
	ck_assert_uint_eq(o.n, 1);
	kshim_environment.timers = 1;
	explore(&late, search_dpor(), &o);
	ck_assert_uint_eq(o.n, 3);
	check(&late);
	kshim_environment = (struct kshim_environment){ 0 };
	explore(&fails, search_dpor(), &o);
	ck_assert_uint_eq(o.n, 1);
	kshim_environment.allocations = 1;
	explore(&fails, search_dpor(), &o);
	ck_assert_uint_eq(o.n, 4);
	check(&fails);
	kshim_environment = (struct kshim_environment){ 0 };
}
END_TEST

/* That the time has moved far, and somebody still sleeps, is no hang then. */
START_TEST(environment_is_no_hang)
{
	static const struct program p = { { "Zw", "rsk" }, 2, { 0 } };
	struct search *s = search_dfs(99, NULL);
	unsigned int n = 0;

	kshim_environment.timers = 2;
	for (; s->next(s); n++) {
		execute(&p, s);
		ck_assert(!s->reported);
	}
	search_free(s);
	ck_assert_uint_gt(n, 1);
	check(&p);
	kshim_environment = (struct kshim_environment){ 0 };
}
END_TEST

Suite *programs_suite(void)
{
	Suite *s = suite_create("programs");
	TCase *tc = tcase_create("programs");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, in_one_go);
	tcase_add_loop_test(tc, deadlocks, 0, 5);
	tcase_add_test(tc, far_from_zero);
	tcase_add_loop_test(tc, random_programs, 0, PROGRAMS / PART);
	tcase_add_test(tc, environment_matters);
	tcase_add_test(tc, environment_is_no_hang);
	tcase_add_loop_test(tc, environment, 0, TIMED / TIMED_PART);
	suite_add_tcase(s, tc);
	return s;
}
