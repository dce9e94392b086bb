/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/preempt.h. Disabling preemption excludes nobody here (there
 * are as many processors as tasks); it makes sleeping a report.
 */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/types.h>

void preempt_disable(void);
void preempt_enable(void);
int preempt_count(void);

#define preempt_disable_notrace()	preempt_disable()
#define preempt_enable_notrace()	preempt_enable()
#define preempt_enable_no_resched()	preempt_enable()
#define preemptible()			(preempt_count() == 0)
#define migrate_disable()		preempt_disable()
#define migrate_enable()		preempt_enable()

/* Handlers and softirqs are tasks: nothing ever runs "in" one. */
#define in_interrupt()	0
#define in_irq()	0
#define in_hardirq()	0
#define in_softirq()	0
#define in_serving_softirq()	0
#define in_nmi()	0
#define in_task()	1
#define in_atomic()	(preempt_count() != 0)

#endif
