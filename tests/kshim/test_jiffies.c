// SPDX-License-Identifier: GPL-2.0-only
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <kshim/user.h>
#include "ktest.h"

KTEST(jiffies_conversions)
{
	KEXPECT_EQ(HZ, 250);
	KEXPECT_EQ(msecs_to_jiffies(0), 0);
	KEXPECT_EQ(msecs_to_jiffies(1), 1);
	KEXPECT_EQ(msecs_to_jiffies(4), 1);
	KEXPECT_EQ(msecs_to_jiffies(5), 2);
	KEXPECT_EQ(msecs_to_jiffies(-1), MAX_JIFFY_OFFSET);
	KEXPECT_EQ(usecs_to_jiffies(4001), 2);
	KEXPECT_EQ(jiffies_to_msecs(10 * HZ), 10000);
}

KTEST(jiffies_comparisons_wrap)
{
	unsigned long a = ~0UL - 1, b = 3;

	KEXPECT(time_after(b, a));
	KEXPECT(time_before(a, b));
	KEXPECT(time_after_eq(a, a));
	KEXPECT(!time_before(a, a));
}

KTEST(time_stands_still_while_running)
{
	unsigned long j = jiffies;
	ktime_t t = ktime_get();
	int i;

	for (i = 0; i < 1000; i++)
		udelay(1000);
	KEXPECT_EQ(jiffies, j);
	KEXPECT_EQ(ktime_get(), t);
}

KTEST(msleep_sleeps_a_tick_more)
{
	unsigned long start = jiffies;

	msleep(100);
	KEXPECT_EQ(jiffies - start, 26);
	start = jiffies;
	ssleep(2);
	KEXPECT_EQ(jiffies - start, 2 * HZ + 1);
}

KTEST(usleep_needs_no_tick)
{
	ktime_t start = ktime_get();

	usleep_range(50, 100);
	KEXPECT_EQ(ktime_us_delta(ktime_get(), start), 50);
}

KTEST(schedule_timeout_returns_the_rest)
{
	unsigned long start = jiffies;

	KEXPECT_EQ(schedule_timeout_uninterruptible(10), 0);
	KEXPECT_EQ(jiffies - start, 10);
	KEXPECT_EQ(schedule_timeout(10), 10);	/* in TASK_RUNNING: no sleep */
	KEXPECT_EQ(get_current_state(), TASK_RUNNING);
}

KTEST(schedule_timeout_refuses_the_past)
{
	KEXPECT_EQ(schedule_timeout_uninterruptible(-5), 0);
	KEXPECT(ktest_log_has("schedule_timeout: wrong timeout value"));
	KEXPECT_EQ(get_current_state(), TASK_RUNNING);
}

static long left;
static struct task_struct *sleeper_task;

static int sleeper(void *unused)
{
	left = schedule_timeout_interruptible(100);
	return 0;
}

KTEST(schedule_timeout_woken_early)
{
	sleeper_task = kthread_run(sleeper, NULL, "sleeper");
	msleep(76);			/* 20 ticks */
	wake_up_process(sleeper_task);
	kthread_stop(sleeper_task);
	KEXPECT_EQ(left, 80);
}

KTEST(script_sleep_is_interruptible)
{
	ktime_t start = ktime_get();

	KEXPECT_EQ(kshim_sys_nanosleep(1500), 0);
	KEXPECT_EQ(ktime_get() - start, 1500);
	send_sig(SIGINT, current, 0);
	KEXPECT_EQ(kshim_sys_nanosleep(1500), -EINTR);
	KEXPECT_EQ(ktime_get() - start, 1500);
	KEXPECT(!signal_pending(current));
}

static int gave_up;

static int has_given_up(void *arg)
{
	return *(int *)arg;
}

static int waker(void *pid)
{
	msleep(8);
	kshim_pause_wake((long)pid);	/* for nothing */
	msleep(8);
	gave_up = 1;
	kshim_pause_wake((long)pid);
	kshim_pause_wake(0);		/* nobody */
	return 0;
}

KTEST(pause_ends_by_time_condition_or_signal)
{
	ktime_t start = ktime_get();

	gave_up = 0;
	KEXPECT_EQ(kshim_sys_pause(1500, has_given_up, &gave_up), 0);
	KEXPECT_EQ(ktime_get() - start, 1500);
	kthread_run(waker, (void *)(long)current->pid, "waker");
	KEXPECT_EQ(kshim_sys_pause(~0ULL, has_given_up, &gave_up), 1);
	KEXPECT(ktime_get() - start >= 16000000);
	KEXPECT_EQ(kshim_sys_pause(~0ULL, has_given_up, &gave_up), 1);
	send_sig(SIGINT, current, 0);
	KEXPECT_EQ(kshim_sys_pause(1500, NULL, NULL), -EINTR);
}
