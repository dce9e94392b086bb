// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults, WARN and BUG as x86 prints them.
 *
 * Registers, code bytes and the module list are left out: there are none.
 */
#include "reportpart.h"
#include "symbol.h"

static const char cut_here[] = "------------[ cut here ]------------\n";
static const char end_trace[] = "---[ end trace 0000000000000000 ]---\n";

static void body(FILE *f, const struct report *r)
{
	report_cpu_line(f, r);
	report_rip(f, r);
	report_call_trace(f, r, &r->stack);
	fputs(end_trace, f);
}

void report_oops(FILE *f, const struct report *r, const char *title)
{
	if (r->kind == REPORT_BUG) {
		fputs(cut_here, f);
		if (r->headline)
			fprintf(f, "%s\n", r->headline);
		fprintf(f, "%s\n%sinvalid opcode: 0000 [#1] SMP\n", title,
			r->kver >= REPORT_KVER(6, 10) ? "Oops: " : "");
	} else {
		fprintf(f, "%s\n", title);
	}
	if (r->kind == REPORT_NULL || r->kind == REPORT_FAULT) {
		fprintf(f, "#PF: supervisor %s access in kernel mode\n",
			r->write ? "write" : "read");
		fprintf(f, "#PF: error_code(0x%04x) - not-present page\n", r->write ? 2 : 0);
		fprintf(f, "Oops: %s%04x [#1] SMP\n",
			r->kver >= REPORT_KVER(6, 10) ? "Oops: " : "", r->write ? 2 : 0);
	}
	body(f, r);
}

void report_warn(FILE *f, const struct report *r, const char *title)
{
	fputs(cut_here, f);
	if (r->headline)
		fprintf(f, "%s\n", r->headline);
	fprintf(f, "%s\n", title);
	body(f, r);
}
