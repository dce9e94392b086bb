// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim compare --range DIR BASE..TIP: what each commit of a series changed.
 * Every commit is explored once and compared with the one before it; one that
 * does not build is passed over, and the next is compared with the last that did.
 */
#define _XOPEN_SOURCE 700
#include "compare.h"
#include "../kernels/sysutil.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

/**
 * struct commit - one of the series; the first is its base
 * @spec:	DIR@COMMIT
 * @title:	"0123456789ab subject"
 * @side:	what ran on it
 * @built:	it did
 * @compared:	@all is filled, against the last one before that was built
 */
struct commit {
	char *spec, *title;
	struct side side;
	bool built, compared;
	struct compare_all all;
};

struct series {
	struct commit *c;
	unsigned int n;
};

static void add_commit(struct series *s, const char *dir, const char *line)
{
	size_t len = strcspn(line, "\n");
	struct commit *c;

	s->c = realloc(s->c, (s->n + 1) * sizeof(*s->c));
	if (!s->c)
		abort();
	c = &s->c[s->n++];
	memset(c, 0, sizeof(*c));
	c->spec = str_printf("%s@%.*s", dir, (int)strcspn(line, " \n"), line);
	c->title = str_printf("%.12s%.*s", line, (int)(len - strcspn(line, " \n")),
			      line + strcspn(line, " \n"));
}

/* "HASH subject" lines of git log, the oldest first */
static int add_commits(struct series *s, const char *dir, const char *what, const char *count)
{
	const char *argv[] = { "git", "-C", dir, "log", "--reverse", "--first-parent",
			       "--format=%H %s", what, count, "--", NULL };
	int status, n = 0;
	char *text, *p;

	if (!count) {
		argv[8] = "--";
		argv[9] = NULL;
	}
	text = proc_capture(argv, &status);
	for (p = text; !status && *p; p += strcspn(p, "\n"), p += *p == '\n', n++)
		add_commit(s, dir, p);
	free(text);
	return status ? -1 : n;
}

/* Return: 0, or an exit status after a message */
static int list_commits(struct series *s, const char *dir, const char *range)
{
	const char *dots = strstr(range, "..");
	char *base = str_printf("%.*s", dots ? (int)(dots - range) : 0, range);
	int n = -1;

	if (!dots || !*base || *range == '-' || dots[2] == '.')
		fprintf(stderr, "vfiosim compare: '%s' is not BASE..TIP\n", range);
	else if (add_commits(s, dir, base, "-1") != 1)
		fprintf(stderr, "vfiosim: %s: no revision '%s', or not a git repository\n", dir, base);
	else if ((n = add_commits(s, dir, range, NULL)) < 0)
		fprintf(stderr, "vfiosim: %s: git cannot list '%s'\n", dir, range);
	else if (!n)
		fprintf(stderr, "vfiosim: %s: no commits in '%s'\n", dir, range);
	free(base);
	return n > 0 ? 0 : CMD_EXIT_USAGE;
}

static void print_commit(const struct commit *c, const struct cmdline *cl)
{
	const struct compare_all *all = &c->all;
	unsigned int v, told = 0;

	if (!c->built) {
		printf("%s: does not build, or could not be run\n", c->title);
		return;
	}
	printf("%s:", c->title);
	for (v = COMPARE_SAME + 1; v < COMPARE_NR_VERDICTS; v++)
		if (all->count[v])
			printf("%s %u %s", told++ ? "," : "", all->count[v],
			       compare_verdict_name((enum compare_verdict)v));
	if (!told)
		printf(" same");
	putchar('\n');
	compare_print_lines(stdout, all, cl->verbose, cl->color);
	fflush(stdout);
}

/* Return: 0, or an exit status after a message */
static int run_one(struct side *s, const struct cmdline *cl, int argc, char **argv,
		   char *const *names, int n)
{
	int status = side_open(s, cl, true);

	if (!status && !cl->quiet)
		fprintf(stderr, "exploring linux %s\n", s->name);
	if (!status)
		status = side_explore(s, cl, argc, argv, names, n);
	side_close(s);
	return status;
}

static int run_all(struct series *s, const struct cmdline *cl, int argc, char **argv,
		   char *const *names, int n, bool text)
{
	const struct commit *last = NULL;
	unsigned int i;
	int status;

	for (i = 0; i < s->n; i++) {
		struct commit *c = &s->c[i];

		c->side.spec = c->spec;
		status = run_one(&c->side, cl, argc, argv, names, n);
		if (status == CMD_EXIT_INTERRUPTED)
			return status;
		c->built = !status;
		if (!last && status)
			return status;	/* nothing to compare with */
		if (last && c->built) {
			sides_compare(&c->all, cl, &last->side, &c->side);
			c->compared = true;
		}
		if (i && text)
			print_commit(c, cl);
		if (c->built)
			last = c;
	}
	return 0;
}

static struct json_object *series_json(const struct series *s)
{
	struct json_object *top = json_object_new_object(), *a = json_object_new_array(), *o;
	unsigned int i;

	json_object_object_add(top, "format", json_object_new_int(1));
	for (i = 1; i < s->n; i++) {
		o = json_object_new_object();
		json_object_object_add(o, "commit", json_object_new_string(s->c[i].title));
		json_object_object_add(o, "comparison",
				       s->c[i].compared ? compare_json(&s->c[i].all) : NULL);
		json_object_array_add(a, o);
	}
	json_object_object_add(top, "commits", a);
	return top;
}

/* The worst of all commits: 1 before 2, since it is found and stays so */
static int verdict(const struct series *s)
{
	unsigned int i;
	int status = 0, one;

	for (i = 1; i < s->n; i++) {
		one = s->c[i].compared ? compare_exit_code(&s->c[i].all) : CMD_EXIT_USAGE;
		if (one == CMD_EXIT_FAIL || !status)
			status = one;
	}
	return status;
}

static int write_files(const struct series *s, const struct cmdline *cl)
{
	struct compare_all *all = calloc(s->n, sizeof(*all));
	const char **suite = calloc(s->n, sizeof(*suite));
	unsigned int n = 0, i;
	int err;

	if (!all || !suite)
		abort();
	for (i = 1; i < s->n; i++)
		if (s->c[i].compared) {
			all[n] = s->c[i].all;
			suite[n++] = s->c[i].title;
		}
	err = compare_write(cl, all, suite, n, cl->json ? series_json(s) : NULL);
	free(all);
	free(suite);
	return err ? CMD_EXIT_USAGE : 0;
}

int compare_range(const struct cmdline *cl, int argc, char **argv)
{
	bool text = !cmdline_stdout_formats(cl);
	struct series s = { 0 };
	struct cmdline scenarios = *cl;
	unsigned int i;
	int status = list_commits(&s, cl->args[0], cl->args[1]), n = 0, k;
	char **names;

	scenarios.args += 2;
	scenarios.nr_args -= 2;
	names = scenarios_matching(&scenarios, &n);
	if (!status)
		status = run_all(&s, cl, argc, argv, names, n, text);
	for (k = 0; k < n; k++)
		free(names[k]);
	free(names);
	if (!status) {
		status = write_files(&s, cl);
		status = status ? status : verdict(&s);
	}
	for (i = 0; i < s.n; i++) {
		if (s.c[i].compared)
			compare_free(&s.c[i].all);
		side_free(&s.c[i].side);
		free(s.c[i].spec);
		free(s.c[i].title);
	}
	free(s.c);
	return status;
}
