// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which orders of locks a campaign has seen, each with the first schedule that
 * shows it. The graph itself is the engine's; it outlives a schedule.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/lockgraph.h"
#include "lockorders.h"
#include "place.h"
#include "run.h"

#define MAX_ORDERS	1024

static struct {
	unsigned int prev, next;
	char *token;
} seen[MAX_ORDERS];
static unsigned int nseen;
static unsigned long news;

static void note(void *ctx, unsigned int prev, unsigned int next)
{
	unsigned int i;

	for (i = 0; i < nseen; i++)
		if (seen[i].prev == prev && seen[i].next == next)
			return;
	if (nseen == MAX_ORDERS)
		return;
	seen[nseen].prev = prev;
	seen[nseen].next = next;
	seen[nseen++].token = place_token(ctx, &search_devs, false);
}

void lockorders_note(const struct scenario *scn)
{
	if (news == kshim_lock_news)
		return;
	news = kshim_lock_news;
	kshim_lock_orders(note, (void *)scn);
}

void lockorders_result(struct run_result *r)
{
	struct run_lock_order *o = calloc(nseen + 1, sizeof(*o));
	char name[KSHIM_LOCK_NAME];
	unsigned int i;

	if (!o)
		abort();
	for (i = 0; i < nseen; i++) {
		o[i].first = strdup(kshim_lock_name(seen[i].prev, name, sizeof(name)));
		o[i].second = strdup(kshim_lock_name(seen[i].next, name, sizeof(name)));
		o[i].token = seen[i].token;
	}
	r->lock_orders = o;
	r->nlock_orders = nseen;
}
