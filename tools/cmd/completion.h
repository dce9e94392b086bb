/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the writers of completion scripts. */
#ifndef VFIOSIM_COMPLETION_H
#define VFIOSIM_COMPLETION_H

#include "cmdline_table.h"

/**
 * enum complete_kind - what a value or an argument is completed with
 * @COMPLETE_NONE: nothing is known about it
 * @COMPLETE_WORDS: the words of a list
 * @COMPLETE_FILES: names of files
 * @COMPLETE_DIRS: names of directories
 * @COMPLETE_SERIES: series of the kernel
 * @COMPLETE_KERNEL: the same or all of them, or a directory
 * @COMPLETE_SCENARIO: names of scenarios, or a file
 */
enum complete_kind {
	COMPLETE_NONE, COMPLETE_WORDS, COMPLETE_FILES, COMPLETE_DIRS, COMPLETE_SERIES,
	COMPLETE_KERNEL, COMPLETE_SCENARIO,
};

/* Does it have a value at all, even one that may be left out? */
bool complete_has_value(const struct cmd_option *o);
enum complete_kind complete_option(const struct cmd_option *o);
/* Of the arguments of a verb; @words gets a list separated by blanks, or "". */
enum complete_kind complete_args(const struct cmd_verb_info *v, char words[256]);

/* A help text on one line, for single quotes; a backslash before what is in @special. */
void complete_help(FILE *f, const char *help, const char *special);
/* choices of an option, separated by blanks */
void complete_choices(FILE *f, const struct cmd_option *o);
/* "5.10 6.1 ..." */
void complete_series(FILE *f);

/* What prints the names of the scenarios, for any shell. */
#define COMPLETE_LIST "vfiosim list 2>/dev/null | cut -d ' ' -f 1"

void completion_bash(FILE *f);
void completion_zsh(FILE *f);
void completion_fish(FILE *f);

#endif
