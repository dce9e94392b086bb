// SPDX-License-Identifier: GPL-2.0-only
/* Lock reports: blocks and words in lockdep's order. */
#include <stdlib.h>
#include <string.h>

#include "locks.h"
#include "test_report.h"

#define STACK(in)	in " sample_inner (tests/report/sample.c:N) [inlined]\n"	\
			in " sample_outer+X (tests/report/sample.c:N)\n"		\
			in " __x64_sys_ioctl+X\n"
#define IN		"      "

static struct report_locks locks;

static struct report sample(enum report_locks_kind kind)
{
	struct report r = { .kind = REPORT_LOCKS, .oracle = "lockdep", .version = "5.10.262",
			    .kver = REPORT_KVER(5, 10), .task = { "user", 7 },
			    .locks = &locks };
	struct report_lock a = { .addr = 0x70001000, .name = "&a->lock", .usage = 1, .wait = 2 };
	struct report_lock b = { .addr = 0x70002000, .name = "&b->sem#2", .usage = 3, .wait = 2,
				 .read = true };

	sample_record();
	r.stack.pc = sample_pc;
	r.stack.n = sample_n;
	a.pc = b.pc = sample_pc[0];
	locks = (struct report_locks){ .kind = kind, .next = a, .prev = b, .nheld = 1 };
	locks.held[0] = b;
	return r;
}

static void expect(const struct report *r, const char *want)
{
	char *text;

	CAPTURE(text, f, report_print(f, r));
	sample_normal(text);
	ck_assert_msg(strstr(text, want) != NULL, "no \"%s\" in\n%s", want, text);
	free(text);
}

static void add_step(const struct report *r, const char *name)
{
	struct report_lock *l = &locks.chain[locks.nchain];

	*l = locks.prev;
	snprintf(l->name, sizeof(l->name), "%s", name);
	locks.trace[locks.nchain++] = r->stack;
}

START_TEST(circular)
{
	struct report r = sample(REPORT_LOCKS_CIRCULAR);

	add_step(&r, "&b->sem#2");
	expect(&r, "======================================================\n"
	       "WARNING: possible circular locking dependency detected\n"
	       "5.10.262 Not tainted\n"
	       "------------------------------------------------------\n"
	       "user/7 is trying to acquire lock:\n"
	       "0000000070001000 (&a->lock){+.+.}-{3:3}, at: sample_outer+X\n"
	       "\n"
	       "but task is already holding lock:\n"
	       "0000000070002000 (&b->sem#2){++++}-{3:3}, at: sample_outer+X\n"
	       "\n"
	       "which lock already depends on the new lock.\n"
	       "\n"
	       "\n"
	       "the existing dependency chain (in reverse order) is:\n"
	       "\n"
	       "-> #1 (&b->sem#2){++++}-{3:3}:\n");
	expect(&r, "\n-> #0 (&a->lock){+.+.}-{3:3}:\n" IN " sample_inner");
	expect(&r, "\nother info that might help us debug this:\n"
	       "\n"
	       " Possible unsafe locking scenario:\n"
	       "\n"
	       "       CPU0                    CPU1\n"
	       "       ----                    ----\n"
	       "  lock(&b->sem#2);\n"
	       "                               lock(&a->lock);\n"
	       "                               lock(&b->sem#2);\n"
	       "  lock(&a->lock);\n"
	       "\n"
	       " *** DEADLOCK ***\n"
	       "\n"
	       "1 lock held by user/7:\n"
	       " #0: 0000000070002000 (&b->sem#2){++++}-{3:3}, at: sample_outer+X\n"
	       "\n"
	       "stack backtrace:\n"
	       "CPU: 0 PID: 7 Comm: user Not tainted 5.10.262\n"
	       "Call Trace:\n" STACK(""));
}
END_TEST

START_TEST(chain_and_readers)
{
	struct report r = sample(REPORT_LOCKS_CIRCULAR);

	r.kver = REPORT_KVER(7, 2);
	add_step(&r, "&m->lock");
	add_step(&r, "&b->sem#2");
	expect(&r, "-> #2 (&b->sem#2){++++}-{4:4}:\n" STACK(IN) "\n-> #1 (&m->lock)");
	expect(&r, "\nChain exists of:\n  &a->lock --> &m->lock --> &b->sem#2\n\n"
	       " Possible unsafe");
	expect(&r, "  rlock(&b->sem#2);\n"
	       "                               lock(&m->lock);\n"
	       "                               lock(&b->sem#2);\n"
	       "  lock(&a->lock);\n");
	locks.completes = true;
	expect(&r, "\n\nbut now in release context of a crosslock acquired at the following:\n");
}
END_TEST

START_TEST(recursive)
{
	struct report r = sample(REPORT_LOCKS_RECURSIVE);

	expect(&r, "============================================\n"
	       "WARNING: possible recursive locking detected\n"
	       "5.10.262 Not tainted\n");
	expect(&r, "       CPU0\n       ----\n  lock(&b->sem#2);\n  lock(&a->lock);\n"
	       "\n *** DEADLOCK ***\n\n May be due to missing lock nesting notation\n\n"
	       "1 lock held by user/7:\n");
}
END_TEST

START_TEST(others)
{
	struct report r = sample(REPORT_LOCKS_IN_USER);

	expect(&r, "WARNING: lock held when returning to user space!\n"
	       "5.10.262 Not tainted\n"
	       "------------------------------------------------\n"
	       "user/7 is leaving the kernel with locks still held!\n"
	       "1 lock held by user/7:\n");
	locks.kind = REPORT_LOCKS_FREED;
	locks.from = 0x70002000;
	locks.to = 0x7000201f;
	locks.nheld = 0;
	expect(&r, "user/7 is freeing memory 0000000070002000-000000007000201f, with a lock still held there!\n"
	       "0000000070002000 (&b->sem#2){++++}-{3:3}, at: sample_outer+X\n"
	       "no locks held by user/7.\n");
	locks.kind = REPORT_LOCKS_LEFT;
	expect(&r, "WARNING: user/7 still has locks held!\n");
	locks.kind = REPORT_LOCKS_UNBALANCED;
	expect(&r, "user/7 is trying to release lock (&b->sem#2) at:\nsample_outer+X\n"
	       "but there are no more locks to release!\n");
}
END_TEST

TCase *locks_case(void)
{
	TCase *t = tcase_create("locks");

	tcase_add_test(t, circular);
	tcase_add_test(t, chain_and_readers);
	tcase_add_test(t, recursive);
	tcase_add_test(t, others);
	return t;
}
