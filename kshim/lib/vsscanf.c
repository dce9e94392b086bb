// SPDX-License-Identifier: GPL-2.0-only
/*
 * sscanf(). Mirrors lib/vsprintf.c's vsscanf().
 *
 * Given: white space, %d %i %u %x %o with widths and hh h l ll z, %s, %c, %n
 * and %*. Not given: %[...]; it ends the scan.
 */
#include <linux/ctype.h>
#include <linux/kstrtox.h>
#include <linux/sprintf.h>
#include <linux/string.h>

static void store(void *p, char length, unsigned long long v)
{
	switch (length) {
	case 'H':
		*(u8 *)p = v;
		break;
	case 'h':
		*(u16 *)p = v;
		break;
	case 'l':
	case 'z':
	case 'L':
		*(u64 *)p = v;
		break;
	default:
		*(u32 *)p = v;
	}
}

/* Copies at most @width characters of a number; simple_strtoull() does the rest. */
static const char *number(const char *s, int width, unsigned int base,
			  unsigned long long *v)
{
	char tmp[32], *end;
	bool minus = false;
	size_t n = 0;

	s = skip_spaces(s);
	if (*s == '-' || *s == '+') {
		minus = *s++ == '-';
		width -= width > 0;
	}
	while (n < sizeof(tmp) - 1 && (!width || n < (size_t)width) && isxdigit(s[n] == 'x' || s[n] == 'X' ? '0' : s[n])) {
		tmp[n] = s[n];
		n++;
	}
	tmp[n] = 0;
	*v = simple_strtoull(tmp, &end, base);
	if (end == tmp)
		return NULL;
	if (minus)
		*v = -*v;
	return s + (end - tmp);
}

static const char *length_of(const char *f, char *length)
{
	*length = 0;
	if (*f == 'h' || *f == 'l' || *f == 'z' || *f == 'L') {
		*length = *f++;
		if (*f == *length) {
			*length = *f == 'h' ? 'H' : 'L';
			f++;
		}
	}
	return f;
}

static int scan(const char *buf, const char *f, va_list *ap)
{
	const char *s = buf;
	int done = 0;

	while (*f) {
		unsigned long long v;
		int width = 0, skip = 0, base = 10;
		char length, *to;

		if (isspace(*f)) {
			f = skip_spaces(f);
			s = skip_spaces(s);
			continue;
		}
		if (*f != '%' || f[1] == '%') {
			f += *f == '%';
			if (*s != *f)
				return done;
			s++;
			f++;
			continue;
		}
		f++;
		if (*f == '*') {
			skip = 1;
			f++;
		}
		for (; isdigit(*f); f++)
			width = width * 10 + *f - '0';
		f = length_of(f, &length);
		if (*f == 'n') {
			store(va_arg(*ap, void *), length, s - buf);
			f++;
			continue;
		}
		if (!*s)
			return done;
		switch (*f++) {
		case 'c':
			to = skip ? NULL : va_arg(*ap, char *);
			for (width = width ? : 1; width-- && *s; s++)
				if (to)
					*to++ = *s;
			break;
		case 's':
			to = skip ? NULL : va_arg(*ap, char *);
			for (s = skip_spaces(s); *s && !isspace(*s) && width != 1; s++, width--)
				if (to)
					*to++ = *s;
			if (width == 1 && *s && !isspace(*s)) {
				if (to)
					*to++ = *s;
				s++;
			}
			if (to)
				*to = 0;
			break;
		case 'x':
		case 'X':
			base = 16;
			goto num;
		case 'o':
			base = 8;
			goto num;
		case 'i':
			base = 0;
			goto num;
		case 'd':
		case 'u':
num:
			s = number(s, width, base, &v);
			if (!s)
				return done;
			if (!skip)
				store(va_arg(*ap, void *), length, v);
			break;
		default:
			return done;
		}
		done += !skip;
	}
	return done;
}

/**
 * sscanf() - parse a string
 * @buf:	the string
 * @fmt:	format
 *
 * Return: how many conversions were stored.
 */
int sscanf(const char *buf, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = scan(buf, fmt, &ap);
	va_end(ap);
	return n;
}
