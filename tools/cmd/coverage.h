/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of vfiosim coverage. */
#ifndef VFIOSIM_COVERAGE_H
#define VFIOSIM_COVERAGE_H

#include "front.h"
#include "../report/covered.h"
#include "../report/lifecycle.h"

/**
 * struct scenario_share - what one scenario reaches
 * @name:	of the scenario
 * @lines:	of drivers/vfio
 * @alone:	of them those that no other scenario reaches
 * @where:	these: "drivers/vfio/vfio.c:349-350,412"; allocated, "" when there are none
 */
struct scenario_share {
	char *name;
	unsigned int lines, alone;
	char *where;
};

/**
 * struct kernel_coverage - what was reached of one kernel
 * @name:	version, or what was asked for when there is no such tree
 * @stem:	what its files are called: "coverage", or "coverage-VERSION"; NULL: neither
 *		they nor what the scenarios reach are asked for, nor is the runner's output
 * @info:	tracefile; NULL: nothing was collected
 * @pages:	genhtml's were written, in a folder called @stem
 * @total:	of all files
 * @functions:	of the lifecycle
 * @nr_functions: how many
 * @room_functions: of these, coverage_data.c's own
 * @life:	the lifecycle table
 * @scenarios:	in the order of their names
 * @nr_scenarios: how many
 */
struct kernel_coverage {
	char *name;
	char *stem;
	char *info;
	bool pages;
	struct share total;
	struct covered_function *functions;
	size_t nr_functions, room_functions;
	struct lifetable life;
	struct scenario_share *scenarios;
	size_t nr_scenarios;
};

/**
 * coverage_kernel() - run the scenarios on a kernel and collect
 * @cl:		command line, @cl->kernel the kernel
 * @all:	what was collected before it, and room for it at @nr
 * @nr:		its number
 * @several:	kernels: its files have its name
 *
 * Return: exit status; what there is of the tables is in @all whatever it is.
 */
int coverage_kernel(const struct cmdline *cl, struct kernel_coverage *all, int nr, bool several);

/**
 * coverage_tree() - the same of a tree that is open
 * @cl:		command line, whatever its kernel
 * @tree:	the kernel
 * @k:		@k->name and @k->stem are set; coverage_free() when done
 *
 * Return: exit status of the runner, or why there is none.
 */
int coverage_tree(const struct cmdline *cl, const struct kernel_tree *tree,
		  struct kernel_coverage *k);
/* What it points to. */
void coverage_free(struct kernel_coverage *k);
/* Are the tools there? 0, or an exit status after a message. */
int coverage_tools(void);

/* coverage_data.c: fill @k->total and @k->functions from @k->info, texts from @tree; 0 or -1. */
int coverage_read(struct kernel_coverage *k, const char *tree);

/* coverage_scenarios.c */

/* The folder of a guest in which each scenario leaves counters of its own. */
char *scenario_counters(const struct guest *guest);
/* Fill @k->scenarios from them. */
void scenario_shares(const struct guest *guest, struct kernel_coverage *k);

/* coverage_write.c */

/* The functions of the lifecycle together. */
struct share coverage_lifecycle(const struct kernel_coverage *k);
/* One of them, or NULL. */
const struct covered_function *coverage_function(const struct kernel_coverage *k, const char *name);
/* The names of those that any kernel has; the array is allocated. */
const char **coverage_functions(const struct kernel_coverage *k, int n, size_t *count);
/* The tables of all kernels in one. */
struct lifetable coverage_life(const struct kernel_coverage *k, int n);
void coverage_print_scenarios(FILE *out, const struct kernel_coverage *k);
void coverage_print_kernels(FILE *out, const struct kernel_coverage *k, int n);
/* 0, or -1 after a message */
int coverage_json(const char *path, const struct kernel_coverage *k, int n);

/* coverage_page.c: coverage.html in a folder; 0, or -1 after a message. */
int coverage_page(const char *dir, const struct kernel_coverage *k, int n);

#endif
