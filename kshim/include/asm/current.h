/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors asm/current.h: the task that runs. */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

struct task_struct;

/**
 * kshim_current() - the calling task
 *
 * Return: never NULL; outside any task it is &init_task.
 */
struct task_struct *kshim_current(void);

#define current		kshim_current()

#endif
