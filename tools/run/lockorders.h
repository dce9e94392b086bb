/* SPDX-License-Identifier: GPL-2.0-only */
/* Orders of locks that a campaign has seen; see lockorders.c. */
#ifndef RUN_LOCKORDERS_H
#define RUN_LOCKORDERS_H

struct run_result;
struct scenario;

/* After an execution: what is new is what it has shown. */
void lockorders_note(const struct scenario *scn);
void lockorders_result(struct run_result *r);

#endif
