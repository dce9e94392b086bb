// SPDX-License-Identifier: GPL-2.0-only
/* Counting semaphores. */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/semaphore.h>
#include <kshim/user.h>
#include "ktest.h"

static struct semaphore sem;
static int order, result;
static atomic_t ended;

static int take(void *arg)
{
	down(&sem);
	order = order * 10 + (int)(long)arg;
	up(&sem);
	atomic_inc(&ended);
	return 0;
}

static void take_interruptible(void *arg)
{
	result = down_interruptible(&sem);
	atomic_inc(&ended);
}

KTEST(semaphore_counts)
{
	sema_init(&sem, 2);
	down(&sem);
	KEXPECT_EQ(down_trylock(&sem), 0);
	KEXPECT_EQ(down_trylock(&sem), 1);
	up(&sem);
	KEXPECT_EQ(down_interruptible(&sem), 0);
	up(&sem);
	up(&sem);
}

KTEST(semaphore_hands_over_in_order)
{
	long i;

	sema_init(&sem, 0);
	for (i = 1; i <= 3; i++) {
		kthread_run(take, (void *)i, "t%ld", i);
		msleep(1);
	}
	up(&sem);
	/* Handed over: nobody else gets it. */
	while (atomic_read(&ended) < 3)
		msleep(1);
	KEXPECT_EQ(order, 123);
	KEXPECT_EQ(sem.count, 1);
}

KTEST(semaphore_timeout)
{
	unsigned long then = jiffies;

	sema_init(&sem, 0);
	KEXPECT_EQ(down_timeout(&sem, 25), -ETIME);
	KEXPECT_EQ(jiffies - then, 25);
	up(&sem);
	KEXPECT_EQ(down_timeout(&sem, 25), 0);
}

KTEST(semaphore_signal)
{
	int pid;

	sema_init(&sem, 0);
	pid = kshim_thread_start(kshim_process_new("t"), "t", take_interruptible, NULL);
	msleep(1);
	kill_pid(&(struct pid){ pid }, SIGUSR1, 1);
	while (!atomic_read(&ended))
		msleep(1);
	KEXPECT_EQ(result, -EINTR);
	up(&sem);
	KEXPECT_EQ(sem.count, 1);
}
