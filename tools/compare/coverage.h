/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs in what was reached of the lifecycle's functions on two kernels.
 * Lines are the same when their texts are, wherever they have moved to.
 */
#ifndef COMPARE_COVERAGE_H
#define COMPARE_COVERAGE_H

#include "../report/covered.h"
#include "compare.h"

/**
 * struct compare_line - a line that both sides have and one of them reaches
 * @text:	what it says
 * @nr:		its number, by side
 * @code:	the side that does not reach it has code for it; else the compiler has
 *		seen that nobody can get there
 */
struct compare_line {
	const char *text;
	unsigned int nr[2];
	bool code;
};

/**
 * struct compare_function - a function that differs
 * @f:		by side; NULL where there is none of that name
 * @line:	by the side that reaches them: those of A are lost, those of B gained
 * @n:		how many, by side
 */
struct compare_function {
	const struct covered_function *f[2];
	struct compare_line *line[2];
	unsigned int n[2];
};

/**
 * struct compare_coverage - of all functions of the lifecycle
 * @total:	by side
 * @f:		@n that differ: those that lose most are the first, those that one
 *		side does not have the last
 * @n:		see @f
 * @lines:	lost and gained, of all
 */
struct compare_coverage {
	struct share total[2];
	struct compare_function *f;
	unsigned int n;
	unsigned int lines[2];
};

/**
 * compare_coverage_fill() - compare
 * @c:		filled; compare_coverage_free() when done. Points into @a and @b
 * @a:		functions of A
 * @na:		how many
 * @b:		functions of B
 * @nb:		how many
 */
void compare_coverage_fill(struct compare_coverage *c, const struct covered_function *a,
			   size_t na, const struct covered_function *b, size_t nb);
void compare_coverage_free(struct compare_coverage *c);

/* A screenful at most; @verbose: all. */
void compare_coverage_print(FILE *f, const struct compare_coverage *c, int verbose);
struct json_object *compare_coverage_json(const struct compare_coverage *c);
/* Sections of a page. */
void compare_coverage_html(FILE *f, const struct compare_coverage *c);

#endif
