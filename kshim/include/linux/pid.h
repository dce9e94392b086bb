/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/pid.h: one name space, a struct pid inside each task. */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/sched.h>

enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_MAX };

static inline pid_t pid_nr(struct pid *pid)
{
	return pid ? pid->nr : 0;
}
#define pid_vnr(pid)		pid_nr(pid)

static inline struct pid *get_pid(struct pid *pid)
{
	return pid;
}

static inline void put_pid(struct pid *pid)
{
}

static inline struct pid *task_pid(struct task_struct *t)
{
	return &t->thread_pid;
}

struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);

#endif
