// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fetching a series. Everything happens in kernels/SERIES/.fetch-PID under a
 * lock; the finished tree is renamed to linux-VERSION as the last step.
 * Whatever interrupts us (Ctrl-C, kill -9, a full disk) leaves at most that
 * directory, which nobody trusts and the next fetch removes.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUITES_MAX 8

struct fetch {
	const char *series;
	char *root;	/* kernels/SERIES */
	char *work;	/* root/.fetch-PID */
	struct apt_archive archive;
	struct kernel_package pkg;
};

static void remove_leftovers(const char *root)
{
	char *pattern = str_printf("%s/.fetch-*", root);
	glob_t old = { 0 };
	size_t i;

	if (!glob(pattern, 0, NULL, &old))
		for (i = 0; i < old.gl_pathc; i++)
			dir_remove(old.gl_pathv[i]);
	globfree(&old);
	free(pattern);
}

static int find_in(struct fetch *f, const char *release, char **problem)
{
	static const char *const kinds[] = { "", "-security", "-updates", "-backports" };
	char *suites[SUITES_MAX] = { NULL }, *name, *dir;
	/* a release that is not the machine's may be old: no -updates, no -backports */
	bool own = f->archive.release && !strcmp(f->archive.release, release);
	bool rolling = !strcmp(release, "sid") || !strcmp(release, "unstable");
	int n = rolling ? 1 : own ? 4 : 2, i, found;

	for (i = 0; i < n; i++)
		suites[i] = str_printf("%s%s", release, kinds[i]);
	name = str_printf("linux-source-%s", f->series);
	dir = str_printf("%s/apt-%s", f->work, release);
	free(*problem);
	*problem = NULL;
	found = apt_package_find(&f->archive, dir, suites, name, &f->pkg, problem);
	free(name);
	free(dir);
	for (i = 0; i < n; i++)
		free(suites[i]);
	return found;
}

/* Why there is no such package, or why nobody could tell */
static char *not_found(const struct fetch *f, int found, bool known, const char *problem)
{
	if (found < 0)
		return str_printf("cannot look for linux-source-%s: %s; " CACHE_ADVICE, f->series,
				  problem);
	if (problem)
		return str_printf("linux-source-%s cannot be had from Debian (apt: %s); %s", f->series,
				  problem, kernel_advice(problem));
	return str_printf("Debian has no linux-source-%s%s; " KERNEL_ADVICE, f->series,
			  known ? "" : " ('vfiosim kernels' shows what it is known to have)");
}

/* The releases that may carry the series, the likeliest first; status as for kernel_tree_fetch() */
static char *find_package(struct fetch *f, int *status, char **err)
{
	const struct kernel_series *s = kernel_series;
	const char *order[3] = { NULL };
	char *problem = NULL, *where = NULL;
	int n = 0, i, found = 0;

	while (s->name && strcmp(s->name, f->series))
		s++;
	if (s->name && !s->own_first)
		order[n++] = s->codename;
	else if (f->archive.release)
		order[n++] = f->archive.release;
	if (s->name && s->own_first && (!n || strcmp(order[0], s->codename)))
		order[n++] = s->codename;
	if (!s->name)
		order[n++] = "sid";
	for (i = 0; i < n && !found && !proc_interrupted(); i++) {
		fprintf(stderr, "looking for linux-source-%s in Debian %s ...\n", f->series, order[i]);
		found = find_in(f, order[i], &problem);
	}
	*status = found > 0 ? 0 : found < 0 || proc_interrupted() ? -1 : KERNEL_NOT_OFFERED;
	if (found > 0)
		where = str_printf("%s/apt-%s", f->work, order[i - 1]);
	else if (proc_interrupted())
		*err = str_dup("interrupted");
	else
		*err = not_found(f, found, s->name, problem);
	free(problem);
	return where;
}

