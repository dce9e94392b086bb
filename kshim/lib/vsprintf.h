/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to kshim/lib: what formatting and its %p extensions share. */
#ifndef KSHIM_LIB_VSPRINTF_H
#define KSHIM_LIB_VSPRINTF_H

#include <linux/stdarg.h>
#include <linux/types.h>
#include "engine/engine.h"

#define SP_LEFT		1u
#define SP_PLUS		2u
#define SP_SPACE	4u
#define SP_ALT		8u
#define SP_ZERO		16u
#define SP_UPPER	32u
#define SP_SIGNED	64u

struct kshim_out {
	char *buf;
	size_t size;
	size_t pos;		/* may run past @size */
};

struct kshim_spec {
	unsigned int flags;
	unsigned int base;
	int width;
	int prec;		/* -1: none */
};

void kshim_putc(struct kshim_out *o, char c);
void kshim_puts(struct kshim_out *o, const char *s, struct kshim_spec sp);
void kshim_putnum(struct kshim_out *o, unsigned long long v, struct kshim_spec sp);
void kshim_format(struct kshim_out *o, const char *fmt, va_list *ap);

/* @f: behind the 'p'; returns the rest of the format. */
const char *kshim_pointer(struct kshim_out *o, const char *f, void *p,
			  struct kshim_spec sp);

#endif
