// SPDX-License-Identifier: GPL-2.0-only
/* Second pass: every word in steps, orders and clauses becomes an index. */
#include <ctype.h>
#include <string.h>

#include "parser.h"

/**
 * scn_check_path() - is every $NAME of a path declared
 * @p:	parser
 * @a:	argument with the path
 */
void scn_check_path(struct scn_parser *p, const struct scn_arg *a)
{
	struct scn_guess g;

	for (const char *c = strchr(a->str, '$'); c; c = strchr(c + 1, '$')) {
		size_t n = 1;
		char *name;

		while (isalnum((unsigned char)c[n]) || c[n] == '_')
			n++;
		name = scn_strndup(p->scn, c + 1, n - 1);
		if (scn_find_group(p->scn, name) >= 0 || scn_find_device(p->scn, name) >= 0 ||
		    p->broken_decl)
			continue;
		scn_guess_init(&g, name);
		for (unsigned int i = 0; i < p->scn->ngroups; i++)
			scn_guess_add(&g, p->scn->groups[i].name);
		for (unsigned int i = 0; i < p->scn->ndevices; i++)
			scn_guess_add(&g, p->scn->devices[i].name);
		scn_error(p, a->pos, "unknown group or device '$%s' in the path%s", name,
			  scn_guess_text(&g));
	}
}

/**
 * scn_resolve_setup() - groups of the devices
 * @p:	parser
 */
void scn_resolve_setup(struct scn_parser *p)
{
	for (unsigned int i = 0; i < p->scn->ndevices; i++) {
		struct scn_device *d = &p->scn->devices[i];
		struct scn_guess g;

		if (!d->group_arg.str || !strcmp(d->group_arg.str, "none"))
			continue;
		d->group = scn_find_group(p->scn, d->group_arg.str);
		if (d->group >= 0 || p->broken_decl)
			continue;
		scn_guess_init(&g, d->group_arg.str);
		scn_guess_add(&g, "none");
		for (unsigned int k = 0; k < p->scn->ngroups; k++)
			scn_guess_add(&g, p->scn->groups[k].name);
		scn_error(p, d->group_arg.pos, "unknown iommu group '%s'%s", d->group_arg.str,
			  scn_guess_text(&g));
	}
}

static bool resolve_task(struct scn_parser *p, struct scn_arg *a)
{
	int task = scn_find_task(p->scn, a->str);
	struct scn_guess g;

	if (task >= 0) {
		a->kind = SCN_ARG_TASK;
		a->index = (unsigned int)task;
		return true;
	}
	scn_guess_init(&g, a->str);
	for (unsigned int i = 0; i < p->scn->ntasks; i++)
		scn_guess_add(&g, p->scn->tasks[i].name);
	scn_error(p, a->pos, "unknown task '%s'%s", a->str, scn_guess_text(&g));
	return false;
}

/* Is the variable's step one that can have run, in this process? */
static void check_var(struct scn_parser *p, unsigned int user, struct scn_arg *a,
		      bool memory)
{
	const struct scenario *scn = p->scn;
	const struct scn_step *u = &scn->steps[user], *v = &scn->steps[a->index];
	const struct scn_task *ut = scn_task_of(scn, u->task), *vt = scn_task_of(scn, v->task);
	const char *name = a->str;

	if (v->verb == SCN_NR_VERBS)
		return;
	if (memory && v->verb != SCN_MMAP_ANON)
		scn_error(p, a->pos, "'%s' is no memory: it is the result of '%s'",
			  name, v->text);
	else if (!memory && v->verb != SCN_OPEN && v->verb != SCN_DUP && v->verb != SCN_IOCTL)
		scn_error(p, a->pos, "'%s' is no file descriptor: it is the result of '%s'",
			  name, v->text);
	else if (u->task == v->task && a->index >= user && !ut->forever)
		scn_error(p, a->pos, "'%s' is used before it is set", name);
	else if (u->task == SCN_SETUP && v->task != SCN_SETUP)
		scn_error(p, a->pos, "'%s' is not set yet while the setup runs", name);
	else if (u->task != SCN_TEARDOWN && v->task == SCN_TEARDOWN)
		scn_error(p, a->pos, "'%s' is only set in the teardown", name);
	else if (ut->process != vt->process && !ut->stopped)
		scn_error(p, a->pos, "'%s' belongs to process '%s', this task to '%s'", name,
			  scn->processes[vt->process].name, scn->processes[ut->process].name);
	else if (vt->stopped && u->task != v->task)
		scn_error(p, a->pos, "'%s' belongs to the process that task '%s' is forked into",
			  name, vt->name);
}

static void resolve_var(struct scn_parser *p, unsigned int step, struct scn_arg *a,
			bool memory)
{
	int var = scn_lookup_var(p, &p->scn->steps[step], a);

	if (var < 0)
		return;
	a->kind = SCN_ARG_STEP;
	a->index = (unsigned int)var;
	check_var(p, step, a, memory);
}

/* Values of an ioctl that are words: only an address can be one. */
static void resolve_params(struct scn_parser *p, unsigned int step)
{
	struct scn_step *s = &p->scn->steps[step];

	for (unsigned int i = 0; i < s->nparams; i++) {
		struct scn_param *prm = &s->params[i];
		struct scn_arg a = { SCN_ARG_WORD, 0, 0, prm->str, prm->pos };

		if (!prm->str)
			continue;
		if (strcmp(prm->key, "vaddr")) {
			scn_error(p, prm->pos, "'%s' wants a number", prm->key);
			continue;
		}
		resolve_var(p, step, &a, true);
		prm->is_step = a.kind == SCN_ARG_STEP;
		prm->step = a.index;
	}
}

