/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/delay.h, see kshim/sched/time.c. */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/sched.h>

void msleep(unsigned int msecs);
unsigned long msleep_interruptible(unsigned int msecs);
void ssleep(unsigned int seconds);
void usleep_range(unsigned long min, unsigned long max);
void fsleep(unsigned long usecs);

/* Busy waiting takes no virtual time: others get to run, no more. */
void udelay(unsigned long usecs);
#define ndelay(n)	udelay(0)
#define mdelay(n)	udelay((n) * 1000UL)

#endif
