/* SPDX-License-Identifier: GPL-2.0-only */
/* Trying other scenarios from inside a campaign. */
#ifndef RUN_ZYGOTE_H
#define RUN_ZYGOTE_H

#include "minimise.h"

/**
 * struct try - a scenario that may fail like another one
 * @text:	the scenario
 * @file:	what to call it
 * @oracle:	of the failure
 * @headline:	of the failure
 * @token:	schedule to try first, by its names; may be NULL
 * @bound:	then all with at most so many preemptions
 * @budget:	that may be used for it
 * @thorough:	the schedule is minimised, too, and told
 */
struct try {
	const char *text, *file, *oracle, *headline, *token;
	int bound;
	struct min_budget budget;
	bool thorough;
};

/**
 * struct tried - what came of it
 * @fails:	it does
 * @died:	it did not come to an end
 * @exact:	no schedule with fewer preemptions does (thorough only)
 * @preemptions: of the schedule that was found
 * @used:	what was executed
 * @f:		token, and when thorough headline, report and trace; malloc()ed
 */
struct tried {
	bool fails, died, exact;
	int preemptions;
	struct min_budget used;
	struct run_failure f;
};

/**
 * zygote_start() - keep a process that has not booted yet
 * @cl:		options
 * @keep_out:	a file descriptor that it must not hold open
 *
 * To be called before the machine is booted: a scenario cannot be set up
 * twice in one process. It costs a fork; booting is left until it is used.
 */
void zygote_start(const struct cmdline *cl, int keep_out);

/**
 * zygote_try() - does this scenario fail in the same way?
 * @t:		scenario, failure and budget
 * @r:		answer
 *
 * Return: r->fails; false also when there is no zygote, or when the scenario
 * cannot be parsed, set up or ended within two seconds of processor time.
 */
bool zygote_try(const struct try *t, struct tried *r);

bool zygote_there(void);

#endif
