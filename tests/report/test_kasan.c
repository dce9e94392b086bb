// SPDX-License-Identifier: GPL-2.0-only
/* Reports against the shapes of three kernels. */
#include <stdlib.h>
#include <string.h>

#include "kasan.h"
#include "locks.h"
#include "test_report.h"

#define BAR	"==================================================================\n"
#define STACK	" sample_inner (tests/report/sample.c:N) [inlined]\n"	\
		" sample_outer+X (tests/report/sample.c:N)\n"		\
		" __x64_sys_ioctl+X\n"

static struct report sample(enum report_kind kind)
{
	struct report r = { .kind = kind, .oracle = "test", .version = "5.10.262",
			    .kver = REPORT_KVER(5, 10), .task = { "user", 7 },
			    .size = 8, .addr = 0x40000110, .obj = 0x40000100,
			    .obj_size = 96, .cache = "kmalloc-96",
			    .alloc_task = { "admin", 8 }, .free_task = { "admin", 8 } };

	sample_record();
	r.stack.pc = r.alloc.pc = r.free.pc = sample_pc;
	r.stack.n = r.alloc.n = r.free.n = sample_n;
	return r;
}

static void expect(const struct report *r, const char *want)
{
	char *text;

	CAPTURE(text, f, report_print(f, r));
	ck_assert_str_eq(sample_normal(text), want);
	free(text);
}

static void expect_part(const struct report *r, const char *want)
{
	char *text;

	CAPTURE(text, f, report_print(f, r));
	sample_normal(text);
	ck_assert_msg(strstr(text, want) != NULL, "no \"%s\" in\n%s", want, text);
	free(text);
}

START_TEST(use_after_free)
{
	struct report r = sample(REPORT_UAF);

	expect(&r, BAR
	       "BUG: KASAN: use-after-free in sample_outer+X\n"
	       "Read of size 8 at addr 0000000040000110 by task user/7\n"
	       "\n"
	       "CPU: 0 PID: 7 Comm: user Not tainted 5.10.262\n"
	       "Call Trace:\n" STACK
	       "\n"
	       "Allocated by task 8:\n" STACK
	       "\n"
	       "Freed by task 8:\n" STACK
	       "\n"
	       "The buggy address belongs to the object at 0000000040000100\n"
	       " which belongs to the cache kmalloc-96 of size 96\n"
	       "The buggy address is located 16 bytes inside of\n"
	       " 96-byte region [0000000040000100, 0000000040000160)\n" BAR);
}
END_TEST

START_TEST(use_after_free_6_12)
{
	struct report r = sample(REPORT_UAF);

	r.kver = REPORT_KVER(6, 12);
	r.version = "6.12.1";
	r.write = true;
	expect_part(&r, "BUG: KASAN: slab-use-after-free in sample_outer+X\n"
		    "Write of size 8 at addr 0000000040000110 by task user/7\n"
		    "\n"
		    "CPU: 0 UID: 0 PID: 7 Comm: user Not tainted 6.12.1\n"
		    "Call Trace:\n <TASK>\n" STACK " </TASK>\n\n");
	expect_part(&r, " freed 96-byte region [");
}
END_TEST

START_TEST(out_of_bounds)
{
	struct report r = sample(REPORT_OOB);

	r.addr = r.obj + r.obj_size + 4;
	r.free.n = 0;
	expect_part(&r, "BUG: KASAN: slab-out-of-bounds in sample_outer+X\n");
	expect_part(&r, "located 4 bytes to the right of\n 96-byte region");
	r.addr = r.obj - 8;
	expect_part(&r, "located 8 bytes to the left of\n 96-byte region");
	r.kver = REPORT_KVER(6, 12);
	expect_part(&r, " allocated 96-byte region [");
}
END_TEST

START_TEST(double_free)
{
	struct report r = sample(REPORT_DOUBLE_FREE);

	expect_part(&r, BAR "BUG: KASAN: double-free or invalid-free in sample_outer+X\n\nCPU");
	r.kver = REPORT_KVER(6, 1);
	expect_part(&r, BAR "BUG: KASAN: double-free in sample_outer+X\n"
		    "Free of addr 0000000040000110 by task user/7\n\nCPU");
}
END_TEST

START_TEST(null_pointer)
{
	struct report r = sample(REPORT_NULL);

	r.addr = 0x28;
	r.fault_pc = (const char *)sample_pc[0] - 1;
	expect(&r, "BUG: kernel NULL pointer dereference, address: 0000000000000028\n"
	       "#PF: supervisor read access in kernel mode\n"
	       "#PF: error_code(0x0000) - not-present page\n"
	       "Oops: 0000 [#1] SMP\n"
	       "CPU: 0 PID: 7 Comm: user Not tainted 5.10.262\n"
	       "RIP: 0010:sample_outer+X (tests/report/sample.c:N)\n"
	       "Call Trace:\n" STACK
	       "---[ end trace 0000000000000000 ]---\n");
}
END_TEST

START_TEST(protection_fault)
{
	struct report r = sample(REPORT_GPF);

	r.addr = 0xdead000000000108;
	expect_part(&r, "general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1] SMP\nCPU: 0");
	r.kind = REPORT_FAULT;
	r.write = true;
	expect_part(&r, "BUG: unable to handle page fault for address: dead000000000108\n"
		    "#PF: supervisor write access in kernel mode\n");
}
END_TEST

