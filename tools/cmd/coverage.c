// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim coverage [GLOB...] [--html DIR]: a gcov build of the guest runs the
 * scenarios, lcov collects, and only the kernel's VFIO files are kept. Points
 * are at synchronisation only: memory points need the other instrumentation,
 * and the two are never mixed.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* lcov 2 renamed its settings and made errors of what lcov 1 put up with */
static bool lcov_is_old(void)
{
	const char *argv[] = { "lcov", "--version", NULL };
	int status;
	char *text = proc_capture(argv, &status), *version = strstr(text, "version ");
	bool old = version && version[strlen("version ")] == '1';

	free(text);
	return old;
}

static int remove_counts(const char *dir)
{
	const char *argv[] = { "find", dir, "-name", "*.gcda", "-exec", "rm", "-f", "{}", "+", NULL };

	return proc_run(argv, NULL);
}

/* The options of this verb that the runner's "run" has as well */
static char **runner_argv(const struct cmdline *cl, const char *runner, bool sweep)
{
	static const char *const engines[] = { "fibers", "ucontext", "baton", "parallel" };
	static const char *const resets[] = { "snapshot", "init-exit" };
	char **argv = calloc((size_t)(cl->nr_args + cl->nr_no_oracle + 32), sizeof(*argv));
	int n = 0, i;

	if (!argv)
		return NULL;
	argv[n++] = str_dup(runner);
	argv[n++] = str_dup("run");
	argv[n++] = str_dup("--points=sync");
	argv[n++] = str_printf("--engine=%s", engines[cl->engine]);
	argv[n++] = str_printf("--strategy=%s", cmd_strategies[cl->strategy]);
	argv[n++] = str_printf("--reset=%s", resets[cl->reset]);
	if (cl->depth)
		argv[n++] = str_printf("--depth=%d", cl->depth);
	argv[n++] = str_printf("--max-failures=%u", cl->max_failures);
	if (cl->bound >= 0)
		argv[n++] = str_printf("--bound=%d", cl->bound);
	if (cl->budget)
		argv[n++] = str_printf("--budget=%llu", (unsigned long long)cl->budget);
	if (cl->budget_seconds)
		argv[n++] = str_printf("--budget=%us", cl->budget_seconds);
	if (cl->seed_given)
		argv[n++] = str_printf("--seed=%llu", (unsigned long long)cl->seed);
	if (cl->jobs)
		argv[n++] = str_printf("--jobs=%u", cl->jobs);
	if (sweep)
		argv[n++] = str_dup("--fail-sweep");
	if (cl->strict)
		argv[n++] = str_dup("--strict");
	if (cl->quiet)
		argv[n++] = str_dup("--quiet");
	for (i = 0; i < cl->nr_no_oracle; i++)
		argv[n++] = str_printf("--no-oracle=%s", cl->no_oracle[i]);
	argv[n++] = str_dup("--");
	for (i = 0; i < cl->nr_args; i++)
		argv[n++] = str_dup(cl->args[i]);
	return argv;
}

static int run_scenarios(const struct cmdline *cl, const char *runner, bool sweep)
{
	char **argv = runner_argv(cl, runner, sweep);
	int status = argv ? proc_run((const char *const *)argv, NULL) : CMD_EXIT_USAGE, i;

	for (i = 0; argv && argv[i]; i++)
		free(argv[i]);
	free(argv);
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : status;
}

static int tool(const char *const argv[], const char *cwd, const char *log)
{
	struct proc_opts opts = { .cwd = cwd, .output = log, .errors = log };
	char *said;
	int status;

	file_write(log, "");
	status = proc_run(argv, &opts);
	if (!status)
		return 0;
	said = file_read(log);
	fprintf(stderr, "%svfiosim: %s failed\n", said ? said : "", argv[0]);
	free(said);
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : CMD_EXIT_USAGE;
}

