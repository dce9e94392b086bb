// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arrays with room for more than an execution uses: of these a snapshot and a
 * checkpoint keep the used part. See KSHIM_COUNTED() in engine.h.
 */
#include <stdlib.h>
#include <string.h>

#include "task.h"

extern const struct kshim_counted __start_kshim_counted[] __attribute__((weak));
extern const struct kshim_counted __stop_kshim_counted[] __attribute__((weak));

static char *copy;	/* the used parts in the snapshot, one behind the other */

static unsigned long used(const struct kshim_counted *c)
{
	return c->elem * (unsigned long)*c->count;
}

unsigned long kshim_counted_room(void)
{
	const struct kshim_counted *c;
	unsigned long n = 0;

	for (c = __start_kshim_counted; c < __stop_kshim_counted; c++)
		n += c->elem * (unsigned long)c->room;
	return n;
}

void kshim_counted_move(struct kshim_mover *m)
{
	const struct kshim_counted *c;

	for (c = __start_kshim_counted; c < __stop_kshim_counted; c++)
		kshim_move(m, c->start, used(c));
}

static void snapshot(int save)
{
	struct kshim_mover m = { .at = copy, .save = save };
	const struct kshim_counted *c;

	for (c = __start_kshim_counted; c < __stop_kshim_counted; c++)
		if (c->guest)
			kshim_move(&m, c->start, used(c));
}

void kshim_counted_take(void)
{
	free(copy);
	copy = malloc(kshim_counted_room() + 1);
	if (!copy)
		abort();
	snapshot(1);
}

void kshim_counted_restore(void)
{
	snapshot(0);
}
