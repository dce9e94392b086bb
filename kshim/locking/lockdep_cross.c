// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completions in the order of locks. The kernel had this once (4.14,
 * "crossrelease") and gave it up, because it has too many completions whose
 * waiters and completers are kept apart by other means.
 *
 * Here: waiting for a completion is like taking a lock, and who completes it
 * holds it: everything that it had to wait for in the same system call, work
 * item, timer function or RCU callback before came between. So "waits with L
 * held" and "took L, then completed" is a cycle, also when the run at hand
 * ended well. A kernel thread has one context for its whole life.
 *
 * Not here: completions that were waited for before another was completed.
 * Two tasks that hand work to and fro do that all the time.
 * What keeps waiter and completer apart other than by locks is not seen: code
 * that waits only when a flag tells it that the other has passed the lock.
 */
#include "locking/lockdep.h"

#define COMPLETES	0x80000000u	/* in a hash: not a stack of locks */

/* Each class once, and room for another one. */
noinline void kshim_lock_past_compact(struct kshim_lock_past *p)
{
	unsigned int i, j, n = 0;

	for (i = 0; i < p->n; i++) {
		for (j = 0; j < n && p->lock[j].how != p->lock[i].how; j++)
			;
		if (j == n)
			p->lock[n++] = p->lock[i];
	}
	p->n = min_t(unsigned int, n, KSHIM_LOCK_PAST - 1);
}

noinline void kshim_lock_completes_slow(struct kshim_lock_past *p, const void *obj,
					struct lockdep_map *map, const void *pc)
{
	unsigned int how = kshim_lock_how(map, obj, 0, 0), i;
	unsigned long hash = kshim_lock_mix(1, how | COMPLETES);
	struct kshim_lock_report *r = &kshim_lock_report;
	struct kshim_lock_ref done = {
		.lock = obj, .pc = pc, .class = kshim_how_class(how),
	}, took;
	bool circular = false;

	for (i = 0; i < p->n; i++)
		hash = kshim_lock_mix(hash, p->lock[i].how);
	if (!kshim_how_checked(how) || kshim_lock_chain_is_known(hash))
		return;
	kshim_obj_lock(kshim_lock_chains);
	kshim_lock_used(done.class, 0);
	for (i = 0; i < p->n && !circular; i++) {
		took = (struct kshim_lock_ref) {
			.lock = p->lock[i].lock, .pc = p->lock[i].pc,
			.class = kshim_how_class(p->lock[i].how),
			.mode = p->lock[i].how % KSHIM_LOCK_MODES,
		};
		circular = took.class != done.class && kshim_lock_order(&done, &took, r);
	}
	if (circular) {
		kshim_lock_report_begin(r, KSHIM_LOCKS_CIRCULAR, &kshim_my_task()->held);
		r->completes = 1;
		r->prev = done;
		r->next = took;
	} else {
		kshim_lock_chain_known(hash);
	}
	kshim_obj_unlock(kshim_lock_chains);
	if (circular)
		kshim_lock_circular(r);
}
