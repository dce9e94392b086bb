/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/tracepoint.h as far as a module needs it that declares its
 * own: up to three arguments, integers or pointers. A hit is handed to the
 * observer that the harness installed; without one it does nothing.
 */
#ifndef _LINUX_TRACEPOINT_H
#define _LINUX_TRACEPOINT_H

#define TP_PROTO(args...)	args
#define TP_ARGS(args...)	args

void __kshim_trace_hit(const char *name, long a, long b, long c);

#define __KSHIM_TRACE_PICK(a, b, c, ...)	(long)(a), (long)(b), (long)(c)
#define __KSHIM_TRACE_ARGS(...)	__KSHIM_TRACE_PICK(__VA_ARGS__, 0, 0, 0)

#define DECLARE_TRACE(name, proto, args)				\
static inline void trace_##name(proto)					\
{									\
	__kshim_trace_hit(#name, __KSHIM_TRACE_ARGS(args));		\
}
#define DEFINE_TRACE(name, proto, args)

#endif
