// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim mutate: how good is the suite? The kernel's source is changed in a
 * scratch copy, one small mistake at a time, and each time the scenarios have to
 * notice. Neither the tree nor its build directory is touched.
 */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE		/* mkdtemp() */
#include "front.h"
#include "../kernels/sysutil.h"
#include "../mutate/trial.h"
#include "../scenario/scenario.h"

#include <fnmatch.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_BUDGET	5000ULL
#define FULL_BUDGET	400000ULL	/* what "run" explores without --budget */
#define MAX_FILES	8

/* where the lifecycle is, in the kernels that there are */
static const char *const default_files[] = {
	"drivers/vfio/vfio.c", "drivers/vfio/vfio_main.c", "drivers/vfio/group.c",
	"drivers/vfio/container.c", NULL
};

struct session {
	const struct cmdline *cl;
	struct source sources[MAX_FILES];
	int nr_sources;
	struct mutants all;
	struct equivalents *known;
	const char **reasons;		/* of each mutant that is recorded as equivalent */
	struct trial *trials;
	struct lab lab;
	struct suite suite;
};

static bool wanted(const char *function, const void *arg)
{
	const struct cmdline *cl = arg;

	return cl->functions ? !fnmatch(cl->functions, function, 0) : lifecycle_function(function);
}

static int read_sources(struct session *s, const struct kernel_tree *tree)
{
	const char *one[] = { s->cl->file, NULL };
	const char *const *files = s->cl->file ? one : default_files;
	int i;

	for (i = 0; files[i]; i++) {
		char *path = str_printf("%s/%s", tree->dir, files[i]);

		if (source_read(path, &s->sources[s->nr_sources])) {
			mutants_make(&s->all, files[i], &s->sources[s->nr_sources], wanted, s->cl);
			s->nr_sources++;
		} else if (s->cl->file) {
			fprintf(stderr, "vfiosim: %s: no such file in linux %s\n", s->cl->file,
				tree->version);
		}
		free(path);
	}
	if (s->nr_sources && !s->all.n)
		fprintf(stderr, "vfiosim: nothing to change%s%s\n",
			s->cl->functions ? ": no function matches " : "",
			s->cl->functions ? s->cl->functions : "");
	return s->all.n ? 0 : CMD_EXIT_USAGE;
}

static int read_equivalents(struct session *s)
{
	char *src = guest_source_dir();
	char *path = src ? str_printf("%s/scenarios/mutants-equivalent.txt", src) : str_dup("");
	unsigned int i;
	int f;

	s->known = equivalents_read(path);
	s->reasons = calloc(s->all.n, sizeof(*s->reasons));
	if (!s->reasons)
		abort();
	for (i = 0; s->known && i < s->all.n; i++)
		s->reasons[i] = equivalents_reason(s->known, &s->all.m[i]);
	for (f = 0; s->known && !s->cl->functions && f < s->nr_sources; f++)
		if (s->cl->verbose)
			equivalents_stale(s->known, &s->sources[f], stderr);
	free(src);
	free(path);
	return s->known ? 0 : CMD_EXIT_USAGE;
}

/* "7", "7,9", "7-9,12": is this one named? */
static bool named(const char *list, unsigned int nr)
{
	unsigned int from, to;

	for (; list; list = strchr(list, ',') ? strchr(list, ',') + 1 : NULL) {
		switch (sscanf(list, "%u-%u", &from, &to)) {
		case 1:
			to = from;
			/* fall through */
		case 2:
			if (from <= nr && nr <= to)
				return true;
		}
	}
	return false;
}

/* Leave out, for now, what need not be tried */
static void choose(struct session *s)
{
	unsigned int i;

	for (i = 0; i < s->all.n; i++) {
		bool skip = s->cl->mutant ? !named(s->cl->mutant, i + 1) : s->reasons[i] != NULL;

		s->trials[i].end = skip ? TRIAL_SKIPPED : TRIAL_WAITING;
	}
}

static unsigned int count(const struct session *s, enum trial_end end, const char *rule)
{
	unsigned int i, n = 0;

	for (i = 0; i < s->all.n; i++)
		n += s->trials[i].end == end && (!rule || !strcmp(rule, s->all.m[i].rule));
	return n;
}

static unsigned int count_recorded(const struct session *s, const char *rule)
{
	unsigned int i, n = 0;

	for (i = 0; i < s->all.n; i++)
		n += s->trials[i].end == TRIAL_SKIPPED && s->reasons[i] &&
		     (!rule || !strcmp(rule, s->all.m[i].rule));
	return n;
}

static unsigned int score(unsigned int killed, unsigned int survived)
{
	return killed + survived ? 100 * killed / (killed + survived) : 100;
}

