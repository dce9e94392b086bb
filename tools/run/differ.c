// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a failing schedule reads otherwise than a neighbour that passes: the
 * same read, of the same task, for the same time.
 */
#include <stdlib.h>
#include <string.h>

#include "record.h"
#include "reverse.h"

#define MAX_MARKED	8

struct seen {
	const void *pc;
	unsigned int task, nth;
	long value;
};

static struct seen *passing;
static size_t npassing;

static int by_place(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->task != y->task)
		return x->task < y->task ? -1 : 1;
	if (x->pc != y->pc)
		return x->pc < y->pc ? -1 : 1;
	return x->nth < y->nth ? -1 : x->nth > y->nth;
}

/* The reads of a recording, numbered by place; *@index: event of each. */
static size_t reads(struct seen **to, size_t **index)
{
	struct seen *s = calloc(rec.nev + 1, sizeof(*s)), *last;
	size_t i, k, n = 0, mask = 1023, *table;

	while (mask < 2 * rec.nev)
		mask = 2 * mask + 1;
	table = calloc(mask + 1, sizeof(*table));
	*index = calloc(rec.nev + 1, sizeof(**index));
	if (!s || !table || !*index)
		abort();
	for (i = 0; i < rec.nev; i++) {
		const struct trace_event *ev = &rec.ev[i];

		if (!(ev->flags & TRACE_VALUE))
			continue;
		k = (((unsigned long)ev->pc >> 1) * 0x9e3779b97f4a7c15UL >> 20) + ev->task;
		for (k &= mask; table[k]; k = (k + 1) & mask) {
			last = &s[table[k] - 1];
			if (last->pc == ev->pc && last->task == ev->task)
				break;
		}
		s[n] = (struct seen){ ev->pc, ev->task, table[k] ? s[table[k] - 1].nth + 1 : 0,
				      ev->before };
		(*index)[n] = i;
		table[k] = ++n;
	}
	free(table);
	*to = s;
	return n;
}

void differ_forget(void)
{
	free(passing);
	passing = NULL;
	npassing = 0;
}

void differ_keep(void)
{
	size_t *index;

	differ_forget();
	npassing = reads(&passing, &index);
	free(index);
	qsort(passing, npassing, sizeof(*passing), by_place);
}

static void mark_values(void)
{
	unsigned int marked = 0;
	struct seen *s, *other;
	size_t *index, n = reads(&s, &index), i;

	for (i = 0; i < n && marked < MAX_MARKED; i++) {
		struct trace_event *ev = &rec.ev[index[i]];

		other = bsearch(&s[i], passing, npassing, sizeof(*s), by_place);
		if (!other || other->value == s[i].value || !trace_told(ev->pc))
			continue;
		ev->flags |= TRACE_DIFFERS;
		ev->after = other->value;
		marked++;
	}
	free(s);
	free(index);
}

static void mark_one(const struct watch_point *p, size_t from)
{
	size_t i;

	for (i = from; i < rec.nev; i++) {
		struct trace_event *ev = &rec.ev[i];

		if (ev->task != p->cur || ev->op != p->op || ev->obj != p->obj ||
		    ev->pc != p->pc[0] || ev->flags & TRACE_NOTE)
			continue;
		ev->flags |= TRACE_DECIDES;
		return;
	}
}

void differ_mark(const struct reversal *r)
{
	size_t i, from = 0;

	mark_values();
	if (!r->found)
		return;
	for (i = 0; i < rec.nev; i++)
		if (rec.ev[i].flags & TRACE_PREEMPT)
			from = i;
	mark_one(&r->early, from);
	mark_one(&r->late, from);
}
