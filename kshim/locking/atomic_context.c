// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomic context. Mirrors preempt_count() and __might_sleep().
 *
 * Given: a count per task of spinlocks, disabled preemption, interrupts or
 * bottom halves, plus RCU read sides; sleeping with any of them is reported
 * wherever the kernel says might_sleep(), also when it would not have slept.
 * Not given: exclusion. Turning preemption or interrupts off keeps nobody
 * else from running.
 */
#include "locking/lock.h"

KSHIM_ORACLE(kshim_oracle_atomic_sleep, "atomic-sleep",
	     "sleeping function called under a spinlock or in an RCU read side");

void preempt_disable(void)
{
	struct task_struct *t = kshim_my_task();

	if (likely(t))
		t->preempt_count++;
}

void preempt_enable(void)
{
	struct task_struct *t = kshim_my_task();

	if (likely(t))
		t->preempt_count--;
}

int preempt_count(void)
{
	struct task_struct *t = kshim_my_task();

	return t ? t->preempt_count : 0;
}

/**
 * __might_sleep() - the caller may block: is it allowed to?
 * @file:	of the caller
 * @line:	of the caller
 *
 * Reports oracle "atomic-sleep".
 */
void __might_sleep(const char *file, int line)
{
	struct task_struct *t = kshim_my_task();

	if (likely(!t || !(t->preempt_count | t->rcu_read_lock_nesting)))
		return;
	kshim_report(&kshim_oracle_atomic_sleep, 0,
		     "BUG: sleeping function called from invalid context at %s:%d (in_atomic(): %d, RCU nest depth: %d, pid: %d, name: %s)",
		     file, line, t->preempt_count != 0, t->rcu_read_lock_nesting,
		     t->pid, t->comm);
}
