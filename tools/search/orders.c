// SPDX-License-Identifier: GPL-2.0-only
/* The table behind it: open addressing over pairs of code addresses. */
#include "orders.h"

#define MAX_ORDERS	4096

static struct order orders[MAX_ORDERS];
static unsigned int norders;
static unsigned short slots[4 * MAX_ORDERS];	/* index + 1 */

static struct order *find(const void *a, const void *b, bool *news)
{
	uintptr_t x = (uintptr_t)a, y = (uintptr_t)b;
	uintptr_t key = x < y ? x * 31 + y : y * 31 + x;
	unsigned int i = (unsigned int)((key * 0x9e3779b97f4a7c15ULL) >> 50);

	for (;; i = (i + 1) % (4 * MAX_ORDERS)) {
		struct order *o = slots[i] ? &orders[slots[i] - 1] : NULL;

		if (o && !((o->first == a && o->second == b) ||
			   (o->first == b && o->second == a)))
			continue;
		if (!o && norders < MAX_ORDERS) {
			o = &orders[norders++];
			slots[i] = (unsigned short)norders;
			o->first = a;
			o->second = b;
			o->reversed = a == b;
			*news = true;
		}
		return o;
	}
}

struct order *orders_note(const struct history *f, unsigned int earlier, unsigned int later)
{
	struct order *fresh = NULL;
	const struct transition *e = &f->trans[earlier], *l = &f->trans[later];
	unsigned int i, j;

	for (i = e->first; i < e->first + e->n; i++)
		for (j = l->first; j < l->first + l->n; j++) {
			const struct access *a = &f->access[i], *b = &f->access[j];
			struct order *o;
			bool news = false;

			if (!a->pc || !b->pc || !history_conflict(a, 1, b, 1))
				continue;
			o = find(a->pc, b->pc, &news);
			if (news)
				fresh = o;
			if (o && o->first != a->pc)
				o->reversed = true;
		}
	return fresh;
}

struct order *orders_get(unsigned int i)
{
	return i < norders ? &orders[i] : NULL;
}
