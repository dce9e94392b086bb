// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arrays with room for more than an execution uses: of these a snapshot and a
 * checkpoint keep the used part. See KSHIM_COUNTED() in engine.h.
 */
#include <stdlib.h>

#include "task.h"

extern const struct kshim_counted __start_kshim_counted[] __attribute__((weak));
extern const struct kshim_counted __stop_kshim_counted[] __attribute__((weak));

static char *copy;	/* the used parts in the snapshot, one behind the other */

unsigned long kshim_counted_room(void)
{
	const struct kshim_counted *c;
	unsigned long n = 0;

	for (c = __start_kshim_counted; c < __stop_kshim_counted; c++)
		n += c->elem * (unsigned long)c->room;
	return n;
}

static void move(struct kshim_mover *m, int guest_only)
{
	const struct kshim_counted *c;

	for (c = __start_kshim_counted; c < __stop_kshim_counted; c++)
		if (c->guest || !guest_only)
			kshim_move(m, c->start, c->elem * (unsigned long)*c->count);
}

void kshim_counted_move(struct kshim_mover *m)
{
	move(m, 0);
}

static void snapshot(int save)
{
	struct kshim_mover m = { .at = copy, .save = save };

	move(&m, 1);
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
