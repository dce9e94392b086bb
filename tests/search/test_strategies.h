/* SPDX-License-Identifier: GPL-2.0-only */
/* Programs for searches: each task is a list of objects that it writes. */
#ifndef TEST_STRATEGIES_H
#define TEST_STRATEGIES_H

#include <check.h>

#include "search/footprint.h"
#include "search/search.h"

/**
 * struct prog - a program
 * @task:	per task: letters, each the object of one operation; capital
 *		letters are written, small ones read
 * @ntasks:	how many
 */
struct prog {
	const char *task[4];
	unsigned int ntasks;
};

extern char prog_trace[256];	/* task numbers, in the order of the operations */
extern unsigned int prog_preemptions;
extern bool prog_resumes;		/* go on from checkpoints where they are */
extern unsigned long prog_resumed;	/* so many did */

/* One execution; false when the search has nothing left. */
bool prog_run(const struct prog *p, struct search *s);

/* Place of the n-th (from 0) operation on an object in prog_trace, by whom. */
int prog_at(char object, unsigned int n);

Suite *programs_suite(void);
Suite *dfs_suite(void);
Suite *dpor_suite(void);
Suite *samplers_suite(void);
Suite *families_suite(void);

#endif
