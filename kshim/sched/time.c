// SPDX-License-Identifier: GPL-2.0-only
/*
 * Virtual time: jiffies, ktime, timeouts and delays.
 *
 * The kernel: a timeout of n jiffies ends at the tick on which jiffies
 * reaches its start value plus n, so it may be up to one tick shorter than
 * n ticks; msleep() adds a tick to be on the safe side; schedule_timeout()
 * returns what was left, 0 after an expiry.
 *
 * Here: the same on a clock that moves only when no task can run, or when the
 * environment lets a timeout be early (engine/environment.c). HZ is 250.
 * Busy waits (udelay) take no time: they only let others run.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timer.h>
#include <asm/processor.h>
#include <kshim/user.h>

#include "sched/sched.h"

unsigned long kshim_jiffies(void)
{
	return INITIAL_JIFFIES + kshim_now() / TICK_NSEC;
}

/**
 * ktime_get() - monotonic time
 *
 * Context: any. Return: ns since the start of the run.
 */
ktime_t ktime_get(void)
{
	return kshim_now();
}

/**
 * schedule_timeout() - sleep in the announced state, for a while
 * @timeout:	jiffies, or MAX_SCHEDULE_TIMEOUT for ever
 *
 * Context: process, may sleep. Return: jiffies left, 0 when none.
 */
long schedule_timeout(long timeout)
{
	unsigned long long tick;
	unsigned long expire;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout < 0) {
		printk(KERN_ERR "schedule_timeout: wrong timeout value %lx\n", timeout);
		kshim_set_current_state(TASK_RUNNING);
		return 0;
	}
	expire = kshim_jiffies() + timeout;
	tick = kshim_now() / TICK_NSEC + timeout;
	if (__kshim_state(kshim_current()) == TASK_RUNNING)
		kshim_point(KSHIM_YIELD, NULL, 0);
	else
		kshim_sleep(tick < KSHIM_FOREVER / TICK_NSEC ? tick * TICK_NSEC :
			    KSHIM_FOREVER - 1);
	timeout = expire - kshim_jiffies();
	return timeout < 0 ? 0 : timeout;
}

long schedule_timeout_interruptible(long timeout)
{
	kshim_set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_killable(long timeout)
{
	kshim_set_current_state(TASK_KILLABLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_uninterruptible(long timeout)
{
	kshim_set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}

/**
 * msleep() - sleep whatever comes
 * @msecs:	at least so many milliseconds
 *
 * Context: process, may sleep.
 */
void msleep(unsigned int msecs)
{
	long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}

/**
 * msleep_interruptible() - sleep until a signal
 * @msecs:	at least so many milliseconds
 *
 * Context: process, may sleep. Return: milliseconds left.
 */
unsigned long msleep_interruptible(unsigned int msecs)
{
	long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return jiffies_to_msecs(timeout);
}

void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}

/* Sleeps for the minimum: high resolution, no ticks. */
void usleep_range(unsigned long min, unsigned long max)
{
	unsigned long long deadline = kshim_now() + min * 1000ULL;

	do {
		kshim_set_current_state(TASK_UNINTERRUPTIBLE);
	} while (kshim_sleep(deadline));
}

void fsleep(unsigned long usecs)
{
	usleep_range(usecs, 2 * usecs);
}

void kshim_cpu_relax(void)
{
	kshim_point(KSHIM_YIELD, NULL, 0);
}

void udelay(unsigned long usecs)
{
	kshim_point(KSHIM_YIELD, NULL, 0);
}

/* Rounding is about saving power: nothing to gain here. */
unsigned long round_jiffies_relative(unsigned long j)
{
	return j;
}

static long user_sleep(unsigned long long ns, unsigned int flag, int (*over)(void *arg), void *arg)
{
	struct task_struct *me = kshim_current();
	unsigned long long deadline = ns == KSHIM_FOREVER ? ns : kshim_now() + ns;
	long ret = 0;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	me->ktask->flags |= flag;
	for (;;) {
		kshim_set_current_state(TASK_INTERRUPTIBLE);
		if (signal_pending(me))
			ret = -EINTR;
		else if (over && over(arg))
			ret = 1;
		if (ret) {
			kshim_set_current_state(TASK_RUNNING);
			break;
		}
		if (!kshim_sleep(deadline))
			break;
	}
	me->ktask->flags &= ~flag;
	return kshim_syscall_exit(ret);
}

long kshim_sys_nanosleep(unsigned long long ns)
{
	return user_sleep(ns, KSHIM_TASK_SCRIPT, NULL, NULL);
}

long kshim_sys_pause(unsigned long long ns, int (*over)(void *arg), void *arg)
{
	return user_sleep(ns, KSHIM_TASK_IDLE, over, arg);
}

void kshim_pause_wake(int pid)
{
	struct task_struct *t = kshim_find_task(pid);

	if (t && t->ktask->flags & KSHIM_TASK_IDLE)
		kshim_try_to_wake_up(t, TASK_INTERRUPTIBLE);
}
