/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line of vfiosim. The front command and the guest runner parse
 * the same one: the front needs the kernel and the verb, the runner the rest.
 */
#ifndef VFIOSIM_CMDLINE_H
#define VFIOSIM_CMDLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#ifndef VFIOSIM_VERSION
#define VFIOSIM_VERSION		"0.1"
#endif

enum cmd_exit {
	CMD_EXIT_PASS = 0,
	CMD_EXIT_FAIL = 1,	/* a scenario failed */
	CMD_EXIT_USAGE = 2,	/* command line, scenario file, kernel or build */
	CMD_EXIT_SKIPPED = 4,	/* every scenario was skipped */
	CMD_EXIT_UNTESTABLE = 125,	/* git bisect's word for it */
	CMD_EXIT_INTERRUPTED = 130,
};

enum cmd_verb {
	CMD_LIST, CMD_RUN, CMD_REPLAY, CMD_MINIMISE, CMD_KERNELS, CMD_COVERAGE, CMD_BENCH,
	CMD_DOCTOR, CMD_COMPARE, CMD_BISECT_RUN, CMD_MUTATE, CMD_COMPLETION, CMD_HELP, CMD_VERSION,
	CMD_NR_VERBS
};

enum cmd_engine { CMD_ENGINE_FIBERS, CMD_ENGINE_UCONTEXT, CMD_ENGINE_BATON, CMD_ENGINE_PARALLEL };
enum cmd_points { CMD_POINTS_MEM, CMD_POINTS_SYNC };
enum cmd_strategy {
	CMD_STRATEGY_DEFAULT,	/* all of them, see run/plan.c */
	CMD_STRATEGY_DFS, CMD_STRATEGY_DPOR, CMD_STRATEGY_PCT, CMD_STRATEGY_POS, CMD_STRATEGY_SURW,
	CMD_STRATEGY_RANDOM, CMD_NR_STRATEGIES
};
extern const char *const cmd_strategies[];	/* by enum cmd_strategy */
enum cmd_races { CMD_RACES_LIST, CMD_RACES_OFF, CMD_RACES_FAIL };
enum cmd_reset { CMD_RESET_SNAPSHOT, CMD_RESET_INIT_EXIT };

/* --budget of compare when not given */
#define COMPARE_BUDGET	"20k"
#define COMPARE_SCHEDULES	20000	/* the same */
/* The same of --max-failures: which of several is found first says nothing */
#define COMPARE_FAILURES	4

#define CMD_MAX_NO_ORACLES	32
#define CMD_MAX_KERNELS		16
#define CMD_MAX_PATCHES		64

/**
 * struct cmdline - a parsed command line
 * @verb:	what to do
 * @help:	--help was given: cmdline_help() instead
 * @kernel:	-k: series, directory or DIR@REV; NULL for the default; the last one given
 * @kernels:	every -k as given, "all" and "5.10,6.1" included
 * @nr_kernels:	see @kernels
 * @patches:	--patch: files, "-" for standard input, in order
 * @nr_patches:	see @patches
 * @engine:	--engine
 * @points:	--points
 * @strategy:	--strategy
 * @reset:	--reset
 * @races:	--races: what becomes of data races
 * @race_suppressions: --race-suppressions: a file, NULL when not given
 * @bound:	--bound: preemptions of DFS; -1 when not given
 * @depth:	--depth: d of PCT; 0 when not given
 * @budget:	--budget in schedules; 0 when not given that way
 * @budget_seconds: --budget Ns: seconds of processor time; 0 when not given
 * @seed:	--seed
 * @seed_given:	else @seed is the default 1, not random: runs repeat
 * @jobs:	--jobs: processes; 0 when not given
 * @max_failures: --max-failures per scenario, at least 1
 * @no_oracle:	--no-oracle, @nr_no_oracle names (not checked here)
 * @nr_no_oracle: see @no_oracle
 * @list_oracles: --list-oracles
 * @ktap:	--ktap
 * @json:	--json: "-" for stdout, else a file; NULL when not given
 * @junit:	--junit, likewise
 * @html:	--html: a directory, NULL when not given
 * @lifecycle:	--lifecycle: the lifecycle table; what of its functions was not reached
 * @functions:	--functions: a glob over function names, NULL when not given
 * @file:	--file: of the kernel tree, NULL when not given
 * @list:	--list: say what would be done
 * @mutant:	--mutant: numbers and ranges, NULL when not given
 * @trace:	--trace
 * @minimise:	not --no-minimise
 * @save:	--save: a directory, NULL when not given
 * @steps:	--steps: one execution, what each labelled step answered
 * @fail_sweep:	--fail-sweep: one allocation after the other fails
 * @early_timers: --early-timers: so many timeouts may fire early
 * @fail_allocations: --fail-allocations: so many allocations may fail
 * @table:	--table: compare strategies
 * @range:	--range: the words are a repository and BASE..TIP
 * @coverage:	--coverage: compare what is reached as well
 * @first:	--first: enough is known when something is broken
 * @strict:	--strict: a stub that is reached fails the run
 * @pgo:	--pgo: an optimised runner
 * @no_cache:	--no-cache: explore, whatever is known of an earlier run
 * @quiet:	-q
 * @verbose:	-v, counted
 * @color:	stdout is a terminal, and neither --no-color nor $NO_COLOR
 * @args:	what is not an option (scenario globs, token, ...), into argv
 * @nr_args:	see @args
 */
