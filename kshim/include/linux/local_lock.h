/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/local_lock.h: preemption off, no more; see preempt.h. */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/irqflags.h>
#include <linux/preempt.h>

typedef struct { char unused[0]; } local_lock_t;

#define INIT_LOCAL_LOCK(name)	{ }
#define local_lock_init(l)	do { (void)(l); } while (0)
#define local_lock(l)		do { (void)(l); preempt_disable(); } while (0)
#define local_unlock(l)		do { (void)(l); preempt_enable(); } while (0)
#define local_lock_irq(l)	local_lock(l)
#define local_unlock_irq(l)	local_unlock(l)
#define local_lock_irqsave(l, f)	do { (f) = 0; local_lock(l); } while (0)
#define local_unlock_irqrestore(l, f)	do { (void)(f); local_unlock(l); } while (0)

#endif