static void print_rules(const struct session *s)
{
	const char *rule;
	unsigned int i, j;

	printf("\n%-14s %7s %9s %10s %5s\n", "rule", "killed", "survived", "equivalent", "score");
	for (i = 0; i < s->all.n; i++) {
		unsigned int k, a, e;

		rule = s->all.m[i].rule;
		for (j = 0; j < i && strcmp(s->all.m[j].rule, rule); j++)
			;
		if (j < i)
			continue;
		k = count(s, TRIAL_KILLED, rule);
		a = count(s, TRIAL_SURVIVED, rule);
		e = count(s, TRIAL_SAME_CODE, rule) + count_recorded(s, rule);
		printf("%-14s %7u %9u %10u %4u%%\n", rule, k, a, e, score(k, a));
	}
}

static void print_killers(const struct session *s)
{
	unsigned int i, n;
	int k;

	printf("\nkilled by\n");
	for (k = 0; k < s->suite.n; k++) {
		for (n = i = 0; i < s->all.n; i++)
			n += s->trials[i].end == TRIAL_KILLED && s->trials[i].scenario == k;
		if (n)
			printf("%5u %s\n", n, s->suite.names[k]);
	}
}

static void print_mutant(const struct session *s, unsigned int i)
{
	const struct trial *t = &s->trials[i];
	char *diff = mutant_diff(&s->all.m[i], s->lab.scratch);

	mutant_print(stdout, i + 1, &s->all.m[i]);
	if (t->end == TRIAL_KILLED)
		printf("     killed by %s: %s\n", s->suite.names[t->scenario], t->said);
	else if (t->end == TRIAL_STILLBORN)
		printf("     does not compile\n");
	else if (t->end == TRIAL_SAME_CODE)
		printf("     the compiler makes the same code of it\n");
	if (s->reasons[i])
		printf("     recorded as equivalent: %s\n", s->reasons[i]);
	printf("%s\n", diff);
	free(diff);
}

static int report(const struct session *s)
{
	unsigned int killed = count(s, TRIAL_KILLED, NULL), alive = count(s, TRIAL_SURVIVED, NULL);
	double seconds = 0;
	unsigned int i;

	for (i = 0; i < s->all.n; i++) {
		seconds += s->trials[i].seconds;
		if (s->cl->mutant ? named(s->cl->mutant, i + 1) : s->trials[i].end == TRIAL_SURVIVED)
			print_mutant(s, i);
	}
	if (!s->cl->mutant) {
		print_rules(s);
		if (s->cl->verbose)
			print_killers(s);
	}
	printf("\n%u mutants: %u killed, %u survived, %u recorded as equivalent, %u the same code, %u do not compile\n",
	       s->all.n, killed, alive, count_recorded(s, NULL),
	       count(s, TRIAL_SAME_CODE, NULL), count(s, TRIAL_STILLBORN, NULL));
	printf("score %u%%, %.0f s of processor time\n", score(killed, alive), seconds);
	return alive ? CMD_EXIT_FAIL : CMD_EXIT_PASS;
}

static int report_json(const struct session *s)
{
	static const char *const ends[] = {
		[TRIAL_WAITING] = "not tried", [TRIAL_STILLBORN] = "stillborn",
		[TRIAL_SAME_CODE] = "same code", [TRIAL_KILLED] = "killed",
		[TRIAL_SURVIVED] = "survived", [TRIAL_BROKEN] = "error",
		[TRIAL_SKIPPED] = "not tried",
	};
	struct json_object *top = json_object_new_object(), *a = json_object_new_array(), *o;
	unsigned int killed = count(s, TRIAL_KILLED, NULL), alive = count(s, TRIAL_SURVIVED, NULL), i;
	FILE *f = strcmp(s->cl->json, "-") ? fopen(s->cl->json, "w") : stdout;

	for (i = 0; i < s->all.n; i++) {
		const struct mutant *m = &s->all.m[i];
		const struct trial *t = &s->trials[i];

		o = json_object_new_object();
		json_object_object_add(o, "mutant", json_object_new_int64(i + 1));
		json_object_object_add(o, "file", json_object_new_string(m->file));
		json_object_object_add(o, "line", json_object_new_int64(m->line));
		json_object_object_add(o, "function", json_object_new_string(m->function));
		json_object_object_add(o, "rule", json_object_new_string(m->rule));
		json_object_object_add(o, "statement", json_object_new_string(m->what));
		json_object_object_add(o, "end", json_object_new_string(
			t->end == TRIAL_SKIPPED && s->reasons[i] ? "equivalent" : ends[t->end]));
		if (t->end == TRIAL_KILLED) {
			json_object_object_add(o, "killed_by",
				json_object_new_string(s->suite.names[t->scenario]));
			json_object_object_add(o, "said", json_object_new_string(t->said));
		}
		if (s->reasons[i])
			json_object_object_add(o, "reason", json_object_new_string(s->reasons[i]));
		json_object_array_add(a, o);
	}
	json_object_object_add(top, "format", json_object_new_int(1));
	json_object_object_add(top, "score", json_object_new_int64(score(killed, alive)));
	json_object_object_add(top, "mutants", a);
	if (f)
		fprintf(f, "%s\n", json_object_to_json_string_ext(top, JSON_C_TO_STRING_PRETTY |
								  JSON_C_TO_STRING_NOSLASHESCAPE));
	else
		fprintf(stderr, "vfiosim: %s cannot be written\n", s->cl->json);
	json_object_put(top);
	if (f && f != stdout)
		fclose(f);
	return !f ? CMD_EXIT_USAGE : alive ? CMD_EXIT_FAIL : CMD_EXIT_PASS;
}

