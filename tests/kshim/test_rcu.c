// SPDX-License-Identifier: GPL-2.0-only
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include "ktest.h"

struct obj {
	int value;
	struct rcu_head rcu;
};

static struct obj __rcu *shared;
static DECLARE_COMPLETION(in_reader);
static int called, stop;
static int order[3];

static int reader(void *unused)
{
	struct obj *o;
	int i;

	for (i = 0; i < 10; i++) {
		rcu_read_lock();
		o = rcu_dereference(shared);
		if (o)
			KEXPECT_EQ(o->value, 1);
		rcu_read_unlock();
	}
	return 0;
}

static struct obj *new_obj(void)
{
	struct obj *o = kmalloc(sizeof(*o), GFP_KERNEL);

	o->value = 1;
	return o;
}

/* A reader never sees freed memory: kasan would say so. */
KTEST(rcu_synchronize_protects_readers)
{
	struct task_struct *t[2];
	struct obj *o;
	int i;

	rcu_assign_pointer(shared, new_obj());
	t[0] = kthread_run(reader, NULL, "reader/0");
	t[1] = kthread_run(reader, NULL, "reader/1");
	for (i = 0; i < 4; i++) {
		o = rcu_replace_pointer(shared, new_obj(), true);
		synchronize_rcu();
		o->value = 0;
		kfree(o);
	}
	kthread_stop(t[0]);
	kthread_stop(t[1]);
	kfree(shared);
}

KTEST(rcu_kfree_protects_readers)
{
	struct task_struct *t = kthread_run(reader, NULL, "reader");
	struct obj *o;
	int i;

	for (i = 0; i < 4; i++) {
		o = rcu_replace_pointer(shared, new_obj(), true);
		kfree_rcu(o, rcu);
	}
	kthread_stop(t);
	o = shared;
	RCU_INIT_POINTER(shared, NULL);
	kfree_rcu(o, rcu);
	rcu_barrier();
}

/* Turns that a task waits for another: not every schedule gets it there. */
#define wait_briefly_for(cond)						\
({									\
	int __n;							\
	for (__n = 0; __n < 300 && !(cond); __n++)			\
		cpu_relax();						\
	(cond);								\
})

static int long_reader(void *unused)
{
	rcu_read_lock();
	rcu_read_lock();		/* nests */
	WRITE_ONCE(called, 1);
	wait_briefly_for(READ_ONCE(stop));
	rcu_read_unlock();
	WRITE_ONCE(called, 2);
	rcu_read_unlock();
	return 0;
}

KTEST(rcu_synchronize_waits_for_the_outermost)
{
	struct task_struct *t = kthread_run(long_reader, NULL, "reader");

	if (wait_briefly_for(READ_ONCE(called))) {
		WRITE_ONCE(stop, 1);
		synchronize_rcu();
		KEXPECT_EQ(READ_ONCE(called), 2);
	}
	WRITE_ONCE(stop, 1);
	kthread_stop(t);
}

static int later_reader(void *unused)
{
	rcu_read_lock();
	WRITE_ONCE(called, 3);
	wait_briefly_for(READ_ONCE(stop));
	WRITE_ONCE(called, 4);
	rcu_read_unlock();
	return 0;
}

static int grace(void *unused)
{
	synchronize_rcu();
	complete(&in_reader);
	return 0;
}

static int grace_has_begun(struct task_struct *g)
{
	return READ_ONCE(__kshim_state(g)) == TASK_UNINTERRUPTIBLE;
}

/* Readers that come later do not keep a grace period from ending. */
KTEST_FLAGS(rcu_does_not_wait_for_later_readers, KTEST_NO_PARALLEL)
{
	struct task_struct *g, *r = NULL;

	rcu_read_lock();
	g = kthread_run(grace, NULL, "grace");
	if (wait_briefly_for(grace_has_begun(g)))
		r = kthread_run(later_reader, NULL, "later");
	if (r && wait_briefly_for(READ_ONCE(called) == 3)) {
		KEXPECT(!completion_done(&in_reader));
		rcu_read_unlock();
		/* One reader is left, and the grace period ends all the same. */
		if (wait_briefly_for(completion_done(&in_reader)))
			KEXPECT(called == 3 || called == 4);
		else
			KEXPECT_EQ(READ_ONCE(called), 4);
	} else {
		rcu_read_unlock();
	}
	WRITE_ONCE(stop, 1);
	if (r)
		kthread_stop(r);
	kthread_stop(g);
}

struct cb {
	struct rcu_head head;
	int id;
};

static void callback(struct rcu_head *head)
{
	order[called++] = container_of(head, struct cb, head)->id;
}

KTEST(rcu_callbacks_in_order)
{
	struct cb cb[3];
	int i;

	for (i = 0; i < 3; i++) {
		cb[i].id = i;
		call_rcu(&cb[i].head, callback);
	}
	rcu_barrier();
	KEXPECT_EQ(called, 3);
	for (i = 0; i < 3; i++)
		KEXPECT_EQ(order[i], i);
}

KTEST(rcu_callback_waits_for_the_reader)
{
	struct cb cb = { .id = 5 };

	rcu_read_lock();
	KEXPECT(rcu_read_lock_held());
	call_rcu(&cb.head, callback);
	for (stop = 0; stop < 20; stop++)
		udelay(1);
	KEXPECT_EQ(READ_ONCE(called), 0);
	rcu_read_unlock();
	KEXPECT(!rcu_read_lock_held());
	rcu_barrier();
	KEXPECT_EQ(called, 1);
}

KTEST(rcu_synchronize_in_a_reader)
{
	ktest_expect_report("rcu", "Illegal synchronize_rcu() in RCU read-side");
	rcu_read_lock();
	synchronize_rcu();
	rcu_read_unlock();
}

KTEST(rcu_unbalanced_unlock)
{
	ktest_expect_report("rcu", "bad unlock balance");
	rcu_read_unlock();
}

DEFINE_STATIC_SRCU(srcu);

static int srcu_reader(void *unused)
{
	int idx = srcu_read_lock(&srcu);

	complete(&in_reader);
	msleep(100);
	WRITE_ONCE(called, 1);
	srcu_read_unlock(&srcu, idx);
	return 0;
}

KTEST(srcu_readers_may_sleep)
{
	struct task_struct *t = kthread_run(srcu_reader, NULL, "reader");
	int idx;

	wait_for_completion(&in_reader);
	synchronize_srcu(&srcu);
	KEXPECT_EQ(called, 1);
	synchronize_srcu(&srcu);
	idx = srcu_read_lock(&srcu);
	srcu_read_unlock(&srcu, idx);
	cleanup_srcu_struct(&srcu);
	kthread_stop(t);
}
