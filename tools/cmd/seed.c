// SPDX-License-Identifier: GPL-2.0-only
/*
 * A new build directory gets the objects that another one has already, of a tree
 * of the same series: those that the same command makes of the same files, each
 * of which is compared. So of a copy of a tree with one file changed, that file
 * is compiled. make sees the rest as up to date.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "depfile.h"
#include "../kernels/sysutil.h"

#include <glob.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * struct donor - the build directory that has them
 * @dir:	its name
 * @kdir:	its tree
 * @newest:	when its runner was linked
 * @checked:	JSON object, file of ours: is it like the donor's?
 */
struct donor {
	char *dir, *kdir;
	struct timespec newest;
	struct json_object *checked;
};

/* @text with every directory @from as @to; allocated */
static char *replaced(const char *text, const char *from, const char *to)
{
	size_t n = strlen(from), size;
	const char *at, *after = text;
	char *out = NULL;
	FILE *f = open_memstream(&out, &size);

	if (!f)
		abort();
	while ((at = strstr(after, from))) {
		after = at + n;
		if (*after != '/')	/* another one, whose name begins so */
			continue;
		fprintf(f, "%.*s%s", (int)(at - text), text, to);
		text = after;
	}
	fputs(text, f);
	fclose(f);
	return out;
}

/* The tree's name is out of sight while the build directory's is replaced, and the other way round */
static char *renamed(const char *text, const char *dir, const char *kdir, const char *to_dir,
		     const char *to_kdir)
{
	char *half = replaced(text, kdir, "\001"), *rest = replaced(half, dir, to_dir);
	char *whole = replaced(rest, "\001", to_kdir);

	free(half);
	free(rest);
	return whole;
}

/* A value of a cmake cache; allocated, or NULL */
static char *cache_value(const char *dir, const char *name)
{
	char *path = str_printf("%s/CMakeCache.txt", dir), *text = file_read(path);
	char *head = str_printf("\n%s:", name), *at = text ? strstr(text, head) : NULL, *value = NULL;

	at = at ? strchr(at, '=') : NULL;
	if (at)
		value = str_printf("%.*s", (int)strcspn(at + 1, "\n"), at + 1);
	free(path);
	free(head);
	free(text);
	return value;
}

static bool same_value(const char *a, const char *b, const char *name)
{
	char *x = cache_value(a, name), *y = cache_value(b, name);
	bool same = x && y && !strcmp(x, y);

	free(x);
	free(y);
	return same;
}

static bool newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* Is @dir a better donor than @d? */
static void consider(struct donor *d, const char *dir, const struct guest *guest)
{
	char *runner = str_printf("%s/" GUEST_RUNNER, dir);
	struct stat st;

	if (strcmp(dir, guest->dir) && !stat(runner, &st) && newer(&st.st_mtim, &d->newest) &&
	    same_value(dir, guest->dir, "GUEST_MODE") &&
	    same_value(dir, guest->dir, "CMAKE_C_COMPILER") &&
	    same_value(dir, guest->dir, "CMAKE_HOME_DIRECTORY")) {
		free(d->dir);
		d->dir = str_dup(dir);
		d->newest = st.st_mtim;
	}
	free(runner);
}

static bool find_donor(struct donor *d, const struct guest *guest, const char *series)
{
	static const char *const patterns[] = { "build/%s.*", "build/scratch-%s-*/guest" };
	glob_t g = { 0 };
	size_t i, k;

	for (i = 0; i < 2; i++) {
		char *sub = str_printf(patterns[i], series), *pattern = cache_path(sub);

		if (pattern && !glob(pattern, 0, NULL, &g))
			for (k = 0; k < g.gl_pathc; k++)
				consider(d, g.gl_pathv[k], guest);
		globfree(&g);
		free(sub);
		free(pattern);
	}
	if (d->dir)
		d->kdir = cache_value(d->dir, "KDIR");
	return d->kdir;
}

/* Both are read, so that a file's time need not be believed */
static bool same_text(const char *a, const char *b)
{
	char *x = file_read(a), *y = file_read(b);
	bool same = x && y && !strcmp(x, y);

	free(x);
	free(y);
	return same;
}

/* Has nobody touched the donor's file since, and is ours the same? */
static bool usable(struct donor *d, const struct guest *guest, const char *file,
		   const struct timespec *built)
{
	struct json_object *known;
	char *ours;
	struct stat st;
	bool same;

	if (stat(file, &st) || newer(&st.st_mtim, built))
		return false;
	if (json_object_object_get_ex(d->checked, file, &known))
		return json_object_get_boolean(known);
	ours = renamed(file, d->dir, d->kdir, guest->dir, guest->kdir);
	same = !strcmp(ours, file) || same_text(ours, file);
	json_object_object_add(d->checked, file, json_object_new_boolean(same));
	free(ours);
	return same;
}

struct asked {
	struct donor *d;
	const struct guest *guest;
	const struct timespec *built;
};

static bool file_usable(const char *file, void *arg)
{
	struct asked *a = arg;

	return usable(a->d, a->guest, file, a->built);
}

static bool copy(const char *from, const char *to)
{
	const char *argv[] = { "cp", "--", from, to, NULL };
	char *dir = str_printf("%.*s", (int)(strrchr(to, '/') - to), to);
	bool ok = !dir_make(dir) && !proc_run(argv, NULL);

	free(dir);
	return ok;
}

/* @object: the donor's, below its directory. The list goes first: without it no object */
static bool take(struct donor *d, const struct guest *guest, const char *object)
{
	char *from = str_printf("%s/%s", d->dir, object), *from_list = str_printf("%s.d", from);
	char *to = renamed(from, d->dir, d->kdir, guest->dir, guest->kdir);
	char *to_list = str_printf("%s.d", to), *list = file_read(from_list), *text = NULL;
	struct stat st;
	struct asked asked = { .d = d, .guest = guest, .built = &st.st_mtim };
	bool ok = list && !stat(from, &st) && depfile_each(list, file_usable, &asked);

	if (ok) {
		text = renamed(list, d->dir, d->kdir, guest->dir, guest->kdir);
		ok = copy(from_list, to_list) && !file_write_quick(to_list, text) && copy(from, to);
	}
	free(from);
	free(from_list);
	free(to);
	free(to_list);
	free(list);
	free(text);
	return ok;
}

static unsigned int take_all(struct donor *d, const struct guest *guest)
{
	struct json_object *ours = compile_commands(guest->dir), *object;
	struct json_object *theirs = compile_commands(d->dir);
	unsigned int n = 0;

	json_object_object_foreach(ours, command, unused) {
		char *same = renamed(command, guest->dir, guest->kdir, d->dir, d->kdir);

		(void)unused;
		if (json_object_object_get_ex(theirs, same, &object))
			n += take(d, guest, json_object_get_string(object));
		free(same);
	}
	json_object_put(ours);
	json_object_put(theirs);
	return n;
}

unsigned int seed_objects(const struct guest *guest, const char *series)
{
	struct donor d = { .checked = json_object_new_object() };
	unsigned int n = 0;
	char *base, *path;
	int lock;

	if (find_donor(&d, guest, series)) {
		base = str_dup(d.dir);
		if (strlen(base) > 6 && !strcmp(base + strlen(base) - 6, "/guest"))
			base[strlen(base) - 6] = '\0';
		path = str_printf("%s.lock", base);
		lock = lock_try(path);
		if (lock >= 0) {
			n = take_all(&d, guest);
			close(lock);
		}
		free(base);
		free(path);
	}
	json_object_put(d.checked);
	free(d.dir);
	free(d.kdir);
	return n;
}
