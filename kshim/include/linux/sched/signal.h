/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/sched/signal.h, see kshim/sched/signal.c. */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/signal.h>

static inline int signal_pending(struct task_struct *p)
{
	return unlikely(READ_ONCE(p->sigpending));
}

static inline int __fatal_signal_pending(struct task_struct *p)
{
	return unlikely(READ_ONCE(p->pending) & (1ULL << (SIGKILL - 1)));
}

static inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && __fatal_signal_pending(p);
}

static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)))
		return 0;
	if (!signal_pending(p))
		return 0;
	return (state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(p);
}

/* kshim/mm/mlock.c */
unsigned long task_rlimit(const struct task_struct *task, unsigned int limit);
unsigned long rlimit(unsigned int limit);

int send_sig(int sig, struct task_struct *p, int priv);
int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p);
void flush_signals(struct task_struct *p);
void force_sig(int sig);
int kill_pid(struct pid *pid, int sig, int priv);

#endif
