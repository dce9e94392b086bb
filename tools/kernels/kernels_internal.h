/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of tools/kernels. */
#ifndef VFIOSIM_KERNELS_INTERNAL_H
#define VFIOSIM_KERNELS_INTERNAL_H

#include "kernels.h"
#include "sysutil.h"

#define KERNEL_STAMP	"vfiosim-source.json"

/* What to do instead, at the end of every message about a failed fetch. */
#define KERNEL_ADVICE	"give a source tree with --kernel DIR"

/* The advice that fits to what a tool said: a full disk is no matter of the archive. */
const char *kernel_advice(const char *said);

/**
 * struct kernel_series - what is known of a series beforehand
 * @name:	"5.10"
 * @codename:	Debian release that carries it when the machine's own does not
 * @own_first:	look in the machine's own release before @codename
 */
struct kernel_series {
	const char *name;
	const char *codename;
	bool own_first;
};

/* Ends with a NULL name. */
extern const struct kernel_series kernel_series[];

/* Does this look like "5.10"? */
bool kernel_series_syntax(const char *spec);

/* Fill @tree from a directory; says what is wrong with @shown otherwise. */
int kernel_tree_read(const char *dir, const char *shown, struct kernel_tree *tree, char **err);

/* DIR@REV: 1 with @tree filled, 0 when @spec is nothing of the kind, -1 with *err. */
int kernel_git_open(const char *spec, struct kernel_tree *tree, char **err);
/* All of include/ of a revision, into @dest; 0 or -1. */
int kernel_git_headers(const char *repository, const char *commit, const char *dest);

/**
 * struct scratch - a scratch copy in the making
 * @name:	the copy's own, by its contents: "g0123456789ab"
 * @dir:	where it is filled
 * @final:	where it will be
 * @origin:	what it is a copy of, for people
 * @stamp:	what its stamp will say
 */
struct scratch {
	char *name, *dir, *final, *origin, *stamp;
};

/**
 * scratch_begin() - have a directory to fill, unless the copy exists
 * @s:		filled; scratch_end() or scratch_drop() when done, also on 1
 * @name:	see struct scratch
 * @origin:	see struct scratch
 * @err:	free() it
 *
 * Return: 0 fill @s->dir, 1 it exists, -1 with *err.
 */
int scratch_begin(struct scratch *s, const char *name, const char *origin, char **err);

/* Note something about it in its stamp, for kernel_stamp_get(). */
void scratch_note(struct scratch *s, const char *key, const char *value);

/* It is complete (or was, on 1): open it as @tree; 0 or -1 with *err. */
int scratch_end(struct scratch *s, struct kernel_tree *tree, char **err);
void scratch_drop(struct scratch *s);

/**
 * kernel_cache_lookup() - the newest complete tree of a series in the cache
 * @series:	e.g. "5.10"
 * @tree:	filled when found
 * @err:	set for a damaged tree, whose checksums do not match its stamp
 *
 * Return: 1 found, 0 none there, -1 with *err.
 */
int kernel_cache_lookup(const char *series, struct kernel_tree *tree, char **err);

/**
 * struct kernel_package - what the archive says about a package
 * @name:	"linux-source-5.10"
 * @version:	"5.10.262-1"
 * @sha256:	of the .deb, hex
 * @size:	of the .deb in bytes
 */
struct kernel_package {
	char *name;
	char *version;
	char *sha256;
	unsigned long long size;
};

/* Write the stamp into a complete tree, with the sums of its VFIO files. */
int kernel_stamp_write(const char *dir, const char *series, const struct kernel_package *pkg,
		       char **err);
/* A value of the stamp by key, allocated, or NULL. */
char *kernel_stamp_get(const char *dir, const char *key);
/* Compare the VFIO files with the stamp; the first that differs in *which. */
bool kernel_stamp_intact(const char *dir, char **which);

/* Unpack the subtrees that we need from a package into @dest (exists, empty). */
int kernel_unpack(const char *deb, const char *series, const char *dest, char **err);

/**
 * struct apt_archive - Debian's archive, as this machine is set up to reach it
 * @main_uri:	of the releases
 * @security_uri: of the -security suites
 * @release:	the machine's own release, e.g. "bookworm"; or NULL
 * @keyring:	file with the archive's public keys
 */
struct apt_archive {
	char *main_uri;
	char *security_uri;
	char *release;
	char *keyring;
};

int apt_archive_find(struct apt_archive *archive, char **err);
void apt_archive_free(struct apt_archive *archive);

/**
 * apt_package_find() - ask the archive for the newest version of a package
 * @archive:	where
 * @dir:	private directory for everything that apt writes
 * @suites:	releases to look in; ends with NULL
 * @name:	package
 * @pkg:	filled when found; apt_package_free() when done
 * @problem:	first complaint of apt, or NULL; free() it
 *
 * Return: 1 found, 0 not found, -1 apt could not be set up (*problem says why).
 */
int apt_package_find(const struct apt_archive *archive, const char *dir, char *const *suites,
		     const char *name, struct kernel_package *pkg, char **problem);
void apt_package_free(struct kernel_package *pkg);

/* Download and verify what apt_package_find() found; the file in *deb. */
int apt_package_download(const char *dir, const struct kernel_package *pkg, char **deb,
			 char **err);

#endif
