// SPDX-License-Identifier: GPL-2.0-only
/* One of the kernels that are compared: built, and explored a few scenarios at a time. */
#define _XOPEN_SOURCE 700
#include "compare.h"
#include "../kernels/sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GLANCE_BUDGET	"1000"	/* schedules */

/* What "run" does not know: its command line is ours without these */
static bool is_ours(const char *arg)
{
	return !strcmp(arg, "--range") || !strcmp(arg, "--first") || !strcmp(arg, "--coverage") ||
	       !strncmp(arg, "--junit", 7);
}

/* "--html=FILE" is one word, "--html FILE" are two */
static bool is_page(const char *arg, const char *before)
{
	return !strncmp(arg, "--html", 6) || !strcmp(before, "--html");
}

static bool is_word(const struct cmdline *cl, const char *arg)
{
	int i;

	for (i = 0; i < cl->nr_args; i++)
		if (arg == cl->args[i])
			return true;
	return false;
}

/* The same options for the runner, and these scenarios */
static char **run_argv(const struct cmdline *cl, int argc, char **argv, char *const *names,
		       int nr_names, bool glance, int *n)
{
	static char run[] = "run", budget[] = "--budget=" COMPARE_BUDGET, end[] = "--";
	static char few[] = "--budget=" GLANCE_BUDGET, quickly[] = "--no-minimise", one[] = "--max-failures=1";
	static char failures[32];
	char **out = calloc((size_t)(argc + nr_names) + 8, sizeof(*out));
	int i;

	if (!out)
		abort();
	*n = 0;
	out[(*n)++] = argv[0];
	out[(*n)++] = run;
	if (!cl->budget && !cl->budget_seconds)
		out[(*n)++] = budget;
	snprintf(failures, sizeof(failures), "--max-failures=%u", cl->max_failures);
	out[(*n)++] = failures;
	for (i = 2; i < argc && strcmp(argv[i], "--"); i++)
		if (!is_ours(argv[i]) && !is_word(cl, argv[i]) && !is_page(argv[i], argv[i - 1]))
			out[(*n)++] = argv[i];
	if (glance) {
		out[(*n)++] = few;
		out[(*n)++] = quickly;
		out[(*n)++] = one;
	}
	out[(*n)++] = end;
	for (i = 0; i < nr_names; i++)
		out[(*n)++] = names[i];
	return out;
}

int side_open(struct side *s, const struct cmdline *cl, bool patched)
{
	struct cmdline one = *cl;
	int status;

	one.kernel = s->spec;
	if (!patched)
		one.nr_patches = 0;
	status = guest_tree(&one, &s->tree);
	if (status)
		return status;
	s->name = str_dup(s->tree.version);
	status = guest_build(&s->tree, "tsan", cl->quiet, &s->guest);
	s->open = !status;
	if (status)
		kernel_tree_close(&s->tree);
	return status;
}

static int by_scenario(const void *a, const void *b)
{
	return strcmp(((const struct run_result *)a)->scenario,
		      ((const struct run_result *)b)->scenario);
}

static void add_results(struct side *s, const struct json_file *file)
{
	s->files = realloc(s->files, (s->nr_files + 1) * sizeof(*s->files));
	s->r = realloc(s->r, (s->n + file->n + 1) * sizeof(*s->r));
	if (!s->files || !s->r)
		abort();
	s->files[s->nr_files++] = *file;
	if (file->n)
		memcpy(&s->r[s->n], file->r, file->n * sizeof(*s->r));
	s->n += file->n;
	qsort(s->r, s->n, sizeof(*s->r), by_scenario);
}

static int explore(struct side *s, const struct cmdline *cl, int argc, char **argv,
		   char *const *names, int n, bool glance)
{
	const char *tmp = getenv("TMPDIR");
	char *json = str_printf("%s/vfiosim-compare-XXXXXX", tmp && *tmp ? tmp : "/tmp"), **args;
	int fd = mkstemp(json), status, nr_args;
	struct json_file file;

	if (fd < 0) {
		fprintf(stderr, "vfiosim: %s: %s\n", json, strerror(errno));
		free(json);
		return CMD_EXIT_USAGE;
	}
	close(fd);
	guest_environment(&s->tree, &s->guest);
	guest_results(cl);
	args = run_argv(cl, argc, argv, names, n, glance, &nr_args);
	status = guest_run_json(&s->guest, nr_args, args, json, NULL);
	free(args);
	if (proc_interrupted()) {
		status = CMD_EXIT_INTERRUPTED;
	} else if (json_read(json, &file)) {
		fprintf(stderr, "vfiosim: linux %s: the run ended with status %d and no result\n",
			s->name, status);
		status = CMD_EXIT_USAGE;
	} else {
		add_results(s, &file);
		status = 0;
	}
	unlink(json);
	free(json);
	return status;
}

int side_explore(struct side *s, const struct cmdline *cl, int argc, char **argv,
		 char *const *names, int n)
{
	return explore(s, cl, argc, argv, names, n, false);
}

int side_glance(struct side *s, const struct cmdline *cl, int argc, char **argv,
		char *const *names, int n)
{
	return explore(s, cl, argc, argv, names, n, true);
}

void side_close(struct side *s)
{
	if (!s->open)
		return;
	guest_close(&s->guest);
	kernel_tree_close(&s->tree);
	s->open = false;
}

void side_forget(struct side *s)
{
	unsigned int i;

	for (i = 0; i < s->nr_files; i++)
		json_file_free(&s->files[i]);
	free(s->files);
	free(s->r);
	s->files = NULL;
	s->r = NULL;
	s->n = s->nr_files = 0;
}

void side_free(struct side *s)
{
	side_close(s);
	side_forget(s);
	free(s->name);
}
