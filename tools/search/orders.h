/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Coverage of interleavings: for two places in the code whose accesses
 * conflict and were once unordered, which of them has come first so far.
 */
#ifndef SEARCH_ORDERS_H
#define SEARCH_ORDERS_H

#include "history.h"

struct order {
	const void *first, *second;	/* addresses in the code, behind the access */
	bool reversed;			/* the other way round was seen as well */
	/* How to get to where it could be turned around: */
	unsigned char *way;		/* tasks to choose; NULL: not known */
	unsigned int nway;
	unsigned char hold, go;		/* tasks: who has to wait there for whom */
};

/**
 * orders_note() - a race of an execution: count the orders of its accesses
 * @f:		history
 * @earlier:	transition
 * @later:	the other one
 *
 * Return: a pair that was never seen before, or NULL.
 */
struct order *orders_note(const struct history *f, unsigned int earlier, unsigned int later);

/* Pair @i of those seen; NULL: there are not so many. */
struct order *orders_get(unsigned int i);

#endif
