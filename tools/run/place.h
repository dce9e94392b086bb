/* SPDX-License-Identifier: GPL-2.0-only */
/* Names for the deviations of a schedule, and back, on any tree. */
#ifndef RUN_PLACE_H
#define RUN_PLACE_H

#include "run.h"
#include "search/devname.h"
#include "search/watch.h"

/**
 * place_names() - name every deviation of a schedule
 * @devs:	schedule; is executed once
 * @names:	one for each, filled
 *
 * Return: false when the execution does not pass them.
 */
bool place_names(const struct devlog *devs, struct devname *names);

/**
 * place_fit() - find the deviations of a token in what runs here
 * @t:		token; its scenario is set up
 * @devs:	filled with the points as they are here
 *
 * Return: what was expected and what came instead, lines ended by newlines,
 * to be freed; NULL when everything is where it was.
 */
char *place_fit(const struct token *t, struct devlog *devs);

/* token_format() and token_identify() for a schedule of the scenario that is set up. */
char *place_token(const struct scenario *scn, const struct devlog *devs, bool named);

#endif
