// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strict number parsing. Mirrors lib/kstrtox.c.
 *
 * The kernel guarantees: the whole string is one number, with an optional
 * sign and one optional newline behind it; base 0 knows 0x and a leading 0;
 * -EINVAL for anything else, -ERANGE for what does not fit, and then the
 * result is left alone. Given: all of that.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>

static const char *number_base(const char *s, unsigned int *base)
{
	if (*base == 0) {
		if (s[0] != '0')
			*base = 10;
		else if (tolower(s[1]) == 'x' && isxdigit(s[2]))
			*base = 16;
		else
			*base = 8;
	}
	if (*base == 16 && s[0] == '0' && tolower(s[1]) == 'x')
		s += 2;
	return s;
}

/* 1: fits, 0: overflow; *end points behind the last digit. */
static int digits(const char *s, unsigned int base, unsigned long long *res,
		  const char **end)
{
	unsigned long long v = 0;
	int fits = 1;

	for (;; s++) {
		unsigned int d;

		if (isdigit(*s))
			d = *s - '0';
		else if (isalpha(*s))
			d = tolower(*s) - 'a' + 10;
		else
			break;
		if (d >= base)
			break;
		if (v > (ULLONG_MAX - d) / base)
			fits = 0;
		v = v * base + d;
	}
	*res = v;
	*end = s;
	return fits;
}

static int parse(const char *s, unsigned int base, unsigned long long *res)
{
	unsigned long long v;
	const char *end;
	int fits;

	s = number_base(s, &base);
	fits = digits(s, base, &v, &end);
	if (end == s)
		return -EINVAL;
	if (!fits)
		return -ERANGE;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	*res = v;
	return 0;
}

/**
 * kstrtoull() - parse an unsigned number
 * @s:		the string
 * @base:	2 to 36, or 0: as the prefix says
 * @res:	the number, untouched on errors
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	return parse(*s == '+' ? s + 1 : s, base, res);
}

/* As kstrtoull(), signed. */
int kstrtoll(const char *s, unsigned int base, long long *res)
{
	unsigned long long v;
	int ret;

	if (*s == '-') {
		ret = parse(s + 1, base, &v);
		if (ret)
			return ret;
		if (v > (unsigned long long)LLONG_MAX + 1)
			return -ERANGE;
		*res = (long long)-v;
		return 0;
	}
	ret = kstrtoull(s, base, &v);
	if (ret)
		return ret;
	if (v > LLONG_MAX)
		return -ERANGE;
	*res = v;
	return 0;
}

#define NARROW(name, type, wide, parser)				\
int name(const char *s, unsigned int base, type *res)			\
{									\
	wide v;								\
	int ret = parser(s, base, &v);					\
									\
	if (ret)							\
		return ret;						\
	if (v != (wide)(type)v)						\
		return -ERANGE;						\
	*res = (type)v;							\
	return 0;							\
}

NARROW(kstrtoul, unsigned long, unsigned long long, kstrtoull)
NARROW(kstrtol, long, long long, kstrtoll)
NARROW(kstrtouint, unsigned int, unsigned long long, kstrtoull)
NARROW(kstrtoint, int, long long, kstrtoll)
NARROW(kstrtou16, u16, unsigned long long, kstrtoull)
NARROW(kstrtou8, u8, unsigned long long, kstrtoull)

/**
 * kstrtobool() - parse a yes or no
 * @s:		y, n, 1, 0, on, off, in either case; what follows is ignored
 * @res:	the answer, untouched on errors
 *
 * Return: 0 or -EINVAL.
 */
int kstrtobool(const char *s, bool *res)
{
	int c = s ? tolower(s[0]) : 0;

	if (c == 'o') {
		c = tolower(s[1]);
		c = c == 'n' ? '1' : c == 'f' ? '0' : 0;
	}
	if (c != 'y' && c != '1' && c != 'n' && c != '0')
		return -EINVAL;
	*res = c == 'y' || c == '1';
	return 0;
}

unsigned long long simple_strtoull(const char *cp, char **endp, unsigned int base)
{
	unsigned long long v;
	const char *end;

	cp = number_base(cp, &base);
	digits(cp, base, &v, &end);
	if (endp)
		*endp = (char *)end;
	return v;
}

unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoull(cp, endp, base);
}

long simple_strtol(const char *cp, char **endp, unsigned int base)
{
	if (*cp == '-')
		return -(long)simple_strtoull(cp + 1, endp, base);
	return simple_strtoull(cp, endp, base);
}
