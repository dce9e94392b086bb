// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parts that reports share, and which report has which shape.
 *
 * Texts follow the version under test. Known changes: slab- prefixes and the
 * object's state (6.3), double-free told from invalid-free (6.1), <TASK> marks
 * (5.16), "Oops: " in front of faults (6.10), UID (6.12), WARNING's order (6.19).
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <stdlib.h>
#include <string.h>

#include "reportpart.h"
#include "symbol.h"

void report_cpu_line(FILE *f, const struct report *r)
{
	fprintf(f, "CPU: 0 %sPID: %d Comm: %s Not tainted %s\n",
		r->kver >= REPORT_KVER(6, 12) ? "UID: 0 " : "", r->task.pid,
		r->task.comm, r->version);
}

void report_call_trace(FILE *f, const struct report *r, const struct report_stack *s)
{
	bool marks = r->kver >= REPORT_KVER(5, 16);

	fputs(marks ? "Call Trace:\n <TASK>\n" : "Call Trace:\n", f);
	sym_print_stack(f, s->pc, s->n);
	if (marks)
		fputs(" </TASK>\n", f);
}

/* The kernel names the real function, even when the place is inlined into it. */
void report_where(FILE *f, const struct report *r)
{
	const struct sym_frame *s;

	if (r->fault_pc) {
		sym_print_pc(f, r->fault_pc, false);
		return;
	}
	s = sym_visible(r->stack.pc, r->stack.n);
	if (!s)
		fputs("?", f);
	else if (s->size)
		fprintf(f, "%s+0x%lx/0x%lx", s->func, s->offset + 1, s->size);
	else
		fputs(s->func, f);
}

void report_rip(FILE *f, const struct report *r)
{
	fputs("RIP: 0010:", f);
	report_where(f, r);
	if (r->fault_pc)
		sym_print_where(f, r->fault_pc);
	fputc('\n', f);
}

static const char *kasan_type(const struct report *r)
{
	bool slab = r->kver >= REPORT_KVER(6, 3);

	switch (r->kind) {
	case REPORT_UAF:
		return slab ? "slab-use-after-free" : "use-after-free";
	case REPORT_DOUBLE_FREE:
		return r->kver >= REPORT_KVER(6, 1) ? "double-free"
						    : "double-free or invalid-free";
	case REPORT_INVALID_FREE:
		return r->kver >= REPORT_KVER(6, 1) ? "invalid-free"
						    : "double-free or invalid-free";
	default:
		return "slab-out-of-bounds";
	}
}

/* File and line of a WARN or BUG: the oracle's, or the first visible frame's. */
static void place_of(const struct report *r, const char **file, unsigned int *line)
{
	unsigned int i, k, n;

	*file = r->file;
	*line = r->line;
	for (i = 0; !*file && i < r->stack.n; i++) {
		const struct sym_frame *f = sym_lookup_ret(r->stack.pc[i], &n);

		for (k = 0; !*file && k < n; k++)
			if (!sym_hidden(&f[k])) {
				*file = f[k].file;
				*line = f[k].line;
			}
	}
	if (!*file)
		*file = "?";
}

static void title_warn(FILE *f, const struct report *r)
{
	const char *file;
	unsigned int line;

	place_of(r, &file, &line);
	if (r->kind == REPORT_BUG) {
		fprintf(f, "kernel BUG at %s:%u!", file, line);
	} else if (r->kver >= REPORT_KVER(6, 19)) {
		fprintf(f, "WARNING: %s:%u at ", file, line);
		report_where(f, r);
		fprintf(f, ", CPU#0: %s/%d", r->task.comm, r->task.pid);
	} else {
		fprintf(f, "WARNING: CPU: 0 PID: %d at %s:%u ", r->task.pid, file, line);
		report_where(f, r);
	}
}

static void title_race(FILE *f, const struct report *r)
{
	const struct report_stack *s = &r->race[0].stack, *t = &r->race[1].stack;
	const struct sym_frame *a = sym_visible(s->pc, s->n), *b = sym_visible(t->pc, t->n);
	const char *x = a ? a->func : "?", *y = b ? b->func : "?";

	fprintf(f, "BUG: KCSAN: data-race in %s / %s", strcmp(x, y) < 0 ? x : y,
		strcmp(x, y) < 0 ? y : x);
}

static void title(FILE *f, const struct report *r)
{
	const struct report_blocked *b = r->blocked;

	switch (r->kind) {
	case REPORT_UAF:
	case REPORT_DOUBLE_FREE:
	case REPORT_INVALID_FREE:
	case REPORT_OOB:
		fprintf(f, "BUG: KASAN: %s in ", kasan_type(r));
		report_where(f, r);
		return;
	case REPORT_NULL:
		fprintf(f, "BUG: kernel NULL pointer dereference, address: %016lx", r->addr);
		return;
	case REPORT_FAULT:
		fprintf(f, "BUG: unable to handle page fault for address: %016lx", r->addr);
		return;
	case REPORT_GPF:
		fprintf(f, "%sgeneral protection fault, probably for non-canonical address 0x%lx: 0000 [#1] SMP",
			r->kver >= REPORT_KVER(6, 10) ? "Oops: " : "", r->addr);
		return;
	case REPORT_WARN:
	case REPORT_BUG:
		title_warn(f, r);
		return;
	case REPORT_RACE:
		title_race(f, r);
		return;
	case REPORT_HUNG:
		if (b && r->nblocked) {
			fprintf(f, "INFO: task %s:%d blocked for more than %lu seconds.",
				b->task.comm, b->task.pid, b->seconds);
			if (r->why)
				fprintf(f, " %s", r->why);
			return;
		}
		break;
	case REPORT_LEAK:
		if (r->obj) {
			fprintf(f, "unreferenced object 0x%016lx (size %lu):", r->obj,
				r->obj_size);
			return;
		}
		break;
	default:
		break;
	}
	fputs(r->headline ? r->headline : r->oracle ? r->oracle : "report", f);
}

const char *report_title(const struct report *r, char *buf, size_t len)
{
	char *text = NULL;
	size_t n;
	FILE *f = open_memstream(&text, &n);

	if (f) {
		title(f, r);
		fclose(f);
	}
	snprintf(buf, len, "%s", text ? text : "");
	free(text);
	return buf;
}

void report_print(FILE *f, const struct report *r)
{
	char line[512];

	report_title(r, line, sizeof(line));
	switch (r->kind) {
	case REPORT_UAF:
	case REPORT_DOUBLE_FREE:
	case REPORT_INVALID_FREE:
	case REPORT_OOB:
		report_kasan(f, r, line);
		break;
	case REPORT_NULL:
	case REPORT_FAULT:
	case REPORT_GPF:
	case REPORT_BUG:
		report_oops(f, r, line);
		break;
	case REPORT_WARN:
		report_warn(f, r, line);
		break;
	case REPORT_HUNG:
	case REPORT_DEADLOCK:
		report_stuck(f, r, line);
		break;
	case REPORT_LEAK:
		report_leak(f, r, line);
		break;
	case REPORT_RACE:
		report_race(f, r, line);
		break;
	case REPORT_LOCKS:
		report_locks(f, r);
		break;
	case REPORT_TEXT:
		fprintf(f, "%s\n", line);
		report_cpu_line(f, r);
		report_call_trace(f, r, &r->stack);
		break;
	}
}
