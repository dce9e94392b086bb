// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim bisect-run: one step of git bisect. The checked-out tree is copied
 * by contents, so that times of files, which a checkout sets as it likes, have
 * no say in what is compiled. Everything is done in a child: however that ends,
 * the exit status is one that git bisect knows.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../compare/compare.h"
#include "../kernels/sysutil.h"
#include "../report/json_read.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How far "nothing was found" can be relied on */
static void print_confidence(const struct run_result *r)
{
	const struct run_sampling *s = &r->sampling;

	if (r->exhaustive) {
		printf("complete: every schedule");
	} else if (r->complete_bound >= 0) {
		printf("complete to bound %d: every schedule with at most %d preemption%s",
		       r->complete_bound, r->complete_bound, r->complete_bound == 1 ? "" : "s");
	}
	if (s->schedules)
		printf("%sa bug of depth %u found with probability >= %.3g: 1-(1-p)^%lu, p = 1/(%u tasks * %lu points^%u)",
		       r->complete_bound >= 0 ? "; beyond, " : "", s->depth, result_chance(s),
		       s->schedules, s->tasks, s->points, s->depth - 1);
	else if (r->complete_bound < 0)
		printf("%lu schedules by %s, without a guarantee", r->schedules, r->strategy);
	if (r->cached)
		printf(" (cached)");
	putchar('\n');
}

static void print_one(const struct run_result *r, bool color)
{
	switch (compare_opinion(r)) {
	case OPINION_GOOD:
		printf("good: %s@%s: ", r->scenario, r->kernel);
		print_confidence(r);
		break;
	case OPINION_BAD:
		printf("bad: %s@%s: %s\n", r->scenario, r->kernel,
		       r->nfailures ? r->failures[0].headline : r->reason);
		if (r->nfailures)
			result_print_human(stdout, r, color);
		break;
	case OPINION_NONE:
		printf("not judged: %s@%s: %s\n", r->scenario, r->kernel,
		       r->reason ? r->reason : run_status_name(r->status));
		break;
	}
}

static int verdict(const struct json_file *jf, const struct cmdline *cl)
{
	unsigned int count[OPINION_NONE + 1] = { 0 }, skipped = 0, i;

	for (i = 0; i < jf->n; i++) {
		const struct run_result *r = &jf->r[i];

		count[compare_opinion(r)]++;
		skipped += r->status == RUN_SKIP;
		if (!cl->quiet)
			print_one(r, cl->color);
	}
	if (count[OPINION_BAD]) {
		printf("bad: %u of %u scenarios\n", count[OPINION_BAD], jf->n);
		return CMD_EXIT_FAIL;
	}
	if (count[OPINION_NONE] > skipped || !count[OPINION_GOOD] || proc_interrupted()) {
		printf("not judged: %u of %u scenarios could not be run, %u skipped\n",
		       count[OPINION_NONE] - skipped, jf->n, skipped);
		return CMD_EXIT_UNTESTABLE;
	}
	printf("good: %u scenarios%s\n", count[OPINION_GOOD], skipped ? ", the others do not apply" : "");
	return CMD_EXIT_PASS;
}

static int run_and_judge(const struct guest *guest, const struct cmdline *cl, int argc,
			 char **argv)
{
	const char *tmp = getenv("TMPDIR");
	char *json = str_printf("%s/vfiosim-bisect-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	static char run[] = "run";
	struct json_file jf;
	int status, fd;

	fd = mkstemp(json);
	if (fd < 0) {
		perror(json);
		free(json);
		return CMD_EXIT_UNTESTABLE;
	}
	close(fd);
	argv[1] = run;
	status = guest_run_json(guest, argc, argv, json, NULL);
	if (json_read(json, &jf)) {
		fprintf(stderr, "vfiosim: not judged: the run ended with status %d and no result\n",
			status);
		status = CMD_EXIT_UNTESTABLE;
	} else {
		status = verdict(&jf, cl);
		json_file_free(&jf);
	}
	unlink(json);
	free(json);
	return status;
}

static int step(const struct cmdline *given, int argc, char **argv)
{
	struct cmdline cl = *given;
	struct kernel_tree tree;
	struct guest guest;
	char *err = NULL;
	int status;

	if (!cl.kernel)
		cl.kernel = "./";
	if (scenarios_check(&cl) || guest_tree(&cl, &tree))
		return CMD_EXIT_UNTESTABLE;
	status = kernel_tree_freeze(&tree, &err);
	if (status) {
		fprintf(stderr, "vfiosim: %s\n", err);
		free(err);
	} else {
		status = guest_build(&tree, "tsan", cl.quiet, &guest);
	}
	if (!status) {
		guest_environment(&tree, &guest);
		guest_results(&cl);
		status = run_and_judge(&guest, &cl, argc, argv);
		guest_close(&guest);
	} else {
		status = CMD_EXIT_UNTESTABLE;
	}
	kernel_tree_close(&tree);
	return status;
}

int verb_bisect_run(const struct cmdline *cl, int argc, char **argv)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (!pid)
		exit(step(cl, argc, argv));
	while (pid > 0 && waitpid(pid, &status, 0) != pid)
		if (errno != EINTR)
			pid = -1;
		else if (proc_interrupted())
			kill(pid, SIGTERM);
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == CMD_EXIT_UNTESTABLE)
		fprintf(stderr, "vfiosim: this commit cannot be judged (125)\n");
	else if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > CMD_EXIT_FAIL)
		fprintf(stderr, "vfiosim: vfiosim itself has failed: this commit cannot be judged (125)\n");
	else
		return WEXITSTATUS(status);
	return CMD_EXIT_UNTESTABLE;
}
