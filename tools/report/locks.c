// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lock reports in the kernel's block order.
 *
 * Texts follow the version under test. Known changes: readers in the scenario
 * are told apart (6.1), raw and other spinlocks have wait types of their own
 * (6.13).
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <stdlib.h>
#include <string.h>

#include "locks.h"
#include "reportpart.h"
#include "symbol.h"

static void rule(FILE *f, char c, size_t n)
{
	while (n--)
		fputc(c, f);
	fputc('\n', f);
}

static void head(FILE *f, const struct report *r, const char *title)
{
	rule(f, '=', strlen(title));
	fprintf(f, "%s\n%s Not tainted\n", title, r->version);
	rule(f, '-', strlen(title));
}

static void class(FILE *f, const struct report *r, const struct report_lock *l)
{
	int nesting = r->kver >= REPORT_KVER(6, 13);
	int wait = l->wait == 2 ? 3 + nesting : l->wait == 1 ? 2 + nesting : 0;

	/* Nothing is taken in interrupts: only "enabled" or never. */
	fprintf(f, " (%s){%s}-{%d:%d}", l->name,
		l->usage == 3 ? "++++" : l->usage == 2 ? ".+.+" : "+.+.", wait, wait);
}

static void lock(FILE *f, const struct report *r, const struct report_lock *l)
{
	fprintf(f, "%016lx", l->addr);
	class(f, r, l);
	fputs(", at: ", f);
	sym_print_pc(f, l->pc, true);
	fputc('\n', f);
}

void report_held(FILE *f, const struct report *r, const struct report_task *t,
		 const struct report_lock *l, unsigned int n)
{
	unsigned int i;

	if (!n)
		fprintf(f, "no locks held by %s/%d.\n", t->comm, t->pid);
	else
		fprintf(f, "%u lock%s held by %s/%d:\n", n, n > 1 ? "s" : "", t->comm, t->pid);
	for (i = 0; i < n; i++) {
		fprintf(f, " #%u: ", i);
		lock(f, r, &l[i]);
	}
}


static void indented(FILE *f, const struct report_stack *s)
{
	char *text = NULL, *line, *end;
	size_t len;
	FILE *m = open_memstream(&text, &len);

	if (!m)
		return;
	sym_print_stack(m, s->pc, s->n);
	fclose(m);
	for (line = text; *line; line = end) {
		end = strchrnul(line, '\n');
		end += *end == '\n';
		fprintf(f, "      %.*s", (int)(end - line), line);
	}
	free(text);
}

static void entry(FILE *f, const struct report *r, const struct report_lock *l,
		  const struct report_stack *s, unsigned int depth)
{
	fprintf(f, "\n-> #%u", depth);
	class(f, r, l);
	fputs(":\n", f);
	indented(f, s);
}

/* The lock that follows the new one, which need not be the held one. */
static void scenario(FILE *f, const struct report *r, const struct report_locks *l)
{
	bool readers = r->kver >= REPORT_KVER(6, 1);
	const char *src = l->next.name, *tgt = l->prev.name;
	const char *parent = l->nchain > 1 ? l->chain[l->nchain - 2].name : src;

	if (l->nchain > 1)
		fprintf(f, "Chain exists of:\n  %s --> %s --> %s\n\n", src, parent, tgt);
	fputs(" Possible unsafe locking scenario:\n\n"
	      "       CPU0                    CPU1\n"
	      "       ----                    ----\n", f);
	fprintf(f, "  %slock(%s);\n", readers && l->prev.read ? "r" : "", tgt);
	fprintf(f, "                               lock(%s);\n", parent);
	fprintf(f, "                               lock(%s);\n", tgt);
	fprintf(f, "  %slock(%s);\n", readers && l->next.read ? "r" : "", src);
	fputs("\n *** DEADLOCK ***\n\n", f);
}

static void wants(FILE *f, const struct report *r, const struct report_locks *l)
{
	fprintf(f, "%s/%d is trying to acquire lock:\n", r->task.comm, r->task.pid);
	lock(f, r, &l->next);
	fprintf(f, "\n%s\n", l->completes ?
		"but now in release context of a crosslock acquired at the following:" :
		"but task is already holding lock:");
	lock(f, r, &l->prev);
}

static void circular(FILE *f, const struct report *r, const struct report_locks *l)
{
	unsigned int i;

	wants(f, r, l);
	fputs("\nwhich lock already depends on the new lock.\n\n"
	      "\nthe existing dependency chain (in reverse order) is:\n", f);
	for (i = l->nchain; i--; )
		entry(f, r, &l->chain[i], &l->trace[i], i + 1);
	entry(f, r, &l->next, &r->stack, 0);
	fputs("\nother info that might help us debug this:\n\n", f);
	scenario(f, r, l);
}

static void recursive(FILE *f, const struct report *r, const struct report_locks *l)
{
	wants(f, r, l);
	fprintf(f, "\nother info that might help us debug this:\n"
		" Possible unsafe locking scenario:\n\n"
		"       CPU0\n"
		"       ----\n"
		"  lock(%s);\n"
		"  lock(%s);\n"
		"\n *** DEADLOCK ***\n\n"
		" May be due to missing lock nesting notation\n\n", l->prev.name, l->next.name);
}

static const char *title_of(const struct report *r, const struct report_locks *l, char *buf,
			    size_t size)
{
	switch (l->kind) {
	case REPORT_LOCKS_CIRCULAR:
		return "WARNING: possible circular locking dependency detected";
	case REPORT_LOCKS_RECURSIVE:
		return "WARNING: possible recursive locking detected";
	case REPORT_LOCKS_FREED:
		return "WARNING: held lock freed!";
	case REPORT_LOCKS_IN_USER:
		return "WARNING: lock held when returning to user space!";
	case REPORT_LOCKS_UNBALANCED:
		return "WARNING: bad unlock balance detected!";
	case REPORT_LOCKS_LEFT:
		break;
	}
	snprintf(buf, size, "WARNING: %s/%d still has locks held!", r->task.comm, r->task.pid);
	return buf;
}

void report_locks(FILE *f, const struct report *r)
{
	const struct report_locks *l = r->locks;
	char title[96];

	head(f, r, title_of(r, l, title, sizeof(title)));
	switch (l->kind) {
	case REPORT_LOCKS_CIRCULAR:
		circular(f, r, l);
		break;
	case REPORT_LOCKS_RECURSIVE:
		recursive(f, r, l);
		break;
	case REPORT_LOCKS_FREED:
		fprintf(f, "%s/%d is freeing memory %016lx-%016lx, with a lock still held there!\n",
			r->task.comm, r->task.pid, l->from, l->to);
		lock(f, r, &l->prev);
		break;
	case REPORT_LOCKS_IN_USER:
		fprintf(f, "%s/%d is leaving the kernel with locks still held!\n",
			r->task.comm, r->task.pid);
		report_held(f, r, &r->task, l->held, l->nheld);
		return;
	case REPORT_LOCKS_UNBALANCED:
		fprintf(f, "%s/%d is trying to release lock (%s) at:\n", r->task.comm,
			r->task.pid, l->prev.name);
		sym_print_pc(f, l->prev.pc, true);
		fputs("\nbut there are no more locks to release!\n"
		      "\nother info that might help us debug this:\n", f);
		break;
	case REPORT_LOCKS_LEFT:
		break;
	}
	report_held(f, r, &r->task, l->held, l->nheld);
	fputs("\nstack backtrace:\n", f);
	report_cpu_line(f, r);
	report_call_trace(f, r, &r->stack);
}
