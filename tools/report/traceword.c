// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of one event of a trace.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "tracerow.h"

static const char *value(long v, char *buf, size_t len)
{
	if (v > 0xfffff || v < -0xfffff)
		snprintf(buf, len, "0x%lx", v);
	else
		snprintf(buf, len, "%ld", v);
	return buf;
}

/* The words of a point: its source line, where there is one that says something. */
static char *point_text(const struct trace_event *e, const struct sym_frame *at,
			const struct trace_opts *o)
{
	const char *what = e->what, *src = NULL;
	char *text = NULL;
	int ret;

	if (at && at->file)
		src = o->resolver->source(at->file, at->line);
	if (src && strspn(src, "{} \t;") == strlen(src))
		src = NULL;
	if (!what && e->obj)
		what = o->resolver->data(e->obj);
	if (src && !o->full)
		ret = asprintf(&text, "%s", src);
	else if (src)
		ret = asprintf(&text, "%s: %s", op_name(e->op), src);
	else if (what)
		ret = asprintf(&text, "%s %s", op_name(e->op), what);
	else
		ret = asprintf(&text, "%s", op_name(e->op));
	return ret < 0 ? NULL : text;
}

/* "group->users" of "atomic_inc(&group->users);"; 0: none there */
static int operand(const char *src, char *buf, size_t len)
{
	const char *p = src ? strstr(src, "(&") : NULL;
	int depth = 0;
	size_t n;

	if (!p)
		return 0;
	p += 2;
	for (n = 0; p[n] && p[n] != ',' && !(p[n] == ')' && !depth); n++)
		depth += (p[n] == '(') - (p[n] == ')');
	return snprintf(buf, len, "%.*s", (int)n, p) > 0;
}

static bool counts(const char *what)
{
	return what && (!strcmp(what, "atomic") || !strcmp(what, "refcount") ||
			!strcmp(what, "atomic64"));
}

/* A count is called what the source calls it, a call that counts by itself. */
static char *note_text(const struct trace_event *e, const struct sym_frame *at,
		       const struct trace_opts *o)
{
	const char *what = e->what, *src = NULL;
	char *text = NULL, a[24], b[24], name[80];
	int ret;

	if (at && at->file && counts(what))
		src = o->resolver->source(at->file, at->line);
	if (operand(src, name, sizeof(name)))
		what = name;
	else if (src && strchr(src, '('))
		return strdup(src);
	if (!what && e->obj)
		what = o->resolver->data(e->obj);
	ret = asprintf(&text, "%s  %s -> %s", what ? what : "value",
		       value(e->before, a, sizeof(a)), value(e->after, b, sizeof(b)));
	return ret < 0 ? NULL : text;
}

char *trace_value(const struct trace_event *e)
{
	char *text = NULL, a[24], b[24];

	if (!(e->flags & TRACE_DIFFERS) ||
	    asprintf(&text, "  [%s, else %s]", value(e->before, a, sizeof(a)),
		     value(e->after, b, sizeof(b))) < 0)
		return NULL;
	return text;
}

char *trace_words(const struct trace_event *e, const struct sym_frame *at,
		  const struct trace_opts *o)
{
	char *text = NULL;
	const char *what = e->what;
	int ret;

	if (e->flags & TRACE_NOTE)
		return note_text(e, at, o);
	if (e->flags & TRACE_BLOCK) {
		ret = what ? asprintf(&text, "blocks: %s", what) : asprintf(&text, "blocks");
	} else if (e->flags & TRACE_WAKE) {
		ret = what ? asprintf(&text, "goes on: %s", what) : asprintf(&text, "goes on");
	} else if (e->flags & (TRACE_LOG | TRACE_FAIL)) {
		ret = asprintf(&text, "%s", what ? what : "report");
	} else {
		return point_text(e, at, o);
	}
	return ret < 0 ? NULL : text;
}
