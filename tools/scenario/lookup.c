// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names to indices. A step is called TASK.NAME, or NAME alone where only one
 * task has it; a step without a name of its own has one made of its verb and
 * object, and answers to the verb alone where that is unambiguous.
 */
#include <ctype.h>
#include <string.h>

#include "parser.h"

/** scn_find_group() - Return: index of an iommu group, -1 when there is none */
int scn_find_group(const struct scenario *scn, const char *name)
{
	for (unsigned int i = 0; i < scn->ngroups; i++)
		if (!strcmp(scn->groups[i].name, name))
			return (int)i;
	return -1;
}

/** scn_find_device() - Return: index of a device, -1 when there is none */
int scn_find_device(const struct scenario *scn, const char *name)
{
	for (unsigned int i = 0; i < scn->ndevices; i++)
		if (!strcmp(scn->devices[i].name, name))
			return (int)i;
	return -1;
}

/** scn_find_task() - Return: index of a task, -1 when there is none */
int scn_find_task(const struct scenario *scn, const char *name)
{
	for (unsigned int i = 0; i < scn->ntasks; i++)
		if (!strcmp(scn->tasks[i].name, name))
			return (int)i;
	return -1;
}

/** scn_task_of() - the task that scn_step.task means */
const struct scn_task *scn_task_of(const struct scenario *scn, int task)
{
	return task == SCN_SETUP ? &scn->setup :
	       task == SCN_TEARDOWN ? &scn->teardown : &scn->tasks[task];
}

/* Does @s answer to the @n bytes at @name; level 1: to its verb alone. */
static bool answers(const struct scn_step *s, const char *name, int level)
{
	size_t n;

	if (!level)
		return (s->name && !strcmp(s->name, name)) || (s->var && !strcmp(s->var, name)) ||
		       (s->label && !strcmp(s->label, name));
	if (s->label || s->var || s->verb == SCN_NR_VERBS)
		return false;
	if (s->verb == SCN_API)
		return !strcmp(scn_api_name(s->arg[0].num), name);
	n = strlen(scn_verb_name(s->verb));
	return strlen(name) == n && !strcmp(scn_verb_name(s->verb), name);
}

/* "user.fd" to task and "fd"; false when there is no such task. */
static bool split_name(const struct scenario *scn, const char *name, bool *qualified,
		       int *task, const char **rest)
{
	const char *dot = strchr(name, '.');
	size_t n = dot ? (size_t)(dot - name) : 0;

	*qualified = dot;
	*rest = dot ? dot + 1 : name;
	if (!dot)
		return true;
	if (n == 5 && !strncmp(name, "setup", n)) {
		*task = SCN_SETUP;
		return true;
	}
	if (n == 8 && !strncmp(name, "teardown", n)) {
		*task = SCN_TEARDOWN;
		return true;
	}
	for (unsigned int i = 0; i < scn->ntasks; i++) {
		*task = (int)i;
		if (strlen(scn->tasks[i].name) == n && !strncmp(scn->tasks[i].name, name, n))
			return true;
	}
	return false;
}

/* Index of the only step that answers; -1 none, -2 several (first two given). */
static int find_step(const struct scenario *scn, const char *name, unsigned int two[2])
{
	bool qualified;
	const char *rest;
	int task = 0, n;

	if (!split_name(scn, name, &qualified, &task, &rest))
		return -1;
	for (int level = 0; level < 2; level++) {
		n = 0;
		for (unsigned int i = 0; i < scn->nsteps; i++) {
			if (qualified && scn->steps[i].task != task)
				continue;
			if (!answers(&scn->steps[i], rest, level))
				continue;
			if (n < 2)
				two[n] = i;
			n++;
		}
		if (n)
			return n == 1 ? (int)two[0] : -2;
	}
	return -1;
}

/**
 * scn_step_find() - look a step up by name
 * @scn:	scenario
 * @name:	as in a clause
 *
 * Return: its index, -1 when there is none or more than one.
 */
int scn_step_find(const struct scenario *scn, const char *name)
{
	unsigned int two[2];
	int i = find_step(scn, name, two);

	return i < 0 ? -1 : i;
}

static const char *task_name(const struct scenario *scn, int task)
{
	return task == SCN_SETUP ? "setup" : task == SCN_TEARDOWN ? "teardown" :
	       scn->tasks[task].name;
}

