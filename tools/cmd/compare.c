// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim compare: the same scenarios, plan, seed and budget on two kernels.
 * Each is built and run after the other, since copies of one series share a
 * build directory; what the guests leave is compared by tools/compare.
 */
#define _XOPEN_SOURCE 700
#include "compare.h"
#include "../kernels/sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What "run" does not know: its command line is ours without these */
static bool is_ours(const struct cmdline *cl, const char *arg, bool options)
{
	return arg == cl->args[0] || arg == cl->args[1] ||
	       (options && (!strcmp(arg, "--range") || !strncmp(arg, "--junit", 7)));
}

static char **run_argv(const struct cmdline *cl, int argc, char **argv, int *n)
{
	static char run[] = "run", budget[] = "--budget=" COMPARE_BUDGET;
	static char failures[32];
	char **out = calloc((size_t)argc + 3, sizeof(*out));
	bool options = true;
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
	for (i = 2; i < argc; i++) {
		if (!is_ours(cl, argv[i], options))
			out[(*n)++] = argv[i];
		options &= strcmp(argv[i], "--") != 0;
	}
	return out;
}

static int explore(struct side *s, const struct cmdline *cl, const struct kernel_tree *tree,
		   const struct guest *guest, int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR");
	char *json = str_printf("%s/vfiosim-compare-XXXXXX", tmp && *tmp ? tmp : "/tmp"), **args;
	int fd = mkstemp(json), status, n;

	if (fd < 0) {
		fprintf(stderr, "vfiosim: %s: %s\n", json, strerror(errno));
		free(json);
		return CMD_EXIT_USAGE;
	}
	close(fd);
	guest_environment(tree, guest);
	guest_results(cl);
	args = run_argv(cl, argc, argv, &n);
	status = guest_run_json(guest, n, args, json, NULL);
	free(args);
	if (proc_interrupted()) {
		status = CMD_EXIT_INTERRUPTED;
	} else if (json_read(json, &s->file)) {
		fprintf(stderr, "vfiosim: linux %s: the run ended with status %d and no result\n",
			s->name, status);
		status = CMD_EXIT_USAGE;
	} else {
		status = 0;
	}
	unlink(json);
	free(json);
	return status;
}

int side_run(struct side *s, const struct cmdline *cl, int argc, char **argv, bool patched)
{
	struct cmdline one = *cl;
	struct kernel_tree tree;
	struct guest guest;
	int status;

	one.kernel = s->spec;
	if (!patched)
		one.nr_patches = 0;
	status = guest_tree(&one, &tree);
	if (status)
		return status;
	s->name = str_dup(tree.version);
	status = guest_build(&tree, "tsan", cl->quiet, &guest);
	if (!status) {
		if (!cl->quiet)
			fprintf(stderr, "exploring linux %s\n", s->name);
		status = explore(s, cl, &tree, &guest, argc, argv);
		guest_close(&guest);
	}
	kernel_tree_close(&tree);
	return status;
}

void side_free(struct side *s)
{
	json_file_free(&s->file);
	free(s->name);
}

void sides_compare(struct compare_all *all, const struct cmdline *cl, const struct side *a,
		   const struct side *b)
{
	compare_results(all, a->file.r, a->file.n, b->file.r, b->file.n,
			cl->max_failures);
	all->name[SIDE_A] = a->name;
	all->name[SIDE_B] = b->name;
	all->spec[SIDE_A] = a->spec;
	all->spec[SIDE_B] = b->spec;
}

static int report(const struct cmdline *cl, const struct compare_all *all)
{
	char *suite = str_printf("vfiosim-%s-%s", all->name[SIDE_A], all->name[SIDE_B]);
	const char *suites[] = { suite };
	int err = compare_write(cl, all, suites, 1, cl->json ? compare_json(all) : NULL);

	free(suite);
	if (err)
		return CMD_EXIT_USAGE;
	if (!cmdline_stdout_formats(cl)) {
		if (!cl->quiet)
			compare_print_failures(stdout, all, cl->verbose, cl->color);
		compare_print(stdout, all, cl->verbose, cl->color);
	}
	return compare_exit_code(all);
}

int verb_compare(const struct cmdline *cl, int argc, char **argv)
{
	struct cmdline scenarios = *cl;
	struct side side[2] = { { 0 } };
	struct compare_all all;
	int status;

	if (cl->nr_args < 2) {
		fputs(cl->range ? "vfiosim compare: --range needs a repository and BASE..TIP\n" :
		      "vfiosim compare: which two kernels? (vfiosim compare --help)\n", stderr);
		return CMD_EXIT_USAGE;
	}
	scenarios.args += 2;
	scenarios.nr_args -= 2;
	status = scenarios_check(&scenarios);
	if (status || cl->range)
		return status ? status : compare_range(cl, argc, argv);
	side[SIDE_A].spec = cl->args[0];
	side[SIDE_B].spec = cl->args[1];
	status = side_run(&side[SIDE_A], cl, argc, argv, false);
	if (!status)
		status = side_run(&side[SIDE_B], cl, argc, argv, true);
	if (!status) {
		sides_compare(&all, cl, &side[SIDE_A], &side[SIDE_B]);
		status = report(cl, &all);
		compare_free(&all);
	}
	side_free(&side[SIDE_A]);
	side_free(&side[SIDE_B]);
	return status;
}
