/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel source as a dependency: found in a directory that the user names, in
 * the cache, or fetched as Debian's linux-source-SERIES package.
 */
#ifndef VFIOSIM_KERNELS_H
#define VFIOSIM_KERNELS_H

#include <stdbool.h>
#include <stdio.h>

#define KERNEL_DEFAULT_SERIES	"5.10"
#define KERNEL_FALLBACK_SERIES	"6.1"
#define KERNEL_NOT_OFFERED	(-2)
#define KERNEL_PATCH_FAILED	(-3)

/**
 * struct kernel_tree - a source tree with VFIO in it
 * @dir:	absolute path, links resolved
 * @version:	from its top Makefile, e.g. "5.10.262" or "7.2.0-rc3"
 * @pkg_version: of the Debian package, e.g. "5.10.262-1"; NULL for a directory
 *		of the user's
 * @origin:	of a scratch copy, what it is a copy of, e.g. "/home/x/linux@v6.1";
 *		@version ends with its name then, "5.10.262-g0123456789ab". Else NULL
 * @kver:	(VERSION << 16) + (PATCHLEVEL << 8) + SUBLEVEL, at most 255
 */
struct kernel_tree {
	char *dir;
	char *version;
	char *pkg_version;
	char *origin;
	unsigned int kver;
};

/**
 * kernel_tree_open() - find a kernel source tree, fetching it when needed
 * @spec:	a series ("5.10": cached, else fetched), a directory, or DIR@REV, a
 *		revision of a git repository, of which a scratch copy is made
 * @tree:	filled on success; kernel_tree_close() when done
 * @err:	on failure one line without a newline; free() it
 *
 * Return: 0, else negative as kernel_tree_fetch().
 */
int kernel_tree_open(const char *spec, struct kernel_tree *tree, char **err);

/**
 * kernel_tree_patch() - put patches on a tree
 * @tree:	becomes a scratch copy with the patches applied; stays as it is when
 *		all they change is not built
 * @patches:	files as patch_read() takes them, @n of them, in order
 * @n:		see @patches
 * @err:	on failure which hunk does not apply; free() it
 *
 * What a patch changes outside of what is built is noted on stderr.
 *
 * Return: 0, -1, or KERNEL_PATCH_FAILED when a hunk does not apply.
 */
int kernel_tree_patch(struct kernel_tree *tree, const char *const *patches, int n, char **err);

/* Make @tree a scratch copy of what it is now; 0 or -1 with *err. */
int kernel_tree_freeze(struct kernel_tree *tree, char **err);

/**
 * kernel_scratch_find() - the scratch copy with a version
 * @version:	"5.10.262-g0123456789ab"
 * @tree:	filled when it is there
 *
 * Return: 1 found, 0 not a scratch copy's version, -1 it is gone.
 */
int kernel_scratch_find(const char *version, struct kernel_tree *tree);

/**
 * kernel_tree_headers() - a directory that has all of the tree's include/
 * @tree:	a scratch copy lacks most of them
 *
 * Return: allocated; @tree's own directory when there is no better one.
 */
char *kernel_tree_headers(const struct kernel_tree *tree);

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

/* Directory of the running command, links resolved; allocated. */
char *command_dir(void);

/* In an installed source directory: sum of everything that was installed. */
#define INSTALLED_SUM	"contents.sum"
/* Beside the command when it was built, below lib/ when it is installed. */
#define HOST_LIBRARY	"libvfiosim-host.a"

/* Of an installed command: its share/vfiosim and its lib/vfiosim; allocated, else NULL. */
char *installed_source_dir(void);
char *installed_library_dir(void);

/* vfiosim's own source: $VFIOSIM_SRC, else the installed one, else the checkout that
 * the command was built from or the directory above the command that has core/;
 * allocated, NULL when there is none. */
char *guest_source_dir(void);

/* Name of a series that can be fetched: @i 0, 1, ...; NULL after the last. */
const char *kernel_series_name(unsigned int i);

/* Print what is cached and what could be fetched; 0 or -1 with *err. */
int kernel_tree_list(FILE *out, char **err);

#endif
