/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/smp.h: everybody is on processor 0, see percpu.h. */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/preempt.h>

#define raw_smp_processor_id()	0
#define smp_processor_id()	0
#define get_cpu()		({ preempt_disable(); 0; })
#define put_cpu()		preempt_enable()

#endif
