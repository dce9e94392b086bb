// SPDX-License-Identifier: GPL-2.0-only
/* What of a text stays the same on another tree. */
#define _XOPEN_SOURCE 700
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "compare.h"

static size_t hex_digits(const char *p)
{
	size_t n = 0;

	while (isxdigit((unsigned char)p[n]))
		n++;
	return n;
}

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

/* Length of what begins at @p and differs by chance; @word: a word begins here */
static size_t by_chance(const char *line, const char *p, bool word)
{
	size_t n;

	if (word && p[0] == '0' && p[1] == 'x' && hex_digits(p + 2))
		return 2 + hex_digits(p + 2);
	n = hex_digits(p);
	if (word && n >= 12 && !isalnum((unsigned char)p[n]) && p[n] != '_')
		return n;
	/* "vfio.c:123", "task/42", "pid 42" */
	n = digits(p);
	if (!n || p == line || isalnum((unsigned char)p[n]) || p[n] == '_')
		return 0;
	if (p - line >= 3 && p[-1] == ':' && p[-3] == '.' && (p[-2] == 'c' || p[-2] == 'h'))
		return n;
	if (p[-1] == '/')
		return n;
	if (p - line >= 4 && !strncasecmp(p - 4, "pid ", 4))
		return n;
	return 0;
}

char *compare_signature(const char *line)
{
	char *out = malloc(strlen(line) + 1), *to = out;
	const char *p = line;

	if (!out)
		abort();
	while (*p) {
		bool word = p == line || (!isalnum((unsigned char)p[-1]) && p[-1] != '_');
		size_t n = by_chance(line, p, word);

		if (n)
			*to++ = '#';
		else
			*to++ = *p;
		p += n ? n : 1;
	}
	*to = '\0';
	return out;
}

int compare_deviations(const char *token)
{
	const char *at = token ? strrchr(token, '@') : NULL, *p, *end;
	int n = 1;

	p = at ? strchr(at, '/') : NULL;
	p = p ? strchr(p + 1, '/') : NULL;
	if (!p++ || !isxdigit((unsigned char)*p))
		return -1;
	end = p + strcspn(p, "/");
	if (end == p + 1 && *p == '0')
		return 0;
	for (; p < end; p++) {
		if (*p == '-')
			n++;
		else if (!isxdigit((unsigned char)*p) && *p != '.')
			return -1;
	}
	return n;
}
