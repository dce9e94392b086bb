/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a run of one scenario found, and how to write it down.
 */
#ifndef REPORT_RESULT_H
#define REPORT_RESULT_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "lifecycle.h"

#define OUTCOME_NONE	LONG_MIN	/* the step was never reached */

enum run_status {
	RUN_PASS,
	RUN_FAIL,
	RUN_SKIP,
	RUN_KNOWN,		/* failed as the scenario says it does */
	RUN_ERROR,		/* could not be run */
};

/**
 * struct run_outcome - one distinct way a schedule ended
 * @values:	one per column; OUTCOME_NONE where the step was not reached
 * @count:	schedules that ended so
 * @token:	replays the first of them
 */
struct run_outcome {
	const long *values;
	unsigned long count;
	const char *token;
	bool reduced;		/* a partial-order reduction has seen it */
};

struct run_sometimes {
	const char *text;
	bool reached;
};

enum run_need {
	RUN_NEED_UNKNOWN,	/* nobody tried with fewer */
	RUN_NEED_AT_MOST,	/* fewer were tried, not all of them */
	RUN_NEED_EXACTLY,	/* all were tried, none fails like this */
};

/**
 * struct run_failure - one distinct report
 * @oracle:	who reported
 * @headline:	its line
 * @token:	replays it
 * @count:	schedules that ended so
 * @report_text: the report, lines ended by newlines; may be NULL
 * @trace_text:	the trace; may be NULL
 * @trace_html:	the same as a part of a page; may be NULL
 * @schedules_to_first: how many were run when it was first seen
 * @preemptions: needed; -1: unknown
 * @need:	what is known about fewer preemptions
 * @steps_from:	steps of the scenario; 0: nobody tried with fewer
 * @steps:	so many are enough
 * @small:	scenario with only these, as text; may be NULL
 * @small_token: replays the failure there
 * @saved:	folder that has everything; may be NULL
 * @fault:	of a fail sweep: "allocation in FUNCTION() (FILE:LINE)"; else NULL
 * @fault_step:	of a fail sweep: "BYTES bytes, fail_nth N of STEP"
 * @fault_stack: of a fail sweep: its call trace
 * @known:	of a fail sweep: why it is expected; NULL: it is not
 * @same:	of a fail sweep: scenario before this one that has found it too, or NULL
 */
struct run_failure {
	const char *oracle;
	const char *headline;
	const char *token;
	unsigned long count;
	const char *report_text;
	const char *trace_text;
	const char *trace_html;
	unsigned long schedules_to_first;
	int preemptions;
	enum run_need need;
	unsigned int steps_from, steps;
	const char *small;
	const char *small_token;
	const char *saved;
	const char *fault, *fault_step, *fault_stack;
	const char *known;
	const char *same;
};

/**
 * struct run_sweep - what a fail sweep has made fail, one at a time
 * @allocations: of them
 * @copies:	from and to user space
 * @steps:	of tasks and teardown; 0: there was no sweep
 */
struct run_sweep {
	unsigned long allocations, copies;
	unsigned int steps;
};

/**
 * struct run_order - an order of two conflicting places that was never seen
 * @first:	"func (file:line)"
 * @second:	behind it
 */
struct run_order {
	const char *first, *second;
};

/**
 * struct run_race - two places that race
 * @a:		"write in func (file:line)"
 * @b:		the other one
 * @object:	global variable it is about, or NULL
 * @token:	replays the first schedule in which they did
 * @schedules_to_first: its number
 */
struct run_race {
	const char *a;
	const char *b;
	const char *object;
	const char *token;
	unsigned long schedules_to_first;
};

/**
 * struct run_lock_order - a lock was taken with another one held
 * @first:	class of the one that was held
 * @second:	class of the one that was taken
 * @token:	replays the first schedule in which it was
 */
struct run_lock_order {
	const char *first;
	const char *second;
	const char *token;
};

/**
 * struct run_sampling - executions that were drawn, not enumerated
 * @schedules:	how many; 0: none, or by a strategy without a guarantee
 * @tasks:	n of PCT: tasks that ran in one of them
 * @points:	k of PCT: contended points of the longest
 * @depth:	d of PCT: ordering constraints of the bugs that it is about
 *
 * One execution finds a bug of depth d with a probability of at least
 * p = 1/(n k^(d-1)), so that all of them do with 1-(1-p)^schedules.
 */
