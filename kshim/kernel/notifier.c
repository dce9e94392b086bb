// SPDX-License-Identifier: GPL-2.0-only
/*
 * Notifier chains.
 *
 * The kernel: entries are called by falling priority, equal ones first come,
 * first served, until one says stop; the blocking kind holds its rwsem for
 * reading while it calls and for writing while it changes, so unregistering
 * waits for calls under way; the atomic kind is under RCU; the raw kind is
 * protected by its user. Registering an entry twice warns; since 5.17 it
 * also fails with -EEXIST. Unregistering a stranger gives -ENOENT.
 *
 * Here: the same; every entry is checked to be alive before it is called,
 * and each call is a point. Not here: the robust variants, the limit on the
 * number of calls.
 */
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>

#include "sched/sched.h"

static int chain_add(struct notifier_block **nl, struct notifier_block *nb)
{
	kshim_point(KSHIM_WRITE, nb, sizeof(*nb));
	for (; *nl; nl = &(*nl)->next) {
		kshim_check(*nl, 0);
		if (*nl == nb) {
#if KSHIM_HAS_NOTIFIER_EEXIST
			WARN(1, "notifier callback %ps already registered",
			     nb->notifier_call);
			return -EEXIST;
#else
			WARN(1, "double register detected");
			return 0;
#endif
		}
		if (nb->priority > (*nl)->priority)
			break;
	}
	nb->next = *nl;
	smp_store_release(nl, nb);
	return 0;
}

static int chain_del(struct notifier_block **nl, struct notifier_block *nb)
{
	kshim_point(KSHIM_WRITE, nl, sizeof(*nl));
	for (; *nl; nl = &(*nl)->next) {
		kshim_check(*nl, 0);
		if (*nl != nb)
			continue;
		__atomic_store_n(nl, nb->next, __ATOMIC_RELEASE);
		return 0;
	}
	return -ENOENT;
}

static int chain_call(struct notifier_block **nl, unsigned long val, void *v)
{
	struct notifier_block *nb, *next;
	int ret = NOTIFY_DONE;

	for (nb = __atomic_load_n(nl, __ATOMIC_ACQUIRE); nb; nb = next) {
		kshim_point(KSHIM_CALL, nb, sizeof(*nb));
		/* Before the call: the entry may unregister itself (raw kind). */
		next = __atomic_load_n(&nb->next, __ATOMIC_ACQUIRE);
		ret = nb->notifier_call(nb, val, v);
		if (ret & NOTIFY_STOP_MASK)
			break;
	}
	return ret;
}

/**
 * blocking_notifier_chain_register() - add an entry
 * @nh:		chain
 * @nb:		entry
 *
 * Context: process, may sleep; not from a call of the same chain.
 * Return: 0, or -EEXIST where the kernel has it.
 */
int blocking_notifier_chain_register(struct blocking_notifier_head *nh,
				     struct notifier_block *nb)
{
	int ret;

	down_write(&nh->rwsem);
	ret = chain_add(&nh->head, nb);
	up_write(&nh->rwsem);
	return ret;
}

/**
 * blocking_notifier_chain_unregister() - remove an entry
 * @nh:		chain
 * @nb:		entry; no call of it is under way when this returns
 *
 * Context: process, may sleep; not from a call of the same chain.
 * Return: 0 or -ENOENT.
 */
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb)
{
	int ret;

	down_write(&nh->rwsem);
	ret = chain_del(&nh->head, nb);
	up_write(&nh->rwsem);
	return ret;
}

/**
 * blocking_notifier_call_chain() - call the entries
 * @nh:		chain
 * @val:	event
 * @v:		its data
 *
 * Context: process, may sleep.
 * Return: what the last one called returned; NOTIFY_DONE for an empty chain,
 * for which the rwsem is not taken.
 */
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val,
				 void *v)
{
	int ret = NOTIFY_DONE;

	kshim_point(KSHIM_MARKED_READ, &nh->head, sizeof(nh->head));
	if (__atomic_load_n(&nh->head, __ATOMIC_ACQUIRE)) {
		down_read(&nh->rwsem);
		ret = chain_call(&nh->head, val, v);
		up_read(&nh->rwsem);
	}
	return ret;
}

int atomic_notifier_chain_register(struct atomic_notifier_head *nh,
				   struct notifier_block *nb)
{
	int ret;

	spin_lock(&nh->lock);
	ret = chain_add(&nh->head, nb);
	spin_unlock(&nh->lock);
	return ret;
}

int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh,
				     struct notifier_block *nb)
{
	int ret;

	spin_lock(&nh->lock);
	ret = chain_del(&nh->head, nb);
	spin_unlock(&nh->lock);
	synchronize_rcu();
	return ret;
}

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)
{
	int ret;

	rcu_read_lock();
	ret = chain_call(&nh->head, val, v);
	rcu_read_unlock();
	return ret;
}

int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	return chain_add(&nh->head, nb);
}

int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	return chain_del(&nh->head, nb);
}

int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)
{
	return chain_call(&nh->head, val, v);
}

void srcu_init_notifier_head(struct srcu_notifier_head *nh)
{
	mutex_init(&nh->mutex);
	init_srcu_struct(&nh->srcu);
	nh->head = NULL;
}

int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *nb)
{
	int ret;

	mutex_lock(&nh->mutex);
	ret = chain_add(&nh->head, nb);
	mutex_unlock(&nh->mutex);
	return ret;
}

int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh,
				   struct notifier_block *nb)
{
	int ret;

	mutex_lock(&nh->mutex);
	ret = chain_del(&nh->head, nb);
	mutex_unlock(&nh->mutex);
	synchronize_srcu(&nh->srcu);
	return ret;
}

int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v)
{
	int idx = srcu_read_lock(&nh->srcu), ret;

	ret = chain_call(&nh->head, val, v);
	srcu_read_unlock(&nh->srcu, idx);
	return ret;
}
