// SPDX-License-Identifier: GPL-2.0-only
/*
 * For bash, with or without the bash-completion package. What it must know of bash: a
 * '=' is a word of its own, and without COMP_WORDS there is nothing to complete.
 */
#define _XOPEN_SOURCE 700
#include "completion.h"

static void put_action(FILE *f, enum complete_kind kind)
{
	if (kind == COMPLETE_KERNEL) {
		fputs("words='", f);
		complete_series(f);
		fputs(" all' more=-d", f);
	} else if (kind == COMPLETE_SERIES) {
		fputs("words='", f);
		complete_series(f);
		putc('\'', f);
	} else if (kind == COMPLETE_FILES) {
		fputs("more=-f", f);
	} else if (kind == COMPLETE_DIRS) {
		fputs("more=-d", f);
	} else if (kind == COMPLETE_SCENARIO) {
		fputs("words=$(" COMPLETE_LIST ") more=-f", f);
	}
}

/* case of the word before: is the word a value of that option? */
static void put_values(FILE *f)
{
	const struct cmd_option *o;

	for (o = cmd_options; o->name; o++) {
		if (!complete_has_value(o))
			continue;
		/* a value that may be left out only follows a '=' */
		fprintf(f, "\t--%s%s", o->name, cmd_optional(o) ? "=" : "|");
		if (!cmd_optional(o))
			fprintf(f, "--%s=", o->name);
		if (o->letter)
			fprintf(f, "|-%c", o->letter);
		fputs(") value=1", f);
		if (o->choices) {
			fputs(" words='", f);
			complete_choices(f, o);
			putc('\'', f);
		} else if (complete_option(o) != COMPLETE_NONE) {
			putc(' ', f);
			put_action(f, complete_option(o));
		}
		fputs(" ;;\n", f);
	}
}

static void put_verb(FILE *f, int verb)
{
	const struct cmd_option *o;
	enum complete_kind kind;
	char words[256];

	fprintf(f, "\t%s)\n\t\toptions='", cmd_verbs[verb].name);
	for (o = cmd_options; o->name; o++)
		if (o->verbs & (1u << verb)) {
			fprintf(f, "--%s ", o->name);
			if (o->letter)
				fprintf(f, "-%c ", o->letter);
		}
	fputs("'\n\t\t[ -n \"$value\" ] || [ \"${cur#-}\" != \"$cur\" ] || { ", f);
	kind = complete_args(&cmd_verbs[verb], words);
	put_action(f, kind);
	if (*words)
		fprintf(f, "%s='%s'", kind == COMPLETE_SERIES ? "\n\t\t[ \"$COMP_CWORD\" -gt 2 ] || words" :
			"words", words);
	else if (kind == COMPLETE_NONE)
		putc(':', f);
	fputs("; } ;;\n", f);
}

void completion_bash(FILE *f)
{
	int i;

	fputs("# bash completion for vfiosim; made by \"vfiosim completion bash\"\n\n"
	      "_vfiosim()\n{\n"
	      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	      "\tlocal words= more= value= options=\n\n"
	      "\tCOMPREPLY=()\n"
	      "\tif [ \"$cur\" = = ]; then\n\t\tcur= prev=$prev=\n"
	      "\telif [ \"$prev\" = = ]; then\n\t\tprev=${COMP_WORDS[COMP_CWORD-2]}=\n\tfi\n"
	      "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\twords='", f);
	for (i = 0; i < CMD_NR_VERBS; i++)
		fprintf(f, "%s ", cmd_verbs[i].name);
	fputs("--help --version'\n\tfi\n\tcase $prev in\n", f);
	put_values(f);
	fputs("\tesac\n\t[ \"$COMP_CWORD\" -eq 1 ] || case ${COMP_WORDS[1]} in\n", f);
	for (i = 0; i < CMD_NR_VERBS; i++)
		put_verb(f, i);
	fputs("\tesac\n"
	      "\tcase $value$cur in\n\t-*) [ -z \"$options\" ] || words=$options more= ;;\n\tesac\n"
	      "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	      "\t[ -z \"$more\" ] || {\n"
	      "\t\tlocal IFS=$'\\n'\n"
	      "\t\tCOMPREPLY+=($(compgen \"$more\" -- \"$cur\"))\n"
	      "\t\tcompopt -o filenames 2>/dev/null\n\t}\n"
	      "}\n"
	      "complete -F _vfiosim vfiosim\n", f);
}
