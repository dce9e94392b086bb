// SPDX-License-Identifier: GPL-2.0-only
/*
 * The runner: one kernel tree, compiled in. The vfiosim command starts it
 * with its own command line; each scenario runs in a process of its own, so
 * that nothing one does can touch another.
 */
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/json.h"
#include "report/junit.h"
#include "report/ktap.h"
#include "report/symbol.h"
#include "keep.h"
#include "machine.h"
#include "races.h"
#include "selfcheck.h"
#include "run.h"
#include "sweep.h"
#include "zygote.h"

struct job {
	struct scenario *scn;
	char *path;
	pid_t pid;
	int fd;
	bool done;
	struct run_result r;
};

static struct job *jobs;
static unsigned int njobs;

static void on_interrupt(int sig)
{
	(void)sig;
	run_interrupted = 1;
}

static void list_oracles(void)
{
	struct kshim_oracle *const *o;

	for (o = __start_kshim_oracles; o < __stop_kshim_oracles; o++)
		printf("%-20s %s\n", (*o)->name, (*o)->doc);
}

static bool oracles_known(const struct cmdline *cl)
{
	struct kshim_oracle *const *o;
	const char *names[64];
	int i, n = 0;

	for (o = __start_kshim_oracles; o < __stop_kshim_oracles && n < 63; o++)
		names[n++] = (*o)->name;
	names[n] = NULL;
	for (i = 0; i < cl->nr_no_oracle; i++) {
		const char *near;
		int j;

		for (j = 0; j < n && strcmp(names[j], cl->no_oracle[i]); j++)
			;
		if (j < n)
			continue;
		near = cmdline_suggest(cl->no_oracle[i], names);
		fprintf(stderr, "vfiosim: no oracle is called '%s'%s%s%s (see --list-oracles)\n",
			cl->no_oracle[i], near ? "; did you mean '" : "", near ? near : "",
			near ? "'?" : "");
		return false;
	}
	return true;
}

static bool add_job(const char *path, const char *fault)
{
	struct scenario *scn = scn_load(path, stderr);

	if (!scn || (fault && !scn_fault_parse(scn, fault, stderr)))
		return false;
	jobs = realloc(jobs, (njobs + 1) * sizeof(*jobs));
	if (!jobs)
		abort();
	memset(&jobs[njobs], 0, sizeof(*jobs));
	jobs[njobs].fd = -1;
	jobs[njobs].path = strdup(path);
	jobs[njobs++].scn = scn;
	return true;
}

/* A glob over names, or the path of a file; perhaps with a fault behind it. */
static bool add_matching(const char *word)
{
	const char *names[512], *fault = word[scn_fault_at(word)] ?
		word + scn_fault_at(word) + 1 : NULL;
	char *pattern = strndup(word, scn_fault_at(word));
	char all[4200];
	unsigned int before = njobs, n = 0;
	bool ok = true;
	glob_t g;
	size_t i;

	if (strchr(pattern, '/') || (strlen(pattern) > 4 &&
	    !strcmp(pattern + strlen(pattern) - 4, ".scn") && !access(pattern, R_OK)))
		return add_job(pattern, fault);
	snprintf(all, sizeof(all), "%s/*.scn", run_scenario_dir());
	if (glob(all, 0, NULL, &g)) {
		fprintf(stderr, "vfiosim: no scenarios in %s\n", run_scenario_dir());
		return false;
	}
	for (i = 0; i < g.gl_pathc; i++) {
		char *base = strdup(strrchr(g.gl_pathv[i], '/') + 1);

		base[strlen(base) - 4] = 0;
		if (n < 511)
			names[n++] = base;
		if (!fnmatch(pattern, base, 0))
			ok &= add_job(g.gl_pathv[i], fault);
	}
	names[n] = NULL;
	if (ok && njobs == before) {
		const char *near = cmdline_suggest(pattern, names);

		fprintf(stderr, "vfiosim: no scenario matches '%s'%s%s%s (vfiosim list shows them)\n",
			pattern, near ? "; did you mean '" : "", near ? near : "",
			near ? "'?" : "");
		ok = false;
	}
	globfree(&g);
	free(pattern);
	return ok;
}

