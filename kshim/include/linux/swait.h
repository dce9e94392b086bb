/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/swait.h: the queue inside a completion, see kshim/sched/completion.c. */
#ifndef _LINUX_SWAIT_H
#define _LINUX_SWAIT_H

#include <linux/compiler.h>
#include <linux/types.h>

struct swait_queue;

/*
 * First in, first out. The entries are on the waiters' stacks. The kernel's head
 * is a ring, which begins as a pointer to itself: @ring tells who was initialised.
 */
struct swait_queue_head {
	struct swait_queue *first;
	struct swait_queue *last;
	struct swait_queue_head *ring;
};

#define __SWAIT_QUEUE_HEAD_INITIALIZER(name)	{ NULL, NULL, &(name) }
#define DECLARE_SWAIT_QUEUE_HEAD(name)					\
	struct swait_queue_head name = __SWAIT_QUEUE_HEAD_INITIALIZER(name)

static inline void init_swait_queue_head(struct swait_queue_head *q)
{
	q->first = NULL;
	q->last = NULL;
	q->ring = q;
}

static inline int swait_active(struct swait_queue_head *q)
{
	return READ_ONCE(q->first) ? 1 : 0;
}

#endif
