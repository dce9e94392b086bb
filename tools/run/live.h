/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the interpreter and what judges liveness. */
#ifndef RUN_LIVE_H
#define RUN_LIVE_H

#include <stdbool.h>

#include "scenario/scenario.h"

/* Name what an execution changes here to checkpoints: kshim_checkpoint_range(). */
void live_name_state(const struct scenario *scn);

/* The tasks of an execution are about to start; they have ended or were dropped. */
void live_begin(void);
void live_end(void);

/* One task: it counts as busy in between, unless it goes on for ever. */
void live_task_begins(unsigned int task);
void live_task_ends(unsigned int task);

/**
 * live_hold() - the step hold
 * @task:	index of the calling task
 * @s:		the step
 *
 * Return: 1 when the driver has asked for the device, 0 when nobody needs to
 * be waited for any more, -EINTR after a signal, -EBADF without the fd.
 */
long live_hold(unsigned int task, const struct scn_step *s);

/* May a task that goes on for ever do its next step? */
bool live_goes_on(unsigned int task);

/* Its round is over: waits for the next one. False: there is none. */
bool live_next_round(unsigned int task);

/* Is this an open of a device that is being unregistered? And it succeeded. */
bool live_is_late(const struct scn_step *s);
void live_late_open(const struct scn_step *s);

#endif
