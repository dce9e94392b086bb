// SPDX-License-Identifier: GPL-2.0-only
/* Which files of a tree a build reads, and copies of them. */
#define _XOPEN_SOURCE 700
#include "needed.h"
#include "kernels_internal.h"
#include "sha256.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void paths_add(struct paths *l, char *path)
{
	if (!(l->n & (l->n - 1))) {
		l->p = realloc(l->p, (l->n ? 2 * l->n : 1) * sizeof(*l->p));
		if (!l->p)
			abort();
	}
	l->p[l->n++] = path;
}

void paths_free(struct paths *l)
{
	while (l->n)
		free(l->p[--l->n]);
	free(l->p);
	l->p = NULL;
}

static int load_list(struct paths *needed, const char *src, const char *list, const char *below,
		     char **err)
{
	char *path = str_printf("%s/core/%s", src, list), *text = file_read(path), *p = text;

	if (!text)
		*err = str_printf("%s: %s", path, strerror(errno));
	while (p && *p) {
		size_t n = strcspn(p, " \t\r\n");

		if (n && *p != '#')
			paths_add(needed, str_printf("%s%.*s", below, (int)n, p));
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	free(path);
	free(text);
	return text ? 0 : -1;
}

int needed_load(struct paths *needed, char **err)
{
	char *src = guest_source_dir();
	int status = -1;

	memset(needed, 0, sizeof(*needed));
	if (!src)
		*err = str_dup("cannot find vfiosim's source; set VFIOSIM_SRC to it");
	else if (!load_list(needed, src, "tree-parts.list", "", err) &&
		 !load_list(needed, src, "tree-headers.list", "include/", err) &&
		 !load_list(needed, src, "tree-lib.list", "", err))
		status = 0;
	free(src);
	if (status)
		paths_free(needed);
	return status;
}

bool needed_has(const struct paths *needed, const char *path)
{
	size_t i, n;

	for (i = 0; i < needed->n; i++) {
		n = strlen(needed->p[i]);
		if (!strncmp(path, needed->p[i], n) && (!path[n] || path[n] == '/'))
			return true;
	}
	return false;
}

static bool ends(const char *name, const char *with)
{
	size_t n = strlen(name), w = strlen(with);

	return n >= w && !strcmp(name + n - w, with);
}

/* Not what a build of that tree has left there */
static bool is_source(const char *name)
{
	return *name != '.' && !ends(name, ".mod.c") &&
	       (ends(name, ".c") || ends(name, ".h") || ends(name, ".S") ||
		!strncmp(name, "Makefile", 8) || !strncmp(name, "Kconfig", 7) ||
		!strcmp(name, "Kbuild"));
}

static void walk(const char *root, const char *path, struct paths *files)
{
	char *full = str_printf("%s/%s", root, path);
	struct dirent *e;
	DIR *d;

	if (path_is_file(full)) {
		if (is_source(strrchr(full, '/') + 1))
			paths_add(files, str_dup(path));
		free(full);
		return;
	}
	d = opendir(full);
	free(full);
	while (d && (e = readdir(d))) {
		char *below;

		if (e->d_name[0] == '.')
			continue;
		below = str_printf("%s/%s", path, e->d_name);
		walk(root, below, files);
		free(below);
	}
	if (d)
		closedir(d);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void needed_files(const struct paths *needed, const char *root, struct paths *files)
{
	size_t i, n;

	memset(files, 0, sizeof(*files));
	for (i = 0; i < needed->n; i++)
		walk(root, needed->p[i], files);
	if (files->n)
		qsort(files->p, files->n, sizeof(*files->p), by_name);
	for (n = i = 0; i < files->n; i++) {
		if (n && !strcmp(files->p[n - 1], files->p[i]))
			free(files->p[i]);
		else
			files->p[n++] = files->p[i];
	}
	files->n = n;
}

int files_sum(const char *root, const struct paths *files, char *hex)
{
	struct sha256 sum;
	size_t i;

	sha256_init(&sum);
	for (i = 0; i < files->n; i++) {
		char *full = str_printf("%s/%s", root, files->p[i]), *text = file_read(full);

		free(full);
		if (!text)
			return -errno;
		sha256_update(&sum, files->p[i], strlen(files->p[i]) + 1);
		sha256_update(&sum, text, strlen(text) + 1);
		free(text);
	}
	sha256_final(&sum, hex);
	return 0;
}

/* Return: 1 written, 0 equal, -1 */
static int sync_file(const char *from, const char *to, char **err)
{
	char *text = file_read(from), *old = text ? file_read(to) : NULL, *slash;
	int status = 0, same = text && old && !strcmp(text, old);

	if (!text)
		*err = str_printf("%s: %s", from, strerror(errno));
	if (text && !same) {
		slash = strrchr(to, '/');
		*slash = '\0';
		status = dir_make(to);
		*slash = '/';
		if (!status)
			status = file_write_quick(to, text);
		if (status)
			*err = str_printf("%s: %s; " CACHE_ADVICE, to, strerror(-status));
	}
	free(old);
	free(text);
	return *err ? -1 : !same;
}

int files_sync(const char *from, const char *to, const struct paths *files, char **err)
{
	struct paths all = { (char *[]){ "." }, 1 }, there = { 0 };
	int changed = 0, one = 0;
	size_t i, k = 0;

	*err = NULL;
	for (i = 0; i < files->n && one >= 0; i++) {
		char *source = str_printf("%s/%s", from, files->p[i]);
		char *target = str_printf("%s/%s", to, files->p[i]);

		one = sync_file(source, target, err);
		changed += one > 0;
		free(source);
		free(target);
	}
	if (one < 0)
		return -1;
	needed_files(&all, to, &there);
	for (i = 0; i < there.n; i++) {
		const char *path = there.p[i] + strlen("./");
		char *target;

		while (k < files->n && strcmp(files->p[k], path) < 0)
			k++;
		if (k < files->n && !strcmp(files->p[k], path))
			continue;
		target = str_printf("%s/%s", to, path);
		changed += !unlink(target);
		free(target);
	}
	paths_free(&there);
	return changed;
}
