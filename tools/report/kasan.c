// SPDX-License-Identifier: GPL-2.0-only
/*
 * Access reports as KASAN's, leaks as kmemleak's, races as KCSAN's.
 */
#include "reportpart.h"
#include "symbol.h"

static const char bar[] = "==================================================================\n";

static void track(FILE *f, const char *did, const struct report_task *t,
		  const struct report_stack *s)
{
	if (!s->n)
		return;
	fprintf(f, "%s by task %d:\n", did, t->pid);
	sym_print_stack(f, s->pc, s->n);
	fputc('\n', f);
}

static void located(FILE *f, const struct report *r)
{
	unsigned long end = r->obj + r->obj_size, off = r->addr - r->obj;
	const char *rel = "inside", *state = "";
	bool states = r->kver >= REPORT_KVER(6, 3);

	if (states)
		state = r->free.n ? "freed " : "allocated ";
	if (r->addr < r->obj) {
		off = r->obj - r->addr;
		rel = "to the left";
	} else if (r->addr >= end) {
		off = r->addr - end;
		rel = "to the right";
	}
	fprintf(f, "The buggy address is located %lu bytes %s of\n", off, rel);
	fprintf(f, " %s%lu-byte region [%016lx, %016lx)\n", state, r->obj_size, r->obj, end);
}

static void object(FILE *f, const struct report *r)
{
	if (!r->obj)
		return;
	track(f, "Allocated", &r->alloc_task, &r->alloc);
	track(f, "Freed", &r->free_task, &r->free);
	fprintf(f, "The buggy address belongs to the object at %016lx\n", r->obj);
	fprintf(f, " which belongs to the cache %s of size %lu\n",
		r->cache ? r->cache : "kmalloc", r->cache_size ? r->cache_size : r->obj_size);
	located(f, r);
}

void report_kasan(FILE *f, const struct report *r, const char *title)
{
	fprintf(f, "%s%s\n", bar, title);
	if (r->kind == REPORT_DOUBLE_FREE || r->kind == REPORT_INVALID_FREE) {
		if (r->kver >= REPORT_KVER(6, 1))
			fprintf(f, "Free of addr %016lx by task %s/%d\n", r->addr,
				r->task.comm, r->task.pid);
	} else if (r->size) {
		fprintf(f, "%s of size %u at addr %016lx by task %s/%d\n",
			r->write ? "Write" : "Read", r->size, r->addr,
			r->task.comm, r->task.pid);
	} else {
		fprintf(f, "%s at addr %016lx by task %s/%d\n",
			r->write ? "Write" : "Read", r->addr, r->task.comm, r->task.pid);
	}
	fputc('\n', f);
	report_cpu_line(f, r);
	report_call_trace(f, r, &r->stack);
	fputc('\n', f);
	object(f, r);
	fputs(bar, f);
}

void report_leak(FILE *f, const struct report *r, const char *title)
{
	fprintf(f, "%s\n", title);
	if (r->headline && r->obj)
		fprintf(f, "  %s\n", r->headline);
	fprintf(f, "  comm \"%s\", pid %d\n", r->alloc_task.comm ? r->alloc_task.comm : "?",
		r->alloc_task.pid);
	if (!r->alloc.n)
		return;
	fputs("  backtrace:\n", f);
	sym_print_stack(f, r->alloc.pc, r->alloc.n);
}

static void race_side(FILE *f, const struct report *r, const struct report_access *a)
{
	fprintf(f, "%s%s to 0x%016lx of %u bytes by task %d on cpu 0:\n",
		a->write ? "write" : "read", a->marked ? " (marked)" : "", a->addr, a->size,
		a->task.pid);
	sym_print_stack(f, a->stack.pc, a->stack.n);
	fputc('\n', f);
	if (!a->nlocks)
		return;
	report_held(f, r, &a->task, a->locks, a->nlocks);
	fputc('\n', f);
}

void report_race(FILE *f, const struct report *r, const char *title)
{
	const char *var = sym_name_data((const void *)r->race[0].addr);

	fprintf(f, "%s%s\n\n", bar, title);
	race_side(f, r, &r->race[0]);
	race_side(f, r, &r->race[1]);
	if (r->values && r->value[0] != r->value[1])
		fprintf(f, "value changed: 0x%016lx -> 0x%016lx\n\n", r->value[0], r->value[1]);
	if (var)
		fprintf(f, "variable: %s\n\n", var);
	fputs("Reported by Kernel Concurrency Sanitizer on:\n", f);
	report_cpu_line(f, r);
	fputs(bar, f);
}
