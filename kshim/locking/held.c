// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks held by a task. Mirrors the part of the kernel's lock debugging that
 * needs no order: a lock must not be freed while held, must not be taken
 * along to user space, and must be given back by who took it.
 *
 * Given: every mutex, rwsem and spinlock, and whatever else is declared by
 * lock_acquire(), in the order taken, the innermost KSHIM_MAX_HELD of them by
 * name, with their classes and where they were taken: lockdep.c compares
 * orders by the hash that is kept here. Not given: what sleeping tasks wait
 * for counts as held by the kernel, not here.
 */
#include <linux/lockdep.h>
#include "locking/lockdep.h"

KSHIM_ORACLE(kshim_oracle_lock_held, "lock-held",
	     "lock held when returning to user space or at exit");
KSHIM_ORACLE(kshim_oracle_lock_freed, "held-lock-freed",
	     "memory freed with a held lock in it");

/* By task number; bit n of the mask: holders[n] holds something. */
static struct kshim_held *holders[KSHIM_MAX_TASKS] KSHIM_SAME;
static unsigned long holding;

void kshim_held_inc(const void *lock, unsigned int how, const void *pc)
{
	struct kshim_task *t = kshim_me();
	struct kshim_held *h;

	kshim_touch(KSHIM_HELD, lock, 1);
	if (unlikely(!t || !t->priv))
		return;
	h = &((struct task_struct *)t->priv)->held;
	if (likely(h->nr < KSHIM_MAX_HELD)) {
		struct kshim_held_lock *l = &h->lock[h->nr];

		l->lock = lock;
		l->pc = pc;
		l->class = how;
		l->hash = kshim_lock_next_hash(h, h->nr, how);
	}
	if (h->nr++)
		return;
	holders[t->id] = h;
	if (likely(!kshim_hot.parallel))
		holding |= 1UL << t->id;
	else
		__atomic_fetch_or(&holding, 1UL << t->id, __ATOMIC_SEQ_CST);
}

static int held_find(const struct kshim_held *h, const void *lock)
{
	unsigned int i = min_t(unsigned int, h->nr, KSHIM_MAX_HELD);

	while (i--)
		if (h->lock[i].lock == lock)
			return i;
	return -1;
}

static void rehash(struct kshim_held *h, int from, int top)
{
	for (; from < top; from++)
		h->lock[from].hash = kshim_lock_next_hash(h, from, h->lock[from].class);
}

/* Out of order: NULL stands for one of those that had no room. */
static int held_del(struct kshim_held *h, const void *lock)
{
	int i = held_find(h, lock), top = min_t(int, h->nr, KSHIM_MAX_HELD), at;

	if (i < 0 && h->nr > KSHIM_MAX_HELD)
		return 1;
	if (i < 0)
		i = held_find(h, NULL);
	if (i < 0)
		return 0;
	for (at = i; at + 1 < top; at++)
		h->lock[at] = h->lock[at + 1];
	if (h->nr > KSHIM_MAX_HELD)
		h->lock[KSHIM_MAX_HELD - 1] = (struct kshim_held_lock) {
			.class = KSHIM_HOW_NOCHECK,
		};
	rehash(h, i, h->nr > KSHIM_MAX_HELD ? top : top - 1);
	return 1;
}

int kshim_held_dec(const void *lock)
{
	struct kshim_task *t = kshim_me();
	struct kshim_held *h;
	unsigned int i;

	if (unlikely(!t || !t->priv))
		return 1;
	h = &((struct task_struct *)t->priv)->held;
	if (unlikely(!h->nr))
		return 0;
	i = h->nr - 1;
	if (unlikely(i >= KSHIM_MAX_HELD || h->lock[i].lock != lock) && !held_del(h, lock))
		return 0;
	if (--h->nr)
		return 1;
	if (likely(!kshim_hot.parallel))
		holding &= ~(1UL << t->id);
	else
		__atomic_fetch_and(&holding, ~(1UL << t->id), __ATOMIC_SEQ_CST);
	return 1;
}

void kshim_held_downgrade(const void *lock)
{
	struct task_struct *t = kshim_my_task();
	int i = t ? held_find(&t->held, lock) : -1;

	if (i < 0)
		return;
	t->held.lock[i].class |= KSHIM_LOCK_SHARED_BY;
	rehash(&t->held, i, min_t(int, t->held.nr, KSHIM_MAX_HELD));
}

