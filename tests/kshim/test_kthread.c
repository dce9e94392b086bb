// SPDX-License-Identifier: GPL-2.0-only
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include "ktest.h"

static int ran;

static int until_stopped(void *data)
{
	ran = 1;
	while (!kthread_should_stop())
		msleep(10);
	return 42;
}

KTEST(kthread_stop_gives_the_result)
{
	struct task_struct *t = kthread_run(until_stopped, &ran, "test/%d", 7);

	KEXPECT(!IS_ERR(t));
	KEXPECT(!strcmp(t->comm, "test/7"));
	KEXPECT(t->flags & PF_KTHREAD);
	KEXPECT(!t->mm);
	KEXPECT(kthread_data(t) == &ran);
	msleep(20);
	KEXPECT_EQ(kthread_stop(t), 42);
	KEXPECT_EQ(ran, 1);
}

KTEST(kthread_is_created_asleep)
{
	struct task_struct *t = kthread_create(until_stopped, NULL, "asleep");

	msleep(50);
	KEXPECT_EQ(ran, 0);
	KEXPECT_EQ(wake_up_process(t), 1);
	msleep(50);
	KEXPECT_EQ(ran, 1);
	KEXPECT_EQ(kthread_stop(t), 42);
}

KTEST(kthread_stopped_before_it_ran)
{
	struct task_struct *t = kthread_create(until_stopped, NULL, "never");

	KEXPECT_EQ(kthread_stop(t), -EINTR);
	KEXPECT_EQ(ran, 0);
}

static noinline void deep(int depth)
{
	if (depth < 0)
		return;
	if (!depth)
		do_exit(-5);
	deep(depth - 1);
}

static int exits_early(void *data)
{
	deep(*(int *)data);
	return 1;
}

KTEST(kthread_do_exit)
{
	int depth = 3;
	struct task_struct *t = kthread_run(exits_early, &depth, "exits");

	msleep(20);
	KEXPECT_EQ(kthread_stop(t), -5);
}

static int sleeps_until_stopped(void *data)
{
	WRITE_ONCE(ran, 1);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/* The state is announced before the test, so no wake-up is lost. */
KTEST(kthread_stop_wakes)
{
	struct task_struct *t = kthread_run(sleeps_until_stopped, &ran, "sleeps");

	while (!READ_ONCE(ran))
		msleep(4);
	KEXPECT_EQ(kthread_stop(t), 0);
}

static int parks(void *data)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		ran++;
		msleep(10);
	}
	return 0;
}

KTEST(kthread_park_and_unpark)
{
	struct task_struct *t = kthread_run(parks, NULL, "parks");
	int before;

	KEXPECT_EQ(kthread_park(t), 0);
	KEXPECT_EQ(kthread_park(t), -EBUSY);
	before = ran;
	msleep(100);
	KEXPECT_EQ(ran, before);
	kthread_unpark(t);
	msleep(100);
	KEXPECT(ran > before);
	kthread_stop(t);
}

static int sets_state(void *data)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	/* Woken between the announcement and the sleep. */
	KEXPECT_EQ(wake_up_process(current), 1);
	KEXPECT_EQ(wake_up_process(current), 0);
	KEXPECT_EQ(get_current_state(), TASK_RUNNING);
	schedule();
	return 3;
}

KTEST(wake_up_before_schedule)
{
	struct task_struct *t = kthread_run(sets_state, NULL, "state");

	msleep(20);
	KEXPECT_EQ(kthread_stop(t), 3);
}

KTEST(task_references)
{
	struct task_struct *t = kthread_run(until_stopped, NULL, "ref");

	KEXPECT(get_task_struct(t) == t);
	KEXPECT_EQ(t->usage, 2);
	put_task_struct(t);
	KEXPECT_EQ(t->usage, 1);
	msleep(20);
	kthread_stop(t);
}