static void start(struct job *j, const struct cmdline *cl, const struct token *token)
{
	char *why = NULL;
	int fds[2];

	if (pipe(fds)) {
		perror("vfiosim: pipe");
		exit(CMD_EXIT_USAGE);
	}
	fflush(NULL);
	j->pid = fork();
	if (j->pid < 0) {
		perror("vfiosim: fork");
		exit(CMD_EXIT_USAGE);
	}
	if (j->pid) {
		close(fds[1]);
		j->fd = fds[0];
		return;
	}
	close(fds[0]);
	kshim_environment = token ? token->env : (struct kshim_environment){
		.timers = cl->early_timers, .allocations = cl->fail_allocations,
	};
	counters_begin();
	if ((cl->verb == CMD_RUN && cl->minimise && !cl->steps) || cl->verb == CMD_MINIMISE)
		zygote_start(cl, fds[1]);
	kshim_hot.points_mem = token ? token->points_mem : cl->points == CMD_POINTS_MEM;
	machine_scn = j->scn;
	if (!world_boot(cl, &why)) {
		j->r.scenario = j->scn->name;
		j->r.kernel = run_kversion;
		j->r.strategy = "none";
		j->r.complete_bound = -1;
		j->r.status = RUN_ERROR;
		j->r.reason = why;
	} else if (cl->verb == CMD_MINIMISE) {
		campaign_minimise(j->scn, cl, token, &j->r);
	} else if (token) {
		campaign_replay(j->scn, cl, token, &j->r);
	} else if (cl->fail_sweep) {
		sweep_run(j->scn, cl, &j->r);
	} else {
		campaign_run(j->scn, cl, &j->r);
	}
	j->r.stubs = verdict_stubs();
	fflush(NULL);
	if (wire_send(fds[1], &j->r))
		_exit(3);
	counters_copy(j->scn->name);
	exit(0);	/* writes the coverage counters */
}

static void collect(struct job *j, const struct cmdline *cl)
{
	int status = 0;

	if (!wire_receive(j->fd, &j->r)) {
		memset(&j->r, 0, sizeof(j->r));
		j->r.scenario = j->scn->name;
		j->r.kernel = run_kversion;
		j->r.strategy = "none";
		j->r.complete_bound = -1;
		j->r.status = RUN_ERROR;
		j->r.reason = "the process that ran it died: a bug of vfiosim";
	}
	close(j->fd);
	while (waitpid(j->pid, &status, 0) < 0 && errno == EINTR)
		;
	j->done = true;
	if (!j->scn->fault)
		keep_store(j->path, cl, &j->r);
}

static void print_one(const struct cmdline *cl, struct job *j)
{
	const struct job *before;

	for (before = jobs; cl->fail_sweep && before < j; before++)
		sweep_mark_same(&j->r, &before->r);
	if (cmdline_stdout_formats(cl))
		return;
	if (cl->steps && j->r.status == RUN_PASS)
		return;
	if (cl->quiet) {
		printf("%-36s %s\n", j->r.scenario, run_status_name(j->r.status));
		return;
	}
	result_print_human(stdout, &j->r, cl->color);
	if (cl->verb == CMD_MINIMISE && j->r.nfailures && j->r.failures[0].small)
		printf("\n%s\nreplay: vfiosim replay %s%s\n", j->r.failures[0].small,
		       j->r.failures[0].small_token,
		       run_replay_option(&j->r.failures[0]));
	fflush(stdout);
}

/* Ctrl-C reaches all of them; kill(1) reaches only this one. */
static void interrupt_all(void)
{
	unsigned int i;

	for (i = 0; i < njobs; i++)
		if (jobs[i].pid > 0 && !jobs[i].done)
			kill(jobs[i].pid, SIGTERM);
}

static void run_all(const struct cmdline *cl, const struct token *token)
{
	unsigned int max = cl->jobs, next = 0, running = 0, printed = 0, i;
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	struct cmdline each = *cl;
	bool told = false;

	if (!max)
		max = cpus > 0 ? (unsigned int)cpus : 1;
	/*
	 * Many scenarios: one processor each. A single one has them all, unless
	 * coverage is counted: what helpers do may not count in the end.
	 */
	each.jobs = njobs == 1 && !counters_exist() ? max : 1;
	while (printed < njobs) {
		while (running < max && next < njobs && !run_interrupted) {
			struct job *j = &jobs[next++];

			j->done = !token && !j->scn->fault &&
				keep_load(j->scn, j->path, cl, &j->r);
			if (j->done)
				continue;
			start(j, &each, token);
			running++;
		}
		if (printed == next)
			break;	/* interrupted before the next one started */
		if (run_interrupted && !told) {
			interrupt_all();
			told = true;
		}
		for (i = printed; i < next; i++) {
			struct pollfd p = { .fd = jobs[i].fd, .events = POLLIN };

			if (!jobs[i].done && poll(&p, 1, i == printed ? 50 : 0) > 0) {
				collect(&jobs[i], cl);
				running--;
			}
		}
		while (printed < next && jobs[printed].done)
			print_one(cl, &jobs[printed++]);
	}
	njobs = printed;
	keep_clean();
}

static int finish(const struct cmdline *cl)
{
	struct run_result *all = calloc(njobs + 1, sizeof(*all));
	unsigned int i, count[8] = { 0 };
	int rc;

	for (i = 0; i < njobs; i++) {
		all[i] = jobs[i].r;
		count[all[i].status]++;
	}
	if (cl->ktap)
		ktap_results(stdout, "vfiosim", all, njobs);
	if ((cl->json && result_write(cl->json, json_results, all, njobs)) ||
	    (cl->junit && result_write(cl->junit, junit_results, all, njobs)))
		return CMD_EXIT_USAGE;
	if (!cmdline_stdout_formats(cl) && njobs > 1)
		printf("%u scenarios on %s: %u passed, %u known bugs found, %u failed, %u skipped, %u errors\n",
		       njobs, run_kversion, count[RUN_PASS], count[RUN_KNOWN], count[RUN_FAIL],
		       count[RUN_SKIP], count[RUN_ERROR]);
	if (cl->lifecycle && cl->verb == CMD_RUN && !cmdline_stdout_formats(cl))
		result_print_lifecycle(stdout, all, njobs);
	if (!cmdline_stdout_formats(cl) && cl->fail_sweep)
		result_sweep(stdout, all, njobs);
	rc = pages_write(cl, all, njobs) ? result_exit_code(all, njobs) : CMD_EXIT_USAGE;
	free(all);
	return run_interrupted && !rc ? CMD_EXIT_INTERRUPTED : rc;
}