int kshim_is_held(const void *lock)
{
	struct task_struct *t = kshim_my_task();

	return !t || t->held.nr > KSHIM_MAX_HELD || held_find(&t->held, lock) >= 0 ||
	       held_find(&t->held, NULL) >= 0;
}

int kshim_is_held_type(const void *lock, int read)
{
	struct task_struct *t = kshim_my_task();
	int i = t ? held_find(&t->held, lock) : -1;

	if (i < 0)
		return kshim_is_held(lock);
	return !(t->held.lock[i].class & KSHIM_LOCK_READ) == !read;
}

int kshim_knows_held(const void *lock)
{
	struct task_struct *t = kshim_my_task();

	return t && held_find(&t->held, lock) >= 0;
}

unsigned int kshim_nr_held(void)
{
	struct task_struct *t = kshim_my_task();

	return t ? t->held.nr : 0;
}

unsigned int kshim_held_locks(unsigned int task, const void **lock, unsigned int max)
{
	const struct kshim_held *h;
	unsigned int i;

	if (task >= KSHIM_MAX_TASKS || !(holding >> task & 1))
		return 0;
	h = holders[task];
	for (i = 0; i < max && i < h->nr && i < KSHIM_MAX_HELD; i++)
		lock[i] = h->lock[i].lock;
	return h->nr;
}

unsigned int kshim_held_refs(unsigned int task, struct kshim_lock_ref *ref, unsigned int max)
{
	const struct kshim_held *h;
	unsigned int i;

	if (task >= KSHIM_MAX_TASKS || !(holding >> task & 1))
		return 0;
	h = holders[task];
	for (i = 0; i < max && i < h->nr && i < KSHIM_MAX_HELD; i++)
		ref[i] = kshim_held_ref(&h->lock[i]);
	return i;
}

static noinline __cold void freed_report(const struct kshim_held *h, unsigned int i,
					 const void *p, unsigned long size)
{
	struct kshim_lock_report *r = &kshim_lock_report;

	kshim_lock_report_begin(r, KSHIM_LOCKS_FREED, h);
	r->prev = kshim_held_ref(&h->lock[i]);
	r->from = (unsigned long)p;
	r->to = (unsigned long)p + size - 1;
	kshim_report(&kshim_oracle_lock_freed, 0,
		     "WARNING: held lock freed! %s/%d is freeing memory %016lx-%016lx, with a lock still held there (%016lx, by %s)",
		     kshim_my_comm(), kshim_my_pid(), r->from, r->to,
		     (unsigned long)h->lock[i].lock,
		     container_of(h, struct task_struct, held)->comm);
}

void kshim_locks_freed(const void *p, unsigned long size)
{
	unsigned long left = __atomic_load_n(&holding, __ATOMIC_RELAXED);

	for (; left; left &= left - 1) {
		const struct kshim_held *h = holders[__builtin_ctzl(left)];
		unsigned int i, n = min_t(unsigned int, h->nr, KSHIM_MAX_HELD);

		for (i = 0; i < n; i++)
			if (unlikely((unsigned long)h->lock[i].lock - (unsigned long)p < size)) {
				freed_report(h, i, p, size);
				break;
			}
	}
}

void kshim_held_check(const char *where)
{
	struct task_struct *t = kshim_my_task();

	if (likely(!t || !t->held.nr))
		return;
	kshim_lock_report_begin(&kshim_lock_report,
				where ? KSHIM_LOCKS_LEFT : KSHIM_LOCKS_IN_USER, &t->held);
	if (!where)
		kshim_report(&kshim_oracle_lock_held, 0,
			     "WARNING: lock held when returning to user space! %u lock(s) held by %s/%d, the innermost is %016lx",
			     t->held.nr, t->comm, t->pid,
			     (unsigned long)t->held.lock[min_t(unsigned int, t->held.nr,
							       KSHIM_MAX_HELD) - 1].lock);
	else
		kshim_report(&kshim_oracle_lock_held, 0,
			     "WARNING: %s/%d still has locks held! (%u, at %s)",
			     t->comm, t->pid, t->held.nr, where);
}
