// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scratch copies of one series are built in one directory, so that from one to
 * the next only what differs is compiled. Its tree is made equal to the copy
 * by contents: a file's time changes when, and only when, its text does, and
 * make can rely on it. The runner is then kept beside the copy.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/needed.h"
#include "../kernels/sysutil.h"

#include <ftw.h>
#include <glob.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static uint64_t sum;	/* nftw() has no argument for it */

static uint64_t mix(uint64_t h, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len--)
		h = (h ^ *p++) * 0x100000001b3u;
	return h;
}

/* The order of files is not known, so they are added */
static int add_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	uint64_t h = mix(0xcbf29ce484222325u, path, strlen(path));

	(void)ftw;
	if (type != FTW_F)
		return 0;
	h = mix(h, &st->st_mtim, sizeof(st->st_mtim));
	sum += mix(h, &st->st_size, sizeof(st->st_size));
	return 0;
}

char *slot_runner(const struct kernel_tree *tree, const struct guest *guest, const char *host)
{
	static const char *const parts[] = { "core", "kshim", "drivers" };
	static const char *const libraries[] = { "run", "host" };
	uint64_t who = mix(mix(0xcbf29ce484222325u, guest->src, strlen(guest->src)), host,
			   strlen(host));
	char *path;
	size_t i;

	sum = 0;
	for (i = 0; i < 3; i++) {
		path = str_printf("%s/%s", guest->src, parts[i]);
		nftw(path, add_file, 16, 0);
		free(path);
	}
	for (i = 0; i < 2; i++) {
		path = str_printf("%s/libvfiosim-%s.a", host, libraries[i]);
		nftw(path, add_file, 16, 0);
		free(path);
	}
	path = str_printf("%s/libkshim-engine.a", host);
	nftw(path, add_file, 16, 0);
	free(path);
	return str_printf("%s/.guest-%08x-%016llx", tree->dir, (unsigned int)(who ^ who >> 32),
			  (unsigned long long)sum);
}

int slot_fill(const struct kernel_tree *tree, const struct guest *guest)
{
	struct paths needed, files;
	char *err = NULL;
	int status = needed_load(&needed, &err);

	if (!status) {
		needed_files(&needed, tree->dir, &files);
		status = files_sync(tree->dir, guest->kdir, &files, &err);
		paths_free(&files);
		paths_free(&needed);
	}
	if (status >= 0)
		return 0;
	fprintf(stderr, "vfiosim: %s\n", err);
	free(err);
	return CMD_EXIT_USAGE;
}

/* Runners of earlier states of the same sources */
static void remove_others(const char *path)
{
	const char *dash = strrchr(path, '-');
	char *pattern = str_printf("%.*s*", (int)(dash - path + 1), path);
	glob_t g = { 0 };
	size_t i;

	if (!glob(pattern, GLOB_NOESCAPE, NULL, &g))
		for (i = 0; i < g.gl_pathc; i++)
			if (strcmp(g.gl_pathv[i], path))
				remove(g.gl_pathv[i]);
	globfree(&g);
	free(pattern);
}

int slot_keep(const struct guest *guest, const char *path)
{
	char *part = str_printf("%s.part", path);
	const char *argv[] = { "cp", "--", guest->runner, part, NULL };
	int status = proc_run(argv, NULL);

	if (!status && rename(part, path))
		status = -1;
	free(part);
	if (!status) {
		remove_others(path);
		return 0;
	}
	fprintf(stderr, "vfiosim: %s: cannot be written; " CACHE_ADVICE "\n", path);
	return CMD_EXIT_USAGE;
}
