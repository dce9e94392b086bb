// SPDX-License-Identifier: GPL-2.0-only
/* Spinlocks, rwlocks and atomic context. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <kshim/locks.h>
#include "ktest.h"

static DEFINE_SPINLOCK(s);
static DEFINE_RWLOCK(rw);
static int plain;
static atomic_t ended;

static int count(void *arg)
{
	unsigned long flags;
	int i;

	for (i = 0; i < 5; i++) {
		spin_lock_irqsave(&s, flags);
		WRITE_ONCE(plain, READ_ONCE(plain) + 1);
		spin_unlock_irqrestore(&s, flags);
		write_lock(&rw);
		WRITE_ONCE(plain, READ_ONCE(plain) + 1);
		write_unlock(&rw);
	}
	atomic_inc(&ended);
	return 0;
}

/* plain is under two locks in turn, so count each on its own. */
static int count_spin(void *arg)
{
	int i;

	for (i = 0; i < 5; i++) {
		spin_lock(&s);
		WRITE_ONCE(plain, READ_ONCE(plain) + 1);
		spin_unlock(&s);
	}
	atomic_inc(&ended);
	return 0;
}

static void wait_for(int n)
{
	while (atomic_read(&ended) < n)
		msleep(1);
}

KTEST(spinlock_excludes)
{
	kthread_run(count_spin, NULL, "a");
	kthread_run(count_spin, NULL, "b");
	count_spin(NULL);
	wait_for(3);
	KEXPECT_EQ(plain, 15);
	KEXPECT_EQ(preempt_count(), 0);
}

KTEST(spinlock_alone)
{
	count(NULL);
	KEXPECT_EQ(plain, 10);
	KEXPECT_EQ(spin_trylock(&s), 1);
	KEXPECT(spin_is_locked(&s));
	KEXPECT_EQ(preempt_count(), 1);
	KEXPECT_EQ(spin_trylock(&s), 0);
	KEXPECT_EQ(preempt_count(), 1);
	spin_unlock(&s);
	KEXPECT_EQ(preempt_count(), 0);
}

static int unlock(void *arg)
{
	msleep(1);
	preempt_disable();
	spin_unlock(&s);
	atomic_inc(&ended);
	return 0;
}

/* The foreign unlock ends the wait that recursion leads to. */
KTEST(spinlock_recursion)
{
	ktest_oracle_off("lockdep");
	ktest_expect_report("spinlock", "BUG: spinlock ");
	kthread_run(unlock, NULL, "u");
	spin_lock(&s);
	spin_lock(&s);
	KEXPECT_EQ(ktest_reports("spinlock"), 2);
	KEXPECT_EQ(preempt_count(), 2);
	spin_unlock(&s);
	kshim_held_dec(&s);
	preempt_enable();
}

KTEST(spinlock_unlocked_twice)
{
	ktest_expect_report("spinlock", "BUG: spinlock already unlocked on CPU#0");
	spin_lock(&s);
	spin_unlock(&s);
	preempt_disable();
	spin_unlock(&s);
}

KTEST(spinlock_wrong_owner)
{
	ktest_expect_report("spinlock", "BUG: spinlock wrong owner on CPU#0");
	spin_lock(&s);
	kthread_run(unlock, NULL, "u");
	preempt_enable();
	wait_for(1);
	kshim_held_dec(&s);
}

KTEST(spinlock_counter)
{
	atomic_t n = ATOMIC_INIT(2);

	KEXPECT_EQ(atomic_dec_and_lock(&n, &s), 0);
	KEXPECT_EQ(atomic_dec_and_lock(&n, &s), 1);
	spin_unlock(&s);
}

KTEST(rwlock_shares)
{
	read_lock(&rw);
	KEXPECT_EQ(read_trylock(&rw), 1);
	KEXPECT_EQ(write_trylock(&rw), 0);
	read_unlock(&rw);
	read_unlock(&rw);
	KEXPECT_EQ(write_trylock(&rw), 1);
	KEXPECT_EQ(read_trylock(&rw), 0);
	write_unlock(&rw);
	KEXPECT_EQ(preempt_count(), 0);
}

KTEST(atomic_context_kmalloc)
{
	void *p;

	spin_lock(&s);
	p = kmalloc(8, GFP_ATOMIC);
	kfree(p);
	ktest_expect_report("atomic-sleep", "in_atomic(): 1, RCU nest depth: 0");
	p = kmalloc(8, GFP_KERNEL);
	spin_unlock(&s);
	kfree(p);
	KEXPECT_EQ(ktest_reports("atomic-sleep"), 1);
}

KTEST(atomic_context_rcu)
{
	rcu_read_lock();
	ktest_expect_report("atomic-sleep", "in_atomic(): 0, RCU nest depth: 1");
	might_sleep();
	rcu_read_unlock();
	might_sleep();
	KEXPECT_EQ(ktest_reports("atomic-sleep"), 1);
}
