/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lists of what is expected, each entry with the reason:
 *
 *	what it is
 *		why, indented, on as many lines as it needs
 *
 * Empty lines and those that begin with '#' are for readers.
 */
#ifndef REPORT_REASONED_H
#define REPORT_REASONED_H

#include <stdbool.h>

struct reasoned {
	char *what, *why;
	unsigned int line;
};

/**
 * reasoned_read() - read such a file
 * @path:	its name; one that is not there has no entries
 * @e:		filled with an allocated array
 * @n:		filled
 *
 * Return: false, after a message on stderr, when a reason has no entry or an
 * entry no reason.
 */
bool reasoned_read(const char *path, struct reasoned **e, unsigned int *n);
void reasoned_free(struct reasoned *e, unsigned int n);

#endif
