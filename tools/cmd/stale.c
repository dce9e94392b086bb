// SPDX-License-Identifier: GPL-2.0-only
/*
 * What of a build directory is out of date. To find that nothing is, or one file,
 * make goes through a make of its own for each of some 40 targets; here every
 * file is looked at once. What cmake reads is left to cmake, and whatever is
 * not plain to make.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "depfile.h"
#include "../kernels/sysutil.h"

#include <json-c/json.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Written when make has built everything that cmake asked for */
#define STAMP	"vfiosim-built"

/**
 * struct look - what was found so far
 * @dir:	the build directory
 * @times:	JSON object, file: its time in nanoseconds, -1 when there is none
 * @newest:	time of the newest object
 * @stale:	the one that is to be made again, or NULL; below @dir
 * @unclear:	more than one, or it cannot be told
 */
struct look {
	const char *dir;
	struct json_object *times;
	int64_t newest;
	char *stale;
	bool unclear;
};

static int64_t time_of(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return -1;
	return st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec;
}

static int64_t time_below(const char *dir, const char *name)
{
	char *path = str_printf("%s/%s", dir, name);
	int64_t t = time_of(path);

	free(path);
	return t;
}

/* Headers are included by many */
static int64_t time_once(struct look *l, const char *path)
{
	struct json_object *known;
	int64_t t;

	if (json_object_object_get_ex(l->times, path, &known))
		return json_object_get_int64(known);
	t = time_of(path);
	json_object_object_add(l->times, path, json_object_new_int64(t));
	return t;
}

struct object {
	struct look *look;
	int64_t built;
	bool stale;
};

static bool look_at_file(const char *file, void *arg)
{
	struct object *o = arg;
	int64_t t = time_once(o->look, file);

	o->look->unclear |= t < 0;
	o->stale |= t > o->built;
	return !o->look->unclear;
}

static void look_at_object(struct look *l, const char *name)
{
	char *path = str_printf("%s/%s", l->dir, name), *list_path = str_printf("%s.d", path);
	char *list = file_read(list_path);
	struct object o = { .look = l, .built = time_of(path) };

	/* whatever is missing */
	if (o.built < 0 || !list || !depfile_each(list, look_at_file, &o))
		l->unclear = true;
	if (o.stale && l->stale)
		l->unclear = true;
	else if (o.stale)
		l->stale = str_dup(name);
	if (o.built > l->newest)
		l->newest = o.built;
	free(path);
	free(list_path);
	free(list);
}

static void look_at_objects(struct look *l)
{
	struct json_object *commands = compile_commands(l->dir);

	l->unclear |= !json_object_object_length(commands);
	json_object_object_foreach(commands, command, object) {
		(void)command;
		if (!l->unclear)
			look_at_object(l, json_object_get_string(object));
	}
	json_object_put(commands);
}

/* Has make built what cmake last wrote? cmake writes first if its own files have changed */
static bool cmake_is_content(const char *dir)
{
	const char *const argv[] = { "cmake", "--build", dir, "--target",
				     "cmake_check_build_system", NULL };
	const struct proc_opts opts = { .output = "/dev/null", .errors = "/dev/null" };
	int64_t built = time_below(dir, STAMP);

	return built >= 0 && !proc_run(argv, &opts) &&
	       time_below(dir, "Makefile") <= built &&
	       time_below(dir, "CMakeFiles/cmake.check_cache") <= built;
}

/* Is the runner older than what it is linked from? */
static bool has_to_be_linked(const struct look *l, const char *host)
{
	static const char *const libraries[] = {
		"libvfiosim-run.a", "libvfiosim-host.a", "libkshim-engine.a",
	};
	int64_t image = time_below(l->dir, "guest.o"), runner = time_below(l->dir, GUEST_RUNNER);
	size_t i;

	if (image < l->newest || runner < image)
		return true;
	for (i = 0; i < 3; i++)
		if (time_below(host, libraries[i]) > runner)
			return true;
	return false;
}

/* @object: "CMakeFiles/TARGET.dir/...". Without it make has to compile, whatever else it knows */
static char *target_of(const char *dir, const char *object)
{
	const char *name = object + strcspn(object, "/"), *end = strstr(object, ".dir/");
	char *path;

	if (!*name || !end || end <= name)
		return NULL;
	path = str_printf("%s/%s", dir, object);
	unlink(path);
	free(path);
	name++;
	return str_printf("%.*s/fast", (int)(end - name), name);
}

enum stale stale_find(const struct guest *guest, const char *host, char **target)
{
	struct look l = { .dir = guest->dir, .times = json_object_new_object() };
	enum stale found = STALE_UNCLEAR;

	*target = NULL;
	if (cmake_is_content(l.dir))
		look_at_objects(&l);
	else
		l.unclear = true;
	if (!l.unclear && l.stale) {
		*target = target_of(l.dir, l.stale);
		found = *target ? STALE_OBJECT : STALE_UNCLEAR;
	} else if (!l.unclear) {
		found = has_to_be_linked(&l, host) ? STALE_RUNNER : STALE_NOTHING;
	}
	json_object_put(l.times);
	free(l.stale);
	return found;
}

void stale_nothing(const struct guest *guest)
{
	char *stamp = str_printf("%s/" STAMP, guest->dir);

	/* without it the next build takes longer */
	file_write_quick(stamp, "");
	free(stamp);
}
