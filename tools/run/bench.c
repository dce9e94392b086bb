// SPDX-License-Identifier: GPL-2.0-only
/*
 * Benchmark: schedules per CPU second of one scenario, for each engine and
 * kind of points, in one run of the program. Only ratios between lines of the
 * same run mean something on a noisy machine.
 */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run.h"

struct bench_row {
	const char *engine, *points, *strategy;
	enum cmd_engine e;
	enum cmd_points p;
	enum cmd_strategy s;
	double seconds;
	unsigned char hooks;		/* KSHIM_HOOK_*, each schedule */
};

static const struct bench_row rows[] = {
	{ "fibers", "sync", "pct", CMD_ENGINE_FIBERS, CMD_POINTS_SYNC, CMD_STRATEGY_PCT, 2, 0 },
	{ "fibers", "mem", "pct", CMD_ENGINE_FIBERS, CMD_POINTS_MEM, CMD_STRATEGY_PCT, 2, 0 },
	{ "fibers", "mem", "dfs", CMD_ENGINE_FIBERS, CMD_POINTS_MEM, CMD_STRATEGY_DFS, 2, 0 },
	{ "fibers", "mem", "random", CMD_ENGINE_FIBERS, CMD_POINTS_MEM, CMD_STRATEGY_RANDOM, 1, 0 },
	{ "fibers", "none", "straight", CMD_ENGINE_FIBERS, CMD_POINTS_SYNC, CMD_STRATEGY_DEFAULT, 1, 0 },
	{ "ucontext", "mem", "pct", CMD_ENGINE_UCONTEXT, CMD_POINTS_MEM, CMD_STRATEGY_PCT, 1, 0 },
	{ "baton", "sync", "pct", CMD_ENGINE_BATON, CMD_POINTS_SYNC, CMD_STRATEGY_PCT, 2, 0 },
	{ "baton", "mem", "pct", CMD_ENGINE_BATON, CMD_POINTS_MEM, CMD_STRATEGY_PCT, 2, 0 },
	/* the race detector in every schedule, and lockdep; off in all others */
	{ "fibers", "sync", "pct+all", CMD_ENGINE_FIBERS, CMD_POINTS_SYNC, CMD_STRATEGY_PCT, 2,
	  KSHIM_HOOK_RACE },
	{ "fibers", "mem", "pct+all", CMD_ENGINE_FIBERS, CMD_POINTS_MEM, CMD_STRATEGY_PCT, 2,
	  KSHIM_HOOK_RACE },
};
#define NROWS (sizeof(rows) / sizeof(rows[0]))

extern unsigned long kshim_run_serial;

static double cpu_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

/* --budget says when a row has been measured for long enough, else the row. */
static bool enough(const struct bench_row *b, const struct cmdline *cl, unsigned long n, double used)
{
	if (cl->budget)
		return n >= cl->budget;
	return used >= (cl->budget_seconds ? cl->budget_seconds : b->seconds);
}

/* In a process of its own: the engine is chosen once per process. */
static double measure(const struct bench_row *b, const struct scenario *scn,
		      const struct cmdline *base)
{
	struct cmdline cl = *base;
	struct devlog none = { 0 };
	unsigned long n = 0;
	struct search *s;
	char *why = NULL;
	double start, used = 0;

	cl.engine = b->e;
	if (!b->hooks)
		cl.no_oracle[cl.nr_no_oracle++] = "lockdep";
	kshim_hot.points_mem = b->p == CMD_POINTS_MEM;
	if (!world_boot(&cl, &why) || interp_open(scn) || !world_setup(scn, &why)) {
		fprintf(stderr, "vfiosim: bench: %s\n", why ? why : "no memory");
		return -1;
	}
	outcomes_new(scn);
	s = b->s == CMD_STRATEGY_PCT ?
		search_pct(cl.depth ? (unsigned int)cl.depth : 3, cl.seed, 0, NULL) :
		b->s == CMD_STRATEGY_RANDOM ? search_random(cl.seed, 0) : search_dfs(2, NULL);
	kshim_hot.hooks = b->hooks;
	start = cpu_now();
	do {
		if (b->s == CMD_STRATEGY_DEFAULT) {
			search_free(s);
			s = search_replay(&none);
		}
		if (!s->next(s)) {
			search_free(s);
			s = search_dfs(2, NULL);
			s->next(s);
		}
		world_execute(s);
		kshim_run_serial++;
		s->done(s, world_points(), 0);
		n++;
	} while ((n & 127) || !enough(b, base, n, used = cpu_now() - start));
	return n / used;
}

static double measure_in_child(const struct bench_row *b, const struct scenario *scn,
			       const struct cmdline *cl)
{
	double rate = -1;
	int fds[2];
	pid_t pid;

	if (pipe(fds))
		return -1;
	fflush(NULL);
	pid = fork();
	if (!pid) {
		rate = measure(b, scn, cl);
		/* not _exit(): a runner that counts writes its counts now */
		exit(write(fds[1], &rate, sizeof(rate)) != sizeof(rate));
	}
	close(fds[1]);
	if (read(fds[0], &rate, sizeof(rate)) != sizeof(rate))
		rate = -1;
	close(fds[0]);
	waitpid(pid, NULL, 0);
	return rate;
}

int bench_main(const struct cmdline *cl, const struct scenario *scn)
{
	struct json_object *doc = json_object_new_object(), *list = json_object_new_array();
	double rate[NROWS];
	size_t i;

	if (!cl->json)
		printf("%s on %s, schedules per CPU second\n\n%-10s %-6s %-9s %12s\n",
		       scn->name, run_kversion, "engine", "points", "strategy", "schedules/s");
	for (i = 0; i < NROWS; i++) {
		struct json_object *row = json_object_new_object();

		rate[i] = measure_in_child(&rows[i], scn, cl);
		if (!cl->json) {
			printf("%-10s %-6s %-9s %12.0f\n", rows[i].engine, rows[i].points,
			       rows[i].strategy, rate[i]);
			fflush(stdout);
		}
		json_object_object_add(row, "engine", json_object_new_string(rows[i].engine));
		json_object_object_add(row, "points", json_object_new_string(rows[i].points));
		json_object_object_add(row, "strategy", json_object_new_string(rows[i].strategy));
		json_object_object_add(row, "schedules_per_cpu_second",
				       json_object_new_double(rate[i]));
		json_object_array_add(list, row);
	}
	if (!cl->json) {
		printf("\nfibers/baton: %.1f (sync), %.1f (mem)\n", rate[0] / rate[6],
		       rate[1] / rate[7]);
		printf("race detector and lockdep cost %.1f (sync), %.1f (mem)\n", rate[0] / rate[8],
		       rate[1] / rate[9]);
		printf("a schedule costs %.1f (sync), %.1f (mem) times the straight run\n",
		       rate[4] / rate[0], rate[4] / rate[1]);
	}
	json_object_object_add(doc, "scenario", json_object_new_string(scn->name));
	json_object_object_add(doc, "kernel", json_object_new_string(run_kversion));
	json_object_object_add(doc, "rows", list);
	if (cl->json) {
		FILE *f = strcmp(cl->json, "-") ? fopen(cl->json, "w") : stdout;

		if (!f) {
			perror(cl->json);
			return CMD_EXIT_USAGE;
		}
		fprintf(f, "%s\n", json_object_to_json_string_ext(doc, JSON_C_TO_STRING_PRETTY));
		if (f != stdout)
			fclose(f);
	}
	json_object_put(doc);
	for (i = 0; i < NROWS; i++)
		if (rate[i] < 0)
			return CMD_EXIT_FAIL;
	return CMD_EXIT_PASS;
}
