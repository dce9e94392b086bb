/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/completion.h, see kshim/sched/completion.c. */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H

#include <linux/lockdep.h>
#include <linux/swait.h>
#include <linux/types.h>

struct completion {
	unsigned int done;		/* UINT_MAX: for ever */
	struct swait_queue_head wait;
	struct lockdep_map dep_map;
};

#define COMPLETION_INITIALIZER(work) {					\
	.done = 0, .wait = __SWAIT_QUEUE_HEAD_INITIALIZER((work).wait),	\
	.dep_map = { .name = "(completion)" #work } }
#define COMPLETION_INITIALIZER_ONSTACK(work)				\
	(*({ init_completion(&work); &work; }))
#define DECLARE_COMPLETION(work)					\
	struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work)				\
	struct completion work = COMPLETION_INITIALIZER_ONSTACK(work)
#define init_completion_map(x, m)		init_completion(x)

static inline void kshim_init_completion(struct completion *x, const char *name,
					 struct lock_class_key *key)
{
	x->done = 0;
	init_swait_queue_head(&x->wait);
	lockdep_init_map(&x->dep_map, name, key, 0);
}

#define init_completion(x)						\
do {									\
	static struct lock_class_key __key;				\
									\
	kshim_init_completion((x), "(completion)" #x, &__key);		\
} while (0)

static inline void reinit_completion(struct completion *x)
{
	x->done = 0;
}

void wait_for_completion(struct completion *x);
void wait_for_completion_io(struct completion *x);
int wait_for_completion_interruptible(struct completion *x);
int wait_for_completion_killable(struct completion *x);
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
long wait_for_completion_interruptible_timeout(struct completion *x,
					       unsigned long timeout);
long wait_for_completion_killable_timeout(struct completion *x,
					  unsigned long timeout);
bool try_wait_for_completion(struct completion *x);
bool completion_done(struct completion *x);
void complete(struct completion *x);
void complete_all(struct completion *x);

#endif
