// SPDX-License-Identifier: GPL-2.0-only
/* Parsing of the command line, driven by the tables. */
#define _XOPEN_SOURCE 700
#include "cmdline_table.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int complain(const char *what, const char *given, const char *suggestion)
{
	fprintf(stderr, "vfiosim: %s '%s'", what, given);
	if (suggestion)
		fprintf(stderr, ", did you mean '%s'?\n", suggestion);
	else
		fputs(" (vfiosim --help)\n", stderr);
	return CMD_EXIT_USAGE;
}

static int bad_value(const struct cmd_option *o, const char *given, const char *expected)
{
	fprintf(stderr, "vfiosim: --%s: '%s' is not %s\n", o->name, given, expected);
	return CMD_EXIT_USAGE;
}

/* Digits in any C notation, nothing else; *end may be left behind when asked for */
static bool number(const char *s, uint64_t *value, const char **end)
{
	char *stop;

	if (!isdigit((unsigned char)*s))
		return false;
	errno = 0;
	*value = strtoull(s, &stop, 0);
	if (errno || (!end && *stop))
		return false;
	if (end)
		*end = stop;
	return true;
}

static int set_budget(struct cmdline *cl, const struct cmd_option *o, const char *value)
{
	static const char expected[] = "a number of schedules (5000, 20k, 1M) or of seconds (30s)";
	const char *end;
	uint64_t n, unit = 1;

	if (!number(value, &n, &end) || !n)
		return bad_value(o, value, expected);
	if (!strcmp(end, "s") && n <= UINT_MAX) {
		cl->budget_seconds = (unsigned int)n;
		cl->budget = 0;
		return 0;
	}
	if (!strcmp(end, "k"))
		unit = 1000;
	else if (!strcmp(end, "M"))
		unit = 1000000;
	else if (*end)
		return bad_value(o, value, expected);
	if (n > UINT64_MAX / unit)
		return bad_value(o, value, expected);
	cl->budget = n * unit;
	cl->budget_seconds = 0;
	return 0;
}

static int set_choice(unsigned int *field, const struct cmd_option *o, const char *value)
{
	const char *near;
	unsigned int i;

	for (i = 0; o->choices[i]; i++)
		if (!strcmp(value, o->choices[i])) {
			*field = i;
			return 0;
		}
	near = cmdline_suggest(value, o->choices);
	fprintf(stderr, "vfiosim: --%s: '%s' is none of", o->name, value);
	for (i = 0; o->choices[i]; i++)
		fprintf(stderr, "%s %s", i ? "," : "", o->choices[i]);
	if (near)
		fprintf(stderr, "; did you mean '%s'?", near);
	fputc('\n', stderr);
	return CMD_EXIT_USAGE;
}

static int set(struct cmdline *cl, const struct cmd_option *o, const char *value)
{
	void *field = (char *)cl + o->offset;
	char expected[64];
	uint64_t n;

	switch (o->kind) {
	case OPT_FLAG:
		/* these are there unless an option takes them away */
		*(bool *)field = o->offset != offsetof(struct cmdline, color) &&
			o->offset != offsetof(struct cmdline, minimise);
		return 0;
	case OPT_COUNT:
		++*(int *)field;
		return 0;
	case OPT_CHOICE:
		return set_choice(field, o, value);
	case OPT_STRING:
		if (!*value)
			return bad_value(o, value, o->value);
		*(const char **)field = value;
		return 0;
	case OPT_STRING_OPTIONAL:
		*(const char **)field = value && *value ? value : "-";
		return 0;
	case OPT_INT_OPTIONAL:
		value = value ? value : "1";
		/* fall through */
	case OPT_INT:
		snprintf(expected, sizeof(expected), "a number of at least %d", o->min);
		if (!number(value, &n, NULL) || n > INT_MAX || (int)n < o->min)
			return bad_value(o, value, expected);
		*(int *)field = (int)n;
		return 0;
	case OPT_SEED:
		if (!number(value, &cl->seed, NULL))
			return bad_value(o, value, "a number (decimal or 0x...)");
		cl->seed_given = true;
		return 0;
	case OPT_BUDGET:
		return set_budget(cl, o, value);
	case OPT_ORACLE:
		if (cl->nr_no_oracle == CMD_MAX_NO_ORACLES)
			return bad_value(o, value, "one of so many; too many oracles are off");
		cl->no_oracle[cl->nr_no_oracle++] = value;
		return 0;
	case OPT_KERNEL:
		if (!*value)
			return bad_value(o, value, o->value);
		if (cl->nr_kernels == CMD_MAX_KERNELS)
			return bad_value(o, value, "one of so many; too many kernels");
		cl->kernel = cl->kernels[cl->nr_kernels++] = value;
		return 0;
	case OPT_PATCH:
		if (!*value)
			return bad_value(o, value, o->value);
		if (cl->nr_patches == CMD_MAX_PATCHES)
			return bad_value(o, value, "one of so many; put the patches into one mailbox");
		cl->patches[cl->nr_patches++] = value;
		return 0;
	}
	return CMD_EXIT_USAGE;
}

static bool takes_value(const struct cmd_option *o)
{
	return o->kind != OPT_FLAG && o->kind != OPT_COUNT && !cmd_optional(o);
}

