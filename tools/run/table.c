// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which search finds what how soon: for every scenario with a known bug, the
 * number of schedules to the first report, median and maximum over seeds, by
 * strategy. One process for each scenario and strategy.
 */
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine.h"
#include "missing.h"
#include "run.h"

#define NR_SEEDS	31
#define DEFAULT_CAP	100000UL

struct cell {
	const struct scenario *scn;
	enum cmd_strategy strategy;
	pid_t pid;
	int fd;
	unsigned long first[NR_SEEDS];	/* sorted; 0 in [0]: could not be run */
};

static const struct {
	const char *name;
	enum cmd_strategy strategy;
} columns[] = {
	{ "dfs", CMD_STRATEGY_DFS },
	{ "dpor", CMD_STRATEGY_DPOR },
	{ "pct", CMD_STRATEGY_PCT },
	{ "pos", CMD_STRATEGY_POS },
	{ "surw", CMD_STRATEGY_SURW },
	{ "random", CMD_STRATEGY_RANDOM },
	{ "default", CMD_STRATEGY_DEFAULT },
};
#define NCOLUMNS	(sizeof(columns) / sizeof(columns[0]))

static int ascending(const void *a, const void *b)
{
	unsigned long x = *(const unsigned long *)a, y = *(const unsigned long *)b;

	return x < y ? -1 : x > y;
}

