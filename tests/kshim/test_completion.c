// SPDX-License-Identifier: GPL-2.0-only
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/limits.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <kshim/user.h>
#include "ktest.h"

static DECLARE_COMPLETION(done);
static struct completion go;
static atomic_t passed;
static int order[3];

static int completer(void *data)
{
	complete(data);
	return 0;
}

KTEST(completion_counts)
{
	struct completion c;

	init_completion(&c);
	KEXPECT(!completion_done(&c));
	KEXPECT(!try_wait_for_completion(&c));
	complete(&c);
	complete(&c);
	KEXPECT(completion_done(&c));
	wait_for_completion(&c);
	KEXPECT(try_wait_for_completion(&c));
	KEXPECT(!try_wait_for_completion(&c));
	KEXPECT_EQ(c.done, 0);
}

KTEST(completion_all_sticks)
{
	struct completion c;

	init_completion(&c);
	complete_all(&c);
	wait_for_completion(&c);
	wait_for_completion(&c);
	KEXPECT_EQ(c.done, UINT_MAX);
	complete(&c);			/* no overflow */
	KEXPECT_EQ(c.done, UINT_MAX);
	KEXPECT(try_wait_for_completion(&c));
	reinit_completion(&c);
	KEXPECT(!completion_done(&c));
	KEXPECT_EQ(wait_for_completion_timeout(&c, 1), 0);
}

KTEST(completion_wakes_the_waiter)
{
	kthread_run(completer, &done, "completer");
	wait_for_completion(&done);
	KEXPECT_EQ(done.done, 0);
}

KTEST(completion_timeout_is_zero)
{
	struct completion c;
	unsigned long start = jiffies;

	init_completion(&c);
	KEXPECT_EQ(wait_for_completion_timeout(&c, 100), 0);
	KEXPECT_EQ(jiffies - start, 100);
	KEXPECT_EQ(wait_for_completion_timeout(&c, 0), 0);
	KEXPECT_EQ(wait_for_completion_interruptible_timeout(&c, 5), 0);
	KEXPECT_EQ(wait_for_completion_killable_timeout(&c, 5), 0);
	KEXPECT(!c.wait.first);
}

KTEST(completion_timeout_gives_what_is_left)
{
	struct completion c;

	init_completion(&c);
	complete(&c);
	KEXPECT_EQ(wait_for_completion_timeout(&c, 100), 100);
	complete(&c);
	KEXPECT_EQ(wait_for_completion_timeout(&c, 0), 1);
	complete(&c);
	KEXPECT_EQ(wait_for_completion_interruptible_timeout(&c, 0), 1);
}

static int late_completer(void *data)
{
	msleep(40);
	complete(data);
	return 0;
}

KTEST(completion_rest_of_the_time)
{
	long left;

	init_completion(&go);
	kthread_run(late_completer, &go, "late");
	left = wait_for_completion_timeout(&go, 100);
	KEXPECT_EQ(left, 100 - msecs_to_jiffies(40) - 1);
}

static int waiter(void *data)
{
	long n = (long)data;

	wait_for_completion(&go);
	order[atomic_inc_return(&passed) - 1] = n;
	complete(&done);
	return 0;
}

static void wait_until_asleep(struct task_struct *t, unsigned int state)
{
	while (!(READ_ONCE(__kshim_state(t)) & state))
		msleep(4);
}

KTEST(completion_first_come_first_served)
{
	long i;

	init_completion(&go);
	init_completion(&done);
	for (i = 0; i < 3; i++)
		wait_until_asleep(kthread_run(waiter, (void *)i, "waiter/%ld", i),
				  TASK_UNINTERRUPTIBLE);
	for (i = 0; i < 3; i++) {
		complete(&go);
		wait_for_completion(&done);
		KEXPECT_EQ(atomic_read(&passed), i + 1);
		KEXPECT_EQ(order[i], i);
	}
}