static int open_lab(struct session *s, const struct kernel_tree *tree, const struct guest *guest)
{
	const char *tmp = getenv("TMPDIR");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	s->lab.build = guest->dir;
	s->lab.runner = guest->runner;
	s->lab.kdir = tree->dir;
	s->lab.jobs = s->cl->jobs ? s->cl->jobs : cpus > 0 ? (unsigned int)cpus : 1;
	s->lab.full = s->cl->budget ? s->cl->budget : FULL_BUDGET;
	s->lab.first = s->lab.full < FIRST_BUDGET ? s->lab.full : FIRST_BUDGET;
	s->lab.verbose = s->cl->verbose;
	s->lab.scratch = str_printf("%s/vfiosim-mutate-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (mkdtemp(s->lab.scratch))
		return 0;
	fprintf(stderr, "vfiosim: %s cannot be made; set TMPDIR to a directory that can be written to\n",
		s->lab.scratch);
	free(s->lab.scratch);
	s->lab.scratch = NULL;
	return CMD_EXIT_USAGE;
}

static int try_all(struct session *s)
{
	if (trial_all(&s->lab, &s->suite, s->all.m, s->trials, s->all.n))
		return s->cl->json ? report_json(s) : report(s);
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : CMD_EXIT_USAGE;
}

static int with_guest(struct session *s, const struct kernel_tree *tree)
{
	struct guest guest;
	int status = guest_build(tree, "tsan", s->cl->quiet, &guest);

	if (status)
		return status;
	guest_environment(tree, &guest);
	status = open_lab(s, tree, &guest);
	if (!status)
		status = try_all(s);
	if (s->lab.scratch)
		dir_remove(s->lab.scratch);
	free(s->lab.scratch);
	guest_close(&guest);
	return status;
}

static void list(const struct session *s)
{
	unsigned int i;

	for (i = 0; i < s->all.n; i++) {
		mutant_print(stdout, i + 1, &s->all.m[i]);
		if (s->reasons[i] && s->cl->verbose)
			printf("     equivalent: %s\n", s->reasons[i]);
	}
}

static void close_session(struct session *s)
{
	int i;

	mutants_free(&s->all);
	for (i = 0; i < s->nr_sources; i++)
		source_free(&s->sources[i]);
	equivalents_free(s->known);
	free(s->reasons);
	for (i = 0; i < s->suite.n; i++)
		free(s->suite.names[i]);
	free(s->suite.names);
}

/* NAME+STEP=N is for run: what a fault makes of a scenario judges nothing. */
static int refuse_faults(const struct cmdline *cl)
{
	int i, at;

	for (i = 0; i < cl->nr_args; i++) {
		at = (int)scn_fault_at(cl->args[i]);
		if (!cl->args[i][at])
			continue;
		fprintf(stderr, "vfiosim: mutate: '%s': no fault can be given here, a scenario judges as it is written; give '%.*s' alone\n",
			cl->args[i], at, cl->args[i]);
		return CMD_EXIT_USAGE;
	}
	return 0;
}

int verb_mutate(const struct cmdline *cl)
{
	struct session s = { .cl = cl };
	struct kernel_tree tree;
	int status = scenarios_check(cl);
	unsigned int i;

	if (!status)
		status = refuse_faults(cl);
	if (!status)
		status = guest_tree(cl, &tree);
	if (status)
		return status;
	status = read_sources(&s, &tree);
	if (!status)
		status = read_equivalents(&s);
	if (!status && cl->mutant) {
		for (i = 0; i < s.all.n && !named(cl->mutant, i + 1); i++)
			;
		if (i == s.all.n) {
			fprintf(stderr, "vfiosim: --mutant: '%s' names none of 1 to %u; --list shows them\n",
				cl->mutant, s.all.n);
			status = CMD_EXIT_USAGE;
		}
	}
	if (!status && cl->list) {
		list(&s);
	} else if (!status) {
		s.suite.names = scenarios_matching(cl, &s.suite.n);
		s.trials = trial_shared(s.all.n * sizeof(*s.trials));
		choose(&s);
		status = with_guest(&s, &tree);
	}
	close_session(&s);
	kernel_tree_close(&tree);
	return status;
}
