// SPDX-License-Identifier: GPL-2.0-only
/* Executes small programs on the engine itself. */
#include <stdlib.h>
#include <string.h>

#include "test_strategies.h"

static char objects[128][64] __attribute__((aligned(64)));	/* one per letter */
static char trace_objects[256] KSHIM_RUN_STATE;
static unsigned int ntrace KSHIM_RUN_STATE;
static const struct prog *running;

char prog_trace[256] KSHIM_RUN_STATE;
unsigned int prog_preemptions;
bool prog_resumes;
unsigned long prog_resumed;

static __attribute__((noinline)) void primitive(enum kshim_op op, void *obj)
{
	kshim_point(op, obj, 8);
	__asm__ volatile("");
}

/* Those of s count as the shim's, all others as those of the code under test. */
static __attribute__((noinline)) void shim(enum kshim_op op, void *obj)
{
	primitive(op, obj);
	__asm__ volatile("");
}

static __attribute__((noinline, section("under_test"))) void tested(enum kshim_op op, void *obj)
{
	primitive(op, obj);
	__asm__ volatile("");
}

extern const char __start_under_test[], __stop_under_test[];

static void body(void *arg)
{
	unsigned long id = (unsigned long)arg;
	const char *c;

	for (c = running->task[id]; *c; c++) {
		bool write = *c >= 'A' && *c <= 'Z';
		unsigned char which = (unsigned char)(*c | 32);

		(which == 's' ? shim : tested)(write ? KSHIM_WRITE : KSHIM_READ, objects[which]);
		prog_trace[ntrace] = (char)('0' + id);
		trace_objects[ntrace++] = (char)which;
	}
}

static enum kshim_end from_start(const struct prog *p, struct search *s)
{
	unsigned long i;

	ntrace = 0;
	memset(prog_trace, 0, sizeof(prog_trace));
	kshim_run_begin(&s->policy);
	for (i = 0; i < p->ntasks; i++)
		kshim_task_create("t", 0, body, (void *)i);
	return kshim_run();
}

bool prog_run(const struct prog *p, struct search *s)
{
	enum kshim_end end;
	unsigned long i;

	if (!s->next(s))
		return false;
	running = p;
	if (prog_resumes && kshim_checkpoint_usable(s->from)) {
		prog_resumed++;
		end = kshim_checkpoint_resume(s->from);
	} else {
		end = from_start(p, s);
	}
	ck_assert_int_eq(end, s->cut ? KSHIM_END_CUT : KSHIM_END_OK);
	i = kshim_hot.npoints;
	prog_preemptions = kshim_nr_preemptions;
	kshim_run_end();
	s->done(s, i, prog_preemptions);
	ck_assert(!s->error);
	return true;
}

int prog_at(char object, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < ntrace; i++)
		if (trace_objects[i] == object && !n--)
			return prog_trace[i] - '0';
	return -1;
}

int main(void)
{
	SRunner *sr = srunner_create(dfs_suite());
	int failed;

	if (kshim_engine_init(KSHIM_FIBERS))
		return 2;
	kshim_code_range(__start_under_test, __stop_under_test);
	srunner_add_suite(sr, samplers_suite());
	srunner_add_suite(sr, dpor_suite());
	srunner_add_suite(sr, families_suite());
	srunner_add_suite(sr, programs_suite());
	srunner_set_fork_status(sr, CK_NOFORK);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
