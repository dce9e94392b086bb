// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim compare: the same scenarios, plan, seed and budget on two kernels.
 * Both are built; then a few scenarios at a time run on the one and on the
 * other, so that what is broken is soon told: first those that a glance at B, a
 * few schedules of each, finds something with, then the small ones. What the
 * guests leave is compared by tools/compare. With --coverage everything runs
 * once more, on another build: what was found is printed before that.
 */
#define _XOPEN_SOURCE 700
#include "compare.h"
#include "coverage.h"
#include "../compare/coverage.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>

#define PARTS		4	/* that the scenarios are done in */
#define MANY		12	/* scenarios that are worth parting */
#define SUSPECTS	2	/* that come first */

/**
 * struct session - a comparison that is being made
 * @names:	@n scenarios, in the order in which they run
 * @told:	the report of something that is broken was printed
 * @enough:	--first: nothing more is to be explored
 */
struct session {
	const struct cmdline *cl;
	int argc;
	char **argv;
	struct side side[2];
	char **names;
	int n;
	bool told, enough;
};

/* So far; the results that were new are the last ones of each side */
static void compare_last(struct compare_all *all, const struct cmdline *cl,
			 const struct side *side)
{
	const struct json_file *a = &side[SIDE_A].files[side[SIDE_A].nr_files - 1];
	const struct json_file *b = &side[SIDE_B].files[side[SIDE_B].nr_files - 1];

	compare_results(all, a->r, a->n, b->r, b->n, cl->max_failures);
}

/* The report of what is broken need not wait for the rest. True: there is such a thing */
static bool tell_broken(struct session *s)
{
	const struct cmdline *cl = s->cl;
	struct compare_all all;
	bool broken;

	compare_last(&all, cl, s->side);
	broken = all.count[COMPARE_BROKEN];
	if (broken && !s->told && !cl->quiet && !cl->verbose && !cmdline_stdout_formats(cl)) {
		compare_print_failures(stdout, &all, 0, cl->color);
		fflush(stdout);
		s->told = true;
		if (s->side[SIDE_B].n < (unsigned int)s->n)
			fprintf(stderr, "%u of %d scenarios compared%s\n", s->side[SIDE_B].n, s->n,
				cl->first ? "" : "; --first stops here");
	}
	compare_free(&all);
	return broken;
}

/* A number of scenarios on both sides, unless --first is content already */
static int explore_some(struct session *s, char **names, int n)
{
	int status = side_explore(&s->side[SIDE_A], s->cl, s->argc, s->argv, names, n);

	if (!status)
		status = side_explore(&s->side[SIDE_B], s->cl, s->argc, s->argv, names, n);
	if (!status && tell_broken(s))
		s->enough = s->cl->first;
	return status;
}

/* Those that a glance at B suspects go to the front: where, is returned */
static int suspects_first(struct session *s, int *status)
{
	struct side b = s->side[SIDE_B];
	int first = 0, i;
	unsigned int k;

	b.r = NULL;
	b.files = NULL;
	b.n = b.nr_files = 0;
	*status = side_glance(&b, s->cl, s->argc, s->argv, s->names, s->n);
	for (i = 0; i < s->n && first < SUSPECTS; i++) {
		char *name = s->names[i];

		for (k = 0; k < b.n && strcmp(b.r[k].scenario, name); k++)
			;
		if (k == b.n || b.r[k].status != RUN_FAIL || !b.r[k].nfailures)
			continue;
		memmove(s->names + first + 1, s->names + first,
			(size_t)(i - first) * sizeof(*s->names));
		s->names[first++] = name;
	}
	side_forget(&b);
	return first;
}

static int explore_both(struct session *s)
{
	bool glance = s->n >= MANY && !s->cl->budget && !s->cl->budget_seconds;
	int i, from, to, first = 0, parts = s->n < MANY ? 1 : PARTS, status = 0;

	if (!s->cl->quiet)
		fprintf(stderr, "exploring linux %s and linux %s\n", s->side[SIDE_A].name,
			s->side[SIDE_B].name);
	if (glance)
		first = suspects_first(s, &status);
	if (first && !status)
		status = explore_some(s, s->names, first);
	for (i = 0; i < parts && !status && !s->enough; i++) {
		from = first + (s->n - first) * i / parts;
		to = first + (s->n - first) * (i + 1) / parts;
		if (from < to)
			status = explore_some(s, s->names + from, to - from);
	}
	return status;
}

