// SPDX-License-Identifier: GPL-2.0-only
/*
 * Recording of one execution: trace events, log lines, stacks of allocations
 * and of the report. Only done when an execution is replayed for a report, so
 * it may be slow. All memory is taken outside the simulated machine.
 */
#include <stdlib.h>
#include <string.h>

#include "kshim/slab.h"
#include "kshim/user.h"
#include "record.h"
#include "report/names.h"
#include "run.h"

#define MAX_EVENTS	400000
#define HASH_START	14695981039346656037UL

extern unsigned long kshim_guest_lo, kshim_guest_len;

struct recording rec;

static void *grow(void *p, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return p;
	*room = *room ? *room * 2 : 1024;
	p = realloc(p, *room * size);
	if (!p)
		abort();
	return p;
}

static bool shared(const void *p)
{
	return (unsigned long)p - KSHIM_ARENA_BASE < KSHIM_ARENA_SIZE ||
		(unsigned long)p - kshim_guest_lo < kshim_guest_len;
}

static void push(const struct trace_event *ev)
{
	unsigned int n;

	if (rec.nev == MAX_EVENTS || rec.muted)
		return;
	rec.ev = grow(rec.ev, rec.nev, &rec.ev_room, sizeof(*rec.ev));
	rec.callers = grow(rec.callers, rec.nev, &rec.callers_room, sizeof(*rec.callers));
	n = ev->pc ? kshim_stack(rec.callers[rec.nev], REC_CALLERS) : 0;
	if (n < REC_CALLERS)
		rec.callers[rec.nev][n] = NULL;
	rec.ev[rec.nev] = *ev;
	rec.ev[rec.nev++].flags |= rec.pending;
	rec.pending = 0;
	rec.last_is_point = false;
}

/* What a read is going to see; nobody else runs before it. */
static void read_value(struct trace_event *ev)
{
	const void *p = ev->obj;

	if ((ev->op != KSHIM_READ && ev->op != KSHIM_MARKED_READ && ev->op != KSHIM_ATOMIC) ||
	    !shared(p) || !ev->size || !kshim_addressable(p, ev->size))
		return;
	switch (ev->size) {
	case 1: ev->before = *(const volatile signed char *)p; break;
	case 2: ev->before = *(const volatile short *)p; break;
	case 4: ev->before = *(const volatile int *)p; break;
	case 8: ev->before = *(const volatile long *)p; break;
	default: return;
	}
	ev->flags |= TRACE_VALUE;
}

/* An operation that its task is about to do, unless another one runs first. */
static void push_point(struct trace_event *ev)
{
	size_t at = rec.nev;

	read_value(ev);
	push(ev);
	rec.last_is_point = rec.nev > at;
}

/* Another task runs first: the operation comes when its own goes on. */
static void put_off(void)
{
	struct rec_held *h;

	if (!rec.last_is_point || !rec.nev)
		return;
	if (!rec.held)
		rec.held = calloc(KSHIM_MAX_TASKS, sizeof(*rec.held));
	if (!rec.held)
		abort();
	h = &rec.held[rec.ev[--rec.nev].task];
	h->ev = rec.ev[rec.nev];
	memcpy(h->callers, rec.callers[rec.nev], sizeof(h->callers));
	h->set = true;
	/* That the task had been switched to is told by what it did before, if anything. */
	rec.pending |= h->ev.flags & (TRACE_SWITCH | TRACE_PREEMPT);
	h->ev.flags = 0;
	rec.last_is_point = false;
}

static void go_on(unsigned int task)
{
	struct rec_held *h = rec.held ? &rec.held[task] : NULL;
	size_t at = rec.nev;

	if (!h || !h->set)
		return;
	h->set = false;
	read_value(&h->ev);
	push(&h->ev);
	if (rec.nev > at)
		memcpy(rec.callers[at], h->callers, sizeof(h->callers));
}

