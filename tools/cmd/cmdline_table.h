/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables behind the command line: parsing, --help and completion read them. */
#ifndef VFIOSIM_CMDLINE_TABLE_H
#define VFIOSIM_CMDLINE_TABLE_H

#include "cmdline.h"

#include <stddef.h>

enum cmd_option_kind {
	OPT_FLAG,	/* bool */
	OPT_COUNT,	/* int, one more each time */
	OPT_CHOICE,	/* unsigned int: index into choices */
	OPT_STRING,	/* const char * */
	OPT_STRING_OPTIONAL,	/* const char *, --name[=VALUE], "-" without */
	OPT_INT,	/* int, not below min */
	OPT_INT_OPTIONAL,	/* the same, --name[=VALUE], 1 without */
	OPT_SEED,	/* uint64_t, sets seed_given */
	OPT_BUDGET,	/* N schedules or Ns seconds */
	OPT_ORACLE,	/* appended to no_oracle */
	OPT_KERNEL,	/* appended to kernels */
	OPT_PATCH,	/* appended to patches */
};

/**
 * struct cmd_option - one option
 * @name:	long name without dashes
 * @letter:	short name or 0
 * @kind:	how its value is read
 * @offset:	of the field in struct cmdline
 * @value:	name of the value in the help text, NULL for none
 * @choices:	of OPT_CHOICE, in the order of its enum; ends with NULL
 * @min:	of OPT_INT
 * @verbs:	bit mask of the verbs that have it
 * @help:	one line
 */
struct cmd_option {
	const char *name;
	char letter;
	enum cmd_option_kind kind;
	size_t offset;
	const char *value;
	const char *const *choices;
	int min;
	unsigned int verbs;
	const char *help;
};

/**
 * struct cmd_verb_info - one verb
 * @name:	as typed
 * @args:	what follows it, for the help text
 * @max_args:	how many words may follow, -1 for any number
 * @help:	one line
 * @more:	paragraphs for the verb's own help, or NULL
 */
struct cmd_verb_info {
	const char *name;
	const char *args;
	int max_args;
	const char *help;
	const char *more;
};

/* Its value can be left out, and is no word of its own. */
static inline bool cmd_optional(const struct cmd_option *o)
{
	return o->kind == OPT_STRING_OPTIONAL || o->kind == OPT_INT_OPTIONAL;
}

extern const struct cmd_option cmd_options[];	/* ends with a NULL name */
extern const struct cmd_verb_info cmd_verbs[CMD_NR_VERBS];

#endif
