// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scenarios by name: listing them, and finding a misspelt one before a kernel
 * is fetched and built for it. Neither needs a kernel, but a list can be about one.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/sysutil.h"
#include "../scenario/scenario.h"

#include <fnmatch.h>
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int find_all(glob_t *g)
{
	char *src = guest_source_dir();
	char *pattern = src ? str_printf("%s/scenarios/*.scn", src) : NULL;
	int failed = !pattern || glob(pattern, 0, NULL, g);

	if (failed)
		fprintf(stderr, "vfiosim: no scenarios in %s/scenarios\n", src ? src : "?");
	free(pattern);
	free(src);
	return failed ? CMD_EXIT_USAGE : 0;
}

/* dir/NAME.scn without the rest; allocated */
static char *name_of(const char *path)
{
	const char *base = strrchr(path, '/') + 1;

	return str_printf("%.*s", (int)(strlen(base) - strlen(".scn")), base);
}

/* What the runner takes for the scenario, without a fault behind it; allocated */
static char *plain(const char *arg)
{
	return str_printf("%.*s", (int)scn_fault_at(arg), arg);
}

/* Does the runner take this for a file, not for a glob over names? */
static bool is_path(const char *arg)
{
	size_t n = strlen(arg);

	return strchr(arg, '/') || (n > 4 && !strcmp(arg + n - 4, ".scn") && !access(arg, R_OK));
}

static int matches_one(const glob_t *g, const char *pattern)
{
	char **names = calloc(g->gl_pathc + 1, sizeof(*names));
	const char *near;
	bool found = false;
	size_t i;

	if (!names)
		abort();
	for (i = 0; i < g->gl_pathc; i++) {
		names[i] = name_of(g->gl_pathv[i]);
		found |= !fnmatch(pattern, names[i], 0);
	}
	if (!found) {
		near = cmdline_suggest(pattern, (const char *const *)names);
		fprintf(stderr, "vfiosim: no scenario matches '%s'%s%s%s (vfiosim list shows them)\n",
			pattern, near ? "; did you mean '" : "", near ? near : "",
			near ? "'?" : "");
	}
	for (i = 0; i < g->gl_pathc; i++)
		free(names[i]);
	free(names);
	return found ? 0 : CMD_EXIT_USAGE;
}

int scenarios_check(const struct cmdline *cl)
{
	struct scenario *scn;
	int i, status;
	glob_t g;

	if (!cl->nr_args)
		return 0;
	status = find_all(&g);
	if (status)
		return status;
	for (i = 0; i < cl->nr_args; i++) {
		char *arg = plain(cl->args[i]);

		if (!is_path(arg)) {
			status |= matches_one(&g, arg);
		} else {
			scn = scn_load(arg, stderr);
			if (!scn)
				status = CMD_EXIT_USAGE;
			scn_free(scn);
		}
		free(arg);
	}
	globfree(&g);
	return status;
}

/* With a kernel: what the scenario is on it */
static void print_listed(const struct scenario *scn, const struct kernel_tree *tree)
{
	const struct scn_known *known = tree ? scn_known_on(scn, tree->kver) : NULL;
	char *why = NULL;

	printf("%-36s %s", scn->name, scn->title);
	if (tree && !scn_kernel_ok(scn, tree->kver, &why))
		printf(" (%s)", why);
	else if (known)
		printf(" (known: %s)", known->id);
	putchar('\n');
	free(why);
}

char **scenarios_matching(const struct cmdline *cl, int *n)
{
	char **names;
	bool found;
	size_t i;
	glob_t g;
	int a;

	*n = 0;
	if (find_all(&g))
		return NULL;
	names = calloc(g.gl_pathc + (size_t)cl->nr_args + 1, sizeof(*names));
	if (!names)
		abort();
	for (i = 0; i < g.gl_pathc; i++) {
		names[*n] = name_of(g.gl_pathv[i]);
		for (found = !cl->nr_args, a = 0; a < cl->nr_args; a++)
			found |= !is_path(cl->args[a]) && !fnmatch(cl->args[a], names[*n], 0);
		if (found)
			++*n;
		else
			free(names[*n]);
	}
	for (a = 0; a < cl->nr_args; a++)
		if (is_path(cl->args[a]))
			names[(*n)++] = str_dup(cl->args[a]);
	globfree(&g);
	return names;
}

/* Logarithm of the number of ways in which the steps of the tasks can follow each other */
static double size_of(const char *name)
{
	char *src = guest_source_dir(), *path = is_path(name) ? str_dup(name) :
		    str_printf("%s/scenarios/%s.scn", src ? src : ".", name);
	struct scenario *scn = scn_load(path, stderr);
	double ways = 0;
	unsigned int i, steps = 0;

	for (i = 0; scn && i < scn->ntasks; i++) {
		steps += scn->tasks[i].nsteps;
		ways -= lgamma(scn->tasks[i].nsteps + 1.0);
	}
	ways += lgamma(steps + 1.0);
	if (scn)
		scn_free(scn);
	free(src);
	free(path);
	return ways;
}

struct sized {
	char *name;
	double size;
};

static int by_size(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;

	return x->size != y->size ? (x->size > y->size) - (x->size < y->size) :
				    strcmp(x->name, y->name);
}

char **scenarios_by_size(const struct cmdline *cl, int *n)
{
	char **names = scenarios_matching(cl, n);
	struct sized *all = calloc((size_t)*n + 1, sizeof(*all));
	int i;

	if (!all)
		abort();
	for (i = 0; i < *n; i++)
		all[i] = (struct sized){ names[i], size_of(names[i]) };
	qsort(all, (size_t)*n, sizeof(*all), by_size);
	for (i = 0; i < *n; i++)
		names[i] = all[i].name;
	free(all);
	return names;
}

int verb_list(const struct cmdline *cl)
{
	bool kernel = cl->nr_kernels || cl->nr_patches;
	struct kernel_tree tree = { 0 };
	int status = kernel ? guest_tree(cl, &tree) : CMD_EXIT_PASS, a;
	glob_t g;
	size_t i;

	if (status)
		return status;
	if (find_all(&g)) {
		kernel_tree_close(&tree);
		return CMD_EXIT_USAGE;
	}
	for (a = 0; a < cl->nr_args; a++)
		status |= matches_one(&g, cl->args[a]);
	for (i = 0; i < g.gl_pathc; i++) {
		struct scenario *scn = scn_load(g.gl_pathv[i], stderr);
		int wanted = !cl->nr_args;

		if (!scn) {
			status = CMD_EXIT_USAGE;
			continue;
		}
		for (a = 0; a < cl->nr_args; a++)
			wanted |= !fnmatch(cl->args[a], scn->name, 0);
		if (wanted)
			print_listed(scn, kernel ? &tree : NULL);
		scn_free(scn);
	}
	globfree(&g);
	kernel_tree_close(&tree);
	return status;
}
