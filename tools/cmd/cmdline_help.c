// SPDX-License-Identifier: GPL-2.0-only
/* Help texts, from the tables. */
#include "cmdline_table.h"

#include <string.h>

#define INDENT 26

static void print_option(FILE *out, const struct cmd_option *o)
{
	char left[128];
	int n, i;

	n = o->letter ? snprintf(left, sizeof(left), "  -%c, --%s", o->letter, o->name)
		      : snprintf(left, sizeof(left), "      --%s", o->name);
	if (cmd_optional(o))
		n += snprintf(left + n, sizeof(left) - n, "[=%s]", o->value);
	else if (o->value)
		n += snprintf(left + n, sizeof(left) - n, " %s", o->value);
	for (i = 0; o->choices && o->choices[i]; i++)
		n += snprintf(left + n, sizeof(left) - n, "%c%s", i ? '|' : ' ', o->choices[i]);
	if (n >= INDENT)
		fprintf(out, "%s\n%*s%s\n", left, INDENT, "", o->help);
	else
		fprintf(out, "%-*s%s\n", INDENT, left, o->help);
}

static void print_overview(FILE *out)
{
	int i;

	fprintf(out, "Explore the lifecycle races of the Linux VFIO core, in one process.\n\n"
		     "usage: vfiosim VERB [OPTION...] [ARG...]\n\n");
	for (i = 0; i < CMD_NR_VERBS; i++)
		fprintf(out, "  %-11s %s\n", cmd_verbs[i].name, cmd_verbs[i].help);
	fprintf(out, "\n'vfiosim VERB --help' has the options of each. To begin with:\n\n"
		     "  vfiosim run unbind-while-open\n\n"
		     "Exit status: 0 pass, 1 a scenario failed, 2 wrong usage or no build, 4 all were\n"
		     "skipped, 130 interrupted.\n");
}

void cmdline_help(FILE *out, enum cmd_verb verb)
{
	const struct cmd_verb_info *info = &cmd_verbs[verb];
	const struct cmd_option *o;

	if (verb == CMD_HELP) {
		print_overview(out);
		return;
	}
	fprintf(out, "usage: vfiosim %s [OPTION...]%s%s\n\nvfiosim %s: %s\n", info->name,
		*info->args ? " " : "", info->args, info->name, info->help);
	if (info->more)
		fprintf(out, "\n%s", info->more);
	fputc('\n', out);
	for (o = cmd_options; o->name; o++)
		if (o->verbs & (1u << verb))
			print_option(out, o);
}

const char *cmdline_verb_name(enum cmd_verb verb)
{
	return cmd_verbs[verb].name;
}
