/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of the fidelity check. */
#ifndef TEST_FIDELITY_H
#define TEST_FIDELITY_H

#include <stdbool.h>

/* A map from names to text. */
struct table {
	char **name;
	char **value;
	unsigned int n;
};
void table_put(struct table *t, const char *name, const char *value);
const char *table_get(const struct table *t, const char *name);

/* Functions and macros that kshim's headers have for this kernel: their header. */
extern struct table fidelity_declared;

/* Note a failure. */
void fidelity_fail(const char *name, const char *what);

/* Read the table and check each row on its own. */
void fidelity_rows(const char *src, unsigned int kver);

/* Has this name a row that is for this kernel? */
bool fidelity_covered(const char *name);

#endif
