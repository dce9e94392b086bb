// SPDX-License-Identifier: GPL-2.0-only
/* Which kernel tree a command line means, patches included. */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>

/* "unbind-while-open@5.10.262/m/1.1" was found on the series 5.10 */
static char *token_version(const struct cmdline *cl)
{
	bool token = (cl->verb == CMD_REPLAY || cl->verb == CMD_MINIMISE) && cl->nr_args;
	const char *at = token ? strrchr(cl->args[0], '@') : NULL;

	return at ? str_printf("%.*s", (int)strcspn(at + 1, "/ "), at + 1) : NULL;
}

static int open_tree(const struct cmdline *cl, const char *wanted, struct kernel_tree *tree,
		     char **err)
{
	char *series;
	unsigned int major, minor;
	int found = 0;

	if (cl->kernel)
		return kernel_tree_open(cl->kernel, tree, err);
	if (wanted && !cl->nr_patches)
		found = kernel_scratch_find(wanted, tree);
	if (found < 0)
		*err = str_printf("the copy of a tree that this was found on, %s, is no longer in the cache: give --kernel and --patch as then",
				  wanted);
	if (found)
		return found < 0 ? -1 : 0;
	if (!wanted || sscanf(wanted, "%u.%u", &major, &minor) != 2)
		return kernel_tree_open_default(tree, err);
	series = str_printf("%u.%u", major, minor);
	found = kernel_tree_open(series, tree, err);
	free(series);
	return found;
}

int guest_tree(const struct cmdline *cl, struct kernel_tree *tree)
{
	char *wanted = token_version(cl), *err = NULL;
	int failed = open_tree(cl, wanted, tree, &err);

	if (!failed && cl->nr_patches) {
		failed = kernel_tree_patch(tree, cl->patches, cl->nr_patches, &err);
		if (failed)
			kernel_tree_close(tree);
	}
	if (failed)
		fprintf(stderr, "vfiosim: %s\n", err);
	else if (wanted && strcmp(wanted, tree->version))
		fprintf(stderr, "vfiosim: this was found on linux %s and is replayed on %s\n", wanted,
			tree->version);
	free(wanted);
	free(err);
	if (!failed)
		return 0;
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : CMD_EXIT_USAGE;
}
