/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The trace of a schedule, one column per task.
 */
#ifndef REPORT_TRACE_H
#define REPORT_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "result.h"
#include "symbol.h"

/* What an event is, beyond a point; several may be set. */
#define TRACE_SWITCH		0x001	/* another task ran before this event */
#define TRACE_PREEMPT		0x002	/* ... and could have gone on */
#define TRACE_ENTER		0x004	/* of a function */
#define TRACE_LEAVE		0x008
#define TRACE_NOTE		0x010	/* before and after are values */
#define TRACE_STEP_BEGIN	0x020	/* what is the scenario's text */
#define TRACE_STEP_END		0x040	/* after is the result */
#define TRACE_BLOCK		0x080	/* the task stops running */
#define TRACE_WAKE		0x100	/* the task may run again */
#define TRACE_FAIL		0x200	/* what is the report's line */
#define TRACE_LOG		0x400	/* what is a line of kernel log */
#define TRACE_SHARED		0x800	/* changes what another task uses */

#define TRACE_VALUE		0x1000	/* before is what a read sees */
#define TRACE_DIFFERS		0x2000	/* ... and after what it sees where it passes */
#define TRACE_DECIDES		0x4000	/* one of the two whose order decides */
/* With no other flag than these it is a plain point. */
#define TRACE_OF_POINT		(TRACE_SWITCH | TRACE_PREEMPT | TRACE_SHARED | TRACE_VALUE | \
				 TRACE_DIFFERS | TRACE_DECIDES)

/**
 * struct trace_event - one step of one task
 * @task:	index in the names
 * @op:		enum kshim_op, of a point
 * @flags:	TRACE_*; none: a plain point
 * @pc:		return address of the operation; may be NULL
 * @obj:	address the operation works on
 * @size:	of the object, bytes
 * @what:	name of a value, text of a step, a lock, a report; may be NULL
 * @before:	old value of a note
 * @after:	new value of a note, result of a step
 */
struct trace_event {
	unsigned int task;
	unsigned char op;
	unsigned short flags;
	const void *pc;
	const void *obj;
	unsigned int size;
	const char *what;
	long before;
	long after;
};

/**
 * struct trace_resolver - how addresses become text; for tests
 * @lookup:	as sym_lookup_ret()
 * @source:	as sym_source_line()
 * @data:	as sym_name_data()
 * @text:	as sym_source_text(); NULL: there is no source to show
 */
struct trace_resolver {
	const struct sym_frame *(*lookup)(const void *pc, unsigned int *n);
	const char *(*source)(const char *file, unsigned int line);
	const char *(*data)(const void *addr);
	const char *(*text)(const char *file, unsigned int line);
};

/**
 * struct trace_opts - how to print
 * @width:	characters; 0: the terminal's, or 100
 * @full:	every event, nothing condensed
 * @headline:	the report's line, ends the trace; NULL: only a FAIL event does
 * @headline_task: whose report it is
 * @preemptions: needed for the failure; -1: do not say
 * @need:	what is known about fewer
 * @steps_from:	steps of the scenario before it was minimised; 0: do not say
 * @steps:	that are enough
 * @resolver:	NULL: our own symbols
 */
struct trace_opts {
	unsigned int width;
	bool full;
	const char *headline;
	unsigned int headline_task;
	int preemptions;
	enum run_need need;
	unsigned int steps_from, steps;
	const struct trace_resolver *resolver;
};

/**
 * trace_print() - print a schedule in columns
 * @out:	where to
 * @ev:		events in the order of the schedule
 * @n:		how many
 * @names:	of the tasks, indexed by trace_event.task
 * @ntasks:	how many names; tasks without events get no column
 * @opts:	NULL: defaults
 *
 * Return: number of rows, or -1 without memory.
 */
int trace_print(FILE *out, const struct trace_event *ev, size_t n,
		const char *const *names, unsigned int ntasks,
		const struct trace_opts *opts);

/**
 * trace_html() - the same rows as a part of a page: lanes, and the source beside
 * @out:	where to
 * @ev:		as for trace_print()
 * @n:		how many
 * @names:	of the tasks
 * @ntasks:	how many names
 * @opts:	width is not read
 *
 * A row has the id "rN", a line of source "sF-LINE", F a number of its file.
 *
 * Return: 0, or -1 without memory.
 */
int trace_html(FILE *out, const struct trace_event *ev, size_t n, const char *const *names,
	       unsigned int ntasks, const struct trace_opts *opts);

#endif
