// SPDX-License-Identifier: GPL-2.0-only
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <kshim/user.h>
#include "ktest.h"

static DECLARE_WAIT_QUEUE_HEAD(wq);
static DECLARE_COMPLETION(done);
static atomic_t passed;
static int ready, order[8];
static long result;

static void wait_until_asleep(struct task_struct *t, unsigned int state)
{
	while (!(READ_ONCE(__kshim_state(t)) & state))
		msleep(4);
}

static int setter(void *unused)
{
	WRITE_ONCE(ready, 1);
	wake_up(&wq);
	return 0;
}

KTEST(wait_event_sees_the_condition)
{
	kthread_run(setter, NULL, "setter");
	wait_event(wq, READ_ONCE(ready));
	KEXPECT_EQ(ready, 1);
	KEXPECT(!waitqueue_active(&wq));
	KEXPECT_EQ(get_current_state(), TASK_RUNNING);
}

KTEST(wait_event_does_not_sleep_when_true)
{
	ready = 1;
	kshim_task_waited();
	wait_event(wq, ready);
	KEXPECT_EQ(wait_event_interruptible(wq, ready), 0);
	KEXPECT_EQ(wait_event_timeout(wq, ready, 7), 7);
	KEXPECT_EQ(wait_event_timeout(wq, ready, 0), 1);
	KEXPECT_EQ(kshim_task_waited(), 0);
}

KTEST(wait_event_times_out)
{
	unsigned long start = jiffies;

	KEXPECT_EQ(wait_event_timeout(wq, ready, 50), 0);
	KEXPECT_EQ(jiffies - start, 50);
	KEXPECT_EQ(wait_event_interruptible_timeout(wq, ready, 10), 0);
	KEXPECT_EQ(wait_event_timeout(wq, ready, 0), 0);
	KEXPECT(!waitqueue_active(&wq));
}

static int false_alarms(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		wake_up(&wq);
		msleep(20);
	}
	setter(NULL);
	return 0;
}

KTEST(wait_event_tests_again_after_a_wake_up)
{
	int tests = 0;

	kthread_run(false_alarms, NULL, "alarms");
	wait_event(wq, ({ tests++; READ_ONCE(ready); }));
	KEXPECT(tests >= 4);
}

static int waiter(void *data)
{
	DEFINE_WAIT(wait);
	long n = (long)data;

	if (n & 16)
		prepare_to_wait_exclusive(&wq, &wait, TASK_UNINTERRUPTIBLE);
	else
		prepare_to_wait(&wq, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&wq, &wait);
	order[atomic_inc_return(&passed) - 1] = n;
	complete(&done);
	return 0;
}

static void start_waiter(long n)
{
	wait_until_asleep(kthread_run(waiter, (void *)n, "waiter/%ld", n),
			  TASK_UNINTERRUPTIBLE);
}

/* All that are not exclusive, and one that is. */
KTEST(wake_up_one_exclusive)
{
	start_waiter(16);
	start_waiter(0);
	start_waiter(17);
	start_waiter(1);
	wake_up(&wq);
	wait_for_completion(&done);
	wait_for_completion(&done);
	wait_for_completion(&done);
	msleep(20);
	KEXPECT_EQ(atomic_read(&passed), 3);
	KEXPECT(waitqueue_active(&wq));
	KEXPECT(order[0] != 17 && order[1] != 17 && order[2] != 17);
	wake_up(&wq);
	wait_for_completion(&done);
	KEXPECT_EQ(order[3], 17);
}

KTEST(wake_up_nr_and_all)
{
	start_waiter(16);
	start_waiter(17);
	start_waiter(18);
	start_waiter(19);
	wake_up_nr(&wq, 2);
	wait_for_completion(&done);
	wait_for_completion(&done);
	msleep(20);
	KEXPECT_EQ(atomic_read(&passed), 2);
	wake_up_all(&wq);
	wait_for_completion(&done);
	wait_for_completion(&done);
	KEXPECT_EQ(atomic_read(&passed), 4);
}

/* Exclusive waiters are woken in the order of their coming. */
KTEST(wake_up_first_come_first_served)
{
	long i;

	for (i = 0; i < 4; i++)
		start_waiter(16 + i);
	for (i = 0; i < 4; i++) {
		wake_up(&wq);
		wait_for_completion(&done);
		KEXPECT_EQ(order[i], 16 + i);
	}
}

