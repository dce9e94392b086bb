// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names for deviations that outlive an edit of what is tested.
 *
 * The number of a contended point changes with every line that is added in
 * front of it. "Task a, its second READ at that line of that function, then
 * task b" does not. A name is short, holds no blank and needs no quoting in a
 * shell, so that it can be mailed in a token.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "devname.h"

/* By enum kshim_op; small letters for the gentler kind. */
static const char letters[] = "RWrwALlTUPKMFSXYCGDHgptI";

char devname_op(unsigned int op)
{
	return op < sizeof(letters) - 1 ? letters[op] : '?';
}

unsigned int devname_op_of(char letter)
{
	const char *at = letter ? strchr(letters, letter) : NULL;

	return at ? (unsigned int)(at - letters) : KSHIM_NR_OPS;
}

void devname_word(char *to, size_t len, const char *from)
{
	size_t i;

	for (i = 0; from[i] && i + 1 < len; i++)
		to[i] = isalnum((unsigned char)from[i]) || strchr("_.-/", from[i]) ? from[i] : '_';
	to[i] = 0;
}

unsigned int devname_line(const char *text)
{
	unsigned int h = 2166136261u;

	if (!text)
		return 0;
	/* Blanks do not count: re-indenting a line does not change it. */
	for (; *text; text++)
		if (!isspace((unsigned char)*text))
			h = (h ^ (unsigned char)*text) * 16777619u;
	h = (h ^ h >> 16) & 0xffff;
	return h ? h : 1;
}

int devname_format(char *buf, size_t len, const struct devname *d)
{
	return snprintf(buf, len, "%s:%c:%s:%x:%u:%s", d->from, d->op, *d->func ? d->func : "-",
			d->line, d->nth, d->to);
}

/* One field up to @stop; returns what is behind it, NULL when it does not fit. */
static const char *field(const char *p, char stop, char *to, size_t len)
{
	size_t n = strcspn(p, ":,");

	if (!n || n >= len || p[n] != stop)
		return NULL;
	memcpy(to, p, n);
	to[n] = 0;
	return p + n + 1;
}

const char *devname_parse(const char *text, struct devname *d)
{
	char op[2], num[16], *end;
	size_t n;

	memset(d, 0, sizeof(*d));
	text = field(text, ':', d->from, sizeof(d->from));
	text = text ? field(text, ':', op, sizeof(op)) : NULL;
	text = text ? field(text, ':', d->func, sizeof(d->func)) : NULL;
	text = text ? field(text, ':', num, sizeof(num)) : NULL;
	if (!text)
		return NULL;
	d->op = op[0];
	if (!strcmp(d->func, "-"))
		d->func[0] = 0;
	d->line = (unsigned int)strtoul(num, &end, 16);
	if (*end)
		return NULL;
	text = field(text, ':', num, sizeof(num));
	if (!text)
		return NULL;
	d->nth = (unsigned int)strtoul(num, &end, 10);
	n = strcspn(text, ":,");
	if (*end || !n || n >= sizeof(d->to) || text[n] == ':')
		return NULL;
	memcpy(d->to, text, n);
	return text + n;
}

static int same_kind(char a, char b)
{
	return a == b ? 2 : tolower((unsigned char)a) == tolower((unsigned char)b);
}

unsigned int devname_near(const struct devname *want, const struct devname *have)
{
	bool func = !strcmp(want->func, have->func), line = want->line && want->line == have->line;
	unsigned int score;

	if (strcmp(want->from, have->from) || (!func && !line) ||
	    (want->op == DEVNAME_ENDS) != (have->op == DEVNAME_ENDS))
		return 0;
	score = 16 * func + 8 * (line || want->line == have->line) +
		2 * (unsigned int)same_kind(want->op, have->op) + (want->nth == have->nth);
	return score;
}

void devname_say(FILE *f, const struct devname *d, const char *op)
{
	static const char *const th[] = { "th", "st", "nd", "rd" };
	unsigned int k = d->nth % 10;

	if (d->nth % 100 / 10 == 1 || k > 3)
		k = 0;
	if (d->op == DEVNAME_ENDS)
		fprintf(f, "%s: %s", d->from, *d->func ? "waits" : "before its first step or behind its last");
	else
		fprintf(f, "%s: %s", d->from, op);
	if (*d->func)
		fprintf(f, " in %s()", d->func);
	fprintf(f, ", %u%s time", d->nth, th[k]);
}
