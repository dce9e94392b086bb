// SPDX-License-Identifier: GPL-2.0-only
/* rw_semaphores: sharing, fairness, batches, misuse. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/rwsem.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <kshim/locks.h>
#include <kshim/user.h>
#include "ktest.h"

static DECLARE_RWSEM(sem);
static int order, most, result;
static atomic_t inside;
static atomic_t ended;
static bool hold = true;

static int reader(void *arg)
{
	int n;

	down_read(&sem);
	order = order * 10 + (int)(long)arg;
	n = atomic_inc_return(&inside);
	if (n == 1)
		cmpxchg(&most, 0, 1);
	else
		WRITE_ONCE(most, n);
	while (READ_ONCE(hold))
		msleep(1);
	atomic_dec(&inside);
	up_read(&sem);
	atomic_inc(&ended);
	return 0;
}

static int writer(void *arg)
{
	down_write(&sem);
	KEXPECT_EQ(atomic_read(&inside), 0);
	order = order * 10 + (int)(long)arg;
	up_write(&sem);
	atomic_inc(&ended);
	return 0;
}

static void killable_writer(void *arg)
{
	result = down_write_killable(&sem);
	if (!result)
		up_write(&sem);
	atomic_inc(&ended);
}

static void wait_for(int n)
{
	while (atomic_read(&ended) < n)
		msleep(1);
}

KTEST(rwsem_basics)
{
	down_read(&sem);
	KEXPECT_EQ(down_read_trylock(&sem), 1);
	KEXPECT_EQ(down_write_trylock(&sem), 0);
	up_read(&sem);
	KEXPECT(rwsem_is_locked(&sem));
	up_read(&sem);
	KEXPECT(!rwsem_is_locked(&sem));
	KEXPECT_EQ(down_write_trylock(&sem), 1);
	KEXPECT_EQ(down_read_trylock(&sem), 0);
	downgrade_write(&sem);
	KEXPECT_EQ(down_read_trylock(&sem), 1);
	up_read(&sem);
	up_read(&sem);
	KEXPECT_EQ(down_write_killable(&sem), 0);
	up_write(&sem);
}

/* Semantics: a waiting writer blocks new readers. */
KTEST(rwsem_writer_does_not_starve)
{
	down_read(&sem);
	kthread_run(writer, (void *)1L, "w");
	msleep(1);
	KEXPECT(rwsem_is_contended(&sem));
	KEXPECT_EQ(down_read_trylock(&sem), 0);
	hold = false;
	kthread_run(reader, (void *)2L, "r");
	msleep(1);
	KEXPECT_EQ(order, 0);
	up_read(&sem);
	wait_for(2);
	KEXPECT_EQ(order, 12);
}

/* Reading twice with a writer in between is a deadlock. */
KTEST(rwsem_read_read_write_deadlock)
{
	ktest_oracle_off("lockdep");
	ktest_expect_report("deadlock", "");
	down_read(&sem);
	kthread_run(writer, (void *)1L, "w");
	msleep(1);
	down_read(&sem);
}

KTEST(rwsem_readers_come_in_together)
{
	down_write(&sem);
	kthread_run(reader, (void *)1L, "r1");
	msleep(1);
	kthread_run(writer, (void *)5L, "w");
	msleep(1);
	kthread_run(reader, (void *)2L, "r2");
	msleep(1);
	up_write(&sem);
	msleep(1);
	/* Both readers, past the writer between them. */
	KEXPECT_EQ(atomic_read(&inside), 2);
	hold = false;
	wait_for(3);
	KEXPECT_EQ(order % 10, 5);
	KEXPECT_EQ(most, 2);
}

KTEST(rwsem_downgrade_lets_readers_in)
{
	down_write(&sem);
	kthread_run(reader, (void *)1L, "r");
	msleep(1);
	KEXPECT_EQ(atomic_read(&inside), 0);
	downgrade_write(&sem);
	msleep(1);
	KEXPECT_EQ(atomic_read(&inside), 1);
	hold = false;
	up_read(&sem);
	wait_for(1);
}

/* Readers that wait only because of a writer go on when it gives up. */
KTEST(rwsem_killed_writer_unblocks_readers)
{
	int pid;

	down_read(&sem);
	pid = kshim_thread_start(kshim_process_new("w"), "w", killable_writer, NULL);
	msleep(1);
	kthread_run(reader, (void *)2L, "r");
	msleep(1);
	KEXPECT_EQ(atomic_read(&inside), 0);
	kill_pid(&(struct pid){ pid }, SIGUSR1, 1);
	msleep(1);
	KEXPECT_EQ(atomic_read(&ended), 0);
	kill_pid(&(struct pid){ pid }, SIGKILL, 1);
	msleep(1);
	KEXPECT_EQ(result, -EINTR);
	KEXPECT_EQ(atomic_read(&inside), 1);
	hold = false;
	wait_for(2);
	up_read(&sem);
}

KTEST(rwsem_write_after_write)
{
	ktest_oracle_off("lockdep");
	down_write(&sem);
	send_sig(SIGKILL, current, 1);
	ktest_expect_report("rwsem", "possible recursive locking detected");
	KEXPECT_EQ(down_write_killable(&sem), -EINTR);
	up_write(&sem);
}

KTEST(rwsem_read_after_write)
{
	ktest_oracle_off("lockdep");
	down_write(&sem);
	send_sig(SIGKILL, current, 1);
	ktest_expect_report("rwsem", "possible recursive locking detected");
	KEXPECT_EQ(down_read_killable(&sem), -EINTR);
	up_write(&sem);
}

KTEST(rwsem_up_without_down)
{
	ktest_expect_report("rwsem", "bad unlock balance detected");
	up_read(&sem);
	KEXPECT(!rwsem_is_locked(&sem));
	down_read(&sem);
	up_write(&sem);
	KEXPECT_EQ(ktest_reports("rwsem"), 2);
}

KTEST(rwsem_held_in_user_space)
{
	down_read(&sem);
	ktest_expect_report("lock-held", "lock held when returning to user space!");
	kshim_held_check(NULL);
	up_read(&sem);
}
