// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens before what: a vector clock for each task, and one for each
 * object through which tasks order each other.
 *
 * A release makes the object know what the task knows, an acquire the other
 * way round. Primitives say which of them they are (kshim_hb_*() in engine.h);
 * nothing else orders, neither the scheduler nor who came first. Objects are
 * addresses: an object at an address used before inherits from it, which can
 * hide a race but not invent one.
 */
#include <stddef.h>
#include <string.h>

#include "hb.h"
#include "task.h"

#define OBJ_SLOTS	4096U
#define CLOCK_MAX	0xfffffeU	/* 24 bits of an epoch */

#define GEN_SHIFT	12		/* a slot is generation << GEN_SHIFT | object */

/* One cache line with up to twelve tasks. */
struct object {
	const void *key;
	uint32_t n;			/* clocks that were ever set */
	uint32_t slot;
	uint32_t clock[KSHIM_MAX_TASKS] __attribute__((aligned(16)));
} __attribute__((aligned(64)));

uint32_t hb_clock[KSHIM_MAX_TASKS][KSHIM_MAX_TASKS] __attribute__((aligned(64)));

/* Used from the start again in every run: few, and in the cache. */
static struct object objects[OBJ_SLOTS];
static uint32_t slots[OBJ_SLOTS];
static uint32_t gen, nobjects;
static uint32_t rest[KSHIM_MAX_TASKS] __attribute__((aligned(16)));	/* all that had happened when all was at rest */
static unsigned int ntasks;		/* rounded up to lanes */

void hb_begin(void)
{
	if (++gen == 1U << (32 - GEN_SHIFT)) {
		memset(slots, 0, sizeof(slots));
		gen = 1;
	}
	nobjects = 0;
	ntasks = 0;
}

unsigned long hb_moved(void)
{
	return sizeof(nobjects) + nobjects * sizeof(*objects) + sizeof(ntasks) +
		(ntasks + 1) * sizeof(rest);
}

void hb_move(struct kshim_mover *m)
{
	uint32_t used = nobjects, i;

	kshim_move(m, &nobjects, sizeof(nobjects));
	for (i = nobjects; i < used; i++)
		slots[objects[i].slot] = 0;
	kshim_move(m, &ntasks, sizeof(ntasks));
	kshim_move(m, rest, ntasks * sizeof(*rest));
	for (i = 0; i < ntasks; i++)
		kshim_move(m, hb_clock[i], ntasks * sizeof(*rest));
	for (i = 0; i < nobjects; i++)
		kshim_move(m, &objects[i], offsetof(struct object, clock[ntasks]));
}

/* Four at a time; clocks have 24 bits, so signed comparison does. */
typedef int32_t lanes __attribute__((vector_size(16), may_alias));

static inline void join(uint32_t *to, const uint32_t *from, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i += 4) {
		lanes a = *(const lanes *)(to + i), b = *(const lanes *)(from + i);
		lanes more = b > a;

		*(lanes *)(to + i) = (b & more) | (a & ~more);
	}
}

static void tick(unsigned int t)
{
	if (hb_clock[t][t] < CLOCK_MAX)
		hb_clock[t][t]++;
}

static inline struct object *find(const void *key, bool make)
{
	unsigned int i = (unsigned int)(((unsigned long)key * 0x9e3779b97f4a7c15UL) >> 52);
	struct object *o;

	while (slots[i] >> GEN_SHIFT == gen) {
		o = &objects[slots[i] & (OBJ_SLOTS - 1)];
		if (o->key == key)
			return o;
		i = (i + 1) % OBJ_SLOTS;
	}
	if (!make || nobjects == OBJ_SLOTS - OBJ_SLOTS / 4)
		return NULL;
	slots[i] = gen << GEN_SHIFT | nobjects;
	o = &objects[nobjects++];
	o->key = key;
	o->n = 0;
	o->slot = i;
	return o;
}

static inline void take(const struct object *o, unsigned int me)
{
	join(hb_clock[me], o->clock, o->n);
}

static inline void give(struct object *o, unsigned int me)
{
	unsigned int i;

	join(o->clock, hb_clock[me], o->n);
	for (i = o->n; i < ntasks; i += 4)
		*(lanes *)(o->clock + i) = *(const lanes *)(hb_clock[me] + i);
	o->n = ntasks;
	tick(me);
}

void kshim_hb_release_slow(const void *obj)
{
	struct object *o;

	if (!kshim_hot.cur)
		return;
	o = find(obj, true);
	if (o)
		give(o, kshim_hot.cur->id);
}

void kshim_hb_acquire_slow(const void *obj)
{
	const struct object *o;

	if (!kshim_hot.cur)
		return;
	o = find(obj, false);
	if (o)
		take(o, kshim_hot.cur->id);
}

void kshim_hb_both_slow(const void *obj)
{
	struct object *o;

	if (!kshim_hot.cur)
		return;
	o = find(obj, true);
	if (!o)
		return;
	take(o, kshim_hot.cur->id);
	give(o, kshim_hot.cur->id);
}

void kshim_hb_store_slow(const void *obj, int release)
{
	struct object *o = kshim_hot.cur ? find(obj, release) : NULL;

	if (!o)
		return;
	o->n = 0;	/* what an earlier store has released is overwritten */
	if (release)
		give(o, kshim_hot.cur->id);
}

void kshim_hb_detach_slow(void)
{
	unsigned int me = kshim_hot.cur->id, i;

	for (i = 0; i < ntasks; i++)
		if (i != me)
			hb_clock[me][i] = rest[i];
}

void race_spawn(unsigned int id, unsigned int flags)
{
	const struct kshim_task *parent = kshim_hot.cur;
	unsigned int i;

	for (; id >= ntasks; ntasks += 4) {
		memset(rest + ntasks, 0, 4 * sizeof(*rest));
		for (i = 0; i < ntasks + 4; i++)
			memset(hb_clock[i] + ntasks, 0, 4 * sizeof(*rest));
	}
	memcpy(hb_clock[id], rest, ntasks * sizeof(*rest));
	/* A daemon is made when it is first needed, by whoever comes first. */
	if (parent && !(flags & KSHIM_TASK_DAEMON)) {
		join(hb_clock[id], hb_clock[parent->id], ntasks);
		tick(parent->id);
	}
	hb_clock[id][id] = rest[id] + 1;
}

void race_rest(void)
{
	unsigned int i;

	for (i = 0; i < ntasks; i++) {
		join(rest, hb_clock[i], ntasks);
		tick(i);
	}
}