struct run_sampling {
	unsigned long schedules;
	unsigned int tasks;
	unsigned long points;
	unsigned int depth;
};

/**
 * struct run_result - all of it
 * @scenario:	name
 * @kernel:	version, "5.10.262"
 * @status:	verdict
 * @reason:	of a skip, error or known failure; may be NULL
 * @schedules:	explored
 * @traces:	distinct Mazurkiewicz traces that a reduction has executed; 0: it
 *		was not used
 * @share:	when not exhaustive: estimated part of them, 0 to 1; 0: unknown
 * @complete_bound: preemption bound that was explored completely; -1: none
 * @exhaustive:	no schedule is left, with any number of preemptions
 * @sampling:	what was drawn beyond
 * @cached:	an earlier run's, of the same code
 * @strategy:	"dfs", "pct", ...
 * @seconds:	elapsed
 * @npoints:	contended points of the longest schedule
 * @columns:	names of the observables
 * @ncolumns:	how many
 * @outcomes:	rows of the table
 * @noutcomes:	how many
 * @sometimes:	clauses
 * @nsometimes:	how many
 * @failures:	reports
 * @nfailures:	how many
 * @races:	data races that were not failures
 * @nraces:	how many
 * @lock_orders: orders of locks that were seen
 * @nlock_orders: how many
 * @order_pairs: pairs of conflicting places in the code that were seen unordered
 * @orders_seen: of twice as many orders of them
 * @unseen:	the others
 * @nunseen:	how many
 * @trace_html:	of a replay that found nothing; may be NULL
 * @stubs:	stubs of the shim that were reached, with counts; NULL: none
 * @has_life:	the lifecycle table was wanted
 * @life:	it
 * @sweep:	what --fail-sweep did
 */
struct run_result {
	const char *scenario;
	const char *kernel;
	enum run_status status;
	const char *reason;
	unsigned long schedules;
	int complete_bound;
	unsigned long traces;
	double share;
	bool exhaustive;
	struct run_sampling sampling;
	bool cached;
	const char *strategy;
	double seconds;
	unsigned long npoints;
	const char *const *columns;
	unsigned int ncolumns;
	const struct run_outcome *outcomes;
	unsigned int noutcomes;
	const struct run_sometimes *sometimes;
	unsigned int nsometimes;
	const struct run_failure *failures;
	unsigned int nfailures;
	const struct run_race *races;
	unsigned int nraces;
	const struct run_lock_order *lock_orders;
	unsigned int nlock_orders;
	unsigned int order_pairs, orders_seen;
	const struct run_order *unseen;
	unsigned int nunseen;
	const char *trace_html;
	const char *stubs;
	bool has_life;
	struct lifetable life;
	struct run_sweep sweep;
};

/**
 * run_status_name() - "pass", "fail", "skip", "known", "error"
 * @s:		any
 */
const char *run_status_name(enum run_status s);

/* What "vfiosim replay" needs behind the token of a failure: "" or an option. */
const char *run_replay_option(const struct run_failure *x);

/**
 * result_print_human() - for people
 * @f:		where to
 * @r:		what was found
 * @color:	use the terminal's colours
 */
void result_print_human(FILE *f, const struct run_result *r, bool color);

/* The lifecycle tables of all of them in one. */
void result_print_lifecycle(FILE *f, const struct run_result *r, unsigned int n);

/**
 * result_chance() - of a bug to be found by what was drawn
 * @s:		sampling
 *
 * Return: a probability that is at least reached; 0 when nothing was drawn.
 */
double result_chance(const struct run_sampling *s);

/**
 * result_sweep() - the line that sums a fail sweep up
 * @f:		where to
 * @r:		results
 * @n:		how many
 *
 * Reports that several of the scenarios have are counted once.
 */
void result_sweep(FILE *f, const struct run_result *r, unsigned int n);

typedef int result_writer(FILE *f, const struct run_result *r, unsigned int n);

/**
 * result_write() - results into a file
 * @path:	its name; "-" is standard output
 * @write:	json_results() and the like
 * @r:		results
 * @n:		how many
 *
 * Return: 0, or -1 after a message on stderr.
 */
int result_write(const char *path, result_writer *write, const struct run_result *r,
		 unsigned int n);

/**
 * result_exit_code() - of the command
 * @r:		results
 * @n:		how many
 *
 * Return: 0 passed (or known), 1 a scenario failed, 2 an error, 4 all skipped.
 */
int result_exit_code(const struct run_result *r, unsigned int n);

#endif
