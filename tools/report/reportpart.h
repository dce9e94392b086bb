/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the reports: parts that several of them share. */
#ifndef REPORT_REPORTPART_H
#define REPORT_REPORTPART_H

#include "kasan.h"

/* "CPU: 0 PID: 7 Comm: user Not tainted 5.10.262" */
void report_cpu_line(FILE *f, const struct report *r);

/* "Call Trace:" and the stack of the running task, marked as the version does. */
void report_call_trace(FILE *f, const struct report *r, const struct report_stack *s);

/* "RIP: 0010:func+0x1c/0x90" */
void report_rip(FILE *f, const struct report *r);

/* " in func+0x1c/0x90": the function a kernel would name for a stack. */
void report_where(FILE *f, const struct report *r);

void report_kasan(FILE *f, const struct report *r, const char *title);
void report_oops(FILE *f, const struct report *r, const char *title);
void report_warn(FILE *f, const struct report *r, const char *title);
void report_stuck(FILE *f, const struct report *r, const char *title);
void report_leak(FILE *f, const struct report *r, const char *title);
void report_locks(FILE *f, const struct report *r);
void report_race(FILE *f, const struct report *r, const char *title);

/* "1 lock held by ...", a line each; see locks.c. */
struct report_lock;
void report_held(FILE *f, const struct report *r, const struct report_task *t,
		 const struct report_lock *l, unsigned int n);

#endif
