// SPDX-License-Identifier: GPL-2.0-only
/*
 * From events to the rows of a trace.
 *
 * A task's functions are shown once, as headings, when the task enters them;
 * what it does there is indented below. Points that are not shown leave their
 * function's heading and its range of lines behind, unless the whole step had
 * nothing to show: then the step's row stands for it.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "tracerow.h"

#define MAX_DEPTH	48

struct column {
	const char *call[MAX_DEPTH];	/* entered and not left */
	unsigned int ncall;
	const char *head[MAX_DEPTH];	/* headings on display */
	unsigned int nhead;
	size_t head_row;		/* of the innermost heading */
	size_t last_row;		/* newest row of the task + 1 */
	bool in_step;
	size_t step_row;
};

struct plan {
	struct trace_rows *rows;
	const struct trace_opts *opts;
	struct column *col;
	bool pending_preempt;
};

static struct trace_row *add_row(struct plan *p, unsigned int task, unsigned int depth,
				 const char *fmt, ...)
{
	struct trace_rows *r = p->rows;
	struct trace_row *row;
	va_list ap;

	if (r->n == r->room) {
		size_t room = r->room ? 2 * r->room : 64;

		row = realloc(r->row, room * sizeof(*row));
		if (!row)
			return NULL;
		r->row = row;
		r->room = room;
	}
	row = &r->row[r->n];
	memset(row, 0, sizeof(*row));
	va_start(ap, fmt);
	if (vasprintf(&row->text, fmt, ap) < 0)
		row->text = NULL;
	va_end(ap);
	if (!row->text)
		return NULL;
	row->task = task;
	row->depth = depth;
	row->preempt = p->pending_preempt;
	p->pending_preempt = false;
	r->n++;
	p->col[task].last_row = r->n;
	return row;
}

static bool in_header(const char *file)
{
	size_t n = strlen(file);

	return (n > 2 && !strcmp(file + n - 2, ".h")) || !strncmp(file, "kshim/", 6);
}

/* Frames worth a heading, outermost first; @at: the one whose line is told. */
static unsigned int chain_of(struct plan *p, const struct column *c,
			     const struct trace_event *e, const char **chain,
			     unsigned int *real, const struct sym_frame **at,
			     const struct sym_frame **outer)
{
	unsigned int n = 0, k = 0, i;
	const struct sym_frame *f;

	for (i = 0; i < c->ncall; i++)
		chain[n++] = c->call[i];
	*real = n;
	*at = *outer = NULL;
	if (!e->pc)
		return n;
	f = p->opts->resolver->lookup(e->pc, &k);
	for (i = k; i--; ) {
		if (sym_hidden(&f[i]) || (f[i].file && in_header(f[i].file)))
			continue;
		*at = &f[i];
		if (i == k - 1)
			*outer = &f[i];
		if (n && i == k - 1 && !strcmp(chain[n - 1], f[i].func))
			continue;
		if (n < MAX_DEPTH)
			chain[n++] = f[i].func;
		if (*real == 0 || i == k - 1)
			*real = n;
	}
	return n;
}

static int headings(struct plan *p, unsigned int task, const char **chain,
		    unsigned int n, bool soft)
{
	struct column *c = &p->col[task];
	unsigned int i, same = 0;

	while (same < n && same < c->nhead && !strcmp(chain[same], c->head[same]))
		same++;
	if (soft && same == n)
		return 0;
	for (i = same; i < n; i++) {
		struct trace_row *row = add_row(p, task, c->in_step + i, "%.*s()",
						(int)strcspn(chain[i], "."), chain[i]);

		if (!row)
			return -1;
		row->soft = soft;
		row->heading = true;
		c->head[i] = chain[i];
		c->head_row = p->rows->n - 1;
	}
	c->nhead = n;
	return 0;
}

static void widen(struct trace_row *row, const struct sym_frame *at)
{
	if (!at || !at->file || !row->soft || (row->file && strcmp(row->file, at->file)))
		return;
	row->file = at->file;
	if (!row->lo || at->line < row->lo)
		row->lo = at->line;
	if (at->line > row->hi)
		row->hi = at->line;
}

static int detail(struct plan *p, const struct trace_event *e, bool keep)
{
	struct column *c = &p->col[e->task];
	const char *chain[MAX_DEPTH];
	const struct sym_frame *at, *outer;
	struct trace_row *row, *prev;
	unsigned int n, real;
	char *text;

	n = chain_of(p, c, e, chain, &real, &at, &outer);
	if (!n) {		/* inside the shim: on behalf of what ran last */
		n = real = c->nhead;
		memcpy(chain, c->head, n * sizeof(chain[0]));
	}
	if (!keep) {
		if (headings(p, e->task, chain, real, true))
			return -1;
		if (c->nhead && c->last_row)
			widen(&p->rows->row[c->head_row], outer);
		return 0;
	}
	if (headings(p, e->task, chain, n, false))
		return -1;
	text = trace_words(e, at, p->opts);
	if (!text)
		return -1;
	prev = c->last_row == p->rows->n && p->rows->n ? &p->rows->row[p->rows->n - 1] : NULL;
	if (prev && !p->opts->full && !(e->flags & ~(TRACE_NOTE | TRACE_OF_POINT)) &&
	    !(e->flags & TRACE_SWITCH) && prev->depth == c->in_step + n &&
	    !strcmp(prev->text, text)) {
		prev->decides |= !!(e->flags & TRACE_DECIDES);
		if (!prev->value)
			prev->value = trace_value(e);
		free(text);
		return 0;
	}
	if (prev && prev->point && e->flags & TRACE_NOTE && at && prev->lo == at->line &&
	    prev->depth == c->in_step + n) {
		free(prev->text);
		free(prev->value);	/* the old one of the two is it */
		prev->value = NULL;
		prev->text = text;
		prev->point = false;
		return 0;
	}
	row = add_row(p, e->task, c->in_step + n, "%s", text);
	free(text);
	if (!row)
		return -1;
	row->point = !(e->flags & ~TRACE_OF_POINT) && !p->opts->full;
	row->decides = e->flags & TRACE_DECIDES;
	row->flags = e->flags;
	row->value = trace_value(e);
	row->headline = e->flags & TRACE_FAIL;
	if (at && at->file && !row->headline) {
		row->file = at->file;
		row->lo = row->hi = at->line;
	}
	return 0;
}

