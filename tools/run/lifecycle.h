/* SPDX-License-Identifier: GPL-2.0-only */
/* Counting for the lifecycle table; nothing of it costs anything unless wanted. */
#ifndef RUN_LIFECYCLE_H
#define RUN_LIFECYCLE_H

#include "run.h"

struct life_step;

/* One for each step of the scenario; NULL: nobody wants the table. */
extern const struct life_step *lifecycle_steps;

/* Watch the devices of a scenario, for a table. */
void lifecycle_want(const struct scenario *scn);

/* An execution begins; the scenario's part of it has ended; it counts. */
void lifecycle_begin(void);
void lifecycle_end(void);
void lifecycle_count(struct lifetable *t);

/*
 * A step of the scenario begins, and has answered. What lifecycle_step()
 * returns is for lifecycle_answer().
 */
struct life_begun {
	unsigned char states;	/* a bit for each */
};
struct life_begun lifecycle_step(unsigned int step);
void lifecycle_answer(unsigned int step, struct life_begun begun, long result);

#endif
