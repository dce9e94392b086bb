// SPDX-License-Identifier: GPL-2.0-only
/* Traces of canned schedules; every address is an index into a table. */
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "test_report.h"
#include "trace.h"

#define F	"drivers/x/x.c"
#define PC(n)	((const void *)(long)(n))

static const struct canned {
	unsigned int n;
	struct sym_frame f[3];
	const char *source;
} canned[] = {
	[1] = { 1, { { "x_open", 8, 64, F, 10, false } }, "mutex_lock(&x->lock);" },
	[2] = { 1, { { "x_open", 16, 64, F, 11, false } }, "if (x->dead) {" },
	/* a helper of a header, inlined into a function inlined into x_open() */
	[3] = { 3, { { "list_add", 20, 64, "include/linux/list.h", 70, true },
		     { "x_attach", 20, 64, F, 5, true },
		     { "x_open", 20, 64, F, 12, false } }, "list_add(&a->next, &x->list);" },
	[4] = { 1, { { "x_remove", 8, 64, F, 30, false } }, "x->dead = true;" },
	[5] = { 1, { { "x_remove", 12, 64, F, 31, false } }, "kfree(x);" },
	[6] = { 1, { { "x_remove", 14, 64, F, 32, false } }, "}" },
	[7] = { 1, { { "x_init", 4, 64, F, 50, false } }, "x->users = 0;" },
	[9] = { 2, { { "kshim_wait", 4, 64, "kshim/engine/x.c", 1, true },
		     { "mutex_lock", 4, 64, "kshim/locking/mutex.c", 2, false } }, "park();" },
	[8] = { 1, { { "x_init", 9, 64, F, 55, false } }, "x->state = 1;" },
};

static const struct sym_frame *lookup(const void *pc, unsigned int *n)
{
	*n = canned[(long)pc].n;
	return canned[(long)pc].f;
}

static const char *source(const char *file, unsigned int line)
{
	size_t i, k;

	for (i = 1; i < sizeof(canned) / sizeof(canned[0]); i++)
		for (k = 0; k < canned[i].n; k++)
			if (canned[i].f[k].line == line && !strcmp(canned[i].f[k].file, file))
				return canned[i].source;
	return NULL;
}

static const char *data(const void *addr)
{
	return addr == PC(0x99) ? "x_global+0x8" : NULL;
}

static const struct trace_resolver resolver = { lookup, source, data, NULL };
static const char *const names[] = { "user", "idle", "admin" };

static const struct trace_event race[] = {
	{ .task = 0, .flags = TRACE_STEP_BEGIN, .what = "c = open /dev/x" },
	{ .task = 0, .op = KSHIM_WRITE, .pc = PC(7) },
	{ .task = 0, .op = KSHIM_WRITE, .pc = PC(8) },
	{ .task = 0, .flags = TRACE_STEP_END, .after = 3 },
	{ .task = 0, .flags = TRACE_STEP_BEGIN, .what = "ioctl c ATTACH" },
	{ .task = 0, .op = KSHIM_WRITE, .pc = PC(7) },
	{ .task = 0, .op = KSHIM_WRITE, .pc = PC(8) },
	{ .task = 0, .op = KSHIM_LOCK, .pc = PC(1) },
	{ .task = 0, .op = KSHIM_READ, .pc = PC(2) },
	{ .task = 2, .flags = TRACE_SWITCH | TRACE_PREEMPT | TRACE_STEP_BEGIN, .what = "unbind x" },
	{ .task = 2, .op = KSHIM_WRITE, .pc = PC(4) },
	{ .task = 2, .op = KSHIM_WRITE, .pc = PC(4) },
	{ .task = 2, .flags = TRACE_NOTE, .pc = PC(4), .what = "users", .before = 1, .after = 0 },
	{ .task = 2, .op = KSHIM_FREE, .pc = PC(5) },
	{ .task = 2, .op = KSHIM_READ, .pc = PC(6), .obj = PC(0x99) },
	{ .task = 2, .flags = TRACE_STEP_END, .after = 0 },
	{ .task = 0, .flags = TRACE_SWITCH, .op = KSHIM_WRITE, .pc = PC(3) },
	{ .task = 0, .flags = TRACE_FAIL, .pc = PC(3),
	  .what = "BUG: KASAN: use-after-free in x_open+0x14/0x40" },
};

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static char *print(const struct trace_event *ev, size_t n, struct trace_opts o)
{
	char *text;

	o.resolver = &resolver;
	CAPTURE(text, f, ck_assert_int_ge(trace_print(f, ev, n, names, 3, &o), 0));
	return text;
}

