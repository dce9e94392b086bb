/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mutants of one C source file: what its statements are, how a rule changes
 * them, and what the scenarios say of the result.
 */
#ifndef VFIOSIM_MUTATE_H
#define VFIOSIM_MUTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum stmt_kind {
	STMT_CALL,	/* f(...); or p->f(...); */
	STMT_OTHER,	/* assignments and the like */
	STMT_DECL,
	STMT_JUMP,	/* return, goto, break, continue */
	STMT_IF,
	STMT_LOOP,
	STMT_BLOCK,
	STMT_LABEL,	/* case X: as well */
};

/**
 * struct stmt - a statement of a function body
 * @kind:	what it is
 * @start:	offset of its first character
 * @end:	offset behind its last one
 * @cond:	condition in parentheses of an if or while, 0 when it has none
 * @cond_end:	behind the closing one
 * @parent:	index of the statement around it, -1: the body
 * @prev:	index of the statement before it in the same block, or -1
 * @next:	index of the one behind it, or -1
 */
struct stmt {
	enum stmt_kind kind;
	size_t start, end, cond, cond_end;
	int parent, prev, next;
};

/**
 * struct function - a function definition
 * @name:	of it
 * @first:	index of its first statement
 * @nr:		how many it has, nested ones included, in the order of the text
 */
struct function {
	char name[96];
	int first, nr;
};

/**
 * struct source - a file taken apart
 * @text:	as read
 * @code:	the same without comments and preprocessor lines (blanks instead)
 * @scan:	@code without what is in quotes
 * @stmts:	of all functions
 * @nr_stmts:	how many
 * @functions:	in the order of the file
 * @nr_functions: how many
 */
struct source {
	char *text, *code, *scan;
	struct stmt *stmts;
	int nr_stmts;
	struct function *functions;
	int nr_functions;
};

/**
 * source_read() - take a file apart
 * @path:	C in the kernel's style
 * @src:	filled; source_free() when done
 *
 * Return: false when the file cannot be read.
 */
bool source_read(const char *path, struct source *src);
void source_free(struct source *src);
/* Text of a range on one line, blanks squeezed; allocated. */
char *source_words(const struct source *src, size_t start, size_t end);
unsigned int source_line(const struct source *src, size_t at);

#define MUTANT_MAX_EDITS	16

struct edit {
	size_t start, end;
	char *with;
};

/**
 * struct mutant - one change of the source
 * @rule:	name of the rule
 * @function:	where
 * @file:	path below the kernel tree
 * @line:	of the first change
 * @what:	the statement that is changed, on one line
 * @nth:	1, 2, ...: which of the statements that read the same
 * @edits:	in the order of the text; lines keep their numbers
 * @nr_edits:	how many
 * @src:	of the file
 */
struct mutant {
	const char *rule, *function, *file;
	unsigned int line;
	char *what;
	unsigned int nth;
	struct edit edits[MUTANT_MAX_EDITS];
	int nr_edits;
	const struct source *src;
};

struct mutants {
	struct mutant *m;
	unsigned int n, room;
};

/* Does this function count? */
typedef bool (*mutate_wanted)(const char *function, const void *arg);

/* Append the mutants of a file; @file and @src must outlive them. */
void mutants_make(struct mutants *all, const char *file, const struct source *src,
		  mutate_wanted wanted, const void *arg);
void mutants_free(struct mutants *all);
/* The whole changed text, allocated. */
char *mutant_text(const struct mutant *m);
/* The change as a unified diff, allocated; scratch files go to @dir. */
char *mutant_diff(const struct mutant *m, const char *dir);
/* One line: file:line function rule: statement */
void mutant_print(FILE *out, unsigned int nr, const struct mutant *m);

/* equivalent.c: mutants that change nothing anybody could see, with reasons */
struct equivalents;
/* NULL after a message when the file is wrong; an empty list when it is missing. */
struct equivalents *equivalents_read(const char *path);
void equivalents_free(struct equivalents *e);
/* The reason, or NULL. */
const char *equivalents_reason(struct equivalents *e, const struct mutant *m);
/* Entries about functions of @src that no mutant has matched; prints them. */
unsigned int equivalents_stale(const struct equivalents *e, const struct source *src, FILE *out);

#endif
