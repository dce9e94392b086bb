/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/cpu.h and cpuhotplug.h: one processor, never unplugged. */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/smp.h>

enum cpuhp_state {
	CPUHP_RADIX_DEAD,
	CPUHP_ONLINE,
};

static inline int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
					    int (*startup)(unsigned int cpu),
					    int (*teardown)(unsigned int cpu))
{
	return 0;
}

#define cpus_read_lock()	do { } while (0)
#define cpus_read_unlock()	do { } while (0)

#endif
