/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors asm/processor.h: a busy loop lets others run. */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

void kshim_cpu_relax(void);
#define cpu_relax()	kshim_cpu_relax()

#endif
