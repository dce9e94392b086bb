// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a reader needs to see of a schedule: what was done around each switch,
 * every change of a value, every step, block and wake-up, and the end.
 */
#include "tracerow.h"

#define AROUND_SWITCH	2
#define AT_END		6

#define NOT_A_POINT	(TRACE_ENTER | TRACE_LEAVE | TRACE_STEP_BEGIN | TRACE_STEP_END)
#define ALWAYS		(TRACE_NOTE | TRACE_STEP_BEGIN | TRACE_STEP_END | TRACE_BLOCK | \
			 TRACE_WAKE | TRACE_FAIL | TRACE_LOG | TRACE_SHARED | \
			 TRACE_DIFFERS | TRACE_DECIDES)

static void mark_back(bool *keep, const struct trace_event *ev, size_t from, int n)
{
	while (from-- && n)
		if (!(ev[from].flags & NOT_A_POINT)) {
			keep[from] = true;
			n--;
		}
}

static void mark_forward(bool *keep, const struct trace_event *ev, size_t from,
			 size_t end, int n)
{
	for (; from < end && n; from++)
		if (!(ev[from].flags & NOT_A_POINT)) {
			keep[from] = true;
			n--;
		}
}

void trace_keep(bool *keep, const struct trace_event *ev, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (ev[i].flags & ALWAYS)
			keep[i] = true;
		if (ev[i].flags & TRACE_SWITCH) {
			mark_back(keep, ev, i, AROUND_SWITCH);
			mark_forward(keep, ev, i, n, AROUND_SWITCH);
		}
	}
	mark_back(keep, ev, n, AT_END);
}