static int capture(const struct guest *guest, const char *raw, const char *log, bool old)
{
	const char *argv[16] = { "lcov", "--quiet", "--capture", "--directory", guest->dir,
				 "--output-file", raw, "--rc" };
	int n = 8;

	argv[n++] = old ? "lcov_branch_coverage=1" : "branch_coverage=1";
	if (!old) {
		argv[n++] = "--ignore-errors";
		argv[n++] = "mismatch,inconsistent,unused,empty,gcov,source,range";
	}
	return tool(argv, NULL, log);
}

/* genhtml reads the sources: it runs in the kernel tree, where SF: paths begin */
static int pages(const struct kernel_tree *tree, const char *info, const char *dir,
		 const char *log, bool old)
{
	char *title = str_printf("linux %s", tree->version);
	const char *argv[24] = { "genhtml", "--quiet", "--output-directory", dir, "--title", title,
				 "--prefix", tree->dir, "--legend", "--function-coverage",
				 "--branch-coverage", "--rc" };
	int n = 12, status;

	argv[n++] = old ? "lcov_branch_coverage=1" : "branch_coverage=1";
	if (!old) {
		argv[n++] = "--ignore-errors";
		argv[n++] = "mismatch,inconsistent,unused,range,category,path";
	}
	argv[n++] = info;
	status = tool(argv, tree->dir, log);
	free(title);
	return status;
}

static int report(const struct cmdline *cl, const struct kernel_tree *tree,
		  const struct guest *guest)
{
	char *raw = str_printf("%s/coverage.raw", guest->dir);
	char *log = str_printf("%s/coverage.log", guest->dir);
	char *cwd = getcwd(NULL, 0), *html = NULL, *info = NULL;
	bool old = lcov_is_old();
	int status = capture(guest, raw, log, old), kept;

	if (!status && cl->html) {
		html = cl->html[0] == '/' || !cwd ? str_dup(cl->html)
						  : str_printf("%s/%s", cwd, cl->html);
		kept = dir_make(html);
		if (kept) {
			fprintf(stderr, "vfiosim: %s: %s\n", cl->html, strerror(-kept));
			status = CMD_EXIT_USAGE;
		}
	}
	if (!status) {
		info = str_printf("%s/coverage.info", html ? html : cwd ? cwd : ".");
		kept = coverage_rewrite(raw, guest->kdir, guest->dir, info);
		if (kept < 0)
			fprintf(stderr, "vfiosim: %s: %s\n", info, strerror(-kept));
		else if (!kept)
			fprintf(stderr, "vfiosim: no coverage of drivers/vfio: nothing ran\n");
		status = kept > 0 ? 0 : CMD_EXIT_USAGE;
	}
	if (!status && coverage_report(info, cl->lifecycle, stdout))
		status = CMD_EXIT_USAGE;
	if (!status && html)
		status = pages(tree, info, html, log, old);
	if (!status) {
		printf("\ntracefile: %s\n", info);
		if (html)
			printf("pages:     %s/index.html\n", html);
	}
	free(raw);
	free(log);
	free(cwd);
	free(html);
	free(info);
	return status;
}

int verb_coverage(const struct cmdline *cl)
{
	struct kernel_tree tree;
	struct guest guest;
	int ran, swept, status;

	if (!proc_exists("lcov") || !proc_exists("gcov")) {
		fprintf(stderr, "vfiosim: coverage needs lcov and gcov\n");
		return CMD_EXIT_USAGE;
	}
	status = scenarios_check(cl);
	if (!status)
		status = guest_tree(cl, &tree);
	if (status)
		return status;
	status = guest_build(&tree, "gcov", cl->quiet, &guest);
	if (!status) {
		remove_counts(guest.dir);
		guest_environment(&tree, &guest);
		ran = run_scenarios(cl, guest.runner, false);
		if (cl->fail_sweep && (ran == CMD_EXIT_PASS || ran == CMD_EXIT_FAIL)) {
			swept = run_scenarios(cl, guest.runner, true);
			ran = swept == CMD_EXIT_PASS ? ran : swept;
		}
		/* failed scenarios have covered something all the same */
		if (ran == CMD_EXIT_PASS || ran == CMD_EXIT_FAIL)
			status = report(cl, &tree, &guest);
		if (!status)
			status = ran;
		guest_close(&guest);
	}
	kernel_tree_close(&tree);
	return status;
}
