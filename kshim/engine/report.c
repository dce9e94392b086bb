// SPDX-License-Identifier: GPL-2.0-only
/* Reports, log lines, trace events: from the shim to whoever listens. */
#include <stdarg.h>
#include <stdio.h>

#include "task.h"

struct kshim_sink kshim_sink;
struct kshim_access kshim_last_access KSHIM_RUN_STATE;

KSHIM_ORACLE(kshim_oracle_kasan, "kasan",
	     "use-after-free, double free, out-of-bounds: every access is checked");

static int deliver(struct kshim_oracle *o, int fatal, const char *fmt, va_list ap)
{
	char text[512];

	vsnprintf(text, sizeof(text), fmt, ap);
	return kshim_sink.report ? kshim_sink.report(o, fatal, text) : 0;
}

void kshim_report(struct kshim_oracle *o, int fatal, const char *fmt, ...)
{
	va_list ap;
	int allowed;

	if (o->off && !fatal)
		return;
	va_start(ap, fmt);
	allowed = deliver(o, fatal, fmt, ap);
	va_end(ap);
	if (!allowed || fatal)
		kshim_leave(KSHIM_END_REPORT);
}

void kshim_die(struct kshim_oracle *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	deliver(o, 1, fmt, ap);
	va_end(ap);
	kshim_leave(KSHIM_END_REPORT);
}

void kshim_bad_access(const void *addr, unsigned long size, int write, const void *pc)
{
	unsigned long off = (unsigned long)addr - KSHIM_ARENA_BASE;
	const unsigned char *shadow = (const unsigned char *)KSHIM_SHADOW_BASE;
	unsigned long i = off >> 3, last = (off + size - 1) >> 3;
	const char *kind;

	while (i < last && !shadow[i])
		i++;
	kshim_last_access.valid = 1;
	kshim_last_access.addr = addr;
	kshim_last_access.size = size;
	kshim_last_access.write = write;
	kshim_last_access.pc = pc;
	kshim_last_access.fp = NULL;
	kshim_last_access.shadow = shadow[i];
	switch (shadow[i]) {
	case KSHIM_SHADOW_FREED:
		kind = "use-after-free";
		break;
	case KSHIM_SHADOW_UNUSED:
		kind = "wild-memory-access";
		break;
	default:
		kind = "slab-out-of-bounds";
		break;
	}
	kshim_die(&kshim_oracle_kasan, "KASAN: %s", kind);
}

void kshim_log(int level, const char *text)
{
	if (kshim_sink.log)
		kshim_sink.log(level, text);
}

void kshim_tracepoint(const char *name, long a, long b, long c)
{
	/* Whoever listens sees the order of those with the same first argument. */
	kshim_touch(KSHIM_WRITE, (const void *)((unsigned long)a | 1UL << 62), 1);
	if (kshim_sink.tracepoint)
		kshim_sink.tracepoint(name, a, b, c);
}

void kshim_event(enum kshim_event_kind kind, struct etask *t, enum kshim_op op,
		 const void *obj, unsigned long size, const void *pc)
{
	struct kshim_event ev = {
		.kind = kind, .task = t ? &t->t : NULL, .op = op, .obj = obj,
		.size = size, .pc = pc, .after = (long)kshim_now(),
	};

	if (kshim_sink.event)
		kshim_sink.event(&ev);
}

void kshim_note_slow(const char *what, const void *obj, long before, long after)
{
	struct kshim_event ev = {
		.kind = KSHIM_EV_NOTE, .task = kshim_self(), .obj = obj,
		.what = what, .before = before, .after = after,
		.pc = __builtin_return_address(0),
	};

	if (kshim_sink.event)
		kshim_sink.event(&ev);
}

void kshim_bad_free(const void *p);
void kshim_bad_free(const void *p)
{
	kshim_last_access.valid = 1;
	kshim_last_access.addr = p;
	kshim_last_access.size = 1;
	kshim_last_access.write = 1;
	kshim_last_access.pc = __builtin_return_address(0);
	kshim_last_access.fp = NULL;
	kshim_last_access.shadow = KSHIM_SHADOW_FREED;
	kshim_die(&kshim_oracle_kasan, "KASAN: double-free or invalid-free");
}

void kshim_slab_event(const void *p, unsigned long size, int alive);
void kshim_slab_event(const void *p, unsigned long size, int alive)
{
	if (kshim_sink.object)
		kshim_sink.object(p, size, NULL, alive);
}
