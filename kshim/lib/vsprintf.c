// SPDX-License-Identifier: GPL-2.0-only
/*
 * Formatted output. Mirrors lib/vsprintf.c.
 *
 * The kernel guarantees: snprintf() gives the length that it would have
 * needed, scnprintf() the length that is there; no floating point, no %n.
 * Given: that and the %p extensions of pointer.c. Not given: addresses are
 * never hashed and symbols stay addresses, the reports translate them.
 */
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "lib/vsprintf.h"

void kshim_putc(struct kshim_out *o, char c)
{
	if (o->pos < o->size)
		o->buf[o->pos] = c;
	o->pos++;
}

static void pad(struct kshim_out *o, char c, int n)
{
	while (n-- > 0)
		kshim_putc(o, c);
}

/* Strings may be anywhere; a freed one in the arena is a bad access. */
void kshim_puts(struct kshim_out *o, const char *s, struct kshim_spec sp)
{
	int len = 0;

	if (!s)
		s = "(null)";
	else if ((unsigned long)s < 4096 || IS_ERR(s))
		s = "(efault)";
	for (; sp.prec < 0 || len < sp.prec; len++) {
		if (unlikely(!kshim_addressable(s + len, 1)))
			kshim_bad_access(s + len, 1, 0, __builtin_return_address(0));
		if (!s[len])
			break;
	}
	if (!(sp.flags & SP_LEFT))
		pad(o, ' ', sp.width - len);
	for (sp.prec = 0; sp.prec < len; sp.prec++)
		kshim_putc(o, s[sp.prec]);
	if (sp.flags & SP_LEFT)
		pad(o, ' ', sp.width - len);
}

void kshim_putnum(struct kshim_out *o, unsigned long long v, struct kshim_spec sp)
{
	char tmp[24], sign = 0;
	int n = 0, digits, pre;

	if ((sp.flags & SP_SIGNED) && (long long)v < 0) {
		sign = '-';
		v = -v;
	} else if (sp.flags & SP_SIGNED) {
		sign = sp.flags & SP_PLUS ? '+' : sp.flags & SP_SPACE ? ' ' : 0;
	}
	pre = sp.flags & SP_ALT ? (sp.base == 16 ? 2 : sp.base == 8) : 0;
	do {
		unsigned int d = v % sp.base;

		tmp[n++] = d < 10 ? '0' + d : (sp.flags & SP_UPPER ? 'A' : 'a') + d - 10;
	} while ((v /= sp.base) != 0);
	digits = n > sp.prec ? n : sp.prec;
	if ((sp.flags & (SP_ZERO | SP_LEFT)) == SP_ZERO && sp.prec < 0 &&
	    sp.width > digits + pre + !!sign)
		digits = sp.width - pre - !!sign;
	sp.width -= digits + pre + !!sign;
	if (!(sp.flags & SP_LEFT))
		pad(o, ' ', sp.width);
	if (sign)
		kshim_putc(o, sign);
	if (pre)
		kshim_putc(o, '0');
	if (pre == 2)
		kshim_putc(o, sp.flags & SP_UPPER ? 'X' : 'x');
	pad(o, '0', digits - n);
	while (n)
		kshim_putc(o, tmp[--n]);
	if (sp.flags & SP_LEFT)
		pad(o, ' ', sp.width);
}

static const char *parse_flags(const char *f, struct kshim_spec *sp)
{
	for (;; f++) {
		if (*f == '-')
			sp->flags |= SP_LEFT;
		else if (*f == '+')
			sp->flags |= SP_PLUS;
		else if (*f == ' ')
			sp->flags |= SP_SPACE;
		else if (*f == '#')
			sp->flags |= SP_ALT;
		else if (*f == '0')
			sp->flags |= SP_ZERO;
		else
			return f;
	}
}

static const char *parse_int(const char *f, int *n)
{
	for (*n = 0; isdigit(*f); f++)
		*n = *n * 10 + *f - '0';
	return f;
}

