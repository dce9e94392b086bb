/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which memory the tasks of a scenario share, learned from a few executions:
 * a switch is interesting before operations on it, hardly ever elsewhere. A
 * hint for the order in which to look, never a reason to leave something out.
 */
#ifndef SEARCH_FOOTPRINT_H
#define SEARCH_FOOTPRINT_H

#include <stdbool.h>

#include "engine/host.h"

#define FOOTPRINT_CELL	8UL	/* bytes: the granule that is counted */
#define FOOTPRINT_TASKS	16	/* later ones are not counted */

/**
 * struct footprint_cell - one granule
 * @addr:	of it; 0: the cell is free
 * @shared:	somebody changes it, and another task uses it
 * @users:	tasks
 * @writers:	those of them that change it
 * @count:	operations per task, of the execution with most
 * @now:	of the execution that is being recorded
 */
struct footprint_cell {
	unsigned long addr;
	bool shared;
	unsigned short users, writers;	/* masks of tasks */
	unsigned short count[FOOTPRINT_TASKS], now[FOOTPRINT_TASKS];
};

/**
 * struct footprint - all of them
 * @cells:	hash table
 * @used:	of the hash table
 * @shared:	shared ones by address, one for each that is used differently
 * @nshared:	how many
 * @uses:	operations on shared cells, by all tasks
 */
struct footprint {
	struct footprint_cell *cells;
	unsigned int used;
	struct footprint_cell **shared;
	unsigned int nshared;
	unsigned long uses;
};

struct footprint *footprint_new(void);
void footprint_free(struct footprint *f);

/* From a policy's begin(), access() and done(), of an execution to learn from. */
void footprint_begin(struct footprint *f);
void footprint_access(struct footprint *f, enum kshim_op op, const void *obj,
		      unsigned long size);
void footprint_end(struct footprint *f);

/**
 * footprint_matters() - is its order against an operation of another task of any importance?
 * @f:		what is known
 * @others:	mask of the tasks that could go first
 * @op:		what is about to be done
 * @obj:	to which object
 * @size:	of it
 */
bool footprint_matters(const struct footprint *f, unsigned long others, enum kshim_op op,
		       const void *obj, unsigned long size);

#endif
