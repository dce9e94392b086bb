/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the results of the same scenarios on two kernels, A and
 * B. Nothing here runs anything: two lists of results go in.
 */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "../report/result.h"

enum compare_verdict {
	COMPARE_SAME,
	COMPARE_FIXED,		/* fails on A only, by a known bug or another */
	COMPARE_BROKEN,		/* fails on B only */
	COMPARE_CHANGED,	/* fails on neither or on both, but differently */
	COMPARE_SKIPPED,	/* ran on one side only */
	COMPARE_ERROR,		/* one side could not be run: no verdict */
	COMPARE_NR_VERDICTS
};

enum compare_side { SIDE_A, SIDE_B };

/**
 * struct compare_diff - something that one side has and the other has not
 * @what:	"outcome" or "failure"
 * @side:	who has it
 * @text:	the outcome's values, those that matter first; or the failure's headline
 * @token:	witness: replays it on @side; may be NULL
 * @instead:	of an outcome, values of the other side's that is most like it, where
 *		they differ; or NULL
 * @other_token: its witness, on the other side
 * @evidence:	how far it is known that the other side has it not
 * @sure:	it counts; else it is so rare that the other search may have missed it
 */
struct compare_diff {
	const char *what;
	enum compare_side side;
	char *text;
	const char *token;
	char *instead;
	const char *other_token;
	char *evidence;
	bool sure;
};

/**
 * struct comparison - of one scenario
 * @scenario:	name
 * @r:		both results; NULL where there is none
 * @verdict:	what became of it
 * @reason:	in a line, why; may be NULL
 * @diff:	@ndiff differences
 * @ndiff:	see @diff
 */
struct comparison {
	const char *scenario;
	const struct run_result *r[2];
	enum compare_verdict verdict;
	char *reason;
	struct compare_diff *diff;
	unsigned int ndiff;
};

/**
 * struct compare_races - data races that one side has and the other has not
 * @race:	by side
 * @n:		how many, by side
 *
 * Two pairs are the same when the functions and the kinds of access are: a line
 * number says nothing about another tree.
 */
struct compare_races {
	const struct run_race **race[2];
	unsigned int n[2];
};

/**
 * struct compare_lock_orders - orders of locks that one side has and the other has not
 * @order:	by side
 * @n:		how many, by side
 */
struct compare_lock_orders {
	const struct run_lock_order **order[2];
	unsigned int n[2];
};

/**
 * struct compare_all - of all scenarios
 * @name:	of both kernels, for people
 * @spec:	of both kernels, as the command line names them
 * @c:		@n comparisons, in the order of the scenarios
 * @n:		see @c
 * @count:	how many, by verdict
 * @races:	over all scenarios that neither side fails
 * @orders:	of locks, likewise
 * @coverage:	of both; NULL when nobody asked. The caller's
 */
struct compare_coverage;

struct compare_all {
	const char *name[2], *spec[2];
	struct comparison *c;
	unsigned int n;
	unsigned int count[COMPARE_NR_VERDICTS];
	struct compare_races races;
	struct compare_lock_orders orders;
	const struct compare_coverage *coverage;
};

/* "same", "fixed", "broken", "changed", "skipped", "error" */
const char *compare_verdict_name(enum compare_verdict v);

/**
 * compare_results() - all scenarios of two runs
 * @all:	filled; compare_free() when done. Points into @a and @b
 * @a:		results of A
 * @na:		how many
 * @b:		results of B
 * @nb:		how many
 * @max_failures: so many distinct failures have ended the search of a scenario
 */
void compare_results(struct compare_all *all, const struct run_result *a, unsigned int na,
		     const struct run_result *b, unsigned int nb, unsigned int max_failures);
void compare_free(struct compare_all *all);

/**
 * compare_exit_code() - of the command
 * @all:	compared
 *
 * Return: 0 nothing is worse or other, 1 something is, 2 no verdict for a scenario.
 */
int compare_exit_code(const struct compare_all *all);

/* One scenario, see struct comparison; @a or @b may be NULL. */
void compare_one(struct comparison *c, const struct run_result *a, const struct run_result *b,
		 unsigned int max_failures);
void compare_one_free(struct comparison *c);

/**
 * compare_evidence() - how far it is known that a side has not what the other has
 * @r:		who has it
 * @count:	in so many schedules
 * @token:	of the first of these; may be NULL
 * @other:	who has it not
 * @sure:	filled: it counts, see struct compare_diff
 *
 * Return: allocated, in words.
 */
char *compare_evidence(const struct run_result *r, unsigned long count, const char *token,
		       const struct run_result *other, bool *sure);

/* What only one of two results that no failure has cut short has ended with. */
void compare_outcomes(struct comparison *c);

/* Add a difference; @text and @evidence are taken over. Valid until the next one. */
struct compare_diff *compare_add(struct comparison *c, const char *what, enum compare_side side, char *text,
		 const char *token, char *evidence, bool sure);

/* It ran on both sides and failed on neither: what else it has seen can be compared. */
bool compare_clean(const struct comparison *c);

void compare_races_fill(struct compare_all *all);
void compare_lock_orders_fill(struct compare_all *all);

/**
 * compare_signature() - a line of a report without what differs by chance
 * @line:	headline, or one side of a data race
 *
 * Addresses, offsets, line numbers and process numbers become '#'.
 *
 * Return: allocated.
 */
char *compare_signature(const char *line);

/**
 * compare_deviations() - how many choices a token makes
 * @token:	"NAME@VERSION/m/6.1-1c.0/..."
 *
 * A schedule cannot have more preemptions.
 *
 * Return: the number, -1 when it is no such token.
 */
int compare_deviations(const char *token);

/**
 * enum compare_opinion - is what a run found a bug of that kernel?
 *
 * A known bug is one, and a bug that is known but not found is none.
 */
enum compare_opinion { OPINION_GOOD, OPINION_BAD, OPINION_NONE };

enum compare_opinion compare_opinion(const struct run_result *r);

/* Summary for people; @verbose: what is the same as well. */
void compare_print(FILE *f, const struct compare_all *all, int verbose, bool color);
/* The lines of what differs only; how many were printed. */
unsigned int compare_print_lines(FILE *f, const struct compare_all *all, int verbose, bool color);
/* Report and trace of what is broken, the shortest one; @verbose: all. */
void compare_print_failures(FILE *f, const struct compare_all *all, int verbose, bool color);

struct ktap;
void compare_ktap(struct ktap *k, const char *suite, const struct compare_all *all);

struct json_object;
struct json_object *compare_json(const struct compare_all *all);

/* A page that needs nothing but a browser; 0, or -1 when writing failed. */
int compare_html(FILE *f, const struct compare_all *all);
/* Files of these kinds; 0, or -1 when writing failed. */
int compare_junit(FILE *f, const struct compare_all *all, const char *const *suite,
		  unsigned int nsuites);

#endif
