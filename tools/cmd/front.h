/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of the front command. The runner has none of this. */
#ifndef VFIOSIM_FRONT_H
#define VFIOSIM_FRONT_H

#include "cmdline.h"
#include "../kernels/kernels.h"

/* The executable that core/ builds, in its build directory. */
#define GUEST_RUNNER	"vfiosim-guest"

/**
 * struct guest - a built guest runner
 * @dir:	its build directory in the cache
 * @runner:	the executable
 * @src:	vfiosim's own source directory
 * @kdir:	where its kernel files were compiled: the tree, or for a scratch copy
 *		the tree of the build directory, which others use after it
 * @lock:	on that build directory as long as it is used, or -1
 */
struct guest {
	char *dir;
	char *runner;
	char *src;
	char *kdir;
	int lock;
};

/**
 * guest_tree() - the kernel tree that a command line means
 * @cl:		its --kernel, else for replay the version in the token, else the default
 * @tree:	filled; fetched when needed
 *
 * Return: 0, or an exit status after a message on stderr.
 */
int guest_tree(const struct cmdline *cl, struct kernel_tree *tree);

/* What the guest of this command line is to be built like, for guest_build() */
static inline const char *guest_mode(const struct cmdline *cl)
{
	return cl->pgo ? "pgo" : "tsan";
}

/**
 * guest_build() - have an up-to-date guest runner for a tree
 * @tree:	the kernel
 * @mode:	"tsan", "pgo" or "gcov", see core/
 * @quiet:	no note on stderr when a first build begins
 * @guest:	filled; guest_close() when done
 *
 * Return: 0, or an exit status after a message on stderr.
 */
int guest_build(const struct kernel_tree *tree, const char *mode, bool quiet,
		struct guest *guest);
void guest_close(struct guest *guest);

/**
 * guest_try() - build as much of a guest as can be built
 * @tree:	the kernel
 * @log:	file that gets what the compiler said
 * @guest:	filled unless it fails; guest_close() when done
 *
 * Return: 0 all of it, -1 not all, else an exit status after a message.
 */
int guest_try(const struct kernel_tree *tree, const char *log, struct guest *guest);

/**
 * seed_objects() - take the objects of another build directory that are the same
 * @guest:	configured and locked, nothing is built yet
 * @series:	"5.10": of trees of this one
 *
 * Return: how many.
 */
unsigned int seed_objects(const struct guest *guest, const char *series);

/* What has to be done in a build directory. */
enum stale {
	STALE_NOTHING,
	STALE_RUNNER,	/* it is to be linked */
	STALE_OBJECT,	/* one of them is to be compiled */
	STALE_UNCLEAR,	/* make has to look at everything */
};

/**
 * stale_find() - what is older than what it is made of?
 * @guest:	configured and locked
 * @host:	where the libraries are
 * @target:	filled with what make has to be asked for, for STALE_OBJECT; allocated
 *
 * cmake runs when it has to. A stale object is removed.
 */
enum stale stale_find(const struct guest *guest, const char *host, char **target);
/* To be told when make has built everything: before that, stale_find() does not know. */
void stale_nothing(const struct guest *guest);

/**
 * slot_runner() - where a scratch copy's runner is kept
 * @tree:	scratch copy
 * @guest:	with its directories
 * @host:	where the libraries are
 *
 * The name has the state of vfiosim's own sources in it: a file of that name
 * is up to date.
 *
 * Return: allocated path.
 */
char *slot_runner(const struct kernel_tree *tree, const struct guest *guest, const char *host);
/* Make the build directory's tree equal to a scratch copy; 0 or an exit status. */
int slot_fill(const struct kernel_tree *tree, const struct guest *guest);
/* Put a copy of the runner there; 0 or an exit status. */
int slot_keep(const struct guest *guest, const char *path);

/* What the runner needs to know of tree and source, in the environment. */
void guest_environment(const struct kernel_tree *tree, const struct guest *guest);

/* After guest_environment(): let the runner use and keep results, unless --no-cache. */
void guest_results(const struct cmdline *cl);

/**
 * kernel_specs() - the kernels that a command line names
 * @cl:		its --kernel options; lists and "all" are taken apart
 * @n:		filled
 *
 * Return: allocated array of allocated strings; NULL for the default kernel.
 */
char **kernel_specs(const struct cmdline *cl, int *n);

/**
 * scenarios_check() - are there such scenarios?
 * @cl:		its arguments are globs over names, or files, which are parsed
 *
 * Before a kernel is fetched and a guest is built for a misspelt name.
 *
 * Return: 0, or CMD_EXIT_USAGE after a message on stderr.
 */
int scenarios_check(const struct cmdline *cl);

/**
 * guest_run_json() - run the same command line, with its results into a file
 * @guest:	built
 * @argc:	as main() got it
 * @argv:	as main() got it; whatever output it asks for, there is none
 * @json:	the file
 * @html:	folder for pages, or NULL
 *
 * Return: exit status of the runner.
 */
int guest_run_json(const struct guest *guest, int argc, char **argv, const char *json,
		   const char *html);

/**
 * scenarios_matching() - what a command line asks for, after scenarios_check()
 * @cl:		without arguments: all
 * @n:		filled
 *
 * Return: allocated array of allocated names, and of files as they were given.
 */
char **scenarios_matching(const struct cmdline *cl, int *n);
/* The same, those with the fewest schedules first, as far as their text tells. */
char **scenarios_by_size(const struct cmdline *cl, int *n);

/* Verbs that the front does itself. Return: exit status. */
int verb_list(const struct cmdline *cl);
int verb_matrix(const struct cmdline *cl, int argc, char **argv, char **specs, int nr_specs);
int verb_doctor(const struct cmdline *cl);
int verb_kernels(const struct cmdline *cl);
int verb_completion(const struct cmdline *cl);
int verb_coverage(const struct cmdline *cl);
int verb_compare(const struct cmdline *cl, int argc, char **argv);
int verb_bisect_run(const struct cmdline *cl, int argc, char **argv);
int verb_mutate(const struct cmdline *cl);

/* Is it one of the functions that VFIO's lifecycle is made of? */
bool lifecycle_function(const char *name);

/**
 * coverage_rewrite() - keep the kernel's VFIO files of an lcov tracefile
 * @raw:	tracefile from lcov
 * @kdir:	the kernel tree
 * @build:	the build directory: gcc puts relative names below it when the
 *		build maps @kdir away (-ffile-prefix-map)
 * @out:	tracefile to write, paths relative to @kdir
 *
 * Return: number of files kept, or -errno.
 */
int coverage_rewrite(const char *raw, const char *kdir, const char *build,
		     const char *out);

/**
 * coverage_report() - print the tables of a tracefile
 * @tracefile:	that coverage_rewrite() wrote
 * @missed:	and what of the lifecycle functions was not reached
 * @out:	where to
 *
 * Return: 0 or -1.
 */
int coverage_report(const char *tracefile, bool missed, FILE *out);

/* The last part of it; 0 or -1. */
int coverage_missed(const char *tracefile, FILE *out);

#endif
