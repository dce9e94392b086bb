// SPDX-License-Identifier: GPL-2.0-only
/* From a recording to the texts of a failure: report and trace. */
#include <stdlib.h>
#include <string.h>

#include "kshim/slab.h"
#include "races.h"
#include "record.h"
#include "report/locks.h"
#include "run.h"

/* A longer trace is shortened to what has to do with the decision. */
#define MAX_ROWS	25

static struct report_stack stack_of(const struct rec_stack *s)
{
	return (struct report_stack){ .pc = s->pc, .n = s->n };
}

static void fill_object(struct report *r, const void *addr)
{
	struct kshim_object o;
	const struct rec_object *ro;

	if (!kshim_slab_find(addr, &o))
		return;
	r->obj = (unsigned long)o.addr;
	r->obj_size = o.size;
	r->cache = o.cache;
	r->cache_size = o.cache_size;
	ro = record_object(o.addr);
	if (!ro)
		return;
	r->alloc_task.comm = ro->alloc.comm;
	r->alloc_task.pid = ro->alloc.pid;
	r->alloc = stack_of(&ro->alloc);
	r->free_task.comm = ro->free.comm;
	r->free_task.pid = ro->free.pid;
	r->free = stack_of(&ro->free);
}

static void fill_access(struct report *r)
{
	const struct kshim_access *a = &rec.access;

	r->addr = (unsigned long)a->addr;
	r->size = (unsigned int)a->size;
	r->write = a->write;
}

/* "WARNING: at FILE:LINE: text", "kernel BUG at FILE:LINE!" */
static void fill_place(struct report *r, const char *text)
{
	static char file[160], rest[400];
	const char *at = strstr(text, " at "), *colon;
	unsigned int line = 0;
	int used = 0;

	r->headline = NULL;
	if (!at)
		return;
	at += 4;
	colon = strchr(at, ':');
	if (!colon || sscanf(colon + 1, "%u%n", &line, &used) != 1)
		return;
	snprintf(file, sizeof(file), "%.*s", (int)(colon - at), at);
	r->file = file;
	r->line = line;
	colon += 1 + used;
	if (*colon == ':') {
		snprintf(rest, sizeof(rest), "%s", colon + 2);
		r->headline = rest;
	}
}

static bool oracle_is(const struct verdict *v, const char *name)
{
	return !strcmp(v->oracle->name, name);
}

static struct report_lock lock_of(const struct kshim_lock_ref *ref)
{
	struct report_lock l = {
		.addr = (unsigned long)ref->lock, .pc = ref->pc,
		.usage = (unsigned char)kshim_lock_usage(ref->class),
		.wait = (unsigned char)kshim_lock_wait_type(ref->class),
		.read = ref->mode & KSHIM_LOCK_READ,
	};

	kshim_lock_name(ref->class, l.name, sizeof(l.name));
	return l;
}

static void fill_locks(struct report *r)
{
	static const enum report_locks_kind kinds[] = {
		[KSHIM_LOCKS_CIRCULAR] = REPORT_LOCKS_CIRCULAR,
		[KSHIM_LOCKS_RECURSIVE] = REPORT_LOCKS_RECURSIVE,
		[KSHIM_LOCKS_FREED] = REPORT_LOCKS_FREED,
		[KSHIM_LOCKS_IN_USER] = REPORT_LOCKS_IN_USER,
		[KSHIM_LOCKS_LEFT] = REPORT_LOCKS_LEFT,
		[KSHIM_LOCKS_UNBALANCED] = REPORT_LOCKS_UNBALANCED,
	};
	static struct report_locks l;
	const struct kshim_lock_report *from = &rec.locks;
	unsigned int i;

	r->kind = REPORT_LOCKS;
	r->locks = &l;
	l.kind = kinds[from->problem];
	l.completes = from->completes;
	l.next = lock_of(&from->next);
	l.prev = lock_of(&from->prev);
	l.nchain = from->nsteps;
	for (i = 0; i < l.nchain; i++) {
		struct kshim_lock_ref class = { .class = from->steps[i].class };

		l.chain[i] = lock_of(&class);
		l.trace[i].pc = from->steps[i].pcs;
		l.trace[i].n = from->steps[i].n;
	}
	l.nheld = from->nheld;
	for (i = 0; i < l.nheld; i++)
		l.held[i] = lock_of(&from->held[i]);
	l.from = from->from;
	l.to = from->to;
}

/* The stack from the access on, without the primitive that it was made by. */
static struct report_access race_side(const struct kshim_race_side *s)
{
	static struct report_lock locks[2][KSHIM_RACE_LOCKS];
	struct report_lock *l = locks[s == &races_last.before];
	unsigned int skip = 0, i;

	for (i = 0; i < s->nlocks; i++)
		l[i] = lock_of(&s->locks[i]);
	while (skip < s->nstack && s->stack[skip] != s->pc)
		skip++;
	if (skip == s->nstack)
		skip = 0;
	return (struct report_access){
		.task = { rec.names[s->task], REC_FIRST_PID + (int)s->task },
		.stack = { s->stack + skip, s->nstack - skip },
		.addr = (unsigned long)s->addr, .size = (unsigned int)s->size,
		.write = s->write, .marked = s->marked,
		.locks = l, .nlocks = s->nlocks,
	};
}

