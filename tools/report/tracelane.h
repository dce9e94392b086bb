/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the trace as a page: rows that are shown, and files they name. */
#ifndef REPORT_TRACELANE_H
#define REPORT_TRACELANE_H

#include "tracerow.h"

#define LANE_FILES   64
#define LANE_COLOURS 6

/**
 * struct lanes - a trace that is laid out
 * @row:	rows that are shown, in order
 * @n:		how many
 * @names:	of the tasks
 * @ntasks:	how many names
 * @lane:	of each task; -1: it has no row
 * @nlanes:	how many
 * @task:	of each lane
 * @file:	names of files, each once
 * @nfiles:	how many
 */
struct lanes {
	const struct trace_row **row;
	size_t n;
	const char *const *names;
	unsigned int ntasks;
	int lane[TRACE_COLUMNS];
	unsigned int nlanes;
	unsigned int task[TRACE_COLUMNS];
	const char *file[LANE_FILES];
	unsigned int nfiles;
};

/* Number of a row's file among those with source; -1: it has no line. */
int lanes_file(const struct lanes *l, const struct trace_row *row);

/* The lines of source that the rows name, with some around them. */
void lanes_source(FILE *f, const struct lanes *l, const struct trace_resolver *res);

#endif
