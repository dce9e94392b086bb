/* SPDX-License-Identifier: GPL-2.0-only */
/* What a scenario needs and this guest does not have. */
#ifndef RUN_MISSING_H
#define RUN_MISSING_H

#include <stdbool.h>

struct scenario;

/**
 * missing_module() - is a driver left out of this guest?
 * @scn:	the scenario
 * @why:	gets the reason, to be freed
 *
 * A driver for an interface that a kernel does not have is not built for it.
 *
 * Return: true when the scenario cannot run for that reason.
 */
bool missing_module(const struct scenario *scn, char **why);

#endif
