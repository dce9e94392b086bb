/* SPDX-License-Identifier: GPL-2.0-only */
/* Data races of a campaign; see races.c. */
#ifndef RUN_RACES_H
#define RUN_RACES_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/cmdline.h"
#include "engine/host.h"

struct run_result;
struct verdict;

/* The last one that was told, with all that was recorded of it. */
extern struct kshim_race races_last;

/* False: the file of suppressions cannot be read; said on stderr. */
bool races_init(const struct cmdline *cl);

/* Before execution number @n, from 0, @in_unit in its unit: is it watched? */
void races_watch(unsigned long n, unsigned long in_unit);

/* Pairs so far. */
unsigned int races_count(void);

/*
 * Before a replay. @v: of this report, with nothing but its race said again
 * when it is one; NULL: of a token, everything is said again.
 */
void races_replay(const struct verdict *v);
void races_replayed(void);

/* "KCSAN: data-race in A / B", the functions in the kernel's order. */
void races_functions(const struct kshim_race *r, char *buf, size_t len);

void races_result(struct run_result *r);

#endif
