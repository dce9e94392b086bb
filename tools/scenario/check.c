// SPDX-License-Identifier: GPL-2.0-only
/* Sense checks that need the whole file: forks, orders that contradict. */
#include <string.h>

#include "parser.h"

static void check_forks(struct scn_parser *p)
{
	struct scenario *scn = p->scn;
	bool forked[SCN_MAX_TASKS + SCN_MAX_ERRORS] = { false };

	for (unsigned int i = 0; i < scn->nsteps; i++) {
		const struct scn_step *s = &scn->steps[i];
		const struct scn_arg *a = &s->arg[0];

		if (s->verb != SCN_FORK || a->kind != SCN_ARG_TASK)
			continue;
		if (!scn->tasks[a->index].stopped)
			scn_error(p, a->pos, "task '%s' is not declared 'stopped'",
				  scn->tasks[a->index].name);
		else if (s->task == (int)a->index)
			scn_error(p, a->pos, "task '%s' forks itself", scn->tasks[a->index].name);
		else if (forked[a->index])
			scn_error(p, a->pos, "task '%s' is forked twice", scn->tasks[a->index].name);
		else if (s->task < 0)
			scn_error(p, a->pos, "fork belongs in a task");
		forked[a->index] = true;
	}
	for (unsigned int i = 0; i < scn->ntasks; i++)
		if (scn->tasks[i].stopped && !forked[i] && !p->broken_step)
			scn_error(p, scn->tasks[i].pos, "task '%s' is stopped and no step forks it",
				  scn->tasks[i].name);
}

/**
 * scn_device_of_fd() - the device that a step opens
 * @scn:	scenario
 * @step:	index
 *
 * Return: its bus address; NULL when the step is no GET_DEVICE_FD of a device.
 */
const char *scn_device_of_fd(const struct scenario *scn, unsigned int step)
{
	const struct scn_step *s = &scn->steps[step];

	if (s->verb != SCN_IOCTL || !s->ioctl || s->nargs < 3 || s->arg[2].kind != SCN_ARG_DEV ||
	    strcmp(s->ioctl->name, "VFIO_GROUP_GET_DEVICE_FD"))
		return NULL;
	return s->arg[2].str;
}

static void check_users(struct scn_parser *p)
{
	const struct scenario *scn = p->scn;

	for (unsigned int i = 0; i < scn->ntasks; i++)
		if (scn->tasks[i].forever && !scn->tasks[i].nsteps)
			scn_error(p, scn->tasks[i].pos, "task '%s' repeats nothing for ever",
				  scn->tasks[i].name);
	for (unsigned int i = 0; i < scn->nsteps; i++) {
		const struct scn_step *s = &scn->steps[i];

		if (s->verb != SCN_HOLD)
			continue;
		if (s->task < 0)
			scn_error(p, s->pos, "hold belongs in a task");
		else if (scn->tasks[s->task].forever)
			scn_error(p, s->pos, "task '%s' goes on for ever: it cannot hold still",
				  scn->tasks[s->task].name);
		else if (s->nargs && (s->arg[0].kind != SCN_ARG_STEP ||
				      !scn_device_of_fd(scn, s->arg[0].index)))
			scn_error(p, s->arg[0].pos, "hold waits for a driver's request(): it wants a variable that GET_DEVICE_FD of a device has set");
	}
}

/* Must @before have finished when @after starts, whatever the schedule? */
static bool direct(const struct scenario *scn, unsigned int before, unsigned int after)
{
	const struct scn_step *b = &scn->steps[before], *a = &scn->steps[after];

	if (a->task == b->task && after == before + 1)
		return true;
	for (unsigned int i = 0; i < scn->norders; i++)
		if (scn->orders[i].before == before && scn->orders[i].after == after)
			return true;
	return false;
}

/* Depth first; state 1 is on the path, 2 is known to be without a cycle. */
static bool reaches_itself(const struct scenario *scn, unsigned int i, unsigned char *state)
{
	unsigned int n = scn->nsteps;

	state[i] = 1;
	for (unsigned int k = 0; k < n; k++) {
		bool edge = direct(scn, i, k);

		/* A wait step is the end of the edge from what it waits for. */
		if (scn->steps[k].verb == SCN_WAIT && scn->steps[k].arg[0].kind == SCN_ARG_STEP &&
		    scn->steps[k].arg[0].index == i)
			edge = true;
		if (!edge || state[k] == 2)
			continue;
		if (state[k] == 1 || reaches_itself(scn, k, state))
			return true;
	}
	state[i] = 2;
	return false;
}

static void check_cycles(struct scn_parser *p)
{
	const struct scenario *scn = p->scn;
	unsigned char state[SCN_MAX_STEPS] = { 0 };
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++)
		if (!state[i] && reaches_itself(scn, i, state))
			break;
	if (i == scn->nsteps)
		return;
	for (i = 0; i < scn->norders; i++) {
		const struct scn_order *o = &scn->orders[i];

		if (state[o->before] == 1 && state[o->after] == 1) {
			scn_error(p, o->names[0].pos,
				  "this order can never be kept: the steps wait for each other");
			return;
		}
	}
	for (i = 0; i < scn->nsteps; i++) {
		if (scn->steps[i].verb == SCN_WAIT && state[i] == 1) {
			scn_error(p, scn->steps[i].pos,
				  "this wait never ends: the steps wait for each other");
			return;
		}
	}
}

static void check_orders(struct scn_parser *p)
{
	const struct scenario *scn = p->scn;

	for (unsigned int i = 0; i < scn->norders; i++) {
		const struct scn_order *o = &scn->orders[i];
		bool early = scn->steps[o->before].task < 0, late = scn->steps[o->after].task < 0;

		if (early || late)
			scn_error(p, o->names[early ? 0 : 1].pos,
				  "order is for steps of tasks; setup and teardown run alone");
	}
}

/**
 * scn_check() - what only the whole file can tell
 * @p:	parser, everything resolved
 */
void scn_check(struct scn_parser *p)
{
	for (unsigned int i = 0; i < p->scn->nclauses; i++)
		scn_resolve_expr(p, p->scn->clauses[i].expr);
	check_forks(p);
	check_users(p);
	if (p->nerrors)
		return;
	check_orders(p);
	check_cycles(p);
	if (!p->nerrors && !p->scn->ntasks && !p->scn->setup.nsteps) {
		struct scn_pos end = p->tok[p->ntok - 1].pos;

		scn_error(p, end, "nothing to run: no task and no setup step");
	}
}