START_TEST(condensed)
{
	char *text = print(race, COUNT(race), (struct trace_opts){
			   .width = 80, .preemptions = 1, .need = RUN_NEED_EXACTLY, .steps_from = 417,
			   .steps = 8 });

	ck_assert_str_eq(text,
"        user                             admin\n"
"        ----                             -----\n"
" 1  > c = open /dev/x = 3\n"
" 2  > ioctl c ATTACH\n"
" 3    x_init()                                                         x.c:50-55\n"
" 4    x_open()\n"
" 5      mutex_lock(&x->lock);                                             x.c:10\n"
" 6      if (x->dead) {                                                    x.c:11\n"
" 7*                                  > unbind x\n"
" 8                                     x_remove()\n"
" 9                                       users  1 -> 0                    x.c:30\n"
"10                                       kfree(x);                        x.c:31\n"
"11                                       read x_global+0x8                x.c:32\n"
"12                                     = 0\n"
"13      x_attach()\n"
"14        list_add(&a->next, &x->list);                                    x.c:5\n"
"15        BUG: KASAN: use-after-free in x_open+0x14/0x40\n"
"needs exactly 1 preemption (*); minimised from 417 steps to 8\n");
	free(text);
}
END_TEST

/* The two that decide are told by number; a value that differs is never cut. */
START_TEST(decides)
{
	struct trace_event ev[COUNT(race)];
	char *text;

	memcpy(ev, race, sizeof(race));
	ev[COUNT(race) - 2].flags |= TRACE_DECIDES | TRACE_VALUE | TRACE_DIFFERS;
	ev[COUNT(race) - 2].before = 0;
	ev[COUNT(race) - 2].after = 0x70001234;
	text = print(ev, COUNT(ev), (struct trace_opts){ .width = 60, .preemptions = 1 });
	ck_assert_ptr_null(strstr(text, "reversing"));
	free(text);
	ev[COUNT(race) - 5].flags |= TRACE_DECIDES;
	text = print(ev, COUNT(ev), (struct trace_opts){ .width = 60, .preemptions = 1 });
	ck_assert_msg(strstr(text, "\n10!                        "), "%s", text);
	ck_assert_msg(strstr(text, "\n14!       "), "%s", text);
	ck_assert_msg(strstr(text, "[0, else 0x70001234] "), "%s", text);
	ck_assert_msg(strstr(text, "\nreversing 10 and 14 (!) makes it pass\nhas 1 preemption (*)\n"),
		      "%s", text);
	free(text);
}
END_TEST

START_TEST(full)
{
	char *text = print(race, 4, (struct trace_opts){
			   .width = 80, .full = true, .preemptions = -1 });

	ck_assert_str_eq(text,
"        user\n"
"        ----\n"
" 1  > c = open /dev/x\n"
" 2    x_init()\n"
" 3      write: x->users = 0;                                              x.c:50\n"
" 4      write: x->state = 1;                                              x.c:55\n"
" 5    = 3\n");
	free(text);
}
END_TEST

/* Ten points in one function, then enough others that they are not the end. */
START_TEST(runs_collapse)
{
	struct trace_event ev[18];
	char *text;
	size_t i;

	memset(ev, 0, sizeof(ev));
	for (i = 0; i < COUNT(ev); i++) {
		ev[i].op = KSHIM_READ;
		ev[i].pc = i < 10 ? PC(7 + i % 2) : PC(4 + i % 2);
	}
	text = print(ev, COUNT(ev), (struct trace_opts){ .width = 60, .preemptions = 0 });
	ck_assert_str_eq(text,
"        user\n"
"        ----\n"
" 1  x_init()                                       x.c:50-55\n"
" 2  x_remove()                                     x.c:30-31\n"
" 3    x->dead = true;                                 x.c:30\n"
" 4    kfree(x);                                       x.c:31\n"
" 5    x->dead = true;                                 x.c:30\n"
" 6    kfree(x);                                       x.c:31\n"
" 7    x->dead = true;                                 x.c:30\n"
" 8    kfree(x);                                       x.c:31\n"
"has 0 preemptions\n");
	free(text);
}
END_TEST

