/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of vfiosim compare. */
#ifndef VFIOSIM_CMD_COMPARE_H
#define VFIOSIM_CMD_COMPARE_H

#include "front.h"
#include "../compare/compare.h"
#include "../report/json_read.h"

/**
 * struct side - a kernel and what ran on it
 * @spec:	as it was named
 * @name:	version, allocated
 * @tree:	open while @open is set
 * @guest:	built, likewise
 * @r:		@n results of all runs so far, by name of the scenario
 * @n:		see @r
 * @files:	where they are from, @nr_files of them
 * @nr_files:	see @files
 */
struct side {
	const char *spec;
	char *name;
	bool open;
	struct kernel_tree tree;
	struct guest guest;
	struct run_result *r;
	unsigned int n;
	struct json_file *files;
	unsigned int nr_files;
};

/**
 * side_open() - find the tree and build it
 * @s:		@s->spec is set; side_free() when done
 * @cl:		verb compare
 * @patched:	with the patches of @cl
 *
 * Return: 0, or an exit status after a message on stderr.
 */
int side_open(struct side *s, const struct cmdline *cl, bool patched);

/**
 * side_explore() - run scenarios on it
 * @s:		open; its results get more
 * @cl:		verb compare; its options are the runner's
 * @argc:	as main() got it
 * @argv:	as main() got it
 * @names:	scenarios
 * @n:		how many
 *
 * Return: 0, or an exit status after a message on stderr.
 */
int side_explore(struct side *s, const struct cmdline *cl, int argc, char **argv,
		 char *const *names, int n);
/* The same with a small budget and nothing minimised. */
int side_glance(struct side *s, const struct cmdline *cl, int argc, char **argv,
		char *const *names, int n);
/* Drop all results. */
void side_forget(struct side *s);
/* Tree and build are no longer needed; the results stay. */
void side_close(struct side *s);
void side_free(struct side *s);

/* compare_results() of two sides */
void sides_compare(struct compare_all *all, const struct cmdline *cl, const struct side *a,
		   const struct side *b);

struct compare_coverage;
struct kernel_coverage;

/**
 * sides_coverage() - what the scenarios reach on both sides
 * @c:		filled when it succeeds; compare_coverage_free() when done
 * @k:		what was collected, by side; zeroed. @c points into it
 * @cl:		command line
 * @side:	both sides, open
 * @names:	scenarios
 * @n:		how many
 *
 * Return: 0, or an exit status after a message; CMD_EXIT_SKIPPED: nothing ran on one side.
 */
int sides_coverage(struct compare_coverage *c, struct kernel_coverage *k, const struct cmdline *cl,
		   const struct side *side, char **names, int n);

/**
 * compare_write() - what --json, --ktap and --junit ask for
 * @cl:		command line
 * @all:	@n comparisons
 * @suite:	their names
 * @n:		see @all
 * @json:	for --json, taken over
 *
 * Return: 0, or -1 after a message.
 */
int compare_write(const struct cmdline *cl, const struct compare_all *all,
		  const char *const *suite, unsigned int n, struct json_object *json);

/* --range: the words are a repository and BASE..TIP. Return: exit status. */
int compare_range(const struct cmdline *cl, int argc, char **argv);

#endif
