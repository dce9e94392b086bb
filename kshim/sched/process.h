/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KSHIM_SCHED_PROCESS_H
#define KSHIM_SCHED_PROCESS_H

#include <linux/sched.h>

/* A living thread of a process, when the one with its number has ended. */
struct task_struct *kshim_process_thread(pid_t tgid);

#endif