/* Length modifiers become 'H' (hh), 'h', 'l', 'L' (ll and L), 'z', 't'. */
static const char *parse_length(const char *f, char *length)
{
	*length = 0;
	if (*f == 'h' || *f == 'l') {
		*length = *f++;
		if (*f == *length) {
			*length = *f == 'h' ? 'H' : 'L';
			f++;
		}
	} else if (*f == 'L' || *f == 'z' || *f == 't' || *f == 'Z') {
		*length = *f++;
	}
	return f;
}

static unsigned long long get_num(va_list *ap, char length, bool sign)
{
	unsigned int v;

	if (length == 'L')
		return va_arg(*ap, unsigned long long);
	if (length == 'l' || length == 'z' || length == 't' || length == 'Z')
		return va_arg(*ap, unsigned long);
	v = va_arg(*ap, unsigned int);
	if (length == 'h')
		return sign ? (unsigned long long)(short)v : (unsigned short)v;
	if (length == 'H')
		return sign ? (unsigned long long)(signed char)v : (unsigned char)v;
	return sign ? (unsigned long long)(int)v : v;
}

static const char *convert(struct kshim_out *o, const char *f, va_list *ap)
{
	struct kshim_spec sp = { .width = 0, .prec = -1, .base = 10 };
	char length;

	f = parse_flags(f, &sp);
	if (*f == '*') {
		sp.width = va_arg(*ap, int);
		f++;
		if (sp.width < 0) {
			sp.width = -sp.width;
			sp.flags |= SP_LEFT;
		}
	} else {
		f = parse_int(f, &sp.width);
	}
	if (*f == '.' && f[1] == '*') {
		sp.prec = va_arg(*ap, int);
		f += 2;
	} else if (*f == '.') {
		f = parse_int(f + 1, &sp.prec);
	}
	f = parse_length(f, &length);
	switch (*f) {
	case '%':
		kshim_putc(o, '%');
		break;
	case 'c': {
		char c = va_arg(*ap, int);

		if (!(sp.flags & SP_LEFT))
			pad(o, ' ', sp.width - 1);
		kshim_putc(o, c);
		if (sp.flags & SP_LEFT)
			pad(o, ' ', sp.width - 1);
		break;
	}
	case 's':
		kshim_puts(o, va_arg(*ap, const char *), sp);
		break;
	case 'p':
		return kshim_pointer(o, f + 1, va_arg(*ap, void *), sp);
	case 'd':
	case 'i':
		sp.flags |= SP_SIGNED;
		kshim_putnum(o, get_num(ap, length, true), sp);
		break;
	case 'X':
		sp.flags |= SP_UPPER;
		fallthrough;
	case 'x':
		sp.base = 16;
		kshim_putnum(o, get_num(ap, length, false), sp);
		break;
	case 'o':
		sp.base = 8;
		fallthrough;
	case 'u':
		kshim_putnum(o, get_num(ap, length, false), sp);
		break;
	default:
		kshim_putc(o, '%');
		return f;
	}
	return f + 1;
}

void kshim_format(struct kshim_out *o, const char *fmt, va_list *ap)
{
	while (*fmt) {
		if (*fmt == '%')
			fmt = convert(o, fmt + 1, ap);
		else
			kshim_putc(o, *fmt++);
	}
}

/**
 * vsnprintf() - format into a buffer
 * @buf:	where to; may be NULL when @size is 0
 * @size:	room, with the end
 * @fmt:	format
 * @args:	arguments
 *
 * Return: the length without the end that enough room would have given.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct kshim_out o = { .buf = buf, .size = size };
	va_list ap;

	if (size > 0x7fffffff)
		return 0;
	va_copy(ap, args);
	kshim_format(&o, fmt, &ap);
	va_end(ap);
	if (size)
		buf[o.pos < size ? o.pos : size - 1] = 0;
	return o.pos;
}

/* As vsnprintf(), but returns the length that is in the buffer. */
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int n = vsnprintf(buf, size, fmt, args);

	if (n < size)
		return n;
	return size ? (int)size - 1 : 0;
}
