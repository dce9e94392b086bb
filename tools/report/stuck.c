// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks that do not run: hung tasks as the kernel's detector prints them.
 *
 * The kernel has no report for a deadlock as such (nothing can run, nothing
 * is due): each of its tasks is shown in the hung task's form.
 */
#include "reportpart.h"
#include "symbol.h"

static void state_line(FILE *f, const struct report *r, const struct report_blocked *b)
{
	char state = b->interruptible ? 'S' : 'D';

	if (r->kver >= REPORT_KVER(6, 6))
		fprintf(f, "task:%-15.15s state:%c stack:0     pid:%-5d tgid:%-5d ppid:1      flags:0x00000000\n",
			b->task.comm, state, b->task.pid, b->task.pid);
	else
		fprintf(f, "task:%-15.15s state:%c stack:    0 pid:%5d ppid:     1 flags:0x00000000\n",
			b->task.comm, state, b->task.pid);
}

static void hung(FILE *f, const struct report *r, const struct report_blocked *b)
{
	fprintf(f, "INFO: task %s:%d blocked for more than %lu seconds.\n", b->task.comm,
		b->task.pid, b->seconds);
	fprintf(f, "      Not tainted %s\n", r->version);
	if (b->what)
		fprintf(f, "      waiting for %s\n", b->what);
}

static void stuck(FILE *f, const struct report_blocked *b)
{
	fprintf(f, "INFO: task %s:%d blocked", b->task.comm, b->task.pid);
	if (b->what)
		fprintf(f, ", waiting for %s", b->what);
	fputc('\n', f);
}

void report_stuck(FILE *f, const struct report *r, const char *title)
{
	unsigned int i;

	if (r->kind == REPORT_DEADLOCK || !r->nblocked)
		fprintf(f, "%s\n", title);
	for (i = 0; i < r->nblocked; i++) {
		const struct report_blocked *b = &r->blocked[i];

		if (i)
			fputc('\n', f);
		if (r->kind == REPORT_DEADLOCK)
			stuck(f, b);
		else
			hung(f, r, b);
		if (!i && r->why)
			fprintf(f, "      %s\n", r->why);
		state_line(f, r, b);
		report_call_trace(f, r, &b->stack);
	}
}