/* In a process of its own: the orders of locks outlive a schedule. */
static unsigned long first_of(const struct scenario *scn, const struct cmdline *cl)
{
	unsigned long first = 0;
	int fds[2];
	pid_t pid;

	if (pipe(fds))
		return 0;
	pid = fork();
	if (!pid) {
		kshim_engine_forked();
		first = campaign_first(scn, cl);
		_exit(write(fds[1], &first, sizeof(first)) != sizeof(first));
	}
	close(fds[1]);
	if (pid < 0 || read(fds[0], &first, sizeof(first)) != sizeof(first))
		first = 0;
	close(fds[0]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return first;
}

/* It draws nothing: one figure stands for all seeds. */
static bool draws(enum cmd_strategy strategy)
{
	return strategy != CMD_STRATEGY_DFS && strategy != CMD_STRATEGY_DPOR;
}

/* Not found within the cap counts as one more than that. */
static bool measure(struct cell *cell, struct cmdline *cl)
{
	char *why = NULL;
	uint64_t seed = cl->seed;
	int i;

	kshim_hot.points_mem = cl->points == CMD_POINTS_MEM;
	machine_scn = cell->scn;
	if (!world_boot(cl, &why) || interp_open(cell->scn) || !world_setup(cell->scn, &why)) {
		fprintf(stderr, "vfiosim: bench: %s: %s\n", cell->scn->name,
			why ? why : "no memory");
		return false;
	}
	cl->strategy = cell->strategy;
	cl->max_failures = 1;
	for (i = 0; i < NR_SEEDS; i++) {
		cl->seed = seed + (uint64_t)i;
		cell->first[i] = i && !draws(cell->strategy) ? cell->first[0] :
			first_of(cell->scn, cl);
		if (!cell->first[i])
			cell->first[i] = cl->budget + 1;
	}
	qsort(cell->first, NR_SEEDS, sizeof(cell->first[0]), ascending);
	return true;
}

static bool start(struct cell *cell, const struct cmdline *base)
{
	struct cmdline cl = *base;
	int fds[2];

	if (pipe(fds))
		return false;
	fflush(NULL);
	cell->pid = fork();
	if (cell->pid < 0)
		return false;
	if (cell->pid) {
		close(fds[1]);
		cell->fd = fds[0];
		return true;
	}
	_exit(!measure(cell, &cl) ||
	      write(fds[1], cell->first, sizeof(cell->first)) != sizeof(cell->first));
}

static void collect(struct cell *cell)
{
	if (read(cell->fd, cell->first, sizeof(cell->first)) != sizeof(cell->first))
		cell->first[0] = 0;
	close(cell->fd);
	while (waitpid(cell->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static const char *number(unsigned long n, unsigned long cap, char *buf, size_t len)
{
	if (n > cap)
		snprintf(buf, len, ">%lu", cap);
	else
		snprintf(buf, len, "%lu", n);
	return buf;
}

static void print_row(const struct cell *row, unsigned long cap)
{
	char a[32], b[32];
	size_t i;

	printf("%-32s", row->scn->name);
	for (i = 0; i < NCOLUMNS; i++)
		if (row[i].first[0])
			printf(" %8s %8s", number(row[i].first[NR_SEEDS / 2], cap, a, sizeof(a)),
			       number(row[i].first[NR_SEEDS - 1], cap, b, sizeof(b)));
		else
			printf(" %8s %8s", "-", "-");
	putchar('\n');
	fflush(stdout);
}

static struct json_object *found(unsigned long n, unsigned long cap)
{
	return n > cap ? NULL : json_object_new_int64((int64_t)n);
}

static struct json_object *row_json(const struct cell *row, unsigned long cap)
{
	struct json_object *o = json_object_new_object();
	size_t i;

	json_object_object_add(o, "scenario", json_object_new_string(row->scn->name));
	for (i = 0; i < NCOLUMNS; i++) {
		struct json_object *m = json_object_new_object();

		json_object_object_add(m, "median", found(row[i].first[NR_SEEDS / 2], cap));
		json_object_object_add(m, "maximum", found(row[i].first[NR_SEEDS - 1], cap));
		json_object_object_add(o, columns[i].name, row[i].first[0] ? m : NULL);
		if (!row[i].first[0])
			json_object_put(m);
	}
	return o;
}

static int write_json(const char *path, struct json_object *list, unsigned long cap,
		      uint64_t seed)
{
	struct json_object *doc = json_object_new_object();
	FILE *f = strcmp(path, "-") ? fopen(path, "w") : stdout;

	json_object_object_add(doc, "kernel", json_object_new_string(run_kversion));
	json_object_object_add(doc, "seeds", json_object_new_int(NR_SEEDS));
	json_object_object_add(doc, "first_seed", json_object_new_int64((int64_t)seed));
	json_object_object_add(doc, "cap", json_object_new_int64((int64_t)cap));
	json_object_object_add(doc, "rows", list);
	if (f)
		fprintf(f, "%s\n", json_object_to_json_string_ext(doc, JSON_C_TO_STRING_PRETTY));
	else
		fprintf(stderr, "vfiosim: %s: %s\n", path, strerror(errno));
	json_object_put(doc);
	if (f && f != stdout)
		fclose(f);
	return f ? CMD_EXIT_PASS : CMD_EXIT_USAGE;
}

/* Nothing to find: no bug is known of this kernel, or it cannot be run there. */
static bool applies(const struct scenario *scn)
{
	char *why = NULL;
	bool ok = scn_kernel_ok(scn, run_kver, &why) && !missing_module(scn, &why) &&
		scn_known_on(scn, run_kver);

	free(why);
	return ok;
}

static void print_head(unsigned long cap, uint64_t seed)
{
	size_t i;

	printf("schedules to the first report on %s, median and maximum of %d seeds from %llu on, up to %lu\n\n%-32s",
	       run_kversion, NR_SEEDS, (unsigned long long)seed, cap, "");
	for (i = 0; i < NCOLUMNS; i++)
		printf(" %17s", columns[i].name);
	putchar('\n');
}

int table_main(const struct cmdline *base, struct scenario *const *scns, unsigned int n)
{
	struct json_object *list = json_object_new_array();
	struct cell *cells = calloc(n + 1, NCOLUMNS * sizeof(*cells));
	unsigned int i, k, rows = 0, at = 0, done = 0, failed = 0;
	struct cmdline cl = *base;

	if (!cells)
		abort();
	if (!cl.budget)
		cl.budget = DEFAULT_CAP;
	if (!cl.jobs)
		cl.jobs = 1;
	for (i = 0; i < n; i++) {
		for (k = 0; k < NCOLUMNS && applies(scns[i]); k++) {
			cells[rows * NCOLUMNS + k].scn = scns[i];
			cells[rows * NCOLUMNS + k].strategy = columns[k].strategy;
		}
		rows += !!k;
	}
	if (!cl.json)
		print_head(cl.budget, cl.seed);
	while (done < rows * NCOLUMNS && !run_interrupted) {
		while (at < rows * NCOLUMNS && at - done < cl.jobs && start(&cells[at], &cl))
			at++;
		if (at == done)
			break;
		collect(&cells[done]);
		failed += !cells[done++].first[0];
		if (done % NCOLUMNS)
			continue;
		if (cl.json)
			json_object_array_add(list, row_json(&cells[done - NCOLUMNS], cl.budget));
		else
			print_row(&cells[done - NCOLUMNS], cl.budget);
	}
	i = cl.json ? (unsigned int)write_json(cl.json, list, cl.budget, cl.seed) : CMD_EXIT_PASS;
	if (!cl.json)
		json_object_put(list);
	free(cells);
	if (!rows) {
		fprintf(stderr, "vfiosim: bench: none of these scenarios has a known bug on %s\n",
			run_kversion);
		return CMD_EXIT_SKIPPED;
	}
	return run_interrupted ? CMD_EXIT_INTERRUPTED : failed ? CMD_EXIT_FAIL : (int)i;
}