struct cmdline {
	enum cmd_verb verb;
	bool help;
	const char *kernel;
	const char *kernels[CMD_MAX_KERNELS];
	int nr_kernels;
	const char *patches[CMD_MAX_PATCHES];
	int nr_patches;
	enum cmd_engine engine;
	enum cmd_points points;
	enum cmd_strategy strategy;
	enum cmd_reset reset;
	enum cmd_races races;
	const char *race_suppressions;
	int bound;
	int depth;
	uint64_t budget;
	unsigned int budget_seconds;
	uint64_t seed;
	bool seed_given;
	unsigned int jobs;
	unsigned int max_failures;
	const char *no_oracle[CMD_MAX_NO_ORACLES];
	int nr_no_oracle;
	bool list_oracles;
	bool ktap;
	const char *json;
	const char *junit;
	const char *html;
	bool lifecycle;
	const char *functions;
	const char *file;
	bool list;
	const char *mutant;
	bool trace;
	bool minimise;
	const char *save;
	bool steps;
	bool fail_sweep;
	unsigned int early_timers;
	unsigned int fail_allocations;
	bool table;
	bool range;
	bool coverage;
	bool first;
	bool strict;
	bool pgo;
	bool no_cache;
	bool quiet;
	int verbose;
	bool color;
	char **args;
	int nr_args;
};

/**
 * cmdline_parse() - parse a whole command line, verb first
 * @cl:		filled, defaults included; @cl->args is malloc()ed
 * @argc:	as main() got it
 * @argv:	as main() got it; @cl keeps pointers into it
 *
 * Options may stand anywhere after the verb, "--" ends them. A mistake is
 * explained on stderr in one line, with the likeliest correct spelling.
 *
 * Return: 0, or CMD_EXIT_USAGE.
 */
int cmdline_parse(struct cmdline *cl, int argc, char **argv);

/**
 * cmdline_settings() - what of it decides what "run" finds, and nothing else
 * @out:	gets a line for each option; files that options name, whole
 * @cl:		command line
 */
void cmdline_settings(FILE *out, const struct cmdline *cl);

/* How many of --ktap, --json and --junit go to stdout, which is then theirs: 0 or 1. */
int cmdline_stdout_formats(const struct cmdline *cl);

/* Help for one verb, or for the command (CMD_HELP). */
void cmdline_help(FILE *out, enum cmd_verb verb);

/* "run" and so on. */
const char *cmdline_verb_name(enum cmd_verb verb);

/**
 * cmdline_suggest() - the likeliest meaning of a misspelt word
 * @word:	what was given
 * @known:	what there is; ends with NULL
 *
 * Return: an element of @known, or NULL when none is near.
 */
const char *cmdline_suggest(const char *word, const char *const *known);

#endif
