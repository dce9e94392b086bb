/* SPDX-License-Identifier: GPL-2.0-only */
/* The part of a kernel tree that a build reads: core's lists say which. */
#ifndef VFIOSIM_NEEDED_H
#define VFIOSIM_NEEDED_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct paths - a list of paths below a tree
 * @p:		@n allocated strings
 * @n:		see @p
 */
struct paths {
	char **p;
	size_t n;
};

void paths_add(struct paths *l, char *path);
void paths_free(struct paths *l);

/* Files and folders of core/tree-*.list; 0 or -1 with *err. */
int needed_load(struct paths *needed, char **err);

/* Is @path one of them, or below one? */
bool needed_has(const struct paths *needed, const char *path);

/* The source files of them that @root has, in the order of their names. */
void needed_files(const struct paths *needed, const char *root, struct paths *files);

/* The sum of names and contents of files below @root; 0 or -errno. */
int files_sum(const char *root, const struct paths *files, char *hex);

/**
 * files_sync() - make @to have these files, and no other source file
 * @from:	tree that has them
 * @to:		directory, made when it is not there
 * @files:	relative paths
 * @err:	free() it
 *
 * What is equal already is left alone, so that a file's time says when its
 * contents have changed.
 *
 * Return: number of files written or removed, or -1.
 */
int files_sync(const char *from, const char *to, const struct paths *files, char **err);

#endif
