// SPDX-License-Identifier: GPL-2.0-only
/* For zsh, as a file called _vfiosim in its $fpath. */
#define _XOPEN_SOURCE 700
#include "completion.h"

/* These would end a description */
#define SPECIAL "[]:\\"

static void put_action(FILE *f, const struct cmd_option *o)
{
	switch (complete_option(o)) {
	case COMPLETE_WORDS:
		putc('(', f);
		complete_choices(f, o);
		putc(')', f);
		break;
	case COMPLETE_FILES:
		fputs("_files", f);
		break;
	case COMPLETE_DIRS:
		fputs("_files -/", f);
		break;
	case COMPLETE_KERNEL:
		fputs("_vfiosim_kernels", f);
		break;
	default:
		break;
	}
}

static void put_spec(FILE *f, const struct cmd_option *o, const char *name)
{
	bool again = o->kind == OPT_COUNT || o->kind == OPT_ORACLE || o->kind == OPT_KERNEL ||
		     o->kind == OPT_PATCH;

	fprintf(f, "\t\t'%s%s", again ? "*" : "", name);
	if (cmd_optional(o))
		fputs("=-", f);
	else if (complete_has_value(o) && name[1] == '-')
		putc('=', f);
	else if (complete_has_value(o))
		putc('+', f);
	putc('[', f);
	complete_help(f, o->help, SPECIAL);
	putc(']', f);
	if (complete_has_value(o)) {
		fprintf(f, "%s%s:", cmd_optional(o) ? "::" : ":",
			o->value ? o->value : "word");
		put_action(f, o);
	}
	fputs("' \\\n", f);
}

static void put_verb(FILE *f, int verb)
{
	const struct cmd_option *o;
	enum complete_kind kind;
	char words[256], name[64];

	fprintf(f, "\t%s)\n\t\t_arguments -s \\\n", cmd_verbs[verb].name);
	for (o = cmd_options; o->name; o++) {
		if (!(o->verbs & (1u << verb)))
			continue;
		snprintf(name, sizeof(name), "--%s", o->name);
		put_spec(f, o, name);
		snprintf(name, sizeof(name), "-%c", o->letter);
		if (o->letter)
			put_spec(f, o, name);
	}
	kind = complete_args(&cmd_verbs[verb], words);
	if (kind == COMPLETE_SCENARIO) {
		fputs("\t\t'*:scenario:_vfiosim_scenarios' ;;\n", f);
	} else if (kind == COMPLETE_SERIES) {
		fprintf(f, "\t\t'1:word:(%s)' '*:series:(", words);
		complete_series(f);
		fputs(")' ;;\n", f);
	} else if (kind == COMPLETE_WORDS) {
		fprintf(f, "\t\t'1:word:(%s)' ;;\n", words);
	} else {
		fputs("\t\t'*:argument:' ;;\n", f);
	}
}

void completion_zsh(FILE *f)
{
	int i;

	fputs("#compdef vfiosim\n# made by \"vfiosim completion zsh\"\n\n"
	      "_vfiosim_scenarios()\n{\n"
	      "\tlocal -a names\n"
	      "\tnames=(${(f)\"$(" COMPLETE_LIST ")\"})\n"
	      "\t_alternative 'scenarios:scenario:compadd -a names' 'files:file:_files -g \"*.scn\"'\n}\n\n"
	      "_vfiosim_kernels()\n{\n"
	      "\t_alternative 'series:series:(", f);
	complete_series(f);
	fputs(" all)' 'trees:kernel tree:_files -/'\n}\n\n"
	      "_vfiosim()\n{\n"
	      "\tlocal -a verbs\n"
	      "\tif (( CURRENT == 2 )); then\n"
	      "\t\tverbs=(\n", f);
	for (i = 0; i < CMD_NR_VERBS; i++) {
		fprintf(f, "\t\t\t'%s:", cmd_verbs[i].name);
		complete_help(f, cmd_verbs[i].help, SPECIAL);
		fputs("'\n", f);
	}
	fputs("\t\t)\n\t\t_describe verb verbs\n\t\treturn\n\tfi\n"
	      "\tshift words\n\t(( CURRENT-- ))\n"
	      "\tcase $words[1] in\n", f);
	for (i = 0; i < CMD_NR_VERBS; i++)
		put_verb(f, i);
	fputs("\tesac\n}\n\n_vfiosim \"$@\"\n", f);
}