void sides_compare(struct compare_all *all, const struct cmdline *cl, const struct side *a,
		   const struct side *b)
{
	compare_results(all, a->r, a->n, b->r, b->n, cl->max_failures);
	all->name[SIDE_A] = a->name;
	all->name[SIDE_B] = b->name;
	all->spec[SIDE_A] = a->spec;
	all->spec[SIDE_B] = b->spec;
}

/* @told: the report of something that is broken was printed already */
static void print(const struct cmdline *cl, const struct compare_all *all, bool told)
{
	if (cmdline_stdout_formats(cl))
		return;
	if (!cl->quiet && !told)
		compare_print_failures(stdout, all, cl->verbose, cl->color);
	compare_print(stdout, all, cl->verbose, cl->color);
	fflush(stdout);
}

static int write_files(const struct cmdline *cl, const struct compare_all *all)
{
	char *suite = str_printf("vfiosim-%s-%s", all->name[SIDE_A], all->name[SIDE_B]);
	const char *suites[] = { suite };
	int err = compare_write(cl, all, suites, 1, cl->json ? compare_json(all) : NULL);

	free(suite);
	return err ? CMD_EXIT_USAGE : 0;
}

static int report(struct session *s)
{
	struct kernel_coverage k[2] = { { 0 } };
	struct compare_coverage coverage = { .n = 0 };
	struct compare_all all;
	int covered = 0, status;

	sides_compare(&all, s->cl, &s->side[SIDE_A], &s->side[SIDE_B]);
	print(s->cl, &all, s->told);
	if (s->cl->coverage) {
		covered = sides_coverage(&coverage, k, s->cl, s->side, s->names, s->n);
		if (!covered)
			all.coverage = &coverage;
	}
	if (all.coverage && !cmdline_stdout_formats(s->cl))
		compare_coverage_print(stdout, &coverage, s->cl->verbose);
	status = covered == CMD_EXIT_INTERRUPTED ? covered : write_files(s->cl, &all);
	if (!status && covered != CMD_EXIT_SKIPPED)
		status = covered;
	if (!status)
		status = compare_exit_code(&all);
	compare_coverage_free(&coverage);
	coverage_free(&k[SIDE_A]);
	coverage_free(&k[SIDE_B]);
	compare_free(&all);
	return status;
}

static int compare_two(const struct cmdline *cl, int argc, char **argv,
		       const struct cmdline *scenarios)
{
	struct session s = {
		.cl = cl, .argc = argc, .argv = argv,
		.side = { { .spec = cl->args[0] }, { .spec = cl->args[1] } },
	};
	int status, i;

	s.names = scenarios_by_size(scenarios, &s.n);
	status = side_open(&s.side[SIDE_A], cl, false);
	if (!status)
		status = side_open(&s.side[SIDE_B], cl, true);
	if (!status)
		status = explore_both(&s);
	if (!status)
		status = report(&s);
	side_free(&s.side[SIDE_A]);
	side_free(&s.side[SIDE_B]);
	for (i = 0; i < s.n; i++)
		free(s.names[i]);
	free(s.names);
	return status;
}

int verb_compare(const struct cmdline *cl, int argc, char **argv)
{
	struct cmdline scenarios = *cl;
	int status;

	if (cl->nr_args < 2) {
		fputs(cl->range ? "vfiosim compare: --range needs a repository and BASE..TIP\n" :
		      "vfiosim compare: which two kernels? (vfiosim compare --help)\n", stderr);
		return CMD_EXIT_USAGE;
	}
	if (cl->html && cl->range) {
		fputs("vfiosim compare: --html is not for --range: give two of its commits\n", stderr);
		return CMD_EXIT_USAGE;
	}
	if (cl->coverage && (cl->range || cl->first)) {
		fprintf(stderr, "vfiosim compare: --coverage is not for --%s: it is of two kernels and all scenarios\n",
			cl->range ? "range" : "first");
		return CMD_EXIT_USAGE;
	}
	scenarios.args += 2;
	scenarios.nr_args -= 2;
	status = scenarios_check(&scenarios);
	if (!status && cl->coverage)
		status = coverage_tools();
	if (status)
		return status;
	return cl->range ? compare_range(cl, argc, argv) : compare_two(cl, argc, argv, &scenarios);
}
