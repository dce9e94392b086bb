// SPDX-License-Identifier: GPL-2.0-only
/* Recording of one execution, and which accesses depend on each other. */
#include <stdlib.h>
#include <string.h>

#include "history.h"

void *history_grow(void *p, unsigned int *room, size_t size)
{
	*room = *room ? 2 * *room : 1024;
	p = realloc(p, *room * size);
	if (!p)
		abort();
	return p;
}

void history_reset(struct history *f)
{
	f->naccess = f->ntrans = f->nwake = f->nmissed = f->ntasks = 0;
	memset(f->nth, 0, sizeof(f->nth));
}

void history_free(struct history *f)
{
	free(f->access);
	free(f->trans);
	free(f->wake);
	free(f->missed);
	free(f->clock);
	memset(f, 0, sizeof(*f));
}

void history_open(struct history *f, unsigned int task, int node)
{
	struct transition *t;

	if (f->ntrans == f->trans_room)
		f->trans = history_grow(f->trans, &f->trans_room, sizeof(*f->trans));
	t = &f->trans[f->ntrans++];
	t->task = task;
	t->node = node;
	t->first = f->naccess;
	t->n = 0;
	t->local = ++f->nth[task];
	t->wakes = f->nwake;
	if (task >= f->ntasks)
		f->ntasks = task + 1;
}

void history_access(struct history *f, enum access_class class, const void *obj,
		      unsigned long size, const void *pc, bool begins)
{
	struct transition *t = &f->trans[f->ntrans - 1];
	uintptr_t first = (uintptr_t)obj >> HISTORY_CELL_SHIFT;
	uintptr_t last = ((uintptr_t)obj + (size ? size - 1 : 0)) >> HISTORY_CELL_SHIFT;
	struct access *a;

	if (t->n) {
		a = &f->access[f->naccess - 1];
		if (a->first == first && a->last == last && a->class == class &&
		    class != ACCESS_WRITE)
			return;
	}
	if (f->naccess == f->access_room)
		f->access = history_grow(f->access, &f->access_room, sizeof(*f->access));
	a = &f->access[f->naccess++];
	a->first = first;
	a->last = last;
	a->class = class;
	a->pc = pc;
	a->begins = begins;
	t->n++;
}

void history_count(struct history *f, enum access_class class, const void *obj, int before)
{
	struct access *a = &f->access[f->naccess - 1];

	if (!f->trans[f->ntrans - 1].n || a->first != (uintptr_t)obj >> HISTORY_CELL_SHIFT ||
	    a->class != ACCESS_WRITE) {
		history_access(f, class, obj, 1, NULL, false);
		a = &f->access[f->naccess - 1];
	}
	a->class = class;
	a->value = before;
}

void history_wake(struct history *f, unsigned int task, bool timer)
{
	if (f->nwake == f->wake_room)
		f->wake = history_grow(f->wake, &f->wake_room, sizeof(*f->wake));
	f->wake[f->nwake].task = task;
	f->wake[f->nwake++].timer = timer;
	if (task >= f->ntasks)
		f->ntasks = task + 1;
}

void history_missed(struct history *f, unsigned int task, const void *obj, unsigned long size)
{
	struct missed *m;

	if (f->nmissed == f->missed_room)
		f->missed = history_grow(f->missed, &f->missed_room, sizeof(*f->missed));
	m = &f->missed[f->nmissed++];
	memset(m, 0, sizeof(*m));
	m->task = task;
	m->trans = f->ntrans - 1;
	m->would.class = ACCESS_WRITE;
	m->would.first = (uintptr_t)obj >> HISTORY_CELL_SHIFT;
	m->would.last = ((uintptr_t)obj + size - 1) >> HISTORY_CELL_SHIFT;
	if (task >= f->ntasks)
		f->ntasks = task + 1;
}

/* Whatever the state, the order of these two makes no difference. */
static bool commute(enum access_class a, enum access_class b)
{
	switch (a) {
	case ACCESS_READ:
		return b == ACCESS_READ || b == ACCESS_SHARED;
	case ACCESS_SHARED:
		return b == ACCESS_READ || b == ACCESS_SHARED || b == ACCESS_UNSHARE;
	case ACCESS_UNSHARE:
		return b == ACCESS_SHARED || b == ACCESS_UNSHARE;
	case ACCESS_GET:
		return b == ACCESS_GET;
	default:
		return false;
	}
}

/* Two steps of a counter that has this value now. */
static bool count_commutes(enum access_class a, enum access_class b, int value)
{
	return value > (a == ACCESS_PUT && b == ACCESS_PUT ? 2 : 1);
}

bool history_conflict(const struct access *now, unsigned int nnow,
			const struct access *other, unsigned int nother)
{
	unsigned int i, j;

	for (i = 0; i < nnow; i++)
		for (j = 0; j < nother; j++) {
			const struct access *a = &now[i], *b = &other[j];

			if (a->first > b->last || b->first > a->last || commute(a->class, b->class))
				continue;
			if (!is_count(a->class) || !is_count(b->class) ||
			    !count_commutes(a->class, b->class, a->value))
				return true;
		}
	return false;
}