static int unknown_option(const struct cmdline *cl, const char *given)
{
	const char *known[64];
	const struct cmd_option *o;
	char dashed[80];
	const char *near;
	int n = 0;

	for (o = cmd_options; o->name; o++)
		if (o->verbs & (1u << cl->verb) && n < 63)
			known[n++] = o->name;
	known[n] = NULL;
	near = cmdline_suggest(given, known);
	snprintf(dashed, sizeof(dashed), "--%s", near ? near : "");
	fprintf(stderr, "vfiosim %s: unknown option '--%s'", cmd_verbs[cl->verb].name, given);
	if (near)
		fprintf(stderr, ", did you mean '%s'?\n", dashed);
	else
		fprintf(stderr, " (vfiosim %s --help)\n", cmd_verbs[cl->verb].name);
	return CMD_EXIT_USAGE;
}

/* kunit.py's habit: underscores do as well as dashes */
static bool same_name(const char *given, const char *name)
{
	for (; *given && *name; given++, name++)
		if (*given != *name && !(*given == '_' && *name == '-'))
			return false;
	return !*given && !*name;
}

/* Consumes argv[*i], and the next word where that is the value */
static int parse_long(struct cmdline *cl, int argc, char **argv, int *i)
{
	char *given = strdup(argv[*i] + 2), *value = NULL;
	const struct cmd_option *o;
	int err;

	if (!given)
		return CMD_EXIT_USAGE;
	if (strchr(given, '=')) {
		*strchr(given, '=') = '\0';
		value = strchr(argv[*i], '=') + 1;
	}
	for (o = cmd_options; o->name; o++)
		if (o->verbs & (1u << cl->verb) && same_name(given, o->name))
			break;
	if (!o->name) {
		err = unknown_option(cl, given);
	} else if (value && (o->kind == OPT_FLAG || o->kind == OPT_COUNT)) {
		fprintf(stderr, "vfiosim: --%s takes no value\n", o->name);
		err = CMD_EXIT_USAGE;
	} else if (takes_value(o) && !value && *i + 1 >= argc) {
		fprintf(stderr, "vfiosim: --%s needs a value\n", o->name);
		err = CMD_EXIT_USAGE;
	} else {
		if (takes_value(o) && !value)
			value = argv[++*i];
		err = set(cl, o, value);
	}
	free(given);
	return err;
}

static int parse_short(struct cmdline *cl, int argc, char **argv, int *i)
{
	const char *p = argv[*i] + 1;
	const struct cmd_option *o;
	int err = 0;

	for (; *p && !err; p++) {
		char given[3] = { '-', *p, '\0' };

		for (o = cmd_options; o->name; o++)
			if (o->letter == *p && o->verbs & (1u << cl->verb))
				break;
		if (!o->name) {
			fprintf(stderr, "vfiosim %s: unknown option '%s' (vfiosim %s --help)\n",
				cmd_verbs[cl->verb].name, given, cmd_verbs[cl->verb].name);
			return CMD_EXIT_USAGE;
		}
		if (!takes_value(o)) {
			err = set(cl, o, NULL);
			continue;
		}
		if (p[1])
			return set(cl, o, p + 1);
		if (*i + 1 >= argc) {
			fprintf(stderr, "vfiosim: -%c needs a value\n", *p);
			return CMD_EXIT_USAGE;
		}
		return set(cl, o, argv[++*i]);
	}
	return err;
}

static int parse_verb(struct cmdline *cl, const char *word)
{
	const char *known[CMD_NR_VERBS + 1];
	int i;

	if (!strcmp(word, "--help") || !strcmp(word, "-h"))
		word = "help";
	else if (!strcmp(word, "--version"))
		word = "version";
	for (i = 0; i < CMD_NR_VERBS; i++) {
		known[i] = cmd_verbs[i].name;
		if (!strcmp(word, known[i])) {
			cl->verb = (enum cmd_verb)i;
			return 0;
		}
	}
	known[i] = NULL;
	if (*word == '-')
		return complain("the verb comes first, not", word, NULL);
	return complain("unknown verb", word, cmdline_suggest(word, known));
}

int cmdline_stdout_formats(const struct cmdline *cl)
{
	return cl->ktap + (cl->json && !strcmp(cl->json, "-")) +
		(cl->junit && !strcmp(cl->junit, "-"));
}

int cmdline_parse(struct cmdline *cl, int argc, char **argv)
{
	bool options = true;
	int err, i;

	memset(cl, 0, sizeof(*cl));
	cl->verb = CMD_HELP;
	cl->bound = -1;
	cl->seed = 1;
	cl->max_failures = 1;
	cl->minimise = true;
	cl->color = isatty(STDOUT_FILENO) && !(getenv("NO_COLOR") && *getenv("NO_COLOR"));
	cl->args = calloc((size_t)argc + 1, sizeof(*cl->args));
	if (!cl->args)
		return CMD_EXIT_USAGE;
	err = argc > 1 ? parse_verb(cl, argv[1]) : 0;
	if (cl->verb == CMD_COMPARE)
		cl->max_failures = COMPARE_FAILURES;
	for (i = 2; i < argc && !err; i++) {
		if (options && !strcmp(argv[i], "--"))
			options = false;
		else if (options && !strncmp(argv[i], "--", 2))
			err = parse_long(cl, argc, argv, &i);
		else if (options && argv[i][0] == '-' && argv[i][1])
			err = parse_short(cl, argc, argv, &i);
		else
			cl->args[cl->nr_args++] = argv[i];
	}
	if (!err && !cl->help && cmd_verbs[cl->verb].max_args >= 0 &&
	    cl->nr_args > cmd_verbs[cl->verb].max_args)
		err = complain("unexpected", cl->args[cmd_verbs[cl->verb].max_args], NULL);
	if (!err && cmdline_stdout_formats(cl) > 1) {
		fputs("vfiosim: only one of --ktap, --json and --junit can go to standard output; "
		      "give the others a file (--junit=FILE)\n", stderr);
		err = CMD_EXIT_USAGE;
	}
	return err;
}
