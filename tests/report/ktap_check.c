// SPDX-License-Identifier: GPL-2.0-only
/*
 * A strict reader of KTAP version 1, for where the kernel's own is not at hand.
 * The kernel's forgives much; a reader that does not is the better test. Two
 * levels, as we write them: suites, and tests in them.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ktap_check.h"

struct level {
	unsigned int plan, seen;
	unsigned int pass, fail, skip;
	char name[200];
	bool open, named, planned;
};

struct reader {
	struct level top, suite;
	unsigned int line;
	char *why;
	size_t len;
};

static bool wrong(struct reader *r, const char *fmt, ...)
{
	int n = snprintf(r->why, r->len, "line %u: ", r->line);
	va_list ap;

	va_start(ap, fmt);
	if (n >= 0 && (size_t)n < r->len)
		vsnprintf(r->why + n, r->len - n, fmt, ap);
	va_end(ap);
	return false;
}

static bool take_plan(struct reader *r, struct level *l, const char *s)
{
	char *end;

	if (l->planned)
		return wrong(r, "a second plan");
	l->plan = (unsigned int)strtoul(s, &end, 10);
	if (*end || end == s)
		return wrong(r, "no plan");
	l->planned = true;
	return true;
}

/* "ok N name [# WORD text]" */
static bool take_result(struct reader *r, struct level *l, const char *s, char name[200])
{
	bool ok = *s == 'o', skip = false;
	const char *hash;
	char *end;

	if (!l->planned)
		return wrong(r, "a result before the plan");
	s += ok ? strlen("ok ") : strlen("not ok ");
	if (strtoul(s, &end, 10) != l->seen + 1 || end == s)
		return wrong(r, "the result's number is not %u", l->seen + 1);
	if (*end != ' ' || !end[1] || end[1] == ' ' || end[1] == '#')
		return wrong(r, "a result without a name");
	s = end + 1;
	hash = strstr(s, " #");
	snprintf(name, 200, "%.*s", hash ? (int)(hash - s) : (int)strlen(s), s);
	if (strchr(name, '#'))
		return wrong(r, "a # in a name");
	if (hash) {
		skip = !strncmp(hash, " # SKIP", 7) && (!hash[7] || hash[7] == ' ');
		if (skip && !ok)
			return wrong(r, "not ok, and skipped");
		if (!strncmp(hash, " # TODO", 7))
			return wrong(r, "a directive that we do not have");
	}
	l->seen++;
	if (skip)
		l->skip++;
	else if (ok)
		l->pass++;
	else
		l->fail++;
	return l->seen <= l->plan || wrong(r, "more results than planned");
}

static bool suite_line(struct reader *r, const char *s)
{
	struct level *l = &r->suite;
	char name[200];

	if (!strcmp(s, "KTAP version 1")) {
		if (l->open)
			return wrong(r, "a suite in a suite");
		memset(l, 0, sizeof(*l));
		return l->open = true;
	}
	if (!l->open)
		return wrong(r, "a subtest without its version line");
	if (!l->named) {
		if (sscanf(s, "# Subtest: %199[^\n]", l->name) != 1)
			return wrong(r, "no name behind the version line");
		return l->named = true;
	}
	if (!strncmp(s, "1..", 3))
		return take_plan(r, l, s + 3);
	if (!strncmp(s, "ok ", 3) || !strncmp(s, "not ok ", 7))
		return take_result(r, l, s, name);
	return !strncmp(s, "# ", 2) || wrong(r, "neither result nor diagnostic");
}

static bool suite_ends(struct reader *r, bool ok, const char *name)
{
	struct level *l = &r->suite;

	if (!l->planned || l->seen != l->plan)
		return wrong(r, "suite %s has %u results of %u", l->name, l->seen, l->plan);
	if (strcmp(l->name, name))
		return wrong(r, "suite %s is called %s at its end", l->name, name);
	if (ok != !l->fail)
		return wrong(r, "the suite is not what its tests are");
	return !(l->open = false);
}

static bool totals(struct reader *r, const char *s)
{
	const struct level *l = &r->suite;
	unsigned int pass, fail, skip, total;
	const char *colon = strstr(s, ": pass:");

	if (!colon || sscanf(colon, ": pass:%u fail:%u skip:%u total:%u", &pass, &fail, &skip,
			     &total) != 4)
		return true;
	return (pass == l->pass && fail == l->fail && skip == l->skip && total == l->seen) ||
		wrong(r, "the totals are not those of the results");
}

static bool top_line(struct reader *r, const char *s)
{
	char name[200];

	if (!strncmp(s, "1..", 3))
		return take_plan(r, &r->top, s + 3);
	if (!strncmp(s, "ok ", 3) || !strncmp(s, "not ok ", 7))
		return take_result(r, &r->top, s, name) &&
			(!r->suite.open || suite_ends(r, *s == 'o', name));
	return !strncmp(s, "# ", 2) ? totals(r, s) : wrong(r, "neither result nor diagnostic");
}

bool ktap_check(const char *text, char *why, size_t len)
{
	struct reader r = { .why = why, .len = len };
	bool fine = true;

	while (*text && fine) {
		size_t n = strcspn(text, "\n");
		char *line = strndup(text, n);

		r.line++;
		if (!line)
			abort();
		if (!text[n])
			fine = wrong(&r, "the last line has no end");
		else if (r.line == 1)
			fine = !strcmp(line, "KTAP version 1") || wrong(&r, "no version");
		else if (!strncmp(line, "  ", 2))
			fine = suite_line(&r, line + 2);
		else
			fine = top_line(&r, line);
		free(line);
		text += n + (text[n] == '\n');
	}
	if (!fine)
		return false;
	if (!r.line || r.suite.open || !r.top.planned || r.top.seen != r.top.plan)
		return wrong(&r, "it ends too early");
	return true;
}