static int install(struct fetch *f, const char *deb, const char *final, char **err)
{
	char *tree_dir = str_printf("%s/tree", f->work);
	struct kernel_tree tree;
	int status = dir_make(tree_dir);

	if (status)
		*err = str_printf("%s: %s; " CACHE_ADVICE, tree_dir, strerror(-status));
	else
		status = kernel_unpack(deb, f->series, tree_dir, err);
	if (proc_interrupted()) {
		if (status)
			free(*err);
		*err = str_dup("interrupted");
		status = -1;
	}
	if (!status)
		status = kernel_tree_read(tree_dir, tree_dir, &tree, err);
	if (!status) {
		kernel_tree_close(&tree);
		status = kernel_stamp_write(tree_dir, f->series, &f->pkg, err);
	}
	if (!status) {
		sync();		/* the name must not outlive the contents */
		dir_remove(final);
		status = rename(tree_dir, final) ? -errno : 0;
		if (status)
			*err = str_printf("%s: %s; " CACHE_ADVICE, final, strerror(-status));
	}
	free(tree_dir);
	return status ? -1 : 0;
}

static int fetch_locked(struct fetch *f, char **err)
{
	char *apt, *final = NULL, *stamp = NULL, *deb = NULL;
	int status;

	apt = find_package(f, &status, err);
	if (!apt)
		return status;
	status = -1;
	final = str_printf("%s/linux-%s", f->root, f->pkg.version);
	stamp = str_printf("%s/" KERNEL_STAMP, final);
	if (path_is_file(stamp)) {
		fprintf(stderr, "linux-source-%s %s is here already\n", f->series, f->pkg.version);
		status = 0;
		goto out;
	}
	fprintf(stderr, "fetching linux-source-%s %s (%llu MB) ...\n", f->series, f->pkg.version,
		(f->pkg.size + 500000) / 1000000);
	if (apt_package_download(apt, &f->pkg, &deb, err)) {
		if (proc_interrupted()) {
			free(*err);
			*err = str_dup("interrupted");
		}
		goto out;
	}
	fprintf(stderr, "unpacking ...\n");
	status = install(f, deb, final, err);
out:
	free(apt);
	free(final);
	free(stamp);
	free(deb);
	return status;
}

static const char *missing_tool(void)
{
	static const char *const tools[] = { "apt-get", "apt-cache", "dpkg-deb", "tar", "xz", NULL };
	int i;

	for (i = 0; tools[i]; i++)
		if (!proc_exists(tools[i]))
			return tools[i];
	return NULL;
}

int kernel_tree_fetch(const char *series, char **err)
{
	struct fetch f = { .series = series };
	char *lock_path, *waiting, *sub;
	const char *missing = missing_tool();
	int status = -1, lock;

	*err = NULL;
	setenv("LC_ALL", "C", 1);	/* tools' words are looked at */
	if (!kernel_series_syntax(series)) {
		*err = str_printf("%s: not a kernel series such as " KERNEL_DEFAULT_SERIES, series);
		return -1;
	}
	if (missing) {
		*err = str_printf("linux-source-%s cannot be fetched: there is no %s here; " KERNEL_ADVICE,
				  series, missing);
		return -1;
	}
	sub = str_printf("kernels/%s", series);
	f.root = cache_path(sub);
	free(sub);
	if (!f.root) {
		*err = str_dup("no cache directory: set HOME or XDG_CACHE_HOME");
		return -1;
	}
	lock = dir_make(f.root);
	if (lock) {
		*err = str_printf("%s: %s; " CACHE_ADVICE, f.root, strerror(-lock));
		free(f.root);
		return -1;
	}
	lock_path = str_printf("%s/.lock", f.root);
	waiting = str_printf("waiting for another fetch of linux-source-%s", series);
	lock = lock_take(lock_path, waiting);
	if (lock >= 0) {
		remove_leftovers(f.root);
		f.work = str_printf("%s/.fetch-%ld", f.root, (long)getpid());
		status = apt_archive_find(&f.archive, err);
		if (!status)
			status = fetch_locked(&f, err);
		dir_remove(f.work);
		close(lock);
	} else if (proc_interrupted()) {
		*err = str_dup("interrupted");
	} else {
		*err = str_printf("%s: %s; " CACHE_ADVICE, lock_path, strerror(-lock));
	}
	apt_archive_free(&f.archive);
	apt_package_free(&f.pkg);
	free(f.root);
	free(f.work);
	free(lock_path);
	free(waiting);
	return status;
}
