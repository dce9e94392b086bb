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
 * @file:	its results
 */
struct side {
	const char *spec;
	char *name;
	struct json_file file;
};

/**
 * side_run() - explore on one kernel
 * @s:		@s->spec is set; side_free() when done
 * @cl:		verb compare; the first two words name kernels, the rest scenarios
 * @argc:	as main() got it
 * @argv:	as main() got it
 * @patched:	with the patches of @cl
 *
 * Return: 0, or an exit status after a message on stderr.
 */
int side_run(struct side *s, const struct cmdline *cl, int argc, char **argv, bool patched);
void side_free(struct side *s);

/* compare_results() of two sides */
void sides_compare(struct compare_all *all, const struct cmdline *cl, const struct side *a,
		   const struct side *b);

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
