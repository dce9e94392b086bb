// SPDX-License-Identifier: GPL-2.0-only
/*
 * The callers of vsnprintf(). Mirrors lib/vsprintf.c and lib/kasprintf.c;
 * the allocating ones can fail like any other allocation.
 */
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define FORWARD(call)							\
({									\
	va_list ap;							\
	int n;								\
									\
	va_start(ap, fmt);						\
	n = call;							\
	va_end(ap);							\
	n;								\
})

int sprintf(char *buf, const char *fmt, ...)
{
	return FORWARD(vsnprintf(buf, INT_MAX, fmt, ap));
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	return FORWARD(vsnprintf(buf, size, fmt, ap));
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	return FORWARD(vscnprintf(buf, size, fmt, ap));
}

/**
 * kvasprintf() - format into an allocation of the right size
 * @gfp:	allocation context
 * @fmt:	format
 * @args:	arguments
 *
 * Return: the string, for kfree(); NULL without memory.
 */
char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	char buf[64];
	int n = vsnprintf(buf, sizeof(buf), fmt, args);
	char *p = kmalloc(n + 1, gfp);

	if (p && n < (int)sizeof(buf))
		__builtin_memcpy(p, buf, n + 1);
	else if (p)
		vsnprintf(p, n + 1, fmt, args);
	return p;
}

/* For kfree_const(): a format that is only a string is not copied. */
const char *kvasprintf_const(gfp_t gfp, const char *fmt, va_list args)
{
	va_list ap;
	const char *s;

	if (!strchr(fmt, '%'))
		return kstrdup_const(fmt, gfp);
	if (!strcmp(fmt, "%s")) {
		va_copy(ap, args);
		s = va_arg(ap, const char *);
		va_end(ap);
		return kstrdup_const(s, gfp);
	}
	return kvasprintf(gfp, fmt, args);
}

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = kvasprintf(gfp, fmt, ap);
	va_end(ap);
	return p;
}