static int ambiguous(struct scn_parser *p, const struct scn_arg *name, unsigned int two[2])
{
	const struct scn_step *a = &p->scn->steps[two[0]], *b = &p->scn->steps[two[1]];

	scn_error(p, name->pos, "'%s' is ambiguous: say %s.%s or %s.%s", name->str,
		  task_name(p->scn, a->task), a->name, task_name(p->scn, b->task), b->name);
	return -1;
}

static int unknown_step(struct scn_parser *p, const struct scn_arg *name, const char *what)
{
	const char *dot = strchr(name->str, '.');
	struct scn_guess g;
	bool qualified;
	const char *rest;
	int task = 0;

	if (p->broken_step)
		return -1;
	if (!split_name(p->scn, name->str, &qualified, &task, &rest)) {
		const char *t = scn_strndup(p->scn, name->str, (size_t)(dot - name->str));

		scn_guess_init(&g, t);
		for (unsigned int i = 0; i < p->scn->ntasks; i++)
			scn_guess_add(&g, p->scn->tasks[i].name);
		scn_error(p, name->pos, "unknown task '%s'%s", t, scn_guess_text(&g));
		return -1;
	}
	scn_guess_init(&g, rest);
	for (unsigned int i = 0; i < p->scn->nsteps; i++)
		if ((!qualified || p->scn->steps[i].task == task) && p->scn->steps[i].name)
			scn_guess_add(&g, p->scn->steps[i].name);
	scn_error(p, name->pos, "unknown %s '%s'%s", what, name->str, scn_guess_text(&g));
	return -1;
}

/**
 * scn_lookup_step() - the step that a clause, order or wait names
 * @p:		parser
 * @name:	word with its place
 * @what:	"step" or "variable", for the message
 *
 * Return: its index, or -1, which was reported.
 */
int scn_lookup_step(struct scn_parser *p, const struct scn_arg *name, const char *what)
{
	unsigned int two[2];
	int i = find_step(p->scn, name->str, two);

	return i >= 0 ? i : i == -2 ? ambiguous(p, name, two) : unknown_step(p, name, what);
}

/**
 * scn_lookup_var() - the step whose result a step uses as an fd
 * @p:		parser
 * @user:	the using step; its own task's names come first, then the setup's
 * @name:	word with its place
 *
 * Return: its index, or -1, which was reported.
 */
int scn_lookup_var(struct scn_parser *p, const struct scn_step *user,
		   const struct scn_arg *name)
{
	const struct scenario *scn = p->scn;
	int scope[2] = { user->task, SCN_SETUP };

	for (int k = 0; k < 2 && !strchr(name->str, '.'); k++)
		for (unsigned int i = 0; i < scn->nsteps; i++)
			if (scn->steps[i].task == scope[k] &&
			    answers(&scn->steps[i], name->str, 0))
				return (int)i;
	return scn_lookup_step(p, name, "variable");
}

/**
 * scn_resolve_object() - a word to a device or group
 * @p:		parser
 * @a:		the word; becomes what it names
 * @groups:	whether it may be a group
 *
 * Return: false when it names nothing, which was reported.
 */
bool scn_resolve_object(struct scn_parser *p, struct scn_arg *a, bool groups)
{
	int dev = scn_find_device(p->scn, a->str);
	int group = scn_find_group(p->scn, a->str);
	struct scn_guess g;

	if (dev >= 0) {
		a->kind = SCN_ARG_DEV;
		a->index = (unsigned int)dev;
		a->str = p->scn->devices[dev].addr;
		return true;
	}
	if (group >= 0 && groups) {
		a->kind = SCN_ARG_GROUP;
		a->index = (unsigned int)group;
		return true;
	}
	if (p->broken_decl)
		return false;
	scn_guess_init(&g, a->str);
	for (unsigned int i = 0; i < p->scn->ndevices; i++)
		scn_guess_add(&g, p->scn->devices[i].name);
	for (unsigned int i = 0; groups && i < p->scn->ngroups; i++)
		scn_guess_add(&g, p->scn->groups[i].name);
	if (group >= 0)
		scn_error(p, a->pos, "'%s' is an iommu group, not a device", a->str);
	else
		scn_error(p, a->pos, "unknown %s '%s'%s", groups ? "group or device" : "device",
			  a->str, scn_guess_text(&g));
	return false;
}
