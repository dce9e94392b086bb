// SPDX-License-Identifier: GPL-2.0-only
/* Verbs and options of vfiosim. A new option is one entry here and one field. */
#include "cmdline_table.h"

#define V(verb)		(1u << CMD_##verb)
#define EXPLORING	(V(RUN) | V(COVERAGE) | V(COMPARE) | V(BISECT_RUN))
#define REPLAYING	(V(REPLAY) | V(MINIMISE))
#define EXECUTING	(EXPLORING | REPLAYING | V(BENCH))
#define EVERY		(~0u)
#define AT(field)	offsetof(struct cmdline, field)

static const char *const engines[] = { "fibers", "ucontext", "baton", "parallel", NULL };
static const char *const points[] = { "mem", "sync", NULL };
const char *const cmd_strategies[] = {
	"default", "dfs", "dpor", "pct", "pos", "surw", "random", NULL
};
static const char *const races[] = { "list", "off", "fail", NULL };
static const char *const resets[] = { "snapshot", "init-exit", NULL };

const struct cmd_option cmd_options[] = {
	{ "kernel", 'k', OPT_KERNEL, 0, "SPEC", NULL, 0,
	  (EXECUTING & ~V(COMPARE)) | V(LIST) | V(DOCTOR) | V(MUTATE),
	  "kernel series (5.10, 6.1, 6.12, 7.2), the directory of a source tree, or\n"
	  "                          DIR@REV, a revision of a git repository;\n"
	  "                          run, coverage: more than one, \"5.10,6.1\" or \"all\" as well" },
	{ "patch", 0, OPT_PATCH, 0, "FILE", NULL, 0, EXECUTING | V(LIST) | V(DOCTOR) | V(MUTATE),
	  "apply a patch, mailbox or series to a copy of the kernel; may be repeated,\n"
	  "                          - is standard input; compare: to a copy of B" },
	{ "range", 0, OPT_FLAG, AT(range), NULL, NULL, 0, V(COMPARE),
	  "which commit of DIR's BASE..TIP changed what" },
	{ "coverage", 0, OPT_FLAG, AT(coverage), NULL, NULL, 0, V(COMPARE),
	  "which lines of the lifecycle functions only one side reaches: everything\n"
	  "                          runs on the gcov build as well" },
	{ "first", 0, OPT_FLAG, AT(first), NULL, NULL, 0, V(COMPARE),
	  "stop when something is broken: the small scenarios are compared first" },
	{ "engine", 0, OPT_CHOICE, AT(engine), NULL, engines, 0, EXECUTING,
	  "what tasks are made of; parallel really runs them at once" },
	{ "points", 0, OPT_CHOICE, AT(points), NULL, points, 0,
	  V(RUN) | V(REPLAY) | V(COMPARE) | V(BENCH),
	  "switch at every memory access, or at synchronisation only" },
	{ "strategy", 0, OPT_CHOICE, AT(strategy), NULL, cmd_strategies, 0, EXPLORING,
	  "default: bounded dfs (0, 1, 2 preemptions) and all samplers" },
	{ "bound", 0, OPT_INT, AT(bound), "N", NULL, 0, EXPLORING, "preemptions of dfs" },
	{ "depth", 0, OPT_INT, AT(depth), "N", NULL, 1, EXPLORING, "bug depth of pct (2 to 5, drawn)" },
	{ "budget", 0, OPT_BUDGET, 0, "N|Ns", NULL, 0,
	  EXPLORING | V(BENCH) | V(MUTATE),
	  "schedules (k, M allowed) or, with s, seconds for each scenario;\n"
	  "                          bench: for each line of the table" },
	{ "pgo", 0, OPT_FLAG, AT(pgo), NULL, NULL, 0, V(RUN) | V(BENCH),
	  "build and use a runner with profile-guided and link-time optimisation:\n"
	  "                          quicker, for long campaigns; needs a minute, once per kernel" },
	{ "seed", 0, OPT_SEED, AT(seed), "N", NULL, 0, EXECUTING, "of everything that is drawn (1)" },
	{ "jobs", 'j', OPT_INT, AT(jobs), "N", NULL, 1, EXPLORING | V(BENCH) | V(MUTATE),
	  "processes at a time" },
	{ "max-failures", 0, OPT_INT, AT(max_failures), "N", NULL, 1, EXPLORING,
	  "go on until so many distinct failures of a scenario (1; compare: 4)" },
	{ "no-oracle", 0, OPT_ORACLE, 0, "NAME", NULL, 0, EXECUTING,
	  "switch an oracle off; may be repeated" },
	{ "list-oracles", 0, OPT_FLAG, AT(list_oracles), NULL, NULL, 0, V(RUN) | V(LIST),
	  "print the oracles and stop" },
	{ "races", 0, OPT_CHOICE, AT(races), NULL, races, 0,
	  V(RUN) | V(COMPARE) | REPLAYING,
	  "data races: say which, do not look, or fail; a list watches the\n"
	  "                          first 2000 schedules and each 16th of the others" },
	{ "race-suppressions", 0, OPT_STRING, AT(race_suppressions), "FILE", NULL, 0,
	  V(RUN) | V(COMPARE) | REPLAYING,
	  "leave races out: FUNC, FILE:LINE or \"X / Y\", globs, one a line" },
	{ "reset", 0, OPT_CHOICE, AT(reset), NULL, resets, 0, EXECUTING,
	  "how state goes back between schedules" },
	{ "trace", 0, OPT_FLAG, AT(trace), NULL, NULL, 0, V(RUN) | REPLAYING,
	  "print every step of the schedules" },
	{ "no-minimise", 0, OPT_FLAG, AT(minimise), NULL, NULL, 0, V(RUN),
	  "leave failures as they were found" },
	{ "save", 0, OPT_STRING, AT(save), "DIR", NULL, 0, V(RUN) | V(MINIMISE),
	  "a folder in DIR for each failure: minimised scenario, token, trace, log, page" },
	{ "steps", 0, OPT_FLAG, AT(steps), NULL, NULL, 0, V(RUN),
	  "execute once and print what each step with a label answered" },
	{ "fail-sweep", 0, OPT_FLAG, AT(fail_sweep), NULL, NULL, 0, V(RUN) | V(COVERAGE),
	  "let one allocation after the other fail, in the straight schedule;\n"
	  "                          coverage: as well" },
	{ "early-timers", 0, OPT_INT_OPTIONAL, AT(early_timers), "N", NULL, 1, V(RUN),
	  "a timeout may fire although somebody could run, N times in a schedule (1)" },
	{ "fail-allocations", 0, OPT_INT_OPTIONAL, AT(fail_allocations), "N", NULL, 1, V(RUN),
	  "an allocation may fail, whose and which is searched, N of a schedule (1)" },
	{ "table", 0, OPT_FLAG, AT(table), NULL, NULL, 0, V(BENCH),
	  "schedules to the first report of each known bug, by strategy; up to\n"
	  "                          --budget (100k), GLOB: of these scenarios only" },
	{ "strict", 0, OPT_FLAG, AT(strict), NULL, NULL, 0, EXECUTING,
	  "a stub that is reached is a failure" },
	{ "no-cache", 0, OPT_FLAG, AT(no_cache), NULL, NULL, 0,
	  V(RUN) | V(COMPARE) | V(BISECT_RUN),
	  "explore even what an earlier run has explored on the same code" },
	{ "ktap", 0, OPT_FLAG, AT(ktap), NULL, NULL, 0, V(RUN) | V(COMPARE),
	  "results as KTAP on stdout" },
	{ "json", 0, OPT_STRING_OPTIONAL, AT(json), "FILE", NULL, 0,
	  V(RUN) | V(LIST) | V(COMPARE) | REPLAYING | V(BENCH) | V(MUTATE) | V(COVERAGE),
	  "results as JSON, to stdout or FILE" },
	{ "junit", 0, OPT_STRING_OPTIONAL, AT(junit), "FILE", NULL, 0, V(RUN) | V(COMPARE),
	  "results as JUnit XML, to stdout or FILE" },
	{ "html", 0, OPT_STRING, AT(html), "DIR|FILE", NULL, 0, V(RUN) | V(COVERAGE) | V(COMPARE) | REPLAYING,
	  "write pages to DIR, with a folder for each failure as --save does;\n"
	  "                          replay, minimise, compare: one page to FILE" },
	{ "lifecycle", 0, OPT_FLAG, AT(lifecycle), NULL, NULL, 0,
	  V(RUN) | V(COVERAGE),
	  "table: in how many schedules which event met a device in which state;\n"
	  "                          coverage: what of the lifecycle functions was not reached" },
	{ "functions", 0, OPT_STRING, AT(functions), "GLOB", NULL, 0, V(MUTATE),
	  "functions to change instead of those of the lifecycle" },
	{ "file", 0, OPT_STRING, AT(file), "FILE", NULL, 0, V(MUTATE),
	  "file of the tree to change (drivers/vfio/vfio.c, or what it became later)" },
	{ "list", 0, OPT_FLAG, AT(list), NULL, NULL, 0, V(MUTATE), "list the mutants and stop" },
	{ "mutant", 0, OPT_STRING, AT(mutant), "N,N-N", NULL, 0, V(MUTATE),
	  "try only these, by their numbers in the list, and show each" },
	{ "quiet", 'q', OPT_FLAG, AT(quiet), NULL, NULL, 0, EVERY, "results only, no progress" },
	{ "verbose", 'v', OPT_COUNT, AT(verbose), NULL, NULL, 0, EVERY, "say more" },
	{ "no-color", 0, OPT_FLAG, AT(color), NULL, NULL, 0, EVERY,
	  "plain text on terminals; so does $NO_COLOR" },
	{ "help", 'h', OPT_FLAG, AT(help), NULL, NULL, 0, EVERY, "this text" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL },
};

