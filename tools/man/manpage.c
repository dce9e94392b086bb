// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim-manpage <vfiosim.1.scd.in: the page with the verbs and options in it, as
 * the tables of the command line have them, for scdoc.
 */
#include "cmd/cmdline_table.h"

#include <ctype.h>
#include <string.h>

/* Nothing in it is markup; runs of white space are one blank */
static void put_text(const char *s)
{
	bool blank = false;

	for (; *s; s++) {
		if (isspace((unsigned char)*s)) {
			blank = true;
			continue;
		}
		if (blank)
			putchar(' ');
		blank = false;
		if (ispunct((unsigned char)*s))
			putchar('\\');
		putchar(*s);
	}
}

static void put_marked(char mark, const char *s)
{
	if (!*s)
		return;
	putchar(mark);
	put_text(s);
	putchar(mark);
}

/* Lines as they are: they may be columns */
static void put_lines(const char *text)
{
	fputs("\n\t```\n", stdout);
	while (*text) {
		size_t n = strcspn(text, "\n");

		printf("\t%.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
	fputs("\t```\n", stdout);
}

static void put_verbs(void)
{
	int i;

	for (i = 0; i < CMD_NR_VERBS; i++) {
		const struct cmd_verb_info *v = &cmd_verbs[i];

		put_marked('*', v->name);
		if (*v->args) {
			putchar(' ');
			put_marked('_', v->args);
		}
		fputs("\n\t", stdout);
		put_text(v->help);
		putchar('\n');
		if (v->more)
			put_lines(v->more);
		putchar('\n');
	}
}

static void put_value(const struct cmd_option *o)
{
	char all[256] = "";
	int i, n = 0;

	for (i = 0; o->choices && o->choices[i]; i++)
		n += snprintf(all + n, sizeof(all) - n, "%s%s", i ? "|" : "", o->choices[i]);
	if (o->value)
		snprintf(all, sizeof(all), cmd_optional(o) ? "[=%s]" : "%s",
			 o->value);
	if (*all && !cmd_optional(o))
		putchar(' ');
	put_marked(o->choices ? '*' : '_', all);
}

static void put_options(void)
{
	const unsigned int every = (1u << CMD_NR_VERBS) - 1;
	const struct cmd_option *o;
	const char *comma;
	char name[64];
	int i;

	for (o = cmd_options; o->name; o++) {
		if (o->letter) {
			snprintf(name, sizeof(name), "-%c", o->letter);
			put_marked('*', name);
			fputs(", ", stdout);
		}
		snprintf(name, sizeof(name), "--%s", o->name);
		put_marked('*', name);
		put_value(o);
		fputs("\n\t", stdout);
		put_text(o->help);
		comma = " (";
		for (i = 0; (o->verbs & every) != every && i < CMD_NR_VERBS; i++)
			if (o->verbs & (1u << i)) {
				fputs(comma, stdout);
				put_text(cmd_verbs[i].name);
				comma = ", ";
			}
		fputs(*comma == ',' ? ")\n\n" : "\n\n", stdout);
	}
}

int main(void)
{
	char line[512];

	while (fgets(line, sizeof(line), stdin)) {
		if (!strcmp(line, "@VERBS@\n"))
			put_verbs();
		else if (!strcmp(line, "@OPTIONS@\n"))
			put_options();
		else
			fputs(line, stdout);
	}
	return ferror(stdin) || fflush(stdout);
}
