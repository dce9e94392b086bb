/* SPDX-License-Identifier: GPL-2.0-only */
/* A replay that writes down every contended point it passes. */
#ifndef SEARCH_WATCH_H
#define SEARCH_WATCH_H

#include "search.h"

#define WATCH_STACK	16

/**
 * struct watch_point - one contended point
 * @n:		its number
 * @runnable:	who could have run
 * @obj:	of the pending operation
 * @cur:	who was running
 * @chosen:	who ran from there on
 * @op:		what @cur is about to do
 * @stays:	@cur could have gone on
 * @pc:		where, innermost first; ended by NULL when shorter
 */
struct watch_point {
	unsigned long n, runnable;
	const void *obj;
	unsigned char cur, chosen, op;
	bool stays;
	const void *pc[WATCH_STACK];
};

/**
 * struct watch_log - of one execution
 * @p:		points in their order
 * @n:		how many
 * @room:	allocated
 * @task:	names, by id
 */
struct watch_log {
	struct watch_point *p;
	size_t n, room;
	char task[KSHIM_MAX_TASKS][24];
};

/**
 * search_watch() - as search_replay(), and fills a log
 * @devs:	what to replay
 * @log:	emptied at the start of the execution; watch_free() it
 */
struct search *search_watch(const struct devlog *devs, struct watch_log *log);
void watch_free(struct watch_log *log);

/* The point with this number, or NULL. */
const struct watch_point *watch_find(const struct watch_log *log, unsigned long n);

#endif
