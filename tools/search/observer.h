/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Watches one execution for a strategy that wants more than its choices: the
 * history of its transitions, and who waits for whose lock.
 */
#ifndef SEARCH_OBSERVER_H
#define SEARCH_OBSERVER_H

#include "history.h"
#include "search.h"

#define OBSERVER_HELD	64

/* Who holds a lock. */
struct hold {
	const void *lock;
	unsigned int task;
	bool shared;
};

struct observer {
	struct history f;
	struct hold held[OBSERVER_HELD];
	unsigned int nheld;
	struct {
		const void *lock;
		enum kshim_op op;
	} tried[KSHIM_MAX_TASKS];	/* last lock operation of each task */
	bool fresh;			/* time has moved: a new transition */
};

void observer_begin(struct observer *o);
void observer_end(void);
/* A choice was taken: @task goes on, by choice @node. */
void observer_choice(struct observer *o, unsigned int task, int node);
/* For the hooks of struct kshim_policy. */
void observer_access(struct observer *o, enum kshim_op op, const void *obj,
		     unsigned long size, const void *pc);
void observer_woken(struct observer *o, unsigned int id);
void observer_missed(struct observer *o, unsigned int id);

/**
 * observer_enabled() - whose next step would not only wait for a lock
 * @o:		of this execution
 * @c:		the choice
 *
 * A writer that waits keeps new readers out. That makes a difference only
 * when one that reads waits for one of those: so it counts as enabled as soon
 * as one that reads cannot go on.
 *
 * Return: mask of tasks; all that can run when there is no other, but for the
 * environment's: nobody has to wait for those.
 */
unsigned long observer_enabled(const struct observer *o, const struct kshim_choice *c);

#endif
