// SPDX-License-Identifier: GPL-2.0-only
/* For fish, as a file called vfiosim.fish among its completions. */
#define _XOPEN_SOURCE 700
#include "completion.h"

#define SPECIAL "\\"

static void put_help(FILE *f, const char *help)
{
	fputs(" -d '", f);
	complete_help(f, help, SPECIAL);
	fputs("'\n", f);
}

static void put_verbs_of(FILE *f, const struct cmd_option *o)
{
	int i;

	for (i = 0; i < CMD_NR_VERBS; i++)
		if (o->verbs & (1u << i))
			fprintf(f, " %s", cmd_verbs[i].name);
}

static void put_option(FILE *f, const struct cmd_option *o)
{
	fputs("complete -c vfiosim -n '__fish_seen_subcommand_from", f);
	put_verbs_of(f, o);
	fprintf(f, "' -l %s", o->name);
	if (o->letter)
		fprintf(f, " -s %c", o->letter);
	switch (complete_option(o)) {
	case COMPLETE_WORDS:
		fputs(" -x -a '", f);
		complete_choices(f, o);
		putc('\'', f);
		break;
	case COMPLETE_KERNEL:
		fputs(" -x -a '", f);
		complete_series(f);
		fputs(" all (__fish_complete_directories)'", f);
		break;
	case COMPLETE_DIRS:
		fputs(" -x -a '(__fish_complete_directories)'", f);
		break;
	case COMPLETE_FILES:
		/* one that may be left out is no word of its own */
		fputs(cmd_optional(o) ? "" : " -r -F", f);
		break;
	default:
		fputs(complete_has_value(o) ? " -x" : "", f);
		break;
	}
	put_help(f, o->help);
}

static void put_args(FILE *f, const struct cmd_verb_info *v)
{
	char words[256];
	enum complete_kind kind = complete_args(v, words);

	if (kind == COMPLETE_NONE)
		return;
	fprintf(f, "complete -c vfiosim -n '__fish_seen_subcommand_from %s'", v->name);
	if (kind == COMPLETE_SCENARIO) {
		fputs(" -F -a \"(" COMPLETE_LIST ")\"\n", f);
		return;
	}
	fprintf(f, " -a '%s%s", words, *words && kind == COMPLETE_SERIES ? " " : "");
	if (kind == COMPLETE_SERIES)
		complete_series(f);
	fputs("'\n", f);
}

void completion_fish(FILE *f)
{
	const struct cmd_option *o;
	int i;

	fputs("# fish completion for vfiosim; made by \"vfiosim completion fish\"\n"
	      "complete -c vfiosim -f\n", f);
	for (i = 0; i < CMD_NR_VERBS; i++) {
		fprintf(f, "complete -c vfiosim -n __fish_use_subcommand -a %s",
			cmd_verbs[i].name);
		put_help(f, cmd_verbs[i].help);
	}
	for (o = cmd_options; o->name; o++)
		put_option(f, o);
	for (i = 0; i < CMD_NR_VERBS; i++)
		put_args(f, &cmd_verbs[i]);
}
