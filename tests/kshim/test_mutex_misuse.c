// SPDX-License-Identifier: GPL-2.0-only
/* Mutexes used wrongly: each mistake is reported, where it is made. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <kshim/locks.h>
#include "ktest.h"

static DEFINE_MUTEX(m);
static atomic_t ended;

static int take(void *arg)
{
	mutex_lock(&m);
	mutex_unlock(&m);
	return 0;
}

/* With a signal pending the wait ends, so the test does as well. */
KTEST(mutex_recursion)
{
	ktest_oracle_off("lockdep");
	mutex_lock(&m);
	send_sig(SIGKILL, current, 1);
	ktest_expect_report("mutex", "possible recursive locking detected");
	KEXPECT_EQ(mutex_lock_killable(&m), -EINTR);
	mutex_unlock(&m);
}

KTEST(mutex_deadlock)
{
	struct task_struct *t;

	ktest_expect_report("deadlock", "");
	mutex_lock(&m);
	t = kthread_run(take, NULL, "q");
	msleep(1);
	kthread_stop(t);
}

KTEST(mutex_unlock_of_unlocked)
{
	ktest_expect_report("mutex", "bad unlock balance detected");
	mutex_unlock(&m);
}

static int unlock(void *arg)
{
	mutex_unlock(&m);
	atomic_inc(&ended);
	return 0;
}

KTEST(mutex_unlock_of_foreign)
{
	ktest_expect_report("mutex", "DEBUG_LOCKS_WARN_ON(__owner_task(owner) !=");
	mutex_lock(&m);
	kthread_run(unlock, NULL, "u");
	while (!atomic_read(&ended))
		msleep(1);
	kshim_held_dec(&m);
}

KTEST(mutex_not_initialised)
{
	struct mutex *z = kzalloc(sizeof(*z), GFP_KERNEL);

	ktest_expect_report("mutex", "was not initialised");
	mutex_lock(z);
	mutex_unlock(z);
	kfree(z);
}

KTEST(mutex_destroyed_while_held)
{
	struct mutex *z = kzalloc(sizeof(*z), GFP_KERNEL);

	mutex_init(z);
	mutex_lock(z);
	ktest_expect_report("mutex", "destroyed while held");
	mutex_destroy(z);
	mutex_unlock(z);
	kfree(z);
}

KTEST(mutex_freed_while_held)
{
	struct { long x; struct mutex m; } *p = kzalloc(sizeof(*p), GFP_KERNEL);

	mutex_init(&p->m);
	mutex_lock(&p->m);
	ktest_expect_report("held-lock-freed", "WARNING: held lock freed!");
	kfree(p);
	kshim_held_dec(&p->m);
}

KTEST(mutex_of_freed_memory)
{
	struct mutex *z = kzalloc(sizeof(*z), GFP_KERNEL);

	mutex_init(z);
	kfree(z);
	ktest_expect_report("kasan", "use-after-free");
	mutex_lock(z);
}

KTEST(mutex_held_in_user_space)
{
	mutex_lock(&m);
	ktest_expect_report("lock-held", "WARNING: lock held when returning to user space!");
	kshim_held_check(NULL);
	mutex_unlock(&m);
	kshim_held_check(NULL);
	KEXPECT_EQ(ktest_reports("lock-held"), 1);
}

KTEST(mutex_in_atomic_context)
{
	DEFINE_SPINLOCK(s);

	spin_lock(&s);
	ktest_expect_report("atomic-sleep", "BUG: sleeping function called from invalid context at ");
	mutex_lock(&m);
	mutex_unlock(&m);
	spin_unlock(&s);
	mutex_lock(&m);
	KEXPECT_EQ(ktest_reports("atomic-sleep"), 1);
	KEXPECT(lockdep_is_held(&m));
	mutex_unlock(&m);
	KEXPECT(!lockdep_is_held(&m));
}
