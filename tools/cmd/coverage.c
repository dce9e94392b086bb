// SPDX-License-Identifier: GPL-2.0-only
/*
 * Coverage of one kernel: a gcov build of the guest runs the scenarios, lcov
 * collects, and only the kernel's VFIO files are kept. Points are at
 * synchronisation only: memory points need the other instrumentation, and the
 * two are never mixed.
 */
#define _XOPEN_SOURCE 700
#include "coverage.h"
#include "../kernels/sysutil.h"
#include "../report/json_read.h"

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
static char **runner_argv(const struct cmdline *cl, const char *runner, const char *json,
			  bool sweep)
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
	argv[n++] = str_dup("--lifecycle");
	argv[n++] = str_printf("--json=%s", json);
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
	if (!cl->minimise)
		argv[n++] = str_dup("--no-minimise");
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

static int run_scenarios(const struct cmdline *cl, const char *runner, const char *json,
			 bool sweep, bool silent)
{
	struct proc_opts opts = { .output = silent ? "/dev/null" : NULL };
	char **argv = runner_argv(cl, runner, json, sweep);
	int status = argv ? proc_run((const char *const *)argv, &opts) : CMD_EXIT_USAGE, i;

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
	/* not the counters of each scenario */
	char *objects = str_printf("%s/CMakeFiles", guest->dir);
	const char *argv[16] = { "lcov", "--quiet", "--capture", "--directory", objects,
				 "--output-file", raw, "--rc" };
	int n = 8, status;

	argv[n++] = old ? "lcov_branch_coverage=1" : "branch_coverage=1";
	if (!old) {
		argv[n++] = "--ignore-errors";
		argv[n++] = "mismatch,inconsistent,unused,empty,gcov,source,range";
	}
	status = tool(argv, NULL, log);
	free(objects);
	return status;
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

/* The tracefile; 0, or an exit status after a message */
static int write_tracefile(const struct guest *guest, const char *raw, const char *info)
{
	int kept = coverage_rewrite(raw, guest->kdir, guest->dir, info);

	if (kept < 0)
		fprintf(stderr, "vfiosim: %s: %s\n", info, strerror(-kept));
	else if (!kept)
		fprintf(stderr, "vfiosim: no coverage of drivers/vfio: nothing ran\n");
	return kept > 0 ? 0 : CMD_EXIT_USAGE;
}

static int report(const struct cmdline *cl, const struct kernel_tree *tree,
		  const struct guest *guest, struct kernel_coverage *k)
{
	char *raw = str_printf("%s/coverage.raw", guest->dir);
	char *log = str_printf("%s/coverage.log", guest->dir);
	char *cwd = getcwd(NULL, 0), *dir, *info, *html;
	bool old = lcov_is_old();
	int status = capture(guest, raw, log, old);

	dir = !k->stem ? str_dup(guest->dir) : !cl->html ? str_dup(cwd ? cwd : ".") :
		cl->html[0] == '/' || !cwd ? str_dup(cl->html) : str_printf("%s/%s", cwd, cl->html);
	info = str_printf("%s/%s.info", dir, k->stem ? k->stem : "coverage");
	if (!status)
		status = write_tracefile(guest, raw, info);
	if (!status) {
		k->info = str_dup(info);
		if (k->stem)
			scenario_shares(guest, k);
		status = coverage_read(k, tree->dir) ? CMD_EXIT_USAGE : 0;
	}
	if (!status && k->stem && cl->html) {
		html = str_printf("%s/%s", dir, k->stem);
		status = pages(tree, info, html, log, old);
		k->pages = !status;
		free(html);
	}
	free(raw);
	free(log);
	free(cwd);
	free(dir);
	free(info);
	return status;
}

/* The lifecycle tables that the runner has left */
static void read_life(const char *json, struct lifetable *life)
{
	struct json_file jf;
	unsigned int i;

	if (json_read(json, &jf))
		return;
	for (i = 0; i < jf.n; i++)
		life_add(life, &jf.r[i].life);
	json_file_free(&jf);
}

static int explore(const struct cmdline *cl, const struct kernel_tree *tree,
		   const struct guest *guest, struct kernel_coverage *k)
{
	char *counters = scenario_counters(guest), *json = str_printf("%s/coverage.json", guest->dir);
	bool silent = !k->stem || cmdline_stdout_formats(cl);
	int ran, swept, status = 0;

	remove_counts(guest->dir);
	dir_remove(counters);
	unlink(json);
	guest_environment(tree, guest);
	setenv("VFIOSIM_COUNTERS", counters, 1);
	ran = run_scenarios(cl, guest->runner, json, false, silent);
	read_life(json, &k->life);
	if (cl->fail_sweep && (ran == CMD_EXIT_PASS || ran == CMD_EXIT_FAIL)) {
		unlink(json);
		swept = run_scenarios(cl, guest->runner, json, true, silent);
		read_life(json, &k->life);
		ran = swept == CMD_EXIT_PASS ? ran : swept;
	}
	/* failed scenarios have covered something all the same */
	if (ran == CMD_EXIT_PASS || ran == CMD_EXIT_FAIL)
		status = report(cl, tree, guest, k);
	free(counters);
	free(json);
	return status ? status : ran;
}

/* Versions may be equal, of two trees */
static char *stem_of(const struct kernel_coverage *all, int nr, bool several)
{
	int i, same = 1;

	if (!several)
		return str_dup("coverage");
	for (i = 0; i < nr; i++)
		same += !strcmp(all[i].name, all[nr].name);
	return same > 1 ? str_printf("coverage-%s-%d", all[nr].name, same) :
			  str_printf("coverage-%s", all[nr].name);
}

int coverage_tools(void)
{
	if (proc_exists("lcov") && proc_exists("gcov"))
		return 0;
	fputs("vfiosim: coverage needs lcov and gcov\n", stderr);
	return CMD_EXIT_USAGE;
}

int coverage_tree(const struct cmdline *cl, const struct kernel_tree *tree,
		  struct kernel_coverage *k)
{
	struct guest guest;
	int status = guest_build(tree, "gcov", cl->quiet, &guest);

	if (status)
		return status;
	status = explore(cl, tree, &guest, k);
	guest_close(&guest);
	return status;
}

void coverage_free(struct kernel_coverage *k)
{
	size_t i;

	for (i = 0; i < k->nr_scenarios; i++) {
		free(k->scenarios[i].name);
		free(k->scenarios[i].where);
	}
	free(k->scenarios);
	covered_free(k->functions, k->nr_functions);
	free(k->name);
	free(k->stem);
	free(k->info);
}

int coverage_kernel(const struct cmdline *cl, struct kernel_coverage *all, int nr, bool several)
{
	struct kernel_coverage *k = &all[nr];
	struct kernel_tree tree;
	int status = guest_tree(cl, &tree);

	k->name = str_dup(status ? cl->kernel ? cl->kernel : "?" : tree.version);
	k->stem = stem_of(all, nr, several);
	if (status)
		return status;
	if (several && !cl->quiet)
		fprintf(stderr, "linux %s\n", tree.version);
	status = coverage_tree(cl, &tree, k);
	kernel_tree_close(&tree);
	return status;
}