static void fill_race(struct report *r)
{
	const struct kshim_race_side *now = &races_last.now, *before = &races_last.before;

	r->kind = REPORT_RACE;
	r->race[0] = race_side(now);
	r->race[1] = race_side(before);
	/* Before and after the write that came first; of the other one it is not known. */
	r->values = before->write && before->has_value && now->has_value &&
		before->addr == now->addr && before->size == now->size;
	r->value[0] = before->value;
	r->value[1] = now->value;
}

static void fill_kind(struct report *r, const struct verdict *v)
{
	if (oracle_is(v, "kasan")) {
		r->kind = strstr(v->text, "double-free") ? REPORT_DOUBLE_FREE :
			strstr(v->text, "out-of-bounds") ? REPORT_OOB : REPORT_UAF;
		fill_access(r);
		fill_object(r, rec.access.addr);
	} else if (oracle_is(v, "oops") && rec.have_access) {
		r->kind = strstr(v->text, "NULL") ? REPORT_NULL :
			strstr(v->text, "non-canonical") ? REPORT_GPF :
			strstr(v->text, "page fault") ? REPORT_FAULT : REPORT_TEXT;
		fill_access(r);
		/* Found by a check in front of the access: then it is a return address. */
		r->fault_pc = rec.access.fp ? rec.access.pc :
			(const char *)rec.access.pc - 1;
		/* The interrupted frame is told as if it had made a call. */
		if (r->stack.n && rec.access.fp && r->stack.pc[0] == rec.access.pc)
			rec.report.pc[0] = (const char *)rec.access.pc + 1;
	} else if (oracle_is(v, "warn")) {
		r->kind = REPORT_WARN;
		fill_place(r, v->text);
	} else if (oracle_is(v, "bug") && strstr(v->text, "kernel BUG at")) {
		r->kind = REPORT_BUG;
		fill_place(r, v->text);
	} else if (oracle_is(v, "lockdep") || oracle_is(v, "lock-held") ||
		   oracle_is(v, "held-lock-freed")) {
		fill_locks(r);
	} else if (oracle_is(v, "data-race")) {
		fill_race(r);
	} else if (oracle_is(v, "deadlock")) {
		r->kind = REPORT_DEADLOCK;
	} else if (oracle_is(v, "hang") || oracle_is(v, "liveness")) {
		const char *why = strstr(v->text, "seconds. ");

		r->kind = REPORT_HUNG;
		r->why = why ? why + strlen("seconds. ") : NULL;
	}
}

static void make_report(struct report *r, const struct verdict *v,
			struct report_blocked *blocked)
{
	unsigned int i;

	memset(r, 0, sizeof(*r));
	r->kind = REPORT_TEXT;
	r->oracle = v->oracle->name;
	r->headline = v->text;
	r->version = run_kversion;
	r->kver = run_kver;
	r->task.comm = rec.report.comm;
	r->task.pid = rec.report.pid;
	r->stack = stack_of(&rec.report);
	for (i = 0; i < rec.nblocked; i++)
		blocked[i] = (struct report_blocked){
			.task = { rec.blocked[i].comm, rec.blocked[i].pid },
			.seconds = 120, .interruptible = rec.blocked[i].state == 'S',
			.stack = stack_of(&rec.blocked[i]),
		};
	r->blocked = blocked;
	r->nblocked = rec.nblocked;
	fill_kind(r, v);
}

char *record_report(const struct verdict *v)
{
	struct report_blocked blocked[REC_BLOCKED];
	struct report r;
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	if (!f)
		return NULL;
	make_report(&r, v, blocked);
	if (rec.report.n || rec.nblocked)
		report_print(f, &r);
	else			/* found from outside, when all was over */
		fprintf(f, "%s\n%s", v->text, rec.values);
	fclose(f);
	return text;
}

char *record_title(const struct verdict *v)
{
	struct report_blocked blocked[REC_BLOCKED];
	struct report r;
	char buf[512];

	make_report(&r, v, blocked);
	return strdup(report_title(&r, buf, sizeof(buf)));
}

/* How a trace is told; @names are those of the recording. */
static struct trace_opts trace_how(const struct verdict *v, const struct run_failure *f, bool full,
				   const char **names)
{
	struct trace_opts opts = {
		.full = full, .preemptions = f->preemptions, .need = f->need,
		.steps_from = f->steps_from, .steps = f->steps,
		.headline = v->oracle ? v->text : NULL,
	};
	unsigned int i;

	for (i = 0; i < KSHIM_MAX_TASKS; i++)
		names[i] = rec.names[i];
	for (i = 0; i < rec.ntasks; i++)
		if (!strcmp(rec.names[i], rec.report.comm))
			opts.headline_task = i;
	return opts;
}

char *record_trace(const struct verdict *v, const struct run_failure *f, bool full)
{
	const char *names[KSHIM_MAX_TASKS];
	struct trace_opts opts = trace_how(v, f, full, names);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	trace_tell();
	if (!full)
		rec.nev = trace_filter(rec.ev, rec.nev);
	if (trace_print(out, rec.ev, rec.nev, names, rec.ntasks, &opts) > MAX_ROWS && !full) {
		rec.nev = trace_shorten(rec.ev, rec.nev);
		rewind(out);
		trace_print(out, rec.ev, rec.nev, names, rec.ntasks, &opts);
		fputc(0, out);
	}
	fclose(out);
	return text;
}

char *record_html(const struct verdict *v, const struct run_failure *f, bool full)
{
	const char *names[KSHIM_MAX_TASKS];
	struct trace_opts opts = trace_how(v, f, full, names);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	trace_html(out, rec.ev, rec.nev, names, rec.ntasks, &opts);
	fclose(out);
	return text;
}
