/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/freezer.h: nothing is ever frozen. */
#ifndef _LINUX_FREEZER_H
#define _LINUX_FREEZER_H

#include <linux/sched.h>
#include <linux/wait.h>

#define set_freezable()		false
#define try_to_freeze()		false
#define freezing(t)		false
#define wait_event_freezable(wq, cond)	wait_event_interruptible(wq, cond)
#define wait_event_freezable_timeout(wq, cond, timeout)			\
	wait_event_interruptible_timeout(wq, cond, timeout)

#endif
