/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Search strategies: each one is a policy of the engine plus the question
 * what to execute next.
 *
 * An execution is named by its deviations from the default schedule, in
 * which a task runs until it cannot go on and the lowest number goes first.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/host.h"

struct deviation {
	unsigned long n;	/* contended point */
	unsigned int task;	/* runs there */
};

/**
 * struct devlog - deviations of one execution
 * @d:		in the order of the points
 * @n:		how many
 * @room:	allocated
 */
struct devlog {
	struct deviation *d;
	size_t n, room;
};

extern struct devlog search_devs;	/* of the execution that runs or just ran */

void devlog_add(struct devlog *l, unsigned long n, unsigned int task);
void devlog_copy(struct devlog *to, const struct devlog *from);

/* What the default schedule does at this point. */
static inline unsigned int search_default(const struct kshim_choice *c)
{
	return kshim_default(c);
}

/* Every choice passes here, so that any execution can be named afterwards. */
static inline unsigned int search_take(const struct kshim_choice *c, unsigned int id)
{
	if (id != search_default(c))
		devlog_add(&search_devs, c->n, id);
	return id;
}

/**
 * struct search - one strategy at work
 * @policy:	what the engine asks; first member
 * @name:	"dfs", "pct", ...
 * @next:	prepare the next execution; false: nothing is left
 * @done:	it ended, with so many contended points and preemptions
 * @free:	drop everything
 * @complete:	after next() gave false: the space up to @bound was covered
 * @bounded:	the bound kept something out: a larger one may find more
 * @bound:	preemption bound of a DFS
 * @error:	the search found that the run is not deterministic
 * @sampled:	tasks that it drew priorities for; 0: its executions do not have
 *		the chance of finding a bug that PCT guarantees
 * @depth:	of the bugs that this chance is about
 * @drawn:	executions that have it
 * @cut:	this execution was cut: it is no trace of its own
 * @reported:	set before done(): an oracle ended this execution
 * @share:	optional: which part of everything was explored, 0 to 1
 * @from:	set by next(): the execution goes the same way until there, and
 *		may go on from there where that can be used; else NULL
 */
struct search {
	struct kshim_policy policy;
	const char *name;
	bool (*next)(struct search *s);
	void (*done)(struct search *s, unsigned long points, unsigned int preemptions);
	void (*free)(struct search *s);
	bool complete;
	bool bounded;
	int bound;
	bool error;
	unsigned int sampled;
	unsigned int depth;
	unsigned long drawn;
	bool cut;
	bool reported;
	double (*share)(const struct search *s);
	struct kshim_checkpoint *from;
};

struct footprint;

/**
 * search_dfs() - depth first over all schedules with at most @bound preemptions
 * @bound:	preemptions
 * @seen:	bound 0 learns here what tasks share, others begin where they do;
 *		NULL: in the order of the points
 */
struct search *search_dfs(int bound, struct footprint *seen);

/**
 * search_dfs_subtrees() - how many subtrees the root has
 * @s:		a search_dfs() that has executed once, and never goes on itself
 * @bound:	preemptions, any number
 *
 * @s->bounded says afterwards whether that bound keeps some out.
 */
size_t search_dfs_subtrees(struct search *s, int bound);

/**
 * search_dfs_part() - some of the subtrees, as a search of their own
 * @whole:	outlives it; for the bound that was asked for last
 * @first:	subtree
 * @end:	behind the last one
 *
 * Together the parts execute what @whole would after its first execution, in
 * the same order.
 */
struct search *search_dfs_part(const struct search *whole, size_t first, size_t end);

/*
 * The samplers. Execution i of (@seed, @from) is always the same; they start
 * with execution @from + 1, knowing nothing of earlier ones but what the tasks
 * share (@seen, may be NULL).
 */

/**
 * search_pct() - probabilistic concurrency testing
 * @depth:	d: number of ordering constraints, d-1 change points; 0: 2 to 5,
 *		drawn for each execution
 *
 * With @seen, only operations on shared memory are change points.
 */
struct search *search_pct(unsigned int depth, uint64_t seed, uint64_t from,
			  const struct footprint *seen);

/* Partial order sampling. */
struct search *search_pos(uint64_t seed, uint64_t from);

