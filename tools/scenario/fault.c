// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scenario with a fault: NAME+STEP=N is the scenario NAME in which the Nth
 * allocation of one step fails, and no other one. What its steps and clauses
 * expect was written for steps that can do their work, so nothing of it counts.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parser.h"

/**
 * scn_fault_none() - prepare a scenario for faults
 * @scn:	its clauses, "known" lines, and what its steps have of expect and
 *		fail_nth are dropped; what it allows stays
 *
 * Only oracles judge it then.
 */
void scn_fault_none(struct scenario *scn)
{
	unsigned int i;

	scn->nclauses = 0;
	scn->nknown = 0;
	for (i = 0; i < scn->nsteps; i++) {
		scn->steps[i].expect.set = false;
		if (scn->steps[i].task != SCN_SETUP)
			scn->steps[i].fail_nth = 0;
	}
}

/**
 * scn_fault_at() - where the fault begins in what a command line calls a scenario
 * @word:	NAME, FILE or GLOB, each perhaps with +STEP=N
 *
 * Return: index of the '+', or the length of @word when there is none.
 */
size_t scn_fault_at(const char *word)
{
	const char *plus = strrchr(word, '+'), *c = plus ? plus + 1 : "";

	while (isalnum((unsigned char)*c) || *c == '_' || *c == '.')
		c++;
	if (*c++ != '=' || !isdigit((unsigned char)*c))
		return strlen(word);
	while (isdigit((unsigned char)*c))
		c++;
	return *c ? strlen(word) : (size_t)(plus - word);
}

/**
 * scn_fault_set() - have an allocation of one step fail
 * @scn:	scenario; gets the fault's name behind its own
 * @step:	index
 * @n:		which one, from 1; 0: none, and the old name
 */
void scn_fault_set(struct scenario *scn, unsigned int step, unsigned int n)
{
	size_t plain = scn_fault_at(scn->name), len;
	char *name = NULL;
	FILE *f;

	scn->steps[step].fail_nth = n;
	f = open_memstream(&name, &len);
	if (!f)
		abort();
	fprintf(f, "%.*s", (int)plain, scn->name);
	if (n) {
		putc('+', f);
		scn_step_name(f, scn, step);
		fprintf(f, "=%u", n);
	}
	fclose(f);
	scn->name = scn_strndup(scn, name, len);
	scn->fault = n ? scn->name + plain + 1 : NULL;
	free(name);
}

/* One of its own steps that was probably meant, as a part of a message */
static const char *meant(const struct scenario *scn, const char *name, struct scn_guess *g)
{
	unsigned int i;

	scn_guess_init(g, name);
	for (i = 0; i < scn->nsteps; i++)
		if (scn->steps[i].task != SCN_SETUP && strcmp(scn->steps[i].name, name))
			scn_guess_add(g, scn->steps[i].name);
	return scn_guess_text(g);
}

/**
 * scn_fault_parse() - the same from words
 * @scn:	scenario; scn_fault_none() is done here
 * @fault:	STEP=N, as behind scn_fault_at()
 * @err:	where a message goes
 *
 * Return: false when it has no such step, or one in its setup.
 */
bool scn_fault_parse(struct scenario *scn, const char *fault, FILE *err)
{
	const char *equal = strrchr(fault, '=');
	char *name = scn_strndup(scn, fault, (size_t)(equal - fault));
	unsigned long n = strtoul(equal + 1, NULL, 10);
	int step = scn_step_find(scn, name);
	struct scn_guess g;

	if (step < 0 || scn->steps[step].task == SCN_SETUP || !n || n > 1000000) {
		fprintf(err, "vfiosim: %s+%s: %s%s\n", scn->name, fault, step < 0 ?
			"no single step has this name (TASK.STEP tells equal ones apart)" :
			!n || n > 1000000 ? "allocations are counted from 1" :
			"a step of the setup, which runs before anything can fail",
			step < 0 ? meant(scn, name, &g) : "");
		return false;
	}
	scn_fault_none(scn);
	scn_fault_set(scn, (unsigned int)step, (unsigned int)n);
	return true;
}