START_TEST(warning)
{
	struct report r = sample(REPORT_WARN);
	char buf[200];

	r.headline = "refcount_t: underflow; use-after-free.";
	r.file = "lib/refcount.c";
	r.line = 28;
	expect(&r, "------------[ cut here ]------------\n"
	       "refcount_t: underflow; use-after-free.\n"
	       "WARNING: CPU: 0 PID: 7 at lib/refcount.c:28 sample_outer+X\n"
	       "CPU: 0 PID: 7 Comm: user Not tainted 5.10.262\n"
	       "RIP: 0010:sample_outer+X\n"
	       "Call Trace:\n" STACK
	       "---[ end trace 0000000000000000 ]---\n");
	r.kver = REPORT_KVER(7, 2);
	report_title(&r, buf, sizeof(buf));
	ck_assert_str_eq(sample_normal(buf),
			 "WARNING: lib/refcount.c:28 at sample_outer+X, CPU#0: user/7");
	r.file = NULL;
	report_title(&r, buf, sizeof(buf));
	ck_assert_str_eq(sample_normal(buf),
			 "WARNING: tests/report/sample.c:N at sample_outer+X, CPU#0: user/7");
}
END_TEST

START_TEST(bug_on)
{
	struct report r = sample(REPORT_BUG);

	r.file = "drivers/base/core.c";
	r.line = 698;
	expect_part(&r, "------------[ cut here ]------------\n"
		    "kernel BUG at drivers/base/core.c:698!\n"
		    "invalid opcode: 0000 [#1] SMP\n");
}
END_TEST

START_TEST(deadlock)
{
	struct report_blocked b[2] = {
		{ .task = { "user", 7 }, .what = "mutex a held by admin/8" },
		{ .task = { "admin", 8 }, .what = "mutex b held by user/7" },
	};
	struct report r = sample(REPORT_DEADLOCK);
	unsigned int i;

	for (i = 0; i < 2; i++)
		b[i].stack = r.stack;
	r.headline = "deadlock: no task can run";
	r.blocked = b;
	r.nblocked = 2;
	expect(&r, "deadlock: no task can run\n"
	       "INFO: task user:7 blocked, waiting for mutex a held by admin/8\n"
	       "task:user            state:D stack:    0 pid:    7 ppid:     1 flags:0x00000000\n"
	       "Call Trace:\n" STACK
	       "\n"
	       "INFO: task admin:8 blocked, waiting for mutex b held by user/7\n"
	       "task:admin           state:D stack:    0 pid:    8 ppid:     1 flags:0x00000000\n"
	       "Call Trace:\n" STACK);
	r.kind = REPORT_HUNG;
	r.nblocked = 1;
	b[0].seconds = 120;
	b[0].what = NULL;
	expect_part(&r, "INFO: task user:7 blocked for more than 120 seconds.\n"
		    "      Not tainted 5.10.262\ntask:user ");
}
END_TEST

START_TEST(leak_and_race)
{
	struct report r = sample(REPORT_LEAK);
	struct report_lock lock = {
		.addr = 0x70000010, .name = "&s->lock", .usage = 1, .wait = 2,
		.pc = (const void *)0x1001,
	};

	expect(&r, "unreferenced object 0x0000000040000100 (size 96):\n"
	       "  comm \"admin\", pid 8\n"
	       "  backtrace:\n" STACK);
	r.kind = REPORT_RACE;
	r.race[0] = (struct report_access){
		.task = r.task, .stack = r.stack, .write = true, .marked = true,
		.addr = (unsigned long)sample_data, .size = 8,
	};
	r.race[1] = r.race[0];
	r.race[1].task = r.alloc_task;
	r.race[1].write = r.race[1].marked = false;
	r.race[1].locks = &lock;
	r.race[1].nlocks = 1;
	r.values = true;
	r.value[1] = 5;
	expect_part(&r, BAR "BUG: KCSAN: data-race in sample_outer / sample_outer\n\n"
		    "write (marked) to 0x");
	expect_part(&r, "\n\nread to 0x");
	expect_part(&r, " of 8 bytes by task 8 on cpu 0:\n" STACK
		    "\n1 lock held by admin/8:\n"
		    " #0: 0000000070000010 (&s->lock){+.+.}-{3:3}, at: 0x1000\n\n"
		    "value changed: 0x0000000000000000 -> 0x0000000000000005\n\n"
		    "variable: sample_data\n\n"
		    "Reported by Kernel Concurrency Sanitizer on:\nCPU: 0 PID: 7");
}
END_TEST

START_TEST(plain_text)
{
	struct report r = sample(REPORT_TEXT);

	r.headline = "mutex_unlock: not the owner";
	expect_part(&r, "mutex_unlock: not the owner\nCPU: 0 PID: 7");
	r.stack.n = 0;
	expect(&r, "mutex_unlock: not the owner\n"
	       "CPU: 0 PID: 7 Comm: user Not tainted 5.10.262\n"
	       "Call Trace:\n");
}
END_TEST

TCase *kasan_case(void)
{
	TCase *t = tcase_create("kasan");

	tcase_add_test(t, use_after_free);
	tcase_add_test(t, use_after_free_6_12);
	tcase_add_test(t, out_of_bounds);
	tcase_add_test(t, double_free);
	tcase_add_test(t, null_pointer);
	tcase_add_test(t, protection_fault);
	tcase_add_test(t, warning);
	tcase_add_test(t, bug_on);
	tcase_add_test(t, deadlock);
	tcase_add_test(t, leak_and_race);
	tcase_add_test(t, plain_text);
	return t;
}