static void name_task(const struct kshim_task *t)
{
	if (!t || t->id >= KSHIM_MAX_TASKS)
		return;
	if (strcmp(rec.names[t->id], t->name))
		snprintf(rec.names[t->id], sizeof(rec.names[0]), "%s", t->name);
	if (t->id >= rec.ntasks)
		rec.ntasks = t->id + 1;
}

static void mix(unsigned long v)
{
	rec.hash = (rec.hash ^ v) * 1099511628211UL;
}

static void on_event(const struct kshim_event *ev)
{
	struct trace_event t = {
		.op = (unsigned char)ev->op, .pc = ev->pc, .obj = ev->obj,
		.size = (unsigned int)ev->size,
	};

	name_task(ev->task);
	if (ev->task)
		t.task = ev->task->id;
	mix(ev->kind << 8 | ev->op);
	mix(t.task);
	if (ev->kind == KSHIM_EV_POINT && shared(ev->obj)) {
		mix((unsigned long)ev->obj);
		mix(ev->size);
	}
	switch (ev->kind) {
	case KSHIM_EV_POINT:
		push_point(&t);
		break;
	case KSHIM_EV_SWITCH:
		put_off();
		rec.pending |= TRACE_SWITCH;
		go_on(t.task);
		break;
	case KSHIM_EV_PREEMPT:
		put_off();
		rec.pending |= TRACE_SWITCH | TRACE_PREEMPT;
		go_on(t.task);
		break;
	case KSHIM_EV_BLOCK:
		t.flags = TRACE_BLOCK;
		push(&t);
		break;
	case KSHIM_EV_WAKE:
		name_task(ev->obj);
		t.task = ((const struct kshim_task *)ev->obj)->id;
		t.obj = t.pc = NULL;
		t.flags = TRACE_WAKE;
		push(&t);
		break;
	case KSHIM_EV_NOTE:
		t.flags = TRACE_NOTE;
		t.what = ev->what;
		t.before = ev->before;
		t.after = ev->after;
		push(&t);
		break;
	case KSHIM_EV_CREATE:
	case KSHIM_EV_EXIT:
	case KSHIM_EV_TIME:
		break;
	}
}

static char *keep(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		abort();
	rec.strings = grow(rec.strings, rec.nstrings, &rec.strings_room, sizeof(char *));
	rec.strings[rec.nstrings++] = copy;
	return copy;
}

static void on_log(int level, const char *text)
{
	struct trace_event t = { .flags = TRACE_LOG };

	if (rec.nlog < MAX_LOG) {
		rec.log[rec.nlog].level = level;
		rec.log[rec.nlog++].text = keep(text);
	}
	if (!kshim_hot.slow)
		return;
	t.task = kshim_self() ? kshim_self()->id : 0;
	t.what = keep(text);
	push(&t);
}

static void stack_here(struct rec_stack *s)
{
	s->n = kshim_stack(s->pc, REC_STACK);
	s->pid = kshim_current_pid();
	snprintf(s->comm, sizeof(s->comm), "%s", kshim_self() ? kshim_self()->name : "swapper");
}

static void on_object(const void *p, unsigned long size, const char *cache, int alive)
{
	struct rec_object *o;

	(void)size;
	(void)cache;
	if (alive) {
		rec.objects = grow(rec.objects, rec.nobjects, &rec.objects_room,
				   sizeof(*rec.objects));
		o = &rec.objects[rec.nobjects++];
		memset(o, 0, sizeof(*o));
		o->p = p;
		stack_here(&o->alloc);
		return;
	}
	o = record_object(p);
	if (o)
		stack_here(&o->free);
}

struct rec_object *record_object(const void *p)
{
	size_t i;

	for (i = rec.nobjects; i--; )
		if (rec.objects[i].p == p)
			return &rec.objects[i];
	return NULL;
}

