/* SPDX-License-Identifier: GPL-2.0-only */
/* Results of earlier runs, kept by what they depend on. */
#ifndef RUN_KEEP_H
#define RUN_KEEP_H

#include "kernels/sha256.h"
#include "run.h"

/**
 * keep_load() - what an earlier run of the same code has found
 * @scn:	scenario
 * @path:	its file
 * @cl:		command line
 * @r:		filled, with @cached set
 *
 * Same code: the loaded sections of this program are the same, kernel, shim and
 * search included. A result that names places needs the same line numbers in
 * addition, one with a trace the same source lines.
 *
 * Return: true when there is a result.
 */
bool keep_load(const struct scenario *scn, const char *path, const struct cmdline *cl,
	       struct run_result *r);

/* Keep one; errors and what was interrupted are not kept. */
void keep_store(const char *path, const struct cmdline *cl, const struct run_result *r);

/* After the last one: drop the oldest when there are too many. */
void keep_clean(void);

/**
 * struct codesum - sums of the running program
 * @code:	of what is loaded
 * @lines:	of symbols and line numbers
 * @sources:	of the lines themselves
 */
struct codesum {
	char code[SHA256_HEX_LEN + 1];
	char lines[SHA256_HEX_LEN + 1];
	char sources[SHA256_HEX_LEN + 1];
};

/* Return: 0 or -1. */
int codesum_program(struct codesum *sum);

#endif
