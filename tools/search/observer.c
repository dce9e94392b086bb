// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the operations of an execution are to a partial-order reduction: kinds
 * of access, with the locks that are held followed along.
 */
#include <string.h>

#include "observer.h"

void observer_begin(struct observer *o)
{
	history_reset(&o->f);
	o->nheld = 0;
	o->fresh = false;
	memset(o->tried, 0, sizeof(o->tried));
	kshim_hot.hooks |= KSHIM_HOOK_FOOTPRINT;
}

void observer_end(void)
{
	kshim_hot.hooks &= (unsigned char)~KSHIM_HOOK_FOOTPRINT;
}

void observer_choice(struct observer *o, unsigned int task, int node)
{
	o->fresh = false;
	history_open(&o->f, task, node);
}

static struct hold *find_held(struct observer *o, unsigned int task, const void *lock)
{
	unsigned int i;

	for (i = 0; i < o->nheld; i++)
		if (o->held[i].lock == lock && o->held[i].task == task)
			return &o->held[i];
	return NULL;
}

static bool held_by_another(const struct observer *o, unsigned int me, const void *lock)
{
	unsigned int i;

	for (i = 0; i < o->nheld; i++)
		if (o->held[i].lock == lock && o->held[i].task != me)
			return true;
	return false;
}

static enum access_class unlock(struct observer *o, unsigned int me, const void *lock)
{
	struct hold *h = find_held(o, me, lock);
	bool shared;

	if (!h)
		return ACCESS_WRITE;
	shared = h->shared;
	*h = o->held[--o->nheld];
	return shared ? ACCESS_UNSHARE : ACCESS_RELEASE;
}

static void lock_held(struct observer *o, unsigned int me, const void *lock)
{
	struct hold *h = &o->held[o->nheld];

	if (o->tried[me].lock != lock || o->nheld == OBSERVER_HELD)
		return;
	h->lock = lock;
	h->task = me;
	h->shared = o->tried[me].op == KSHIM_LOCK_SHARED;
	o->nheld++;
}

void observer_access(struct observer *o, enum kshim_op op, const void *obj,
		     unsigned long size, const void *pc)
{
	unsigned int me = kshim_hot.cur->id;
	enum access_class class;
	bool begins = true;

	if (!o->f.ntrans || o->f.trans[o->f.ntrans - 1].task != me || o->fresh)
		history_open(&o->f, me, -1);
	o->fresh = false;
	switch (op) {
	case KSHIM_READ: case KSHIM_MARKED_READ: case KSHIM_CALL:
		class = ACCESS_READ;
		break;
	case KSHIM_LOCK: case KSHIM_LOCK_SHARED:
		o->tried[me].lock = obj;
		o->tried[me].op = op;
		class = op == KSHIM_LOCK_SHARED ? ACCESS_SHARED :
			held_by_another(o, me, obj) ? ACCESS_WRITE : ACCESS_LOCK;
		size = 1;
		break;
	case KSHIM_TRYLOCK:
		o->tried[me].lock = NULL;
		class = ACCESS_TRYLOCK;
		size = 1;
		break;
	case KSHIM_UNLOCK:
		class = unlock(o, me, obj);
		size = 1;
		break;
	case KSHIM_HELD:
		lock_held(o, me, obj);
		return;
	case KSHIM_GET: case KSHIM_PUT:
		history_count(&o->f, op == KSHIM_GET ? ACCESS_GET : ACCESS_PUT, obj,
				*(const int *)obj + (op == KSHIM_GET ? -1 : 1));
		return;
	case KSHIM_TAKE:
		class = ACCESS_TAKE;
		begins = false;
		break;
	case KSHIM_INSIDE:
		/* The point of the primitive has said it already. */
		if (o->f.trans[o->f.ntrans - 1].n &&
		    o->f.access[o->f.naccess - 1].first == (uintptr_t)obj >> 2)
			return;
		class = ACCESS_WRITE;
		begins = false;
		break;
	case KSHIM_WAIT: case KSHIM_WAKE: case KSHIM_SIGNAL:
		class = ACCESS_WRITE;
		size = 1;
		break;
	case KSHIM_FREE:
		if (!size)
			return;	/* the point; the allocator tells the size */
		class = ACCESS_FREE;
		break;
	case KSHIM_WRITE: case KSHIM_MARKED_WRITE: case KSHIM_ATOMIC:
		class = ACCESS_WRITE;
		break;
	default:
		return;
	}
	if (obj)
		history_access(&o->f, class, obj, size, pc, begins);
}

/* By whom does not matter when it is time itself. */
void observer_woken(struct observer *o, unsigned int id)
{
	const struct kshim_task *cur = kshim_hot.cur;
	bool timer = cur && !(kshim_hot.runnable & 1UL << cur->id);

	if (!cur || !o->f.ntrans)
		return;		/* before the first step */
	/* Any of several may let the environment go on: none of them had to come before. */
	if (kshim_environment_tasks & 1UL << id)
		return;
	if (!timer && o->f.trans[o->f.ntrans - 1].task != cur->id)
		history_open(&o->f, cur->id, -1);
	history_wake(&o->f, id, timer);
	o->fresh = timer;
}

void observer_missed(struct observer *o, unsigned int id)
{
	const struct kshim_pending *p = kshim_task_pending(id);

	if (o->f.ntrans)
		history_missed(&o->f, id, p->obj, p->size);
}

static const struct kshim_pending *next_of(const struct kshim_choice *c, unsigned int id)
{
	static struct kshim_pending running;

	if (id != c->cur || !c->can_stay)
		return kshim_task_pending(id);
	running.op = c->op;
	running.obj = c->obj;
	return &running;
}

/* Does it wait for a lock? Not for one that a task of @idle holds shared. */
static bool is_blocked(const struct observer *o, const struct kshim_choice *c, unsigned int id,
		       unsigned long idle)
{
	const struct kshim_pending *next = next_of(c, id);
	bool blocked = false;
	unsigned int i;

	if (next->op != KSHIM_LOCK && next->op != KSHIM_LOCK_SHARED)
		return false;
	for (i = 0; i < o->nheld; i++) {
		const struct hold *h = &o->held[i];

		if (h->lock != next->obj || h->task == id)
			continue;
		if (!h->shared)
			return true;
		if (next->op == KSHIM_LOCK_SHARED)
			continue;
		if (idle & 1UL << h->task)
			return false;
		blocked = true;
	}
	return blocked;
}

unsigned long observer_enabled(const struct observer *o, const struct kshim_choice *c)
{
	unsigned long r, mask = 0, idle = ~c->runnable;

	for (r = c->runnable; r; r &= r - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(r);

		if (is_blocked(o, c, id, ~0UL))
			idle |= 1UL << id;
	}
	for (r = c->runnable; r; r &= r - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(r);

		if (!is_blocked(o, c, id, idle))
			mask |= 1UL << id;
	}
	return mask & ~kshim_environment_tasks ? mask : c->runnable;
}

