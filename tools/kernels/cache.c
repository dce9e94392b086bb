// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cache: kernels/SERIES/linux-PACKAGEVERSION below the user's cache
 * directory. A tree gets its name only when it is complete, stamp included;
 * whatever else lies there is of no interest.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE	/* strverscmp() */
#endif
#include "kernels_internal.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

const struct kernel_series kernel_series[] = {
	{ "5.10", "bullseye", false },
	{ "6.1", "bookworm", true },
	{ "6.12", "trixie", true },
	{ "7.2", "sid", false },
	{ NULL, NULL, false },
};

const char *kernel_series_name(unsigned int i)
{
	return i < sizeof(kernel_series) / sizeof(*kernel_series) ? kernel_series[i].name : NULL;
}

static int by_version(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

/* Complete trees of a series ("*": of all), oldest first */
static int cached_trees(const char *series, glob_t *trees, char **err)
{
	char *root = cache_path("kernels"), *pattern;

	memset(trees, 0, sizeof(*trees));
	if (!root) {
		*err = str_dup("no cache directory: set HOME or XDG_CACHE_HOME");
		return -1;
	}
	pattern = str_printf("%s/%s/linux-*/" KERNEL_STAMP, root, series);
	if (!glob(pattern, GLOB_NOSORT, NULL, trees)) {
		size_t i, tail = strlen("/" KERNEL_STAMP);

		for (i = 0; i < trees->gl_pathc; i++)
			trees->gl_pathv[i][strlen(trees->gl_pathv[i]) - tail] = '\0';
		qsort(trees->gl_pathv, trees->gl_pathc, sizeof(char *), by_version);
	} else {
		trees->gl_pathc = 0;
	}
	free(pattern);
	free(root);
	return 0;
}

int kernel_cache_lookup(const char *series, struct kernel_tree *tree, char **err)
{
	const char *dir;
	char *bad = NULL;
	glob_t trees;
	int found = 0;

	if (cached_trees(series, &trees, err))
		return -1;
	if (trees.gl_pathc) {
		dir = trees.gl_pathv[trees.gl_pathc - 1];
		found = kernel_tree_read(dir, dir, tree, err) ? -1 : 1;
		if (found > 0 && !kernel_stamp_intact(dir, &bad)) {
			*err = str_printf("%s was changed in the cached %s: remove that directory to fetch it again, or name your own tree with --kernel DIR",
					  bad ? bad : "the stamp", dir);
			kernel_tree_close(tree);
			found = -1;
		}
		if (found > 0)
			tree->pkg_version = kernel_stamp_get(dir, "version");
		free(bad);
	}
	globfree(&trees);
	return found;
}

static void print_tree(FILE *out, const char *dir)
{
	static const char *const cores[] = { "drivers/vfio/vfio.c", "drivers/vfio/vfio_main.c" };
	char *series = kernel_stamp_get(dir, "series"), *pkg = kernel_stamp_get(dir, "version");
	char *err = NULL, *sum = NULL;
	struct kernel_tree tree;
	size_t i;

	if (kernel_tree_read(dir, dir, &tree, &err)) {
		fprintf(out, "%-6s %s\n", series ? series : "?", err);
		free(err);
	} else {
		fprintf(out, "%-6s %-12s linux-source %s\n", series ? series : "?", tree.version,
			pkg ? pkg : "?");
		for (i = 0; i < 2 && !sum; i++)
			sum = kernel_stamp_get(dir, cores[i]);
		if (sum)
			fprintf(out, "       sha256 %s  %s\n", sum, cores[i - 1]);
		fprintf(out, "       %s\n", dir);
		kernel_tree_close(&tree);
	}
	free(series);
	free(pkg);
	free(sum);
}

int kernel_tree_list(FILE *out, char **err)
{
	const struct kernel_series *s;
	bool any = false;
	glob_t trees;
	size_t i;

	if (cached_trees("*", &trees, err))
		return -1;
	for (i = 0; i < trees.gl_pathc; i++)
		print_tree(out, trees.gl_pathv[i]);
	if (!trees.gl_pathc)
		fprintf(out, "no kernel source is cached yet\n");
	globfree(&trees);
	for (s = kernel_series; s->name; s++) {
		if (cached_trees(s->name, &trees, err))
			return -1;
		if (!trees.gl_pathc) {
			fprintf(out, "%s%s", any ? ", " : "can be fetched (vfiosim kernels fetch SERIES): ",
				s->name);
			any = true;
		}
		globfree(&trees);
	}
	if (any)
		fputc('\n', out);
	return 0;
}
