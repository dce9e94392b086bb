// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim completion SHELL: prints a script that completes command lines. It is made
 * from the tables that parse them, so that it cannot know less or more than they do.
 */
#define _XOPEN_SOURCE 700
#include "completion.h"
#include "front.h"

#include <string.h>

bool complete_has_value(const struct cmd_option *o)
{
	return o->kind != OPT_FLAG && o->kind != OPT_COUNT;
}

enum complete_kind complete_option(const struct cmd_option *o)
{
	if (o->choices)
		return COMPLETE_WORDS;
	if (o->kind == OPT_KERNEL)
		return COMPLETE_KERNEL;
	if (!complete_has_value(o) || !o->value)
		return COMPLETE_NONE;
	/* what can be either may be any path */
	return !strcmp(o->value, "FILE") || !strcmp(o->value, "DIR|FILE") ? COMPLETE_FILES :
	       !strcmp(o->value, "DIR") ? COMPLETE_DIRS : COMPLETE_NONE;
}

/* What the help text calls its arguments: "[GLOB...]", "a|b", "[fetch SERIES... | path SERIES]" */
enum complete_kind complete_args(const struct cmd_verb_info *v, char words[256])
{
	const char *s = v->args;
	size_t n = 0;
	int i;

	words[0] = '\0';
	if (strstr(s, "GLOB") || strstr(s, "SCENARIO"))
		return COMPLETE_SCENARIO;
	if (strstr(s, "VERB")) {
		for (i = 0; i < CMD_NR_VERBS && n < 250; i++)
			n += (size_t)snprintf(words + n, 256 - n, "%s%s", n ? " " : "",
					      cmd_verbs[i].name);
		return COMPLETE_WORDS;
	}
	/* words in small letters are meant as they are */
	while (*s && n < 250) {
		size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz-");

		if (len)
			n += (size_t)snprintf(words + n, 256 - n, "%s%.*s", n ? " " : "", (int)len,
					      s);
		s += len ? len : 1;
	}
	/* what follows "fetch" and "path" */
	if (n && strstr(v->args, "SERIES"))
		return COMPLETE_SERIES;
	return n ? COMPLETE_WORDS : COMPLETE_NONE;
}

void complete_help(FILE *f, const char *help, const char *special)
{
	bool blank = false;

	for (; *help; help++) {
		if (*help == '\n' || *help == ' ') {
			blank = true;
			continue;
		}
		if (blank)
			putc(' ', f);
		blank = false;
		if (*help == '\'')
			fputs("'\\'", f);
		else if (strchr(special, *help))
			putc('\\', f);
		putc(*help, f);
	}
}

void complete_choices(FILE *f, const struct cmd_option *o)
{
	int i;

	for (i = 0; o->choices && o->choices[i]; i++)
		fprintf(f, "%s%s", i ? " " : "", o->choices[i]);
}

void complete_series(FILE *f)
{
	unsigned int i;

	for (i = 0; kernel_series_name(i); i++)
		fprintf(f, "%s%s", i ? " " : "", kernel_series_name(i));
}

int verb_completion(const struct cmdline *cl)
{
	static const struct {
		const char *name;
		void (*print)(FILE *f);
	} shells[] = {
		{ "bash", completion_bash }, { "zsh", completion_zsh }, { "fish", completion_fish },
	};
	size_t i;

	for (i = 0; cl->nr_args && i < sizeof(shells) / sizeof(*shells); i++)
		if (!strcmp(cl->args[0], shells[i].name)) {
			shells[i].print(stdout);
			return fflush(stdout) ? CMD_EXIT_USAGE : CMD_EXIT_PASS;
		}
	fprintf(stderr, "vfiosim completion: for which shell? bash, zsh or fish\n");
	return CMD_EXIT_USAGE;
}
