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

/* In the shim itself a call would be felt. */
#ifdef KSHIM_CORE
#include "engine/engine.h"
extern struct task_struct init_task;
static inline __attribute__((always_inline))
struct task_struct *kshim_current_inline(void)
{
	const struct kshim_task *t = kshim_hot.cur;

	if (__builtin_expect(kshim_hot.parallel, 0))
		return kshim_current();
	return t ? t->priv : &init_task;
}
#define kshim_current()	kshim_current_inline()
#endif

#define current		kshim_current()

#endif