static void forget(void)
{
	size_t i;

	for (i = 0; i < rec.nstrings; i++)
		free(rec.strings[i]);
	rec.nstrings = rec.nev = rec.nobjects = 0;
	rec.nlog = 0;
	rec.pending = 0;
	rec.nblocked = 0;
	rec.report.n = 0;
	rec.ntasks = 0;
	rec.hash = HASH_START;
	rec.have_access = rec.muted = false;
	rec.values[0] = 0;
	rec.last_is_point = false;
	if (rec.held)
		memset(rec.held, 0, KSHIM_MAX_TASKS * sizeof(*rec.held));
}

void record_start(bool full)
{
	forget();
	kshim_sink.log = on_log;
	kshim_sink.event = full ? on_event : NULL;
	kshim_sink.object = full ? on_object : NULL;
	kshim_hot.slow = full;
	kshim_hot.detail = 1;
}

void record_stop(void)
{
	kshim_sink.event = NULL;
	kshim_sink.object = NULL;
	kshim_hot.slow = 0;
	kshim_hot.detail = 0;
}

void record_log_only(void)
{
	forget();
	kshim_sink.log = on_log;
	kshim_hot.detail = 1;
}

bool record_log_has(const char *text)
{
	unsigned int i;

	for (i = 0; i < rec.nlog; i++)
		if (strstr(rec.log[i].text, text))
			return true;
	return false;
}

unsigned long record_hash(void)
{
	return rec.hash;
}

void record_step(bool begin, const struct scn_step *step, long result)
{
	struct trace_event t = {
		.task = kshim_self()->id,
		.flags = begin ? TRACE_STEP_BEGIN : TRACE_STEP_END,
		.what = step->text, .after = result,
	};

	name_task(kshim_self());
	push(&t);
}

void record_values(const struct scenario *scn, const struct scn_expr *expr)
{
	struct scn_observable obs[16];
	size_t n = scn_expr_observables(expr, obs, 16), i;
	char buf[32];
	FILE *f;

	if (!kshim_hot.slow || rec.values[0])
		return;
	f = fmemopen(rec.values, sizeof(rec.values), "w");
	for (i = 0; f && i < n && i < 16; i++) {
		long v = outcomes_value(&obs[i]);

		fputs("  ", f);
		scn_observable_print(f, scn, &obs[i]);
		fprintf(f, " = %s\n", v == OUTCOME_NONE ? "(none)" :
			value_name(v, buf, sizeof(buf)));
	}
	if (f)
		fclose(f);
}

void record_again(const char *text)
{
	struct trace_event t = { .flags = TRACE_LOG, .what = text, .task = kshim_self()->id };

	push(&t);
	rec.muted = true;
}

/* Called in the context of the report: the stacks are there now. */
void record_fail(const char *text, bool allowed)
{
	struct trace_event t = { .flags = TRACE_FAIL, .what = keep(text) };
	const struct kshim_task *task;
	unsigned int i;

	t.task = kshim_self() ? kshim_self()->id : 0;
	rec.muted = rec.muted && allowed;
	push(&t);
	if (allowed || rec.report.n)
		return;
	rec.locks = kshim_lock_report;
	stack_here(&rec.report);
	rec.access = kshim_last_access;
	rec.have_access = kshim_last_access.valid;
	for (i = 0; rec.nblocked < REC_BLOCKED && (task = kshim_task_get(i)); i++) {
		struct rec_stack *b = &rec.blocked[rec.nblocked];
		const char *state;

		if (task->flags & (KSHIM_TASK_DAEMON | KSHIM_TASK_IDLE))
			continue;
		b->pid = KSHIM_FIRST_PID + (int)i;
		state = kshim_task_state(b->pid);
		if (*state != 'S' && *state != 'D')
			continue;
		b->state = *state;
		snprintf(b->comm, sizeof(b->comm), "%s", task->name);
		b->n = kshim_task_stack(task, b->pc, REC_STACK);
		rec.nblocked++;
	}
}
