// SPDX-License-Identifier: GPL-2.0-only
/* What tasks share, see footprint.h. */
#include <stdlib.h>
#include <string.h>

#include "footprint.h"
#include "search.h"

#define NR_CELLS	4096	/* a power of two */
#define MAX_SPAN	32	/* granules of one operation that are counted */

static struct footprint_cell *find(const struct footprint *f, unsigned long addr)
{
	unsigned int i = (unsigned int)((addr >> 3) * 0x9e3779b97f4a7c15UL >> 52);

	while (f->cells[i].addr && f->cells[i].addr != addr)
		i = (i + 1) % NR_CELLS;
	return &f->cells[i];
}

struct footprint *footprint_new(void)
{
	struct footprint *f = calloc(1, sizeof(*f));

	if (!f)
		abort();
	f->cells = calloc(NR_CELLS, sizeof(*f->cells));
	f->shared = calloc(NR_CELLS, sizeof(struct footprint_cell *));
	if (!f->cells || !f->shared)
		abort();
	return f;
}

void footprint_free(struct footprint *f)
{
	if (!f)
		return;
	free(f->cells);
	free(f->shared);
	free(f);
}

void footprint_begin(struct footprint *f)
{
	(void)f;
	kshim_hot.hooks |= KSHIM_HOOK_FOOTPRINT;
}

void footprint_access(struct footprint *f, enum kshim_op op, const void *obj,
		      unsigned long size)
{
	unsigned long a = (unsigned long)obj & ~(FOOTPRINT_CELL - 1);
	unsigned int id = kshim_hot.cur->id, i = 0;

	if (!obj || id >= FOOTPRINT_TASKS || search_op_marks(op))
		return;
	do {
		struct footprint_cell *c = find(f, a);

		if (!c->addr) {
			if (f->used == NR_CELLS / 2)
				return;
			f->used++;
			c->addr = a;
		}
		c->now[id]++;
		c->users |= 1U << id;
		if (search_op_writes(op))
			c->writers |= 1U << id;
		a += FOOTPRINT_CELL;
	} while (a < (unsigned long)obj + size && ++i < MAX_SPAN);
}

static int by_address(const void *a, const void *b)
{
	const struct footprint_cell *x = *(struct footprint_cell *const *)a;
	const struct footprint_cell *y = *(struct footprint_cell *const *)b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

/* Two halves of one object. */
static bool go_together(const struct footprint_cell *a, const struct footprint_cell *b)
{
	return a->addr + FOOTPRINT_CELL == b->addr &&
		!memcmp(a->count, b->count, sizeof(a->count));
}

void footprint_end(struct footprint *f)
{
	struct footprint_cell *last = NULL;
	unsigned int i, k, n = 0, all = 0;

	kshim_hot.hooks &= (unsigned char)~KSHIM_HOOK_FOOTPRINT;
	f->uses = 0;
	for (i = 0; i < NR_CELLS; i++) {
		struct footprint_cell *c = &f->cells[i];
		unsigned long sum = 0;

		for (k = 0; c->addr && k < FOOTPRINT_TASKS; k++) {
			if (c->now[k] > c->count[k])
				c->count[k] = c->now[k];
			c->now[k] = 0;
			sum += c->count[k];
		}
		c->shared = c->writers && (c->users & (c->users - 1));
		if (!c->shared)
			continue;
		f->shared[all++] = c;
		f->uses += sum;
	}
	qsort(f->shared, all, sizeof(*f->shared), by_address);
	for (i = 0; i < all; i++) {
		struct footprint_cell *c = f->shared[i];

		if (!last || !go_together(last, c))
			f->shared[n++] = c;
		last = c;
	}
	f->nshared = n;
}

bool footprint_matters(const struct footprint *f, unsigned long others, enum kshim_op op,
		       const void *obj, unsigned long size)
{
	bool writes = search_op_writes(op);
	unsigned long a = (unsigned long)obj & ~(FOOTPRINT_CELL - 1);
	unsigned int i = 0;

	if (!obj || search_op_marks(op))
		return false;
	do {
		const struct footprint_cell *c = find(f, a);

		if ((writes ? c->users : c->writers) & others)
			return true;
		a += FOOTPRINT_CELL;
	} while (a < (unsigned long)obj + size && ++i < MAX_SPAN);
	return false;
}