static int step_begin(struct plan *p, const struct trace_event *e)
{
	struct column *c = &p->col[e->task];

	c->ncall = c->nhead = 0;
	c->in_step = true;
	c->step_row = p->rows->n;
	return add_row(p, e->task, 0, "> %s", e->what ? e->what : "?") ? 0 : -1;
}

static int step_end(struct plan *p, const struct trace_event *e)
{
	struct column *c = &p->col[e->task];
	struct trace_row *row = p->rows->row;
	bool own = false, any = false;
	char buf[32], *text;
	size_t i;

	value_name(e->after, buf, sizeof(buf));
	if (!c->in_step)
		return add_row(p, e->task, 0, "= %s", buf) ? 0 : -1;
	for (i = c->step_row + 1; i < p->rows->n; i++)
		if (row[i].task == e->task && !row[i].soft)
			own = true;
	for (i = c->step_row + 1; i < p->rows->n; i++) {
		if (!own && row[i].task == e->task && !row[i].preempt)
			row[i].dropped = true;
		if (!row[i].dropped)
			any = true;
	}
	c->in_step = false;
	c->ncall = c->nhead = 0;
	if (any)
		return add_row(p, e->task, 1, "= %s", buf) ? 0 : -1;
	if (asprintf(&text, "%s = %s", row[c->step_row].text, buf) < 0)
		return -1;
	free(row[c->step_row].text);
	row[c->step_row].text = text;
	return 0;
}

static int enter(struct plan *p, const struct trace_event *e)
{
	struct column *c = &p->col[e->task];
	const char *name = e->what;
	unsigned int k;

	if (!name && e->pc) {
		const struct sym_frame *f = p->opts->resolver->lookup(e->pc, &k);

		name = f[k - 1].func;
	}
	if (c->ncall < MAX_DEPTH / 2)
		c->call[c->ncall++] = name ? name : "?";
	return headings(p, e->task, c->call, c->ncall, !p->opts->full);
}

static int plan_event(struct plan *p, const struct trace_event *e, bool keep)
{
	struct column *c = &p->col[e->task];

	if (e->flags & TRACE_PREEMPT)
		p->pending_preempt = true;
	if (e->flags & TRACE_STEP_BEGIN)
		return step_begin(p, e);
	if (e->flags & TRACE_STEP_END)
		return step_end(p, e);
	if (e->flags & TRACE_ENTER)
		return enter(p, e);
	if (e->flags & TRACE_LEAVE) {
		if (c->ncall)
			c->ncall--;
		if (c->nhead > c->ncall)
			c->nhead = c->ncall;
		return 0;
	}
	return detail(p, e, keep);
}

/* A report that the last row tells already needs no row of its own. */
static bool said_last(const struct plan *p, const char *text)
{
	const struct trace_rows *r = p->rows;

	return r->n && r->row[r->n - 1].headline && !strcmp(r->row[r->n - 1].text, text);
}

int trace_plan(struct trace_rows *rows, const struct trace_event *ev, size_t n,
	       unsigned int ntasks, const struct trace_opts *opts)
{
	struct plan p = { .rows = rows, .opts = opts };
	bool *keep = calloc(n + 1, sizeof(*keep));
	int ret = -1;
	size_t i;

	p.col = calloc(ntasks + 1, sizeof(*p.col));
	if (!keep || !p.col)
		goto out;
	trace_keep(keep, ev, n);
	for (i = 0; i < n; i++)
		if (ev[i].task < ntasks && plan_event(&p, &ev[i], keep[i] || opts->full))
			goto out;
	if (opts->headline && opts->headline_task < ntasks && !said_last(&p, opts->headline)) {
		struct trace_row *row = add_row(&p, opts->headline_task, 1, "%s",
						opts->headline);

		if (!row)
			goto out;
		row->headline = true;
	}
	ret = 0;
out:
	free(p.col);
	free(keep);
	return ret;
}

void trace_rows_free(struct trace_rows *rows)
{
	size_t i;

	for (i = 0; i < rows->n; i++) {
		free(rows->row[i].text);
		free(rows->row[i].value);
	}
	free(rows->row);
	memset(rows, 0, sizeof(*rows));
}
