// SPDX-License-Identifier: GPL-2.0-only
/*
 * What of a recorded schedule is worth a reader's time.
 *
 * Told are the code under test and its drivers. An operation inside the shim
 * is told where their code asked for it; what nobody of them asked for (files,
 * processes, idle workers) is not told. A step that ran alone and did not fail
 * is one row. Of the others, what no other task has to do with is left out.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kshim/slab.h"
#include "record.h"
#include "report/symbol.h"

#define NEAR_END	40
#define MAX_DECIDING	16

#define IS_STEP		(TRACE_STEP_BEGIN | TRACE_STEP_END)

static bool below(const char *file, const char *dir)
{
	return !strncmp(file, dir, strlen(dir));
}

static bool told_file(const char *file)
{
	size_t n = file ? strlen(file) : 0;

	return n > 2 && strcmp(file + n - 2, ".h") && !below(file, "kshim/") &&
		!below(file, "tools/") && !below(file, "lib/") &&
		strcmp(file, "drivers/simbus.c");
}

bool trace_told(const void *pc)
{
	const struct sym_frame *f;
	unsigned int n;

	if (!pc)
		return false;
	f = sym_lookup_ret(pc, &n);
	return !sym_hidden(&f[n - 1]) && told_file(f[n - 1].file);
}

static const void *told_caller(const struct trace_event *ev, const void *const *caller)
{
	unsigned int i;

	if (!ev->pc || trace_told(ev->pc))
		return ev->pc;
	for (i = 0; i < REC_CALLERS && caller[i]; i++)
		if (trace_told(caller[i]))
			return caller[i];
	return ev->pc;
}

/* Moves each event to its innermost caller that is told. Not in a task: symbols need stack. */
void trace_tell(void)
{
	size_t i;

	for (i = 0; i < rec.nev; i++)
		rec.ev[i].pc = told_caller(&rec.ev[i], rec.callers[i]);
}

static bool is_helper(const struct trace_event *ev)
{
	const char *name = rec.names[ev->task];

	return below(name, "kworker/") || below(name, "ktimers/") || below(name, "rcuop/") ||
		!strcmp(name, "halt") || !strcmp(name, "exit");
}

/* Runs alone, when the race is over. */
static bool is_after(const struct trace_event *ev)
{
	return !strcmp(rec.names[ev->task], "teardown");
}

/* Who uses an address: a bit for each task. */
struct users {
	const void *obj;
	uint64_t readers, writers;
};

struct table {
	struct users *slot;
	size_t mask;
	uint64_t tasks;		/* that use anything */
};

static struct users *users_of(const struct table *t, const void *obj)
{
	size_t i = ((uintptr_t)obj >> 2) * 0x9e3779b97f4a7c15UL >> 20;

	while (t->slot[i & t->mask].obj && t->slot[i & t->mask].obj != obj)
		i++;
	return &t->slot[i & t->mask];
}

static bool writes(const struct trace_event *ev)
{
	return ev->flags & TRACE_NOTE ||
		(ev->op != KSHIM_READ && ev->op != KSHIM_MARKED_READ);
}

static bool fill(struct table *t, const struct trace_event *ev, const bool *keep, size_t n)
{
	size_t i;

	for (t->mask = 1023; t->mask < 2 * n; t->mask = 2 * t->mask + 1)
		;
	t->slot = calloc(t->mask + 1, sizeof(*t->slot));
	for (i = 0; t->slot && i < n; i++) {
		struct users *u;

		if (!keep[i] || !ev[i].obj || is_helper(&ev[i]) || is_after(&ev[i]))
			continue;
		u = users_of(t, ev[i].obj);
		u->obj = ev[i].obj;
		*(writes(&ev[i]) ? &u->writers : &u->readers) |= 1ULL << ev[i].task;
		t->tasks |= 1ULL << ev[i].task;
	}
	return t->slot;
}

/* Does another task use anything in the object that is freed? */
static bool freed_in_use(const struct table *t, const struct trace_event *ev)
{
	struct kshim_object o;
	size_t i;

	if (!kshim_slab_find(ev->obj, &o))
		return true;
	for (i = 0; i <= t->mask; i++) {
		const struct users *u = &t->slot[i];

		if ((uintptr_t)u->obj - (uintptr_t)o.addr < o.size &&
		    (u->readers | u->writers) & ~(1ULL << ev->task))
			return true;
	}
	return false;
}

/* Does another task depend on this, or this on another task? */
static bool conflicts(const struct table *t, const struct trace_event *ev)
{
	uint64_t others = ~(1ULL << ev->task);
	const struct users *u;

	if (!ev->obj || !(t->tasks & others))
		return true;
	if (ev->op == KSHIM_FREE && !(ev->flags & TRACE_NOTE))
		return freed_in_use(t, ev);
	u = users_of(t, ev->obj);
	return others & (u->writers | (writes(ev) ? u->readers : 0));
}

/* Another task did something between the begin of a step and its end. */
static bool disturbed(const struct trace_event *ev, const bool *keep, size_t from, size_t to)
{
	size_t i;

	for (i = from + 1; i < to; i++)
		if (ev[i].task != ev[from].task && keep[i] && !(ev[i].flags & TRACE_WAKE))
			return true;
	return false;
}

