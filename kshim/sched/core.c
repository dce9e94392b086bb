// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks, sleeping and waking.
 *
 * The kernel: a task announces its sleep state, tests its condition and calls
 * schedule(); a wake-up that comes in between turns schedule() into nothing;
 * try_to_wake_up() wakes only from a state that its mask names; a signal
 * that the state admits keeps the task from sleeping.
 *
 * Here: all of that, over park and unpark. schedule() in TASK_RUNNING is a
 * point where the task offers to yield. A task_struct lies in the private
 * area of its engine task and is readable until the end of the run.
 *
 * Not here: priorities, affinity, freezing, load.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <kshim/user.h>

#include "locking/lockdep.h"
#include "sched/sched.h"

struct task_struct init_task = {
	.comm = "swapper/0",
	.cap_effective = ~0ULL,
	.usage = 1,
	.started = 1,
	.group_leader = &init_task,
	.flags = PF_KTHREAD,
};

static struct task_struct *task_table[KSHIM_MAX_TASKS] KSHIM_SAME;
static unsigned int nr_tasks;

struct task_struct *(kshim_current)(void)
{
	struct kshim_task *t = likely(!kshim_hot.parallel) ? kshim_hot.cur : kshim_self();

	return t ? t->priv : &init_task;
}

/**
 * kshim_find_task() - look a task up by number
 * @pid:	of a thread
 *
 * Return: the task, NULL when it has ended or never was.
 */
struct task_struct *kshim_find_task(pid_t pid)
{
	unsigned int i = pid - KSHIM_FIRST_PID;
	struct task_struct *t;

	if (i >= __atomic_load_n(&nr_tasks, __ATOMIC_ACQUIRE))
		return NULL;
	t = __atomic_load_n(&task_table[i], __ATOMIC_ACQUIRE);
	return t && !READ_ONCE(t->exited) ? t : NULL;
}

struct task_struct *kshim_task_new(const char *comm, unsigned int kflags,
				   unsigned int flags, kshim_task_fn fn)
{
	struct kshim_task *kt;
	struct task_struct *t;

	if (kshim_self())
		kshim_point(KSHIM_SPAWN, NULL, 0);
	kt = kshim_task_create(comm, kflags, fn, NULL);
	if (!kt)
		return NULL;
	t = kt->priv;
	strscpy(t->comm, comm, sizeof(t->comm));
	t->ktask = kt;
	t->pid = KSHIM_FIRST_PID + kt->id;
	t->tgid = t->pid;
	t->thread_pid.nr = t->pid;
	t->flags = flags;
	t->cap_effective = ~0ULL;
	t->usage = 1;
	t->group_leader = t;
	kshim_lock_new_context(kt);
	kshim_raw_lock(task_table);
	task_table[kt->id] = t;
	if (kt->id >= nr_tasks)
		nr_tasks = kt->id + 1;
	kshim_raw_unlock(task_table);
	return t;
}

struct task_struct *kshim_task_begin(void)
{
	struct task_struct *me = kshim_self()->priv;

	while (!__atomic_load_n(&me->started, __ATOMIC_ACQUIRE))
		kshim_park(KSHIM_FOREVER);
	kshim_hb_acquire(me);
	return me;
}