KTEST(completion_all_wakes_everybody)
{
	long i;

	init_completion(&go);
	init_completion(&done);
	for (i = 0; i < 3; i++)
		wait_until_asleep(kthread_run(waiter, (void *)i, "waiter/%ld", i),
				  TASK_UNINTERRUPTIBLE);
	complete_all(&go);
	for (i = 0; i < 3; i++)
		wait_for_completion(&done);
	KEXPECT_EQ(atomic_read(&passed), 3);
}

static long signalled[4];

static void sleeper(void *unused)
{
	complete(&done);
	signalled[0] = wait_for_completion_interruptible(&go);
	signalled[1] = wait_for_completion_interruptible_timeout(&go, HZ);
	/* A signal is no reason here, only the kill is. */
	complete(&done);
	signalled[2] = wait_for_completion_killable(&go);
	complete(&done);
}

KTEST(completion_signals)
{
	struct kshim_process *p = kshim_process_new("victim");
	int pid;

	init_completion(&go);
	init_completion(&done);
	pid = kshim_thread_start(p, NULL, sleeper, NULL);
	wait_for_completion(&done);
	kshim_sys_kill(pid, SIGTERM);
	wait_for_completion(&done);
	KEXPECT_EQ(signalled[0], -ERESTARTSYS);
	KEXPECT_EQ(signalled[1], -ERESTARTSYS);
	msleep(100);
	KEXPECT_EQ(kshim_task_state(pid)[0], 'D');
	kshim_sys_kill(pid, SIGINT);
	msleep(100);
	KEXPECT(!completion_done(&done));
	kshim_sys_kill(pid, SIGKILL);
	wait_for_completion(&done);
	KEXPECT_EQ(signalled[2], -ERESTARTSYS);
	KEXPECT(!go.wait.first);
}

static void ignores_signals(void *unused)
{
	complete(&done);
	wait_for_completion(&go);
	signalled[3] = signal_pending(current);
	complete(&done);
}

KTEST(completion_uninterruptible_ignores_signals)
{
	int pid;

	init_completion(&go);
	init_completion(&done);
	pid = kshim_thread_start(kshim_process_new("deaf"), NULL, ignores_signals, NULL);
	wait_for_completion(&done);
	kshim_sys_kill(pid, SIGKILL);
	msleep(100);
	KEXPECT(!completion_done(&done));
	complete(&go);
	wait_for_completion(&done);
	KEXPECT_EQ(signalled[3], 1);
}

static int frees_at_once(void *data)
{
	struct completion *c = data;

	wait_for_completion(c);
	kfree(c);
	return 0;
}

/* complete() must not touch the object once the waiter can run. */
KTEST(completion_waiter_may_free)
{
	struct completion *c = kmalloc(sizeof(*c), GFP_KERNEL);
	struct task_struct *t;

	init_completion(c);
	t = kthread_run(frees_at_once, c, "freer");
	complete(c);
	kthread_stop(t);
}

static int completes_freed(void *data)
{
	complete(data);
	return 0;
}

KTEST_FLAGS(completion_use_after_free_is_found, KTEST_DEFAULT_ONLY)
{
	struct completion *c = kmalloc(sizeof(*c), GFP_KERNEL);
	struct task_struct *t;

	init_completion(c);
	kfree(c);
	ktest_expect_report("kasan", "use-after-free");
	t = kthread_run(completes_freed, c, "late");
	msleep(20);
	kthread_stop(t);
}

/* The kernel's queue is a ring, which zeroed memory is not. */
KTEST_FLAGS(completion_not_initialised, KTEST_DEFAULT_ONLY)
{
	struct completion *c = kzalloc(sizeof(*c), GFP_KERNEL);
	struct task_struct *t;

	ktest_expect_report("oops", "NULL pointer dereference");
	t = kthread_run(completer, c, "early");
	msleep(20);
	kthread_stop(t);
}