/* Nothing is green when mistakes that are there for it are not found. */
static bool trusted(const struct cmdline *cl)
{
	char *why = selfcheck(cl), *reason = NULL;
	unsigned int i;

	if (!why)
		return true;
	if (asprintf(&reason, "self-check failed: %s", why) < 0)
		reason = NULL;
	free(why);
	fprintf(stderr, "vfiosim: %s: no result of this build on this machine can be trusted\n",
		reason);
	for (i = 0; i < njobs; i++) {
		jobs[i].r.scenario = jobs[i].scn->name;
		jobs[i].r.kernel = run_kversion;
		jobs[i].r.strategy = "none";
		jobs[i].r.complete_bound = -1;
		jobs[i].r.status = RUN_ERROR;
		jobs[i].r.reason = reason;
		print_one(cl, &jobs[i]);
	}
	return false;
}

/* What tasks do at the same time needs somebody who decides when. */
static bool environment_ok(const struct cmdline *cl)
{
	if ((cl->early_timers || cl->fail_allocations) && cl->engine == CMD_ENGINE_PARALLEL) {
		fputs("vfiosim: --early-timers and --fail-allocations need an engine that explores "
		      "(fibers, ucontext, baton)\n", stderr);
		return false;
	}
	return !cl->fail_allocations || cl->fail_sweep || sweep_known_read(run_scenario_dir());
}

static void find_kernel(void)
{
	const char *v = getenv("VFIOSIM_KVERSION");
	unsigned int a = 0, b = 0, c = 0;

	if (v && *v)
		run_kversion = v;
	sscanf(run_kversion, "%u.%u.%u", &a, &b, &c);
	run_kver = scn_kver(a, b, c);
	sym_set_kdir(getenv("VFIOSIM_KDIR"));
	sym_set_srcdir(getenv("VFIOSIM_SRC") ? getenv("VFIOSIM_SRC") : VFIOSIM_SOURCE_DIR);
}

int main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_interrupt };
	struct token token, *tp = NULL;
	const char *why;
	struct cmdline cl;
	int i, rc = cmdline_parse(&cl, argc, argv);

	if (rc)
		return rc;
	/* The pages link the folders, which have a page each. */
	if (cl.html && cl.verb == CMD_RUN && !cl.save)
		cl.save = cl.html;
	find_kernel();
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	if (cl.list_oracles) {
		list_oracles();
		return 0;
	}
	if (!oracles_known(&cl) || !races_init(&cl) || (cl.fail_sweep && !sweep_init(&cl)) ||
	    !environment_ok(&cl))
		return CMD_EXIT_USAGE;
	if (cl.verb == CMD_REPLAY || cl.verb == CMD_MINIMISE) {
		if (cl.nr_args != 1) {
			fprintf(stderr, "vfiosim: %s takes one token\n", cmdline_verb_name(cl.verb));
			return CMD_EXIT_USAGE;
		}
		if (!token_parse(cl.args[0], &token, &why)) {
			fprintf(stderr, "vfiosim: '%s' is no token: %s\n", cl.args[0], why);
			return CMD_EXIT_USAGE;
		}
		tp = &token;
		cl.points = token.points_mem ? CMD_POINTS_MEM : CMD_POINTS_SYNC;
		if (strcmp(token.version, run_kversion))
			fprintf(stderr, "vfiosim: note: the token is of %s, this is %s: the schedule may diverge\n",
				token.version, run_kversion);
		if (!add_matching(token.scenario))
			return CMD_EXIT_USAGE;
	} else if (!cl.nr_args) {
		if (!add_matching(cl.verb == CMD_BENCH && !cl.table ? "unbind-while-open" : "*"))
			return CMD_EXIT_USAGE;
	}
	for (i = 0; !tp && i < cl.nr_args; i++)
		if (!add_matching(cl.args[i]))
			return CMD_EXIT_USAGE;
	if (cl.verb == CMD_BENCH && cl.table) {
		struct scenario **all = calloc(njobs, sizeof(*all));

		for (i = 0; all && i < (int)njobs; i++)
			all[i] = jobs[i].scn;
		return all ? table_main(&cl, all, njobs) : CMD_EXIT_USAGE;
	}
	if (cl.verb == CMD_BENCH)
		return bench_main(&cl, jobs[0].scn);
	if (tp || trusted(&cl))
		run_all(&cl, tp);
	return finish(&cl);
}
