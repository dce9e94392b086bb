/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of vfiosim doctor. */
#ifndef VFIOSIM_DOCTOR_H
#define VFIOSIM_DOCTOR_H

#include <stdbool.h>
#include <stdio.h>

/**
 * struct doctor - whom and what it is about
 * @kdir:	the kernel tree
 * @src:	vfiosim's source
 * @build:	build directory of the guest
 * @headers:	where to look for what the tree's include/ declares: a scratch copy
 *		does not have all of it
 * @farm:	in it, the headers that are taken from the tree
 */
struct doctor {
	const char *kdir;
	const char *src;
	const char *build;
	char *headers;
	char *farm;
};

/**
 * doctor_explain() - translate what the compiler said about one file
 * @d:		doctor
 * @said:	its stderr, in English (LC_ALL=C)
 * @out:	a line for each distinct cause is written here
 *
 * Return: number of lines.
 */
int doctor_explain(const struct doctor *d, const char *said, FILE *out);

/**
 * doctor_unresolved() - translate what the linker said
 * @d:		doctor
 * @said:	of the whole build
 * @out:	a line for each symbol is written here
 *
 * Return: number of lines.
 */
int doctor_unresolved(const struct doctor *d, const char *said, FILE *out);

/**
 * doctor_declared() - where a header of some directory declares a name
 * @dir:	searched with everything below
 * @name:	function, macro, type, or member
 * @text:	filled with the line itself, allocated; may be NULL
 *
 * Return: "linux/slab.h:12", allocated, or NULL.
 */
char *doctor_declared(const char *dir, const char *name, char **text);

/* "the shim lacks NAME (declared in ...)", without a newline. */
void doctor_lacks(const struct doctor *d, const char *name, FILE *out);

/**
 * struct names - a set of identifiers
 */
struct names {
	char **name;
	unsigned int n, room;
};

/* Add one, unless it is there. */
void names_add(struct names *set, const char *p, size_t len);
/* Add the identifiers of a C file, without comments, strings and numbers. */
void names_of_file(struct names *set, const char *path);
bool names_have(const struct names *set, const char *name);
void names_free(struct names *set);

/**
 * doctor_fidelity() - what the shim only simplifies
 * @d:		doctor
 * @used:	names that the tree's files spell
 * @out:	gets a line for each of class "simplified" or "stub"
 *
 * Return: how many, or -1 when the table cannot be read.
 */
int doctor_fidelity(const struct doctor *d, const struct names *used, FILE *out);

#endif
