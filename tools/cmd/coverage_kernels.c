// SPDX-License-Identifier: GPL-2.0-only
/* vfiosim coverage [GLOB...] [--html DIR]: one kernel after the other, then what there is. */
#include "coverage.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>

static void print_one(const struct cmdline *cl, const struct kernel_coverage *k)
{
	if (!k->info || coverage_report(k->info, cl->lifecycle, stdout))
		return;
	coverage_print_scenarios(stdout, k);
}

static void print_missed(const struct kernel_coverage *k, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (!k[i].info)
			continue;
		printf("\nlinux %s, ", k[i].name);
		coverage_missed(k[i].info, stdout);
	}
}

static void print_files(const struct cmdline *cl, const struct kernel_coverage *k, int n)
{
	int i;

	putchar('\n');
	for (i = 0; i < n; i++)
		if (k[i].info)
			printf("tracefile: %s\n", k[i].info);
	if (cl->html)
		printf("pages:     %s/coverage.html\n", cl->html);
}

static int print_all(const struct cmdline *cl, const struct kernel_coverage *k, int n)
{
	struct lifetable life = coverage_life(k, n);
	int status = 0;

	if (cl->html && coverage_page(cl->html, k, n))
		status = CMD_EXIT_USAGE;
	if (cl->json && coverage_json(cl->json, k, n))
		status = CMD_EXIT_USAGE;
	if (cmdline_stdout_formats(cl))
		return status;
	if (n == 1)
		print_one(cl, k);
	else
		coverage_print_kernels(stdout, k, n);
	if (n > 1 && cl->lifecycle)
		print_missed(k, n);
	putchar('\n');
	life_print(stdout, &life);
	print_files(cl, k, n);
	return status;
}

static bool collected(const struct kernel_coverage *k, int n)
{
	while (n--)
		if (k[n].info)
			return true;
	return false;
}

/* Of several kernels the first failure counts; what went wrong goes before it */
static int worse(int a, int b)
{
	if (a == CMD_EXIT_PASS || a == CMD_EXIT_SKIPPED)
		return b == CMD_EXIT_SKIPPED ? a : b;
	return b == CMD_EXIT_USAGE || b == CMD_EXIT_INTERRUPTED ? b : a;
}

static int every_kernel(const struct cmdline *cl, char **specs, int n)
{
	struct kernel_coverage *k = calloc((size_t)n + 1, sizeof(*k));
	int status = CMD_EXIT_SKIPPED, i;

	if (!k)
		abort();
	for (i = 0; i < n && status != CMD_EXIT_INTERRUPTED; i++) {
		struct cmdline one = *cl;

		one.kernel = specs[i];
		status = worse(status, coverage_kernel(&one, k, i, n > 1));
		if (proc_interrupted())
			status = CMD_EXIT_INTERRUPTED;
	}
	if (status != CMD_EXIT_INTERRUPTED && collected(k, i))
		status = worse(status, print_all(cl, k, i));
	while (i--)
		coverage_free(&k[i]);
	free(k);
	return status;
}

/* Before minutes are spent: is there a place for the pages? */
static int make_room(const struct cmdline *cl)
{
	int rc = cl->html ? dir_make(cl->html) : 0;

	if (!rc)
		return 0;
	fprintf(stderr, "vfiosim: %s: %s\n", cl->html, strerror(-rc));
	return CMD_EXIT_USAGE;
}

int verb_coverage(const struct cmdline *cl)
{
	static char *default_kernel[] = { NULL };
	char **specs;
	int n, i, status;

	status = coverage_tools();
	if (!status)
		status = scenarios_check(cl);
	if (!status)
		status = make_room(cl);
	if (status)
		return status;
	specs = kernel_specs(cl, &n);
	status = every_kernel(cl, n ? specs : default_kernel, n ? n : 1);
	for (i = 0; i < n; i++)
		free(specs[i]);
	free(specs);
	return status;
}
