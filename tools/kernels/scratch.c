// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scratch copies of trees: trees/NAME in the cache, where NAME says what is in
 * it (a commit, or a sum of contents and patches), so that it is made once and
 * never changed. It appears by a rename, when it is complete. The oldest ones
 * go when there are too many.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define KEEP_COPIES	24
#define KEEP_SECONDS	3600	/* somebody may be using it */

struct copy {
	char *dir;
	time_t used;
};

static int by_use(const void *a, const void *b)
{
	const struct copy *x = a, *y = b;

	return (x->used < y->used) - (x->used > y->used);
}

static time_t used(const char *dir)
{
	char *stamp = str_printf("%s/" KERNEL_STAMP, dir);
	struct stat st;
	time_t t = 0;

	if (!stat(stamp, &st) || !stat(dir, &st))
		t = st.st_mtime;
	free(stamp);
	return t;
}

/* The most recently used ones stay, and whatever is new */
static void clean_up(const char *root)
{
	char *pattern = str_printf("%s/*", root);
	time_t now = time(NULL);
	struct copy *c;
	glob_t g = { 0 };
	size_t i;

	if (glob(pattern, GLOB_PERIOD, NULL, &g))
		g.gl_pathc = 0;
	free(pattern);
	c = calloc(g.gl_pathc + 1, sizeof(*c));
	if (!c)
		abort();
	for (i = 0; i < g.gl_pathc; i++) {
		const char *base = strrchr(g.gl_pathv[i], '/') + 1;

		c[i].dir = g.gl_pathv[i];
		c[i].used = strcmp(base, ".") && strcmp(base, "..") ? used(c[i].dir) : now;
	}
	qsort(c, g.gl_pathc, sizeof(*c), by_use);
	for (i = KEEP_COPIES; i < g.gl_pathc; i++)
		if (c[i].used < now - KEEP_SECONDS)
			dir_remove(c[i].dir);
	free(c);
	globfree(&g);
}

int scratch_begin(struct scratch *s, const char *name, const char *origin, char **err)
{
	char *root = cache_path("trees");
	int status;

	memset(s, 0, sizeof(*s));
	if (!root) {
		*err = str_dup("no cache directory: set HOME or XDG_CACHE_HOME");
		return -1;
	}
	s->name = str_dup(name);
	s->origin = str_dup(origin);
	s->final = str_printf("%s/%s", root, name);
	if (path_is_dir(s->final)) {
		free(root);
		return 1;
	}
	status = dir_make(root);
	s->dir = str_printf("%s/.new-XXXXXX", root);
	if (!status && !mkdtemp(s->dir))
		status = -errno;
	if (status) {
		*err = str_printf("%s: %s; " CACHE_ADVICE, s->dir, strerror(-status));
		free(s->dir);
		s->dir = NULL;
		scratch_drop(s);
		free(root);
		return -1;
	}
	clean_up(root);
	free(root);
	scratch_note(s, "origin", origin);
	return 0;
}

void scratch_note(struct scratch *s, const char *key, const char *value)
{
	char *clean = str_dup(value), *more, *p;

	/* the stamp's reader knows no escapes */
	while ((p = strpbrk(clean, "\"\n")))
		*p = '_';
	more = str_printf("%s%s\t\"%s\": \"%s\"", s->stamp ? s->stamp : "", s->stamp ? ",\n" : "",
			  key, clean);
	free(s->stamp);
	s->stamp = more;
	free(clean);
}

static int write_stamp(const struct scratch *s, char **err)
{
	char *path = str_printf("%s/" KERNEL_STAMP, s->dir);
	char *text = str_printf("{\n%s\n}\n", s->stamp);
	int status = file_write(path, text);

	if (status)
		*err = str_printf("%s: %s; " CACHE_ADVICE, path, strerror(-status));
	free(path);
	free(text);
	return status ? -1 : 0;
}

/* Add the name to the version, so that a token says which copy it is of */
static int open_copy(const char *dir, const char *name, const char *origin,
		     struct kernel_tree *tree, char **err)
{
	char *stamp, *version;
	int status = kernel_tree_read(dir, origin, tree, err);

	if (status)
		return status;
	version = str_printf("%s-%s", tree->version, name);
	free(tree->version);
	tree->version = version;
	tree->origin = str_dup(origin);
	stamp = str_printf("%s/" KERNEL_STAMP, dir);
	utimensat(AT_FDCWD, stamp, NULL, 0);
	free(stamp);
	return 0;
}

int scratch_end(struct scratch *s, struct kernel_tree *tree, char **err)
{
	struct kernel_tree probe = { 0 };
	int status;

	/* what is no kernel does not get a name */
	if (s->dir && (kernel_tree_read(s->dir, s->origin, &probe, err) || write_stamp(s, err))) {
		scratch_drop(s);
		return -1;
	}
	if (s->dir) {
		kernel_tree_close(&probe);
		chmod(s->dir, 0755);
		/* somebody else may have been quicker */
		if (rename(s->dir, s->final) && !path_is_dir(s->final)) {
			*err = str_printf("%s: %s", s->final, strerror(errno));
			scratch_drop(s);
			return -1;
		}
	}
	status = open_copy(s->final, s->name, s->origin, tree, err);
	scratch_drop(s);
	return status;
}

void scratch_drop(struct scratch *s)
{
	if (s->dir)
		dir_remove(s->dir);
	free(s->name);
	free(s->dir);
	free(s->final);
	free(s->origin);
	free(s->stamp);
	memset(s, 0, sizeof(*s));
}

/* "g", "p" or "t" and a sum: the parts that names are made of */
static bool is_part(const char *p)
{
	size_t n = strspn(p + 1, "0123456789abcdef");

	return strchr("gpt", *p) && n >= 10 && (!p[n + 1] || p[n + 1] == '-');
}

int kernel_scratch_find(const char *version, struct kernel_tree *tree)
{
	const char *p = version + strlen(version), *name = NULL;
	char *root, *dir, *origin, *err = NULL;
	int found = -1;

	for (; p > version; p--)
		if (*p == '-' && is_part(p + 1))
			name = p + 1;
		else if (*p == '-')
			break;
	root = name ? cache_path("trees") : NULL;
	if (!root)
		return 0;
	dir = str_printf("%s/%s", root, name);
	if (path_is_dir(dir)) {
		origin = kernel_stamp_get(dir, "origin");
		if (!open_copy(dir, name, origin ? origin : dir, tree, &err))
			found = 1;
		free(origin);
		free(err);
	}
	free(dir);
	free(root);
	return found;
}

char *kernel_tree_headers(const struct kernel_tree *tree)
{
	char *base = tree->origin ? kernel_stamp_get(tree->dir, "base") : NULL, *commit, *dir;

	if (!base)
		return str_dup(tree->dir);
	commit = kernel_stamp_get(tree->dir, "commit");
	if (!commit)
		return base;
	dir = str_printf("%s/.headers", tree->dir);
	if (!path_is_dir(dir) && (dir_make(dir) || kernel_git_headers(base, commit, dir))) {
		dir_remove(dir);
		free(dir);
		dir = str_dup(tree->dir);
	}
	free(commit);
	free(base);
	return dir;
}
