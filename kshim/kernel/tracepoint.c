// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tracepoints. Mirrors kernel/tracepoint.c.
 *
 * The kernel guarantees: a probe sees every hit with its arguments, in the
 * context of the task that hit it.
 *
 * We give: the same, to one observer. We do not give: register_trace_*() for
 * code under test, filters, per-CPU buffers.
 */
#include <linux/tracepoint.h>

#include "engine/engine.h"

void __kshim_trace_hit(const char *name, long a, long b, long c)
{
	kshim_tracepoint(name, a, b, c);
}
