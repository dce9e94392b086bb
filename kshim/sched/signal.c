// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signals.
 *
 * The kernel: a signal for a process is noticed by one of its threads, which
 * is woken from an interruptible sleep; SIGKILL is noticed by all of them,
 * also in killable sleeps; kernel threads ignore signals that they did not
 * ask for.
 *
 * Here: the same, with a mask of pending signals per thread. User code is
 * taken to have a handler, without SA_RESTART, for everything but SIGKILL:
 * the handler "runs" when the thread returns to user space, and that is all
 * it does. Not here: masks, queues, siginfo, stop and continue.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/task_work.h>
#include <kshim/user.h>

#include "lib/rmw.h"
#include "locking/lockdep.h"
#include "sched/process.h"
#include "sched/sched.h"

static void deliver(struct task_struct *t, int sig)
{
	kshim_touch(KSHIM_ATOMIC, &t->sigpending, 1);
	kshim_rmw_or(&t->pending, 1ULL << (sig - 1));
	kshim_rmw_store(&t->sigpending, 1);
	kshim_try_to_wake_up(t, TASK_INTERRUPTIBLE |
			     (sig == SIGKILL ? TASK_WAKEKILL : 0));
}

static void signal_process(struct task_struct *first, int sig)
{
	struct task_struct *t;
	unsigned int i;

	if (sig != SIGKILL) {
		deliver(first, sig);
		return;
	}
	for (i = 0; i < KSHIM_MAX_TASKS; i++) {
		t = kshim_find_task(KSHIM_FIRST_PID + i);
		if (t && t->process == first->process)
			deliver(t, sig);
	}
}

/**
 * send_sig() - send a signal to a task's process
 * @sig:	1..64
 * @p:		task that shall notice it
 * @priv:	sent by the kernel itself
 *
 * Context: any. Return: 0, -EINVAL, -ESRCH.
 */
int send_sig(int sig, struct task_struct *p, int priv)
{
	if (sig < 0 || sig > _NSIG)
		return -EINVAL;
	kshim_point(KSHIM_SIGNAL, p, 0);
	kshim_touch(KSHIM_READ, &p->exited, 1);
	if (READ_ONCE(p->exited))
		return -ESRCH;
	if (!sig || !p->process)
		return 0;
	signal_process(p, sig);
	return 0;
}

int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p)
{
	return send_sig(sig, p, info == SEND_SIG_PRIV);
}

void force_sig(int sig)
{
	send_sig(sig, current, 1);
}

int kill_pid(struct pid *pid, int sig, int priv)
{
	struct task_struct *t = get_pid_task(pid, PIDTYPE_PID);

	return t ? send_sig(sig, t, priv) : -ESRCH;
}

/* Forgets all pending signals; for kernel threads that handle them. */
void flush_signals(struct task_struct *p)
{
	kshim_rmw_store(&p->sigpending, 0);
	kshim_rmw_store(&p->pending, 0);
}

struct task_struct *get_pid_task(struct pid *pid, enum pid_type type)
{
	return pid ? kshim_find_task(pid->nr) : NULL;
}

long kshim_sys_kill(int pid, int sig)
{
	struct task_struct *t;
	long ret;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	t = kshim_find_task(pid);
	if (!t)
		t = kshim_process_thread(pid);
	ret = t ? send_sig(sig, t, 0) : -ESRCH;
	return kshim_syscall_exit(ret);
}

void kshim_return_to_user(void)
{
	struct task_struct *me = kshim_current();

	if (__atomic_load_n(&me->task_works, __ATOMIC_ACQUIRE))
		task_work_run();
	if (unlikely(me->held.nr))
		kshim_held_check(NULL);
	kshim_lock_new_context(me->ktask);
	if (likely(!__atomic_load_n(&me->sigpending, __ATOMIC_ACQUIRE)))
		return;
	if (__fatal_signal_pending(me)) {
		me->killed = 1;
	} else {
		me->nr_handled += __builtin_popcountll(READ_ONCE(me->pending));
		flush_signals(me);
	}
}

int kshim_task_signals(int pid)
{
	struct task_struct *t = kshim_find_task(pid);

	return t ? (int)t->nr_handled : 0;
}

long kshim_syscall_exit(long ret)
{
	kshim_return_to_user();
	/* -ERESTARTSYS and its relatives never reach user space. */
	return ret <= -ERESTARTSYS && ret >= -ERESTART_RESTARTBLOCK ? -EINTR : ret;
}

int kshim_user_killed(void)
{
	struct task_struct *me = kshim_current();

	return me->killed || __fatal_signal_pending(me);
}
