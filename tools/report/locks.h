/* SPDX-License-Identifier: GPL-2.0-only */
/* Reports about locks, as the kernel's lockdep writes them. */
#ifndef REPORT_LOCKS_H
#define REPORT_LOCKS_H

#include "kasan.h"

#define REPORT_LOCKS_MAX	16

/**
 * struct report_lock - a lock or its class
 * @addr:	of the lock
 * @name:	of its class
 * @pc:		return address: where it was taken
 * @usage:	1: was taken exclusively, 2: was taken shared
 * @wait:	0: nothing is known, 1: spins, 2: sleeps
 * @read:	it is taken shared
 */
struct report_lock {
	unsigned long addr;
	char name[96];
	const void *pc;
	unsigned char usage, wait;
	bool read;
};

enum report_locks_kind {
	REPORT_LOCKS_CIRCULAR, REPORT_LOCKS_RECURSIVE, REPORT_LOCKS_FREED,
	REPORT_LOCKS_IN_USER, REPORT_LOCKS_LEFT, REPORT_LOCKS_UNBALANCED,
};

/**
 * struct report_locks - what lockdep knows
 * @kind:	which report
 * @completes:	@prev is not held, but somebody waits for it to be completed
 * @next:	being taken
 * @prev:	held
 * @chain:	the order seen before, from @next (not in it) to @prev
 * @trace:	where each of the chain was taken with the one before it held
 * @nchain:	how many
 * @held:	by the task, outermost first
 * @nheld:	how many
 * @from:	first byte of freed memory
 * @to:		last byte
 */
struct report_locks {
	enum report_locks_kind kind;
	bool completes;
	struct report_lock next, prev;
	struct report_lock chain[REPORT_LOCKS_MAX];
	struct report_stack trace[REPORT_LOCKS_MAX];
	unsigned int nchain;
	struct report_lock held[REPORT_LOCKS_MAX];
	unsigned int nheld;
	unsigned long from, to;
};

#endif