static bool wants(struct scn_parser *p, struct scn_step *s, struct scn_arg *a,
		  bool ok, const char *what)
{
	if (!ok)
		scn_error(p, a->pos, "%s wants %s", scn_ioctl_short(s->ioctl), what);
	return ok;
}

/* The third argument, by what the request wants. */
static void resolve_ioctl(struct scn_parser *p, unsigned int step)
{
	struct scn_step *s = &p->scn->steps[step];
	struct scn_arg *a = &s->arg[2], *none = &s->arg[1];
	bool given = s->nargs > 2, word = given && a->kind == SCN_ARG_WORD;
	enum scn_ioctl_arg kind = s->ioctl ? s->ioctl->arg : SCN_IOC_INT;
	struct scn_guess g;

	if (s->ioctl) {
		scn_check_params(p, s->ioctl->params, scn_ioctl_short(s->ioctl), s->params,
				 s->nparams);
		resolve_params(p, step);
	}
	switch (kind) {
	case SCN_IOC_NONE:
		wants(p, s, a, !given, "no argument");
		break;
	case SCN_IOC_FD:
		if (!wants(p, s, given ? a : none, given && (word || a->kind == SCN_ARG_INT),
			   "a variable that holds a file descriptor"))
			break;
		if (word)
			resolve_var(p, step, a, false);
		break;
	case SCN_IOC_STR:
		if (!wants(p, s, given ? a : none, given && a->kind != SCN_ARG_INT,
			   "a device or its name in quotes"))
			break;
		if (word)
			scn_resolve_object(p, a, false);
		break;
	case SCN_IOC_STRUCT:
	case SCN_IOC_STATUS:
	case SCN_IOC_MAP:
	case SCN_IOC_UNMAP:
	case SCN_IOC_PIN:
		wants(p, s, a, !given || a->kind == SCN_ARG_INT, "an index or KEY=VALUE");
		break;
	case SCN_IOC_INT:
		if (s->ioctl && !wants(p, s, given ? a : none, given && a->kind != SCN_ARG_STR,
				       "a number or constant"))
			break;
		if (!word)
			break;
		if (scn_find_constant(a->str, &a->num)) {
			a->kind = SCN_ARG_INT;
			a->str = NULL;
			break;
		}
		scn_guess_init(&g, a->str);
		scn_guess_table(&g, scn_constants);
		scn_error(p, a->pos, "unknown constant '%s'%s", a->str, scn_guess_text(&g));
	}
}

static void resolve_step(struct scn_parser *p, unsigned int step)
{
	struct scn_step *s = &p->scn->steps[step];
	unsigned int i = 0;

	if (s->verb == SCN_NR_VERBS)
		return;
	if (s->verb == SCN_IOCTL)
		resolve_ioctl(p, step);
	for (const char *c = scn_verbs[s->verb].args; *c && i < s->nargs; c++) {
		struct scn_arg *a = &s->arg[i];
		int target;

		if (*c == '?')
			continue;
		i++;
		if (*c == 'p' || *c == 'S')
			scn_check_path(p, a);
		if (*c == 'm')
			scn_check_params(p, scn_find_module(a->str)->params, a->str, s->params,
					 s->nparams);
		if (a->kind != SCN_ARG_WORD || *c == 'a')
			continue;
		if (*c == 'v' || *c == 'M')
			resolve_var(p, step, a, *c == 'M');
		else if (*c == 'd')
			scn_resolve_object(p, a, false);
		else if (*c == 't')
			resolve_task(p, a);
		else if (*c == 'l') {
			target = scn_lookup_step(p, a, "step");
			if (target < 0)
				continue;
			a->kind = SCN_ARG_STEP;
			a->index = (unsigned int)target;
		}
	}
}

/**
 * scn_resolve_steps() - words in steps and orders
 * @p:	parser
 */
void scn_resolve_steps(struct scn_parser *p)
{
	for (unsigned int i = 0; i < p->scn->nsteps; i++)
		resolve_step(p, i);
	for (unsigned int i = 0; i < p->scn->norders; i++) {
		struct scn_order *o = &p->scn->orders[i];
		int before = scn_lookup_step(p, &o->names[0], "step");
		int after = scn_lookup_step(p, &o->names[1], "step");

		o->before = before < 0 ? 0 : (unsigned int)before;
		o->after = after < 0 ? 0 : (unsigned int)after;
	}
}

/**
 * scn_resolve_expr() - words in a clause
 * @p:	parser
 * @e:	tree
 */
void scn_resolve_expr(struct scn_parser *p, struct scn_expr *e)
{
	struct scn_guess g;
	int step;

	if (e->l)
		scn_resolve_expr(p, e->l);
	if (e->r)
		scn_resolve_expr(p, e->r);
	if (e->kind == SCN_E_STEP || e->kind == SCN_E_FLAG) {
		step = scn_lookup_step(p, &e->arg, "step");
		e->step = step < 0 ? 0 : (unsigned int)step;
	} else if (e->kind == SCN_E_FUNC && e->arg.kind == SCN_ARG_WORD) {
		scn_resolve_object(p, &e->arg, e->func == SCN_F_REFS);
	} else if (e->kind == SCN_E_FUNC && e->arg.kind == SCN_ARG_PATH) {
		scn_check_path(p, &e->arg);
	} else if (e->kind == SCN_E_FUNC && e->arg.kind == SCN_ARG_MODULE &&
		   !scn_find_module(e->arg.str)) {
		scn_guess_init(&g, e->arg.str);
		for (const struct scn_module_info *m = scn_modules; m->name; m++)
			scn_guess_add(&g, m->name);
		scn_error(p, e->arg.pos, "unknown module '%s'%s", e->arg.str,
			  scn_guess_text(&g));
	}
}