bool kshim_try_to_wake_up(struct task_struct *p, unsigned int mask)
{
	__auto_type state = __kshim_state(p);

	if (likely(!kshim_hot.parallel)) {
		if (!(state & mask))
			return false;
		__kshim_state(p) = TASK_RUNNING;
	} else {
		do {
			if (!(state & mask))
				return false;
		} while (!__atomic_compare_exchange_n(&__kshim_state(p), &state,
						      TASK_RUNNING, false,
						      __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
	}
	kshim_hb_release(p);
	kshim_unpark(p->ktask);
	return true;
}

/**
 * wake_up_state() - wake a task from certain states
 * @p:		task
 * @state:	mask of TASK_*
 *
 * Context: any. Return: 1 when it was asleep in one of them.
 */
int wake_up_state(struct task_struct *p, unsigned int state)
{
	kshim_point(KSHIM_WAKE, p, 0);
	if (unlikely(!p->started)) {
		kshim_hb_release(p);
		__atomic_store_n(&p->started, 1, __ATOMIC_RELEASE);
		kshim_unpark(p->ktask);
		return 1;
	}
	return kshim_try_to_wake_up(p, state);
}

/**
 * wake_up_process() - wake a task, or start a new one
 * @p:		task
 *
 * Context: any. Return: 1 when it was asleep, 0 when it was running.
 */
int wake_up_process(struct task_struct *p)
{
	return wake_up_state(p, TASK_NORMAL);
}

void kshim_set_current_state(unsigned int state)
{
	struct task_struct *me = kshim_current();

	if (likely(!kshim_hot.parallel))
		__kshim_state(me) = state;
	else
		__atomic_store_n(&__kshim_state(me), state, __ATOMIC_SEQ_CST);
}

bool kshim_sleep(unsigned long long deadline)
{
	struct task_struct *me = kshim_current();

	if (kshim_interrupted(__kshim_state(me))) {
		kshim_set_current_state(TASK_RUNNING);
		return true;
	}
	if (unlikely(me->preempt_count))
		might_sleep();
	me->nr_waits++;
	while (__kshim_state(me) != TASK_RUNNING) {
		if (kshim_park(deadline) < 0 && __kshim_state(me) != TASK_RUNNING) {
			kshim_set_current_state(TASK_RUNNING);
			return false;
		}
	}
	kshim_hb_acquire(me);
	return true;
}

/**
 * schedule() - sleep in the announced state, or yield
 *
 * Context: process, may sleep. Returns in TASK_RUNNING.
 */
void schedule(void)
{
	if (__kshim_state(kshim_current()) == TASK_RUNNING)
		kshim_point(KSHIM_YIELD, NULL, 0);
	else
		kshim_sleep(KSHIM_FOREVER);
}

void io_schedule(void)
{
	schedule();
}

void yield(void)
{
	kshim_set_current_state(TASK_RUNNING);
	schedule();
}

int kshim_cond_resched(void)
{
	might_sleep();
	kshim_point(KSHIM_YIELD, NULL, 0);
	return 0;
}

char *kshim_get_task_comm(char *buf, size_t size, const struct task_struct *t)
{
	strscpy(buf, t->comm, size);
	return buf;
}

int kshim_current_pid(void)
{
	return kshim_current()->pid;
}

int kshim_current_tgid(void)
{
	return kshim_current()->tgid;
}

int kshim_task_waited(void)
{
	struct task_struct *me = kshim_current();
	int n = me->nr_waits;

	me->nr_waits = 0;
	return n;
}

const char *kshim_task_state(int pid)
{
	struct task_struct *t = kshim_find_task(pid);
	unsigned int state;

	if (!t)
		return "X";
	state = READ_ONCE(__kshim_state(t));
	if (state & TASK_INTERRUPTIBLE)
		return "S";
	if (state & TASK_UNINTERRUPTIBLE)
		return "D";
	/* On the explore engine a lock's waiter shows as not runnable. */
	if (!kshim_hot.parallel && !(kshim_hot.runnable & (1UL << t->ktask->id)))
		return "D";
	return "R";
}

const char *kshim_task_comm(int pid)
{
	struct task_struct *t = kshim_find_task(pid);

	return t ? t->comm : "?";
}

long kshim_sys_yield(void)
{
	kshim_point(KSHIM_YIELD, NULL, 0);
	return kshim_syscall_exit(0);
}

void kshim_tasks_reset(void)
{
	nr_tasks = 0;
}

void kshim_sched_reset(void)
{
	kshim_tasks_reset();
	kshim_processes_reset();
	kshim_workqueue_reset();
	kshim_timer_reset();
	kshim_rcu_reset();
}
