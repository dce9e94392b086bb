// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors lib/klist.c: a list that can be walked while it changes.
 *
 * The kernel: the list references each node, and an iterator the one it is
 * at; a removed node stays linked until nobody is at it, but no iterator
 * stops at it any more. get() and put() pin the object around a node.
 * klist_remove() also waits until the node is really gone.
 *
 * Given: that. Not given: adding at the head, before or behind a node.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/klist.h>
#include <linux/wait.h>
#include "engine/engine.h"

static DECLARE_WAIT_QUEUE_HEAD(klist_waitq);

void klist_init(struct klist *k, void (*get)(struct klist_node *),
		void (*put)(struct klist_node *))
{
	INIT_LIST_HEAD(&k->k_list);
	k->get = get;
	k->put = put;
}

void klist_add_tail(struct klist_node *n, struct klist *k)
{
	INIT_LIST_HEAD(&n->n_node);
	n->n_ref = 1;
	n->n_dead = false;
	if (k->get)
		k->get(n);
	kshim_point(KSHIM_WRITE, k, sizeof(*k));
	kshim_obj_lock_ordered(k);
	__atomic_store_n(&n->n_klist, k, __ATOMIC_RELEASE);
	list_add_tail(&n->n_node, &k->k_list);
	kshim_obj_unlock(k);
}

/* With the list's lock held. True: the node is off the list. */
static bool drop_locked(struct klist_node *n)
{
	if (--n->n_ref)
		return false;
	list_del(&n->n_node);
	__atomic_store_n(&n->n_klist, NULL, __ATOMIC_RELEASE);
	return true;
}

/* A node went. Waiting for that is rare: no point when nobody does. */
static void tell_waiters(void)
{
	smp_mb();
	if (!list_empty(&klist_waitq.head))
		wake_up_all(&klist_waitq);
}

static void klist_put(struct klist_node *n, bool kill)
{
	struct klist *k = n->n_klist;
	void (*put)(struct klist_node *) = k->put;
	bool gone;

	kshim_obj_lock_ordered(k);
	if (kill) {
		WARN_ON(n->n_dead);
		n->n_dead = true;
	}
	gone = drop_locked(n);
	kshim_obj_unlock(k);
	if (!gone)
		return;
	tell_waiters();
	if (put)
		put(n);
}

/* Take a node off its list; an iterator may still be at it. */
void klist_del(struct klist_node *n)
{
	kshim_point(KSHIM_WRITE, n->n_klist, sizeof(struct klist));
	klist_put(n, true);
}

/* And wait until no iterator is. */
void klist_remove(struct klist_node *n)
{
	klist_del(n);
	if (klist_node_attached(n))
		wait_event(klist_waitq, !klist_node_attached(n));
}

int klist_node_attached(struct klist_node *n)
{
	return __atomic_load_n(&n->n_klist, __ATOMIC_ACQUIRE) != NULL;
}

void klist_iter_init_node(struct klist *k, struct klist_iter *i, struct klist_node *n)
{
	i->i_klist = k;
	i->i_cur = n;
	if (n) {
		kshim_obj_lock_ordered(k);
		n->n_ref++;
		kshim_obj_unlock(k);
	}
}

void klist_iter_init(struct klist *k, struct klist_iter *i)
{
	klist_iter_init_node(k, i, NULL);
}

void klist_iter_exit(struct klist_iter *i)
{
	if (i->i_cur)
		klist_put(i->i_cur, false);
	i->i_cur = NULL;
}

/**
 * klist_next() - go to the next live node
 * @i:		iterator
 *
 * Return: the node, referenced by the iterator; NULL at the end.
 */
struct klist_node *klist_next(struct klist_iter *i)
{
	struct klist *k = i->i_klist;
	struct klist_node *last = i->i_cur, *n;
	struct list_head *pos;
	bool gone = false;

	kshim_point(KSHIM_READ, k, sizeof(*k));
	kshim_obj_lock_ordered(k);
	pos = last ? last->n_node.next : k->k_list.next;
	while (pos != &k->k_list && list_entry(pos, struct klist_node, n_node)->n_dead)
		pos = pos->next;
	n = pos == &k->k_list ? NULL : list_entry(pos, struct klist_node, n_node);
	if (n)
		n->n_ref++;
	if (last)
		gone = drop_locked(last);
	kshim_obj_unlock(k);
	i->i_cur = n;
	if (gone) {
		tell_waiters();
		if (k->put)
			k->put(last);
	}
	return n;
}