/* Selectively uniform random walk, on one object for each execution. */
struct search *search_surw(uint64_t seed, uint64_t from, const struct footprint *seen);

/*
 * One execution for each pair of conflicting accesses that search_dpor() has
 * seen in one order only.
 */
struct search *search_reversal(void);

/* Every Mazurkiewicz trace once, whatever the number of preemptions. */
struct search *search_dpor(void);

/* Uniform random walk. */
struct search *search_random(uint64_t seed, uint64_t from);

/* All of these in turns; @depth is PCT's. */
struct search *search_mix(unsigned int depth, uint64_t seed, uint64_t from,
			  const struct footprint *seen);

/* Exactly one execution: the default schedule, but kernel threads run at once. */
struct search *search_prompt(void);

/* Exactly one execution: the default schedule with these deviations. */
struct search *search_replay(const struct devlog *devs);

/* Parts of strategies that need no more than this. */
void search_no_done(struct search *s, unsigned long points, unsigned int preemptions);
void search_plain_free(struct search *s);

/* It says where a task is, and touches nothing. */
static inline bool search_op_marks(enum kshim_op op)
{
	return op == KSHIM_CALL || op == KSHIM_SYSCALL || op == KSHIM_YIELD;
}

/* The operation changes what another one of the same object sees. */
static inline bool search_op_writes(enum kshim_op op)
{
	return op != KSHIM_READ && op != KSHIM_MARKED_READ && op != KSHIM_WAIT &&
		op != KSHIM_LOCK_SHARED && !search_op_marks(op);
}

/* How far an operation reaches: what is freed is not known to the byte. */
static inline unsigned long search_reach(const struct kshim_pending *p)
{
	return p->op == KSHIM_FREE && !p->size ? 256 : p->size ? p->size : 1;
}

static inline bool search_overlap(const struct kshim_pending *p, const void *obj,
				  unsigned long size)
{
	return (const char *)p->obj < (const char *)obj + size &&
		(const char *)obj < (const char *)p->obj + search_reach(p);
}

/* The order of the two may decide something. */
static inline bool search_races(const struct kshim_pending *a, const struct kshim_pending *b)
{
	return a->obj && b->obj && (search_op_writes(a->op) || search_op_writes(b->op)) &&
		search_overlap(a, b->obj, search_reach(b));
}

static inline void search_free(struct search *s)
{
	if (s)
		s->free(s);
}

/**
 * token_format() - name an execution
 * @buf:	filled: SCENARIO@VERSION/m/3.1-1c.0 (points in hex, tasks in hex)
 * @len:	of @buf
 * @env:	what the environment could do: "m" becomes "mt2" with two early
 *		timers, "mf" with one allocation that fails, "mtf" with both
 *
 * Return: length, as snprintf().
 */
int token_format(char *buf, size_t len, const char *scenario, const char *version,
		 bool points_mem, const struct kshim_environment *env, const struct devlog *devs);

struct devname;

/**
 * token_identify() - append what makes a token survive an edit
 * @buf:	holds what token_format() made; made longer
 * @len:	of @buf
 * @scenario:	hash of the scenario, not 0
 * @names:	one for each deviation; NULL: none
 * @n:		how many
 *
 * Appends /HASH and, with names, /NAME,NAME...
 */
void token_identify(char *buf, size_t len, unsigned int scenario,
		    const struct devname *names, size_t n);

/**
 * struct token - parsed
 * @scenario:	malloc()ed name
 * @version:	malloc()ed kernel version
 * @hash:	of the scenario; 0: not said
 * @names:	one for each of @devs; NULL: not said
 */
struct token {
	char *scenario;
	char *version;
	bool points_mem;
	struct kshim_environment env;
	struct devlog devs;
	unsigned int hash;
	struct devname *names;
};

/**
 * token_parse() - the reverse
 * @text:	token
 * @t:		filled; token_free() it
 * @why:	what is wrong with it
 *
 * Return: true when it is well formed.
 */
bool token_parse(const char *text, struct token *t, const char **why);
void token_free(struct token *t);

/* Counter-based generator: the same (seed, number) is the same value. */
static inline uint64_t search_rng(uint64_t seed, uint64_t number)
{
	uint64_t z = seed * 0x9e3779b97f4a7c15ULL + number * 0xd1342543de82ef95ULL +
		0x632be59bd9b4e019ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

#endif
