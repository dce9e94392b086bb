// SPDX-License-Identifier: GPL-2.0-only
/* Mutexes: exclusion, order of waiters, signals, misuse. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <kshim/locks.h>
#include <kshim/user.h>
#include "ktest.h"

static DEFINE_MUTEX(m);
static int plain, order;
static atomic_t ended;

static int count(void *arg)
{
	int i;

	for (i = 0; i < 5; i++) {
		mutex_lock(&m);
		WRITE_ONCE(plain, READ_ONCE(plain) + 1);
		mutex_unlock(&m);
	}
	atomic_inc(&ended);
	return 0;
}

KTEST(mutex_excludes)
{
	kthread_run(count, NULL, "a");
	kthread_run(count, NULL, "b");
	count(NULL);
	while (atomic_read(&ended) < 3)
		msleep(1);
	KEXPECT_EQ(plain, 15);
}

static int queue(void *arg)
{
	mutex_lock(&m);
	order = order * 10 + (int)(long)arg;
	mutex_unlock(&m);
	atomic_inc(&ended);
	return 0;
}

/* Time passes only when nothing can run: after msleep() it is queued. */
KTEST(mutex_wakes_in_order)
{
	struct task_struct *t;
	long i;

	mutex_lock(&m);
	for (i = 1; i <= 3; i++) {
		t = kthread_run(queue, (void *)i, "w%ld", i);
		msleep(1);
		KEXPECT_EQ(kshim_task_state(t->pid)[0], 'D');
	}
	KEXPECT_EQ(mutex_trylock(&m), 0);
	mutex_unlock(&m);
	while (atomic_read(&ended) < 3)
		msleep(1);
	KEXPECT_EQ(order, 123);
	KEXPECT(!mutex_is_locked(&m));
}

/* An unlock wakes the first waiter but does not give it the lock. */
KTEST(mutex_can_be_stolen)
{
	mutex_lock(&m);
	kthread_run(queue, (void *)2L, "w");
	msleep(1);
	mutex_unlock(&m);
	if (mutex_trylock(&m)) {
		order = 1;
		mutex_unlock(&m);
	}
	while (atomic_read(&ended) < 1)
		msleep(1);
	KEXPECT(order == 12 || order == 2 || order == 1);
}

KTEST_FLAGS(mutex_is_stolen, KTEST_DEFAULT_ONLY)
{
	mutex_lock(&m);
	kthread_run(queue, (void *)2L, "w");
	msleep(1);
	mutex_unlock(&m);
	KEXPECT_EQ(mutex_trylock(&m), 1);
	mutex_unlock(&m);
	while (atomic_read(&ended) < 1)
		msleep(1);
}

static int result;

/* A user thread, since kernel threads ignore signals. */
static void wait_interruptible(void *arg)
{
	result = arg ? mutex_lock_killable(&m) : mutex_lock_interruptible(&m);
	if (!result)
		mutex_unlock(&m);
	atomic_inc(&ended);
}

static int start_waiter(void *arg)
{
	return kshim_thread_start(kshim_process_new("w"), "w", wait_interruptible, arg);
}

KTEST(mutex_interruptible)
{
	int pid;

	mutex_lock(&m);
	pid = start_waiter(NULL);
	msleep(1);
	KEXPECT_EQ(kshim_task_state(pid)[0], 'S');
	kill_pid(&(struct pid){ pid }, SIGUSR1, 1);
	while (!atomic_read(&ended))
		msleep(1);
	KEXPECT_EQ(result, -EINTR);
	mutex_unlock(&m);
	KEXPECT_EQ(mutex_lock_interruptible(&m), 0);
	mutex_unlock(&m);
}

KTEST(mutex_killable)
{
	int pid;

	mutex_lock(&m);
	pid = start_waiter((void *)1L);
	msleep(1);
	kill_pid(&(struct pid){ pid }, SIGUSR1, 1);
	msleep(1);
	KEXPECT_EQ(atomic_read(&ended), 0);
	kill_pid(&(struct pid){ pid }, SIGKILL, 1);
	while (!atomic_read(&ended))
		msleep(1);
	KEXPECT_EQ(result, -EINTR);
	mutex_unlock(&m);
}

/* A signal that races with the wake-up must not lose the wake-up. */
KTEST(mutex_signal_passes_the_wakeup_on)
{
	int pid;

	mutex_lock(&m);
	pid = start_waiter(NULL);
	msleep(1);
	kthread_run(queue, (void *)7L, "q");
	msleep(1);
	kill_pid(&(struct pid){ pid }, SIGUSR1, 1);
	mutex_unlock(&m);
	while (atomic_read(&ended) < 2)
		msleep(1);
	KEXPECT_EQ(order, 7);
}

/* The bookkeeping survives any order of unlocks and more than it can name. */
KTEST(mutex_many_held)
{
	static struct mutex many[KSHIM_MAX_HELD + 2];
	int i;

	ktest_oracle_off("lockdep");	/* of one class, on purpose */
	for (i = 0; i < KSHIM_MAX_HELD + 2; i++) {
		mutex_init(&many[i]);
		mutex_lock(&many[i]);
	}
	for (i = 0; i < KSHIM_MAX_HELD + 2; i++)
		mutex_unlock(&many[i]);
	kshim_held_check(NULL);
	mutex_lock(&many[0]);
	mutex_lock(&many[1]);
	mutex_unlock(&many[0]);
	KEXPECT(lockdep_is_held(&many[1]) && !lockdep_is_held(&many[0]));
	mutex_unlock(&many[1]);
	kshim_held_check(NULL);
}

KTEST(mutex_counter)
{
	atomic_t n = ATOMIC_INIT(2);

	KEXPECT_EQ(atomic_dec_and_mutex_lock(&n, &m), 0);
	KEXPECT_EQ(atomic_dec_and_mutex_lock(&n, &m), 1);
	KEXPECT(mutex_is_locked(&m));
	mutex_unlock(&m);
}

#ifdef DEFINE_GUARD
KTEST(mutex_guard)
{
	{
		guard(mutex)(&m);
		KEXPECT(mutex_is_locked(&m));
	}
	KEXPECT(!mutex_is_locked(&m));
}
#endif
