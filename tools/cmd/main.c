// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim, the front command. It knows kernels and builds; what runs and
 * judges schedules is the guest runner, built for one kernel tree, which gets
 * the same command line.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "cmdline_table.h"
#include "../kernels/sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int verb_guest(const struct cmdline *cl, char **argv)
{
	struct kernel_tree tree;
	struct guest guest;
	int status = guest_tree(cl, &tree);

	if (status)
		return status;
	status = guest_build(&tree, guest_mode(cl), cl->quiet, &guest);
	if (status)
		return status;
	guest_environment(&tree, &guest);
	guest_results(cl);
	proc_release_interrupts();
	argv[0] = guest.runner;
	execv(guest.runner, argv);
	fprintf(stderr, "vfiosim: %s: %s\n", guest.runner, strerror(errno));
	return CMD_EXIT_USAGE;
}

static int verb_run(struct cmdline *cl, int argc, char **argv)
{
	int n, i, status = cl->list_oracles ? 0 : scenarios_check(cl);
	char **specs = kernel_specs(cl, &n);

	if (status) {
		/* told already */
	} else if (n > 1) {
		status = verb_matrix(cl, argc, argv, specs, n);
	} else {
		cl->kernel = n ? specs[0] : NULL;
		status = verb_guest(cl, argv);
	}
	for (i = 0; i < n; i++)
		free(specs[i]);
	free(specs);
	return status;
}

static int verb_help(const struct cmdline *cl)
{
	const char *known[CMD_NR_VERBS + 1] = { NULL }, *near;
	int i;

	if (!cl->nr_args) {
		cmdline_help(stdout, CMD_HELP);
		return CMD_EXIT_PASS;
	}
	for (i = 0; i < CMD_NR_VERBS; i++) {
		known[i] = cmd_verbs[i].name;
		if (!strcmp(cl->args[0], known[i])) {
			cmdline_help(stdout, (enum cmd_verb)i);
			return CMD_EXIT_PASS;
		}
	}
	near = cmdline_suggest(cl->args[0], known);
	fprintf(stderr, "vfiosim: unknown verb '%s'%s%s%s\n", cl->args[0],
		near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
	return CMD_EXIT_USAGE;
}

static int dispatch(struct cmdline *cl, int argc, char **argv)
{
	if (argc < 2) {
		cmdline_help(stderr, CMD_HELP);
		return CMD_EXIT_USAGE;
	}
	if (cl->help) {
		cmdline_help(stdout, cl->verb);
		return CMD_EXIT_PASS;
	}
	proc_catch_interrupts();
	if (cl->nr_kernels > 1 && cl->verb != CMD_RUN && cl->verb != CMD_COVERAGE) {
		fprintf(stderr, "vfiosim %s: one --kernel at a time\n", cmdline_verb_name(cl->verb));
		return CMD_EXIT_USAGE;
	}
	switch (cl->verb) {
	case CMD_HELP:
		return verb_help(cl);
	case CMD_VERSION:
		printf("vfiosim %s\n", VFIOSIM_VERSION);
		return CMD_EXIT_PASS;
	case CMD_LIST:
		return verb_list(cl);
	case CMD_KERNELS:
		return verb_kernels(cl);
	case CMD_COVERAGE:
		return verb_coverage(cl);
	case CMD_COMPLETION:
		return verb_completion(cl);
	case CMD_MUTATE:
		return verb_mutate(cl);
	case CMD_DOCTOR:
		return verb_doctor(cl);
	case CMD_COMPARE:
		return verb_compare(cl, argc, argv);
	case CMD_BISECT_RUN:
		return verb_bisect_run(cl, argc, argv);
	case CMD_RUN:
		return verb_run(cl, argc, argv);
	default:
		return verb_guest(cl, argv);
	}
}

int main(int argc, char **argv)
{
	struct cmdline cl;
	int status = cmdline_parse(&cl, argc, argv);

	if (!status)
		status = dispatch(&cl, argc, argv);
	/* for git bisect 2 would be bad, and it is not known whether it is */
	else if (cl.verb == CMD_BISECT_RUN)
		status = CMD_EXIT_UNTESTABLE;
	free(cl.args);
	return status;
}
