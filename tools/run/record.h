/* SPDX-License-Identifier: GPL-2.0-only */
/* What record.c collects and explain.c turns into text. */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include <stdbool.h>

#include "engine/host.h"
#include "engine/lockgraph.h"
#include "report/trace.h"

#define REC_STACK	24
#define REC_CALLERS	16
#define REC_BLOCKED	16
#define MAX_LOG		512
#define KSHIM_FIRST_PID	REC_FIRST_PID
#define REC_FIRST_PID	100

struct rec_stack {
	const void *pc[REC_STACK];
	unsigned int n;
	int pid;
	char comm[24];
	char state;
};

struct rec_held {
	struct trace_event ev;
	const void *callers[REC_CALLERS];
	bool set;
};

struct rec_object {
	const void *p;
	struct rec_stack alloc, free;
};

struct rec_log {
	int level;
	const char *text;
};

struct recording {
	struct trace_event *ev;
	const void *(*callers)[REC_CALLERS];	/* of each event; NULL ends */
	size_t nev, ev_room, callers_room;
	unsigned short pending;
	struct rec_held *held;	/* per task: operation that waits for the task to go on */
	bool last_is_point;	/* the newest event may still be put off */
	char names[KSHIM_MAX_TASKS][24];
	unsigned int ntasks;
	unsigned long hash;
	struct rec_log log[MAX_LOG];
	unsigned int nlog;
	char **strings;
	size_t nstrings, strings_room;
	struct rec_object *objects;
	size_t nobjects, objects_room;
	struct rec_stack report, blocked[REC_BLOCKED];
	unsigned int nblocked;
	char values[1024];	/* read by a clause that failed, a line each */
	struct kshim_access access;
	struct kshim_lock_report locks;
	bool have_access;
	bool muted;		/* the same again is not told */
};

extern struct recording rec;

struct rec_object *record_object(const void *p);

/* tracefilter.c */
void trace_tell(void);
/* Is this the code under test or a driver, not the shim? */
bool trace_told(const void *pc);
size_t trace_filter(struct trace_event *ev, size_t n);
size_t trace_shorten(struct trace_event *ev, size_t n);

#endif
