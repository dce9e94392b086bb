/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/sched/task.h. A task_struct stays readable until the end of
 * the run; the count is kept for the sake of its users.
 */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>

struct task_struct *get_task_struct(struct task_struct *t);
void put_task_struct(struct task_struct *t);

void do_exit(long code) __attribute__((noreturn));

/* kshim/fs/: the table of open files of a task, given back when it ends. */
void exit_files(struct task_struct *tsk);

#endif
