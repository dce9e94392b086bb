/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel source as a dependency: found in a directory that the user names, in
 * the cache, or fetched as Debian's linux-source-SERIES package.
 */
#ifndef VFIOSIM_KERNELS_H
#define VFIOSIM_KERNELS_H

#include <stdio.h>

#define KERNEL_DEFAULT_SERIES	"5.10"
#define KERNEL_FALLBACK_SERIES	"6.1"
#define KERNEL_NOT_OFFERED	(-2)

/**
 * struct kernel_tree - a source tree with VFIO in it
 * @dir:	absolute path, links resolved
 * @version:	from its top Makefile, e.g. "5.10.262" or "7.2.0-rc3"
 * @pkg_version: of the Debian package, e.g. "5.10.262-1"; NULL for a directory
 *		of the user's
 * @kver:	(VERSION << 16) + (PATCHLEVEL << 8) + SUBLEVEL, at most 255
 */
struct kernel_tree {
	char *dir;
	char *version;
	char *pkg_version;
	unsigned int kver;
};

/**
 * kernel_tree_open() - find a kernel source tree, fetching it when needed
 * @spec:	a series ("5.10": cached, else fetched) or a directory
 * @tree:	filled on success; kernel_tree_close() when done
 * @err:	on failure one line without a newline; free() it
 *
 * Return: 0, else negative as kernel_tree_fetch().
 */
int kernel_tree_open(const char *spec, struct kernel_tree *tree, char **err);

/**
 * kernel_tree_open_default() - the tree that is used when none was asked for
 * @tree:	as for kernel_tree_open()
 * @err:	as for kernel_tree_open()
 *
 * KERNEL_DEFAULT_SERIES, and when the archive does not have it
 * KERNEL_FALLBACK_SERIES with a note on stderr. Only the default falls back, a
 * request never does.
 *
 * Return: 0 or -1.
 */
int kernel_tree_open_default(struct kernel_tree *tree, char **err);

void kernel_tree_close(struct kernel_tree *tree);

/**
 * kernel_tree_fetch() - have the newest package of a series in the cache
 * @series:	e.g. "5.10"
 * @err:	as for kernel_tree_open()
 *
 * Asks the archive even when an older version is cached. Needs no root and
 * installs nothing. Concurrent calls wait for each other. Progress on stderr.
 *
 * Return: 0 or -1; KERNEL_NOT_OFFERED when the archive does not have it.
 */
int kernel_tree_fetch(const char *series, char **err);

/* Name of a series that can be fetched: @i 0, 1, ...; NULL after the last. */
const char *kernel_series_name(unsigned int i);

/* Print what is cached and what could be fetched; 0 or -1 with *err. */
int kernel_tree_list(FILE *out, char **err);

#endif
