// SPDX-License-Identifier: GPL-2.0-only
/* vfiosim kernels [fetch SERIES... | path SERIES] */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>

static int failed(char *err)
{
	fprintf(stderr, "vfiosim: %s\n", err);
	free(err);
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : CMD_EXIT_USAGE;
}

static int fetch_all(const struct cmdline *cl)
{
	int i, status = CMD_EXIT_PASS;
	char *err;

	if (cl->nr_args < 2)
		return failed(str_dup("kernels fetch: which series? (for example 5.10)"));
	for (i = 1; i < cl->nr_args && !proc_interrupted(); i++)
		if (kernel_tree_fetch(cl->args[i], &err))
			status = failed(err);
	return status;
}

static int print_path(const struct cmdline *cl)
{
	struct kernel_tree tree;
	char *err;

	if (cl->nr_args != 2)
		return failed(str_dup("kernels path: which series? (one, for example 5.10)"));
	if (kernel_tree_open(cl->args[1], &tree, &err))
		return failed(err);
	puts(tree.dir);
	kernel_tree_close(&tree);
	return CMD_EXIT_PASS;
}

int verb_kernels(const struct cmdline *cl)
{
	static const char *const words[] = { "fetch", "path", "list", NULL };
	const char *near;
	char *err;

	if (!cl->nr_args || (!strcmp(cl->args[0], "list") && cl->nr_args == 1))
		return kernel_tree_list(stdout, &err) ? failed(err) : CMD_EXIT_PASS;
	if (!strcmp(cl->args[0], "fetch"))
		return fetch_all(cl);
	if (!strcmp(cl->args[0], "path"))
		return print_path(cl);
	near = cmdline_suggest(cl->args[0], words);
	return failed(str_printf("kernels: unknown word '%s'%s%s%s", cl->args[0],
				 near ? ", did you mean '" : "", near ? near : "",
				 near ? "'?" : " (fetch, path)"));
}