KTEST(wake_up_honours_the_state)
{
	start_waiter(0);
	wake_up_interruptible(&wq);
	msleep(20);
	KEXPECT_EQ(atomic_read(&passed), 0);
	wake_up(&wq);
	wait_for_completion(&done);
	KEXPECT_EQ(atomic_read(&passed), 1);
}

static void *seen_key;
static int calls;

static int own_function(struct wait_queue_entry *e, unsigned int mode, int flags,
			void *key)
{
	seen_key = key;
	calls++;
	KEXPECT(spin_is_locked(&wq.lock));
	return 0;
}

KTEST(wake_function_of_its_own)
{
	struct wait_queue_entry e;

	init_waitqueue_func_entry(&e, own_function);
	add_wait_queue(&wq, &e);
	wake_up_poll(&wq, 5);
	KEXPECT_EQ(calls, 1);
	KEXPECT_EQ(key_to_poll(seen_key), 5);
	spin_lock_irq(&wq.lock);
	wake_up_locked_poll(&wq, 3);
	spin_unlock_irq(&wq.lock);
	KEXPECT_EQ(key_to_poll(seen_key), 3);
	remove_wait_queue(&wq, &e);
	wake_up(&wq);
	KEXPECT_EQ(calls, 2);
}

static void interruptible(void *unused)
{
	complete(&done);
	result = wait_event_interruptible(wq, ready);
	kshim_return_to_user();
	complete(&done);
	result = wait_event_killable(wq, ready);
	complete(&done);
}

KTEST(wait_event_signals)
{
	int pid = kshim_thread_start(kshim_process_new("victim"), NULL, interruptible, NULL);

	wait_for_completion(&done);
	kshim_sys_kill(pid, SIGUSR1);
	wait_for_completion(&done);
	KEXPECT_EQ(result, -ERESTARTSYS);
	kshim_sys_kill(pid, SIGUSR1);
	msleep(40);
	KEXPECT(!completion_done(&done));
	kshim_sys_kill(pid, SIGKILL);
	wait_for_completion(&done);
	KEXPECT_EQ(result, -ERESTARTSYS);
	KEXPECT(!waitqueue_active(&wq));
}

static int frees_the_queue(void *data)
{
	struct wait_queue_head *q = data;
	DEFINE_WAIT(wait);

	prepare_to_wait(q, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	kfree(q);
	finish_wait(q, &wait);
	return 0;
}

/*
 * finish_wait() leaves the queue alone when the entry was removed already.
 * Only where wake_up() is one step: elsewhere it still has the lock.
 */
KTEST_FLAGS(finish_wait_after_the_queue_is_gone, KTEST_NO_PARALLEL)
{
	struct wait_queue_head *q = kmalloc(sizeof(*q), GFP_KERNEL);
	struct task_struct *t;

	init_waitqueue_head(q);
	t = kthread_run(frees_the_queue, q, "freer");
	wait_until_asleep(t, TASK_UNINTERRUPTIBLE);
	wake_up(q);
	kthread_stop(t);
}

static int woken(void *unused)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);

	add_wait_queue(&wq, &wait);
	complete(&done);
	while (!READ_ONCE(ready))
		wait_woken(&wait, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
	remove_wait_queue(&wq, &wait);
	complete(&done);
	return 0;
}

KTEST(wait_woken_loses_no_wake_up)
{
	kthread_run(woken, NULL, "woken");
	wait_for_completion(&done);
	setter(NULL);
	wait_for_completion(&done);
}

static int turns, turn;

static int ping(void *data)
{
	int me = (long)data;

	while (turns < 20) {
		wait_event(wq, READ_ONCE(turn) == me || turns >= 20);
		if (READ_ONCE(turn) == me) {
			turns++;
			WRITE_ONCE(turn, !me);
		}
		wake_up_all(&wq);
	}
	complete(&done);
	return 0;
}

KTEST(wait_event_ping_pong)
{
	kthread_run(ping, (void *)0L, "ping");
	kthread_run(ping, (void *)1L, "pong");
	wait_for_completion(&done);
	wait_for_completion(&done);
	KEXPECT(turns >= 20);
}
