/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/irqflags.h. An interrupt handler is a task like any other
 * here; it can run at any point, also where interrupts are off. "Off" only
 * means that the code must not sleep.
 */
#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

#include <linux/preempt.h>

#define local_irq_disable()	preempt_disable()
#define local_irq_enable()	preempt_enable()
#define local_irq_save(f)	do { (f) = 0; preempt_disable(); } while (0)
#define local_irq_restore(f)	do { (void)(f); preempt_enable(); } while (0)
#define local_bh_disable()	preempt_disable()
#define local_bh_enable()	preempt_enable()
#define irqs_disabled()		(preempt_count() != 0)

#endif