/* Leaves out what a step did; with @t, only what concerns no other task. */
static void fold(const struct table *t, struct trace_event *ev, bool *keep,
		 size_t from, size_t to)
{
	size_t i;

	for (i = from + 1; i < to; i++) {
		if (ev[i].task != ev[from].task || !keep[i] ||
		    ev[i].flags & (TRACE_LOG | TRACE_FAIL | TRACE_BLOCK | TRACE_WAKE |
				   TRACE_DECIDES))
			continue;
		if (!t || !conflicts(t, &ev[i]))
			keep[i] = false;
		else if (!(ev[i].flags & ~TRACE_OF_POINT) && (ev[i].op == KSHIM_WRITE || ev[i].op == KSHIM_FREE))
			ev[i].flags |= TRACE_SHARED;
	}
}

static void fold_steps(const struct table *t, struct trace_event *ev, bool *keep,
		       size_t n)
{
	struct { size_t begin; bool open, alone, failed; } step[KSHIM_MAX_TASKS] = { 0 };
	unsigned int open = 0, task;
	size_t i;

	for (i = 0; i < n; i++) {
		task = ev[i].task;
		if (ev[i].flags & TRACE_STEP_BEGIN) {
			step[task].begin = i;
			step[task].open = true;
			step[task].failed = false;
			step[task].alone = !open++;
		} else if (ev[i].flags & TRACE_FAIL) {
			step[task].failed = true;
		} else if (ev[i].flags & TRACE_STEP_END && step[task].open) {
			step[task].open = false;
			open--;
			fold(step[task].failed || !step[task].alone ||
			     disturbed(ev, keep, step[task].begin, i) ? t : NULL,
			     ev, keep, step[task].begin, i);
		}
	}
	for (task = 0; task < KSHIM_MAX_TASKS; task++)
		if (step[task].open && !step[task].failed)
			fold(t, ev, keep, step[task].begin, n);
}

static void choose(struct trace_event *ev, bool *keep, size_t n)
{
	bool in_step[KSHIM_MAX_TASKS] = { false };
	struct table table = { 0 };
	size_t i, left = 0;

	for (i = 0; i < n; i++) {
		unsigned int t = ev[i].task;

		if (ev[i].flags & IS_STEP)
			in_step[t] = ev[i].flags & TRACE_STEP_BEGIN;
		if (ev[i].flags & (IS_STEP | TRACE_FAIL | TRACE_LOG | TRACE_DECIDES))
			keep[i] = true;
		else if (ev[i].flags & TRACE_WAKE)
			keep[i] = in_step[t];
		else if (ev[i].flags & TRACE_NOTE && ev[i].before == ev[i].after)
			keep[i] = false;
		else
			keep[i] = trace_told(ev[i].pc);
	}
	for (i = n; i--; ) {
		if (!keep[i])
			continue;
		if (is_helper(&ev[i]) && (left > NEAR_END || !rec.report.n) &&
		    !(ev[i].flags & TRACE_FAIL))
			keep[i] = false;
		left++;
	}
	if (fill(&table, ev, keep, n))
		fold_steps(&table, ev, keep, n);
	free(table.slot);
}

/* Drops events in place; a switch goes on to the next event of its task. */
static size_t compress(struct trace_event *ev, const bool *keep, size_t n)
{
	unsigned short carried = 0;
	unsigned int task = 0;
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		unsigned short flags = ev[i].flags & (TRACE_SWITCH | TRACE_PREEMPT);

		if (flags || ev[i].task != task)
			carried = 0;
		task = ev[i].task;
		if (!keep[i]) {
			carried |= flags;
			continue;
		}
		ev[k] = ev[i];
		ev[k++].flags |= carried;
		carried = 0;
	}
	return k;
}

size_t trace_filter(struct trace_event *ev, size_t n)
{
	bool *keep = calloc(n + 1, sizeof(*keep));

	if (!keep)
		return n;
	choose(ev, keep, n);
	n = compress(ev, keep, n);
	free(keep);
	return n;
}

/*
 * Of what is left only what has to do with the operations that decide: their
 * objects, and what reads another value where it passes.
 */
size_t trace_shorten(struct trace_event *ev, size_t n)
{
	const void *obj[MAX_DECIDING];
	unsigned int nobj = 0, k;
	bool *keep = calloc(n + 1, sizeof(*keep));
	size_t i;

	for (i = 0; i < n && nobj < MAX_DECIDING; i++)
		if (ev[i].flags & (TRACE_DECIDES | TRACE_DIFFERS) && ev[i].obj)
			obj[nobj++] = ev[i].obj;
	if (!keep || !nobj) {
		free(keep);
		return n;
	}
	for (i = 0; i < n; i++) {
		keep[i] = ev[i].flags & (IS_STEP | TRACE_FAIL | TRACE_DECIDES | TRACE_DIFFERS);
		for (k = 0; k < nobj && !keep[i]; k++)
			keep[i] = ev[i].obj == obj[k];
	}
	n = compress(ev, keep, n);
	free(keep);
	return n;
}
