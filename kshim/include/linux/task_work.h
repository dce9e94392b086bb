/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/task_work.h, see kshim/sched/task_work.c. */
#ifndef _LINUX_TASK_WORK_H
#define _LINUX_TASK_WORK_H

#include <linux/sched.h>
#include <linux/types.h>

typedef void (*task_work_func_t)(struct callback_head *);

enum task_work_notify_mode {
	TWA_NONE,
	TWA_RESUME,
	TWA_SIGNAL,
};

static inline void init_task_work(struct callback_head *twork, task_work_func_t func)
{
	twork->func = func;
}

int task_work_add(struct task_struct *task, struct callback_head *twork,
		  enum task_work_notify_mode mode);
#define KSHIM_HAS_CANCEL_BY_HEAD	(KSHIM_KVER >= 0x060b00)
#if KSHIM_HAS_CANCEL_BY_HEAD
bool task_work_cancel(struct task_struct *task, struct callback_head *cb);
#else
struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func);
#endif
void task_work_run(void);

#endif
