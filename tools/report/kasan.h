/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reports in the words and the block order of the kernel under test.
 */
#ifndef REPORT_KASAN_H
#define REPORT_KASAN_H

#include <stdbool.h>
#include <stdio.h>

#define REPORT_KVER(major, minor)	((unsigned int)(major) << 16 | (unsigned int)(minor) << 8)

enum report_kind {
	REPORT_TEXT,		/* headline and stack */
	REPORT_UAF,
	REPORT_DOUBLE_FREE,
	REPORT_INVALID_FREE,
	REPORT_OOB,
	REPORT_NULL,		/* address below a page */
	REPORT_FAULT,		/* any other unmapped address */
	REPORT_GPF,		/* non-canonical address */
	REPORT_WARN,		/* headline: the message; none: bare WARN_ON() */
	REPORT_BUG,
	REPORT_HUNG,		/* in blocked[] */
	REPORT_DEADLOCK,	/* all of blocked[] */
	REPORT_LEAK,		/* object and alloc stack */
	REPORT_RACE,		/* two accesses: stack and other_stack */
	REPORT_LOCKS,		/* in locks, see locks.h */
};

/**
 * struct report_stack - return addresses, innermost first
 * @pc:		as kshim_stack() gives them
 * @n:		how many
 */
struct report_stack {
	const void *const *pc;
	unsigned int n;
};

struct report_task {
	const char *comm;
	int pid;
};

/**
 * struct report_blocked - a task that does not run
 * @task:	which
 * @what:	it waits for, e.g. "mutex group->lock held by admin/2"; may be NULL
 * @seconds:	for how long, virtual time
 * @interruptible: state S rather than D
 * @stack:	where
 */
struct report_blocked {
	struct report_task task;
	const char *what;
	unsigned long seconds;
	bool interruptible;
	struct report_stack stack;
};

struct report_lock;

/**
 * struct report_access - one side of a race
 * @task:	who
 * @stack:	where
 * @addr:	of what
 * @size:	in bytes
 * @write:	it writes
 * @marked:	READ_ONCE(), atomic_*()
 * @locks:	that were held, outermost first
 * @nlocks:	how many
 */
struct report_access {
	struct report_task task;
	struct report_stack stack;
	unsigned long addr;
	unsigned int size;
	bool write;
	bool marked;
	const struct report_lock *locks;
	unsigned int nlocks;
};

/**
 * struct report - all that an oracle knows
 * @kind:	decides the shape
 * @oracle:	its name
 * @headline:	as the oracle words it
 * @version:	of the kernel, "5.10.262"
 * @kver:	the same as REPORT_KVER(5, 10): decides the wording
 * @task:	who was running
 * @stack:	and where
 * @fault_pc:	exact address of a faulting instruction; NULL: none
 * @file:	of a WARN or BUG; NULL: taken from the stack
 * @line:	of a WARN or BUG
 * @write:	the access was a write
 * @size:	of the access in bytes, 0: unknown
 * @addr:	of the access
 * @obj:	start of the object, 0: unknown
 * @obj_size:	its size in bytes
 * @cache:	"kmalloc-96"
 * @cache_size:	object size of the cache, 0: as @obj_size
 * @alloc_task:	who allocated
 * @alloc:	where; empty: block left out
 * @free_task:	who freed
 * @free:	where; empty: block left out
 * @race:	both sides, the one that came last first
 * @values:	@value is known
 * @value:	before and after the write
 * @why:	of a hang: what is known about it; NULL: nothing
 * @blocked:	tasks of a hang or deadlock
 * @nblocked:	how many
 * @locks:	of a report about locks
 */
struct report {
	enum report_kind kind;
	const char *oracle;
	const char *headline;
	const char *version;
	unsigned int kver;
	struct report_task task;
	struct report_stack stack;
	const void *fault_pc;
	const char *file;
	unsigned int line;
	bool write;
	unsigned int size;
	unsigned long addr;
	unsigned long obj;
	unsigned long obj_size;
	const char *cache;
	unsigned long cache_size;
	struct report_task alloc_task;
	struct report_stack alloc;
	struct report_task free_task;
	struct report_stack free;
	struct report_access race[2];
	bool values;
	unsigned long value[2];
	const char *why;
	const struct report_blocked *blocked;
	unsigned int nblocked;
	const struct report_locks *locks;
};

/**
 * report_print() - the whole report
 * @f:		where to
 * @r:		what happened
 */
void report_print(FILE *f, const struct report *r);

/**
 * report_title() - the line that names the bug
 * @r:		what happened
 * @buf:	filled, without newline
 * @len:	of @buf
 *
 * "BUG: KASAN: use-after-free in func+0x1c/0x90" and its like: the same line
 * that report_print() gives.
 *
 * Return: @buf
 */
const char *report_title(const struct report *r, char *buf, size_t len);

#endif
