/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trying mutants: each is compiled with the command that compiled the pristine
 * file, the runner is linked again, and the scenarios are run until one says
 * something else than before.
 */
#ifndef MUTATE_TRIAL_H
#define MUTATE_TRIAL_H

#include "mutate.h"

enum trial_end {
	TRIAL_WAITING,
	TRIAL_STILLBORN,	/* does not compile or link */
	TRIAL_SAME_CODE,	/* the compiler made the same of it */
	TRIAL_KILLED,
	TRIAL_SURVIVED,
	TRIAL_BROKEN,		/* could not be tried: see the message */
	TRIAL_SKIPPED,		/* not asked for, or recorded as equivalent */
};

/**
 * struct trial - what became of a mutant
 * @end:	see above
 * @scenario:	index of the one that killed it
 * @suspect:	index + 1 of one that missed something with the first, small
 *		budget, which the full one may still find
 * @seconds:	processor time, of everything
 * @said:	what the scenario failed with
 */
struct trial {
	enum trial_end end;
	int scenario, suspect;
	double seconds;
	char said[320];
};

/**
 * struct lab - where mutants are tried
 * @build:	build directory of the pristine guest
 * @runner:	that guest
 * @kdir:	the kernel tree
 * @scratch:	a directory of ours
 * @jobs:	processes at a time
 * @first:	schedules for each scenario in the first round
 * @full:	schedules for each scenario in the second round
 * @verbose:	say what happens to each
 */
struct lab {
	const char *build, *runner, *kdir;
	char *scratch;
	unsigned int jobs;
	unsigned long long first, full;
	bool verbose;
};

/* A scenario and what it says of the pristine source. */
struct suite {
	char **names;
	int n;
	struct baseline *base;	/* shared by all processes */
};

/**
 * trial_all() - try mutants
 * @lab:	all of it filled
 * @suite:	names filled; scenarios that fail or are skipped on the pristine
 *		source do not judge
 * @m:		mutants
 * @t:		one each, in shared memory; those that are not waiting are left
 * @n:		how many
 *
 * Return: false when interrupted, or after a message.
 */
bool trial_all(const struct lab *lab, struct suite *suite, const struct mutant *m,
	       struct trial *t, unsigned int n);

/* Zeroed memory that child processes share with us. */
void *trial_shared(size_t size);

/* build.c: a mutant's runner. Each job has a directory of its own. */
struct workshop {
	char *dir, *source, *object, *runner;
	char *compile, *relink, *pristine;
};
bool workshop_open(const struct lab *lab, const char *file, unsigned int job,
		   struct workshop *w);
void workshop_close(struct workshop *w);
enum trial_end workshop_build(const struct lab *lab, struct workshop *w, const char *text);

#endif
