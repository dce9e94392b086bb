// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the conformance tests under Check. Each test function is one Check
 * test per engine; on the explore engine it runs under the default schedule
 * and under a number of random ones.
 *
 *	vfiosim-ktest [--engine ENGINE] [NAME]
 *
 * runs only what is for this engine, and tests whose name contains NAME.
 */
#include <check.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "engine/host.h"
#include "kshim/boot.h"
#include "kshim/slab.h"
#include "kshim/user.h"
#include "ktest.h"

#define RANDOM_SCHEDULES	60

extern const struct ktest_case *const __start_ktest_cases[], *const __stop_ktest_cases[];
extern char __start_guest_data[], __stop_guest_data[];
extern char __start_guest_text[], __stop_guest_text[];
extern char __start_guest_bss[] __attribute__((weak)), __stop_guest_bss[] __attribute__((weak));

static const struct ktest_case *now;
static char failure[512], wanted_oracle[32], wanted_text[128];
static int wanted, wanted_seen;
static struct { const char *name; unsigned int n; } seen[16];
static char logbuf[65536];
static unsigned long seed;
static unsigned int races;

static unsigned long rnd(void)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return seed >> 33;
}

static void rnd_begin(struct kshim_policy *p)
{
	(void)p;
	kshim_hot.next_decide = 0;
}

static unsigned int rnd_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	unsigned long r = c->runnable;
	unsigned int skip;

	(void)p;
	kshim_hot.next_decide = 0;
	if (c->can_stay && !c->yield && rnd() % 4)
		return c->cur;
	for (skip = rnd() % __builtin_popcountl(r); skip; skip--)
		r &= r - 1;
	return __builtin_ctzl(r);
}

static struct kshim_policy rnd_policy = { rnd_begin, rnd_choose, NULL };

void ktest_fail(const char *file, int line, const char *fmt, ...)
{
	va_list ap;
	int n = snprintf(failure, sizeof(failure), "%s:%d: ", file, line);

	va_start(ap, fmt);
	vsnprintf(failure + n, sizeof(failure) - n, fmt, ap);
	va_end(ap);
	kshim_cut();
}

void ktest_expect_report(const char *oracle, const char *text)
{
	snprintf(wanted_oracle, sizeof(wanted_oracle), "%s", oracle);
	snprintf(wanted_text, sizeof(wanted_text), "%s", text);
	wanted = 1;
}

unsigned int ktest_reports(const char *oracle)
{
	unsigned int i;

	for (i = 0; i < 16 && seen[i].name; i++)
		if (!strcmp(seen[i].name, oracle))
			return seen[i].n;
	return 0;
}

/* It is state of the guest: restored with the rest. */
void ktest_oracle_off(const char *oracle)
{
	struct kshim_oracle *const *o;

	for (o = __start_kshim_oracles; o < __stop_kshim_oracles; o++)
		if (!strcmp((*o)->name, oracle))
			(*o)->off = 1;
}

int ktest_log_has(const char *text)
{
	return strstr(logbuf, text) != NULL;
}

void ktest_fail_nth(unsigned int n)
{
	kshim_fail_nth(n);
}

static const char *on_race(const struct kshim_race *r)
{
	(void)r;
	races++;
	return NULL;
}

unsigned int ktest_races(void)
{
	return races;
}

static int on_report(struct kshim_oracle *o, int fatal, const char *text)
{
	unsigned int i;

	(void)fatal;
	if (!(wanted && !strcmp(o->name, wanted_oracle) && strstr(text, wanted_text))) {
		snprintf(failure, sizeof(failure), "unexpected report: %s: %s", o->name, text);
		return 0;
	}
	wanted_seen = 1;
	for (i = 0; i < 15 && seen[i].name && strcmp(seen[i].name, o->name); i++)
		;
	seen[i].name = o->name;
	seen[i].n++;
	return 1;
}

static void on_log(int level, const char *text)
{
	size_t n = strlen(logbuf);

	(void)level;
	snprintf(logbuf + n, sizeof(logbuf) - n, "%s\n", text);
}

static void run_case(void *arg)
{
	(void)arg;
	now->fn();
}

