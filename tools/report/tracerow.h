/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the trace: rows between choosing and laying out. */
#ifndef REPORT_TRACEROW_H
#define REPORT_TRACEROW_H

#include "trace.h"

struct trace_row {
	unsigned int task;
	unsigned int depth;
	char *text;
	char *value;		/* behind the text, never cut; or NULL */
	const char *file;
	unsigned int lo, hi;	/* lines; hi == lo: one; 0: none */
	bool preempt;
	bool point;		/* a plain point: a value of its line replaces it */
	bool soft;		/* stands for points that are not shown */
	bool dropped;
	bool headline;
	bool decides;
	bool heading;		/* a function is entered */
	unsigned short flags;	/* of its event */
};

struct trace_rows {
	struct trace_row *row;
	size_t n;
	size_t room;
};

/**
 * trace_plan() - choose and word the rows of a trace
 * @rows:	empty; filled
 * @ev:		events
 * @n:		how many
 * @ntasks:	tasks are below this
 * @opts:	never NULL, resolver set
 *
 * Return: 0, or -1 without memory.
 */
int trace_plan(struct trace_rows *rows, const struct trace_event *ev, size_t n,
	       unsigned int ntasks, const struct trace_opts *opts);
void trace_rows_free(struct trace_rows *rows);

/**
 * trace_keep() - mark the events that a condensed trace shows
 * @keep:	one per event, zeroed
 * @ev:		events
 * @n:		how many
 */
void trace_keep(bool *keep, const struct trace_event *ev, size_t n);

/**
 * trace_words() - what a row says
 * @e:		its event; no step, no call
 * @at:		frame whose line is told; may be NULL
 * @o:		resolver and full are read
 *
 * Return: a new string, or NULL without memory.
 */
char *trace_words(const struct trace_event *e, const struct sym_frame *at,
		  const struct trace_opts *o);

/* What a read sees, here and where it passes; NULL: the same, or unknown. */
char *trace_value(const struct trace_event *e);

/* Columns at most. */
#define TRACE_COLUMNS	64

/* Symbols of our own program. */
extern const struct trace_resolver trace_own_symbols;

/* "vfio.c:1264", "vfio.c:1264-1270", or "". Return: its length. */
int trace_place(const struct trace_row *row, char *buf, size_t len);

/* The sentences below a trace: what decides, what it needs. */
void trace_print_end(FILE *out, const struct trace_rows *rows, const struct trace_opts *o);

#endif
