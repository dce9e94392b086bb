/* SPDX-License-Identifier: GPL-2.0-only */
/* What was reached of a function, and the lines that it is made of. */
#ifndef REPORT_COVERED_H
#define REPORT_COVERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* lines and branches, all of them and those that were reached */
struct share {
	unsigned int lines, lines_hit, branches, branches_hit;
};

/**
 * struct covered_line - one line of its text
 * @text:	without white space around it; allocated
 * @code:	the compiler has made something of it
 * @reached:	that was executed
 */
struct covered_line {
	char *text;
	bool code, reached;
};

/**
 * struct covered_function - one function of the lifecycle
 * @name:	its name
 * @file:	of the kernel tree
 * @share:	what was reached
 * @first:	number of its first line
 * @lines:	@nr_lines from there on; none when the source cannot be read
 * @nr_lines:	see @lines
 */
struct covered_function {
	char name[128];
	char file[128];
	struct share share;
	unsigned int first;
	struct covered_line *lines;
	size_t nr_lines;
};

/**
 * covered_text() - give a function its lines
 * @f:		@f->first is set; covered_free() frees them
 * @source:	text of its file
 * @last:	number of its last line at most: it ends with a brace at the margin
 */
void covered_text(struct covered_function *f, const char *source, unsigned int last);
void covered_free(struct covered_function *f, size_t n);

void share_add(struct share *to, const struct share *s);

/* Its four numbers as members of an object. */
struct json_object;
void share_json(struct json_object *o, const struct share *s);
/* A cell of a table with a bar. */
void share_html(FILE *f, unsigned int hit, unsigned int all);

#endif
