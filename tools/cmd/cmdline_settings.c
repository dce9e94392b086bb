// SPDX-License-Identifier: GPL-2.0-only
/* What of a command line decides what a run finds: all but a few options. */
#define _XOPEN_SOURCE 700
#include "cmdline_table.h"

#include <string.h>

/* These say where from, how fast, and what is shown of it */
static const char *const beside[] = {
	"kernel", "patch", "jobs", "no-cache", "ktap", "json", "junit", "html", "save",
	"list-oracles", "quiet", "verbose", "no-color", "help",
};

static bool is_beside(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(beside) / sizeof(*beside); i++)
		if (!strcmp(name, beside[i]))
			return true;
	return false;
}

/* Options that name a file mean what is in it */
static void write_string(FILE *out, const char *value)
{
	FILE *f = value ? fopen(value, "r") : NULL;
	int c;

	fprintf(out, "%s\n", value ? value : "");
	while (f && (c = getc(f)) != EOF)
		putc(c, out);
	if (f)
		fclose(f);
}

static void write_value(FILE *out, const struct cmdline *cl, const struct cmd_option *o)
{
	const void *field = (const char *)cl + o->offset;
	int i;

	switch (o->kind) {
	case OPT_FLAG:
		fprintf(out, "%d", *(const bool *)field);
		break;
	case OPT_COUNT:
	case OPT_INT:
	case OPT_INT_OPTIONAL:
		fprintf(out, "%d", *(const int *)field);
		break;
	case OPT_CHOICE:
		fprintf(out, "%u", *(const unsigned int *)field);
		break;
	case OPT_STRING:
	case OPT_STRING_OPTIONAL:
		write_string(out, *(const char *const *)field);
		break;
	case OPT_SEED:
		fprintf(out, "%llu", (unsigned long long)cl->seed);
		break;
	case OPT_BUDGET:
		fprintf(out, "%llu %u", (unsigned long long)cl->budget, cl->budget_seconds);
		break;
	case OPT_ORACLE:
		for (i = 0; i < cl->nr_no_oracle; i++)
			fprintf(out, " %s", cl->no_oracle[i]);
		break;
	case OPT_KERNEL:
	case OPT_PATCH:
		break;
	}
}

void cmdline_settings(FILE *out, const struct cmdline *cl)
{
	const struct cmd_option *o;

	for (o = cmd_options; o->name; o++) {
		if (!(o->verbs & (1u << CMD_RUN)) || is_beside(o->name))
			continue;
		fprintf(out, "%s=", o->name);
		write_value(out, cl, o);
		putc('\n', out);
	}
}