static void run_once(struct kshim_policy *p)
{
	struct kshim_process *proc;

	wanted = wanted_seen = 0;
	failure[0] = 0;
	logbuf[0] = 0;
	memset(seen, 0, sizeof(seen));
	kshim_race_forget();
	races = 0;
	kshim_run_begin(p);
	proc = kshim_process_new("ktest");
	kshim_thread_start(proc, "ktest", run_case, NULL);
	kshim_run();
	kshim_run_end();
	if (!failure[0] && wanted && !wanted_seen)
		snprintf(failure, sizeof(failure), "the expected report did not come: %s: %s",
			 wanted_oracle, wanted_text);
	if (failure[0])
		ck_abort_msg("%s", failure);
}

static void prepare(const struct ktest_case *c, enum kshim_engine_kind kind)
{
	int rc = kshim_engine_init(kind);

	ck_assert_int_eq(rc, 0);
	now = c;
	kshim_sink.report = on_report;
	kshim_sink.log = on_log;
	kshim_sink.race = on_race;
	if (kind != KSHIM_PARALLEL)
		kshim_hot.hooks = KSHIM_HOOK_RACE;
	kshim_hot.detail = 1;
	kshim_hot.points_mem = 1;
	kshim_guest_range(__start_guest_data, __stop_guest_data);
	kshim_code_range(__start_guest_text, __stop_guest_text);
	kshim_snapshot_range(__start_guest_data, __stop_guest_data);
	if (__start_guest_bss) {
		kshim_snapshot_range(__start_guest_bss, __stop_guest_bss);
		if ((unsigned long)__start_guest_bss > (unsigned long)__start_guest_data)
			kshim_guest_range(__start_guest_data, __stop_guest_bss);
		else
			kshim_guest_range(__start_guest_bss, __stop_guest_data);
	}
	kshim_boot();
	kshim_snapshot_take();
}

static void explore(int i, enum kshim_engine_kind kind, unsigned int random)
{
	const struct ktest_case *c = __start_ktest_cases[i];
	unsigned int n;

	prepare(c, kind);
	run_once(NULL);
	if (c->flags & KTEST_DEFAULT_ONLY)
		return;
	for (n = 1; n <= random; n++) {
		kshim_snapshot_restore();
		seed = n;
		run_once(&rnd_policy);
	}
}

START_TEST(on_fibers)
{
	explore(_i, KSHIM_FIBERS, RANDOM_SCHEDULES);
}
END_TEST

START_TEST(on_ucontext)
{
	explore(_i, KSHIM_UCONTEXT, 2);
}
END_TEST

START_TEST(on_baton)
{
	explore(_i, KSHIM_BATON, 5);
}
END_TEST

START_TEST(on_parallel)
{
	prepare(__start_ktest_cases[_i], KSHIM_PARALLEL);
	run_once(NULL);
}
END_TEST

static const struct {
	const char *name;
	const TTest **test;
	unsigned int not_for;		/* flags of the cases that it leaves out */
} engines[] = {
	{ "fibers", &on_fibers, 0 },
	{ "ucontext", &on_ucontext, 0 },
	{ "baton", &on_baton, 0 },
	{ "parallel", &on_parallel, KTEST_NO_PARALLEL | KTEST_DEFAULT_ONLY },
};
#define NR_ENGINES	((int)(sizeof(engines) / sizeof(*engines)))

/* The Check tests of one case; 0 when none of them was asked for. */
static int add_case(Suite *s, int i, const char *engine)
{
	const struct ktest_case *c = __start_ktest_cases[i];
	TCase *t = tcase_create(c->name);
	int e, n = 0;

	tcase_set_timeout(t, 60);
	for (e = 0; e < NR_ENGINES; e++) {
		if ((engine && strcmp(engine, engines[e].name)) || c->flags & engines[e].not_for)
			continue;
		tcase_add_loop_test(t, *engines[e].test, i, i + 1);
		n++;
	}
	suite_add_tcase(s, t);
	return n;
}

int main(int argc, char **argv)
{
	int i, n = (int)(__stop_ktest_cases - __start_ktest_cases), failed, added = 0;
	const char *engine = NULL, *name = NULL;
	Suite *s = suite_create("kshim");
	SRunner *sr;

	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--engine") && i + 1 < argc)
			engine = argv[++i];
		else
			name = argv[i];
	}
	for (i = 0; i < n; i++)
		if (!name || strstr(__start_ktest_cases[i]->name, name))
			added += add_case(s, i, engine);
	if (!added) {
		fprintf(stderr, "vfiosim-ktest: no such test or engine\n");
		return 2;
	}
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
