/* SPDX-License-Identifier: GPL-2.0-only */
/* Names for deviations that outlive an edit of what is tested. */
#ifndef SEARCH_DEVNAME_H
#define SEARCH_DEVNAME_H

#include <stdio.h>

#include "search.h"

#define DEVNAME_ENDS	'x'	/* no operation: the task waits or has ended */
#define DEVNAME_EXACT	29	/* devname_near() of a name and itself */

/**
 * struct devname - where a task is left, and for whom
 * @from:	the task
 * @to:		who runs instead
 * @func:	function of the code under test; "" where there is none
 * @op:		letter of what it is about to do, or DEVNAME_ENDS
 * @line:	devname_line() of its source line, 0 unknown
 * @nth:	the how-manieth time @from is there, from 1, contended points only
 */
struct devname {
	char from[24], to[24];
	char func[64];
	char op;
	unsigned int line;
	unsigned int nth;
};

/* Letter of an enum kshim_op, and back (KSHIM_NR_OPS: none). */
char devname_op(unsigned int op);
unsigned int devname_op_of(char letter);
/* Copies a name, what cannot stand in a token made "_". */
void devname_word(char *to, size_t len, const char *from);
/* 16 bits of a source line; blanks do not count. NULL: 0. */
unsigned int devname_line(const char *text);

/**
 * devname_format() - a:R:vfio_group_set_container:3f2a:2:b
 * @buf:	filled
 * @len:	of @buf
 * @d:		name
 *
 * Return: length, as snprintf().
 */
int devname_format(char *buf, size_t len, const struct devname *d);

/**
 * devname_parse() - the reverse
 * @text:	begins with a name
 * @d:		filled
 *
 * Return: what is behind the name, or NULL when it is none.
 */
const char *devname_parse(const char *text, struct devname *d);

/**
 * devname_near() - how much two places have in common
 * @want:	as it was
 * @have:	as it is; @to is not compared
 *
 * Return: 0 for nothing to speak of, DEVNAME_EXACT when they are equal.
 */
unsigned int devname_near(const struct devname *want, const struct devname *have);

/* "a: READ in vfio_group_set_container(), 2nd time" */
void devname_say(FILE *f, const struct devname *d, const char *op);

#endif