static const char scenario_help[] =
	"GLOB matches the names of the scenarios, without .scn; a path ending in .scn names\n"
	"a file of your own. Without one, all scenarios are taken. NAME+STEP=N is the scenario\n"
	"in which the Nth allocation of one step fails, as --fail-sweep names them.\n";

const struct cmd_verb_info cmd_verbs[CMD_NR_VERBS] = {
	[CMD_LIST] = { "list", "[GLOB...]", -1, "list the scenarios", scenario_help },
	[CMD_RUN] = { "run", "[GLOB...]", -1, "explore the schedules of scenarios", scenario_help },
	[CMD_REPLAY] = { "replay", "TOKEN", -1,
		"run one schedule again, from the line that a failure printed",
		"On another tree it says where that one differs, and goes on by the nearest name.\n"
		"The kernel is the series of VERSION unless --kernel is given.\n" },
	[CMD_MINIMISE] = { "minimise", "TOKEN", -1,
		"the fewest preemptions, steps and tasks that still fail like this",
		"Does thoroughly what 'run' does in passing, and prints the smaller scenario.\n"
		"The kernel is the series of the token unless --kernel is given.\n" },
	[CMD_KERNELS] = { "kernels", "[fetch SERIES... | path SERIES]", -1,
		"list, fetch or locate kernel sources",
		"Without a word: what is cached, with versions and checksums.\n"
		"fetch SERIES...   have Debian's newest linux-source-SERIES in the cache\n"
		"path SERIES       print its directory, fetching it when needed\n"
		"Nothing is installed and root is not needed. Where there is no apt, give a\n"
		"source tree with --kernel DIR to the other verbs.\n" },
	[CMD_COVERAGE] = { "coverage", "[GLOB...]", -1,
		"lines, branches and functions of the kernel's VFIO that scenarios reach",
		"Runs on a gcov build of the guest, with points at synchronisation only, and\n"
		"writes the lcov tracefile coverage.info (into DIR with --html DIR, beside\n"
		"coverage.html); of several kernels coverage-VERSION.info each. Then it says what\n"
		"each scenario reaches alone, and which event met a device in which state.\n" },
	[CMD_BENCH] = { "bench", "[GLOB...]", -1, "measure schedules per second of processor time",
		scenario_help },
	[CMD_DOCTOR] = { "doctor", "[SCENARIO...]", -1,
		"say what of a kernel tree builds, and what the shim lacks for it",
		"Compiles every VFIO file that the tree's own Kbuild selects and explains each\n"
		"error; then says which names the code uses that the shim only simplifies, and\n"
		"which of its stubs a short run of the scenarios reaches.\n"
		"Exit status 0 when everything builds, else 2.\n" },
	[CMD_COMPARE] = { "compare", "A B [GLOB...] | --range DIR BASE..TIP [GLOB...]", -1,
		"what differs between two kernels, or which commit of a series changed what",
		"A and B are kernels as --kernel takes them; --patch goes on top of B only, so that\n"
		"\"compare 5.10 5.10 --patch fix.patch\" says what the patch changes. Both are explored\n"
		"with the same scenarios, plan, seed and budget (" COMPARE_BUDGET " schedules each). A scenario is\n"
		"  fixed    it fails on A only      broken   it fails on B only\n"
		"  changed  an outcome, or a way to fail, that one side has only; with a witness\n"
		"  skipped  on one side             error    one side could not be run\n"
		"--range compares each commit with the one before; --patch goes on all of them.\n"
		"--coverage says which lines of the lifecycle are no longer reached, or newly.\n"
		"Exit status: 0 same or fixed, 1 broken or changed, 2 usage, no build or error.\n" },
	[CMD_BISECT_RUN] = { "bisect-run", "[GLOB...]", -1,
		"judge the tree that git bisect has checked out, for \"git bisect run\"",
		"The tree is the current directory, or --kernel DIR. Exit status, and no other:\n"
		"  0    good: nothing was found; with how far that can be relied on\n"
		"  1    bad: a scenario failed, with a bug that its known line names as well\n"
		"  125  cannot be judged: it does not build, a --patch does not apply, every\n"
		"       scenario was skipped, or vfiosim itself failed\n"
		"git bisect start BAD GOOD && git bisect run vfiosim bisect-run SCENARIO\n" },
	[CMD_MUTATE] = { "mutate", "[GLOB...]", -1,
		"plant small mistakes in the kernel's source and see whether scenarios notice",
		"Each mutant is one change by a rule: a lock, reference, list operation, wait,\n"
		"wake-up or error path left out, swapped or weakened, neighbours that change places,\n"
		"a condition negated. It is compiled in a scratch directory, and GLOB's scenarios are\n"
		"run until one fails that does not fail on the unchanged source, or fails otherwise.\n"
		"Survivors are printed as a diff. scenarios/mutants-equivalent.txt has those that\n"
		"nobody could notice, with reasons. Exit status 1 when there are survivors.\n" },
	[CMD_COMPLETION] = { "completion", "bash|zsh|fish", 1,
		"print a script that completes command lines of vfiosim in a shell",
		"bash   eval \"$(vfiosim completion bash)\", in ~/.bashrc\n"
		"zsh    vfiosim completion zsh >DIR/_vfiosim, with DIR in $fpath\n"
		"fish   vfiosim completion fish | source, in config.fish\n"
		"\"cmake --install\" and the package put them where the shells look.\n" },
	[CMD_HELP] = { "help", "[VERB]", 1, "this text, or that of a verb", NULL },
	[CMD_VERSION] = { "version", "", 0, "print the version", NULL },
};