/* A changed value is told even in the middle of a run; the shim has no heading. */
START_TEST(note_is_kept)
{
	struct trace_event ev[12];
	char *text;
	size_t i;

	memset(ev, 0, sizeof(ev));
	for (i = 0; i < COUNT(ev); i++)
		ev[i].pc = i < 6 ? PC(7) : PC(4);
	ev[2].flags = TRACE_NOTE;
	ev[2].what = "refcount";
	ev[2].before = 2;
	ev[2].after = 1;
	for (i = 7; i < COUNT(ev); i++) {
		ev[i].op = KSHIM_LOCK;
		ev[i].pc = PC(9);
	}
	text = print(ev, COUNT(ev), (struct trace_opts){ .width = 60, .preemptions = -1 });
	ck_assert_str_eq(text,
"        user\n"
"        ----\n"
" 1  x_init()                                          x.c:50\n"
" 2    refcount  2 -> 1                                x.c:50\n"
" 3  x_remove()\n"
" 4    x->dead = true;                                 x.c:30\n"
" 5    lock\n");
	free(text);
}
END_TEST

START_TEST(calls_blocks_and_wakes)
{
	const struct trace_event ev[] = {
		{ .task = 0, .flags = TRACE_ENTER, .what = "ioctl" },
		{ .task = 0, .flags = TRACE_ENTER, .pc = PC(1) },
		{ .task = 0, .flags = TRACE_BLOCK, .pc = PC(1), .what = "mutex x->lock" },
		{ .task = 1, .flags = TRACE_SWITCH, .op = KSHIM_UNLOCK, .what = "x->lock" },
		{ .task = 0, .flags = TRACE_SWITCH | TRACE_WAKE, .pc = PC(1) },
		{ .task = 0, .flags = TRACE_LEAVE },
		{ .task = 0, .flags = TRACE_LOG, .what = "done" },
		{ .task = 2, .flags = TRACE_SWITCH | TRACE_NOTE, .obj = PC(0x99),
		  .before = 0x40000100, .after = -1 },
	};
	char *text = print(ev, COUNT(ev), (struct trace_opts){
			   .width = 100, .preemptions = -1, .headline = "BUG: bad",
			   .headline_task = 2 });

	ck_assert_str_eq(text,
"        user                    idle                    admin\n"
"        ----                    ----                    -----\n"
" 1  ioctl()\n"
" 2    x_open()\n"
" 3      blocks: mutex x->lock                                                                 x.c:10\n"
" 4                          unlock x->lock\n"
" 5      goes on                                                                               x.c:10\n"
" 6    done\n"
" 7                                                  x_global+0x8  0x40000100 -> -1\n"
" 8                                                    BUG: bad\n");
	free(text);
}
END_TEST

START_TEST(long_headline_is_whole)
{
	static const char line[] = "list_add double add: new=0000000040000100, prev=0000000040000180, next=0000000040000200.";
	const struct trace_event ev[] = {
		{ .task = 0, .op = KSHIM_YIELD },
		{ .task = 2, .flags = TRACE_SWITCH | TRACE_FAIL, .what = line },
	};
	char *text = print(ev, 2, (struct trace_opts){ .width = 60, .preemptions = -1 });

	ck_assert_ptr_nonnull(strstr(text, line));
	ck_assert_ptr_nonnull(strstr(text, " 1  yield\n"));
	ck_assert_ptr_nonnull(strstr(text, "\n 2  list_add"));
	free(text);
	/* moved left as far as needed */
	text = print(ev, 2, (struct trace_opts){ .width = 100, .preemptions = -1 });
	ck_assert_uint_eq(strlen(strstr(text, "\n 2") + 1), 101);
	free(text);
}
END_TEST

START_TEST(nothing_happened)
{
	char *text = print(NULL, 0, (struct trace_opts){ .width = 60, .preemptions = -1 });

	ck_assert_str_eq(text, "\n\n");
	free(text);
}
END_TEST

TCase *trace_case(void)
{
	TCase *t = tcase_create("trace");

	tcase_add_test(t, condensed);
	tcase_add_test(t, decides);
	tcase_add_test(t, full);
	tcase_add_test(t, runs_collapse);
	tcase_add_test(t, note_is_kept);
	tcase_add_test(t, calls_blocks_and_wakes);
	tcase_add_test(t, long_headline_is_whole);
	tcase_add_test(t, nothing_happened);
	return t;
}
