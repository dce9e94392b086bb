// SPDX-License-Identifier: GPL-2.0-only
/* A scenario back to text that parses to the same thing. */
#include <ctype.h>
#include <string.h>

#include "parser.h"

static void quoted(FILE *out, const char *s)
{
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '\n')
			fputs("\\n", out);
		else if (*s == '\t')
			fputs("\\t", out);
		else if (*s == '"' || *s == '\\')
			fprintf(out, "\\%c", *s);
		else
			fputc(*s, out);
	}
	fputc('"', out);
}

static void number(FILE *out, long v)
{
	const char *name = scn_errno_name(v);

	if (name)
		fputs(name, out);
	else
		fprintf(out, "%ld", v);
}

/* In the largest unit that divides it. */
static void duration(FILE *out, long ns)
{
	static const char *const units[] = { "ns", "us", "ms", "s" };
	unsigned int i = 0;

	for (; i < 3 && ns && ns % 1000 == 0; i++)
		ns /= 1000;
	fprintf(out, "%ld%s", ns, units[i]);
}

/**
 * scn_step_name() - a step as a clause may call it
 * @out:	where to
 * @scn:	scenario
 * @step:	index
 *
 * Writes NAME where that is unambiguous, TASK.NAME otherwise.
 */
void scn_step_name(FILE *out, const struct scenario *scn, unsigned int step)
{
	const struct scn_step *s = &scn->steps[step];

	if (scn_step_find(scn, s->name) != (int)step)
		fprintf(out, "%s.", s->task == SCN_SETUP ? "setup" : s->task == SCN_TEARDOWN ?
			"teardown" : scn->tasks[s->task].name);
	fputs(s->name, out);
}

static void print_func(FILE *out, const struct scenario *scn, enum scn_func func,
		       const struct scn_arg *arg)
{
	fprintf(out, "%s(", scn_func_name(func));
	if (arg->kind == SCN_ARG_DEV)
		fputs(scn->devices[arg->index].name, out);
	else if (arg->kind == SCN_ARG_GROUP)
		fputs(scn->groups[arg->index].name, out);
	else if (arg->str)
		quoted(out, arg->str);
	fputc(')', out);
}

static const char *flag_name(unsigned int flag)
{
	return flag == SCN_STEP_WAITED ? "waited" : flag == SCN_STEP_BLOCKED ? "blocked" :
	       flag == SCN_STEP_DONE ? "done" : "started";
}

static int rank(const struct scn_expr *e)
{
	return e->kind == SCN_E_OR ? 0 : e->kind == SCN_E_AND ? 1 : e->kind == SCN_E_NOT ? 2 :
	       e->kind == SCN_E_CMP ? 3 : 4;
}

static void sub_expr(FILE *out, const struct scenario *scn, const struct scn_expr *e,
		     int at_least)
{
	bool paren = rank(e) < at_least;

	if (paren)
		fputc('(', out);
	scn_expr_print(out, scn, e);
	if (paren)
		fputc(')', out);
}

/**
 * scn_expr_print() - an expression as text, with the fewest parentheses
 * @out:	where to
 * @scn:	scenario that it belongs to
 * @e:		resolved expression
 */
void scn_expr_print(FILE *out, const struct scenario *scn, const struct scn_expr *e)
{
	switch (e->kind) {
	case SCN_E_INT:
		number(out, e->value);
		break;
	case SCN_E_STEP:
		scn_step_name(out, scn, e->step);
		break;
	case SCN_E_FLAG:
		scn_step_name(out, scn, e->step);
		fprintf(out, " %s", flag_name(e->flag));
		break;
	case SCN_E_FUNC:
		print_func(out, scn, e->func, &e->arg);
		break;
	case SCN_E_NOT:
		fputs("not ", out);
		sub_expr(out, scn, e->l, 2);
		break;
	case SCN_E_CMP:
		sub_expr(out, scn, e->l, 4);
		fprintf(out, " %s ", scn_cmp_text[e->cmp]);
		sub_expr(out, scn, e->r, 4);
		break;
	case SCN_E_AND:
	case SCN_E_OR:
		sub_expr(out, scn, e->l, rank(e));
		fputs(e->kind == SCN_E_AND ? " and " : " or ", out);
		sub_expr(out, scn, e->r, rank(e) + 1);
		break;
	}
}

/**
 * scn_observable_print() - name of an observable, as a column's heading
 * @out:	where to
 * @scn:	scenario
 * @obs:	from scn_observables()
 */
void scn_observable_print(FILE *out, const struct scenario *scn,
			  const struct scn_observable *obs)
{
	if (obs->kind == SCN_E_FUNC)
		return print_func(out, scn, obs->func, obs->arg);
	scn_step_name(out, scn, obs->step);
	if (obs->kind == SCN_E_FLAG)
		fprintf(out, " %s", flag_name(obs->flag));
}

static void print_params(FILE *out, const struct scn_param *params, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		fprintf(out, " %s=", params[i].key);
		if (params[i].str)
			quoted(out, params[i].str);
		else
			number(out, params[i].num);
	}
}

static void print_flags(FILE *out, long flags)
{
	const struct scn_number_name *f = scn_open_flags;
	long mode = flags & 3;

	for (; f->name && f->num != mode; f++)
		;
	fputs(f->name ? f->name : "O_RDONLY", out);
	for (f = scn_open_flags; f->name; f++)
		if (f->num > 3 && (flags & f->num) == f->num)
			fprintf(out, "|%s", f->name);
}

static void print_arg(FILE *out, const struct scenario *scn, const struct scn_step *s,
		      const struct scn_arg *a)
{
	const struct scn_number_name *sig = scn_signals;
	const struct scn_step *ref;

	fputc(' ', out);
	switch (a->kind) {
	case SCN_ARG_INT:
		if (s->verb == SCN_MMAP_ANON && a != s->arg)
			fputs("readonly", out);
		else
			fprintf(out, "%ld", a->num);
		break;
	case SCN_ARG_PATH:
	case SCN_ARG_STR:
		quoted(out, a->str);
		break;
	case SCN_ARG_STEP:
		ref = &scn->steps[a->index];
		if (ref->task == s->task && s->verb != SCN_WAIT)
			fputs(ref->name, out);
		else
			fprintf(out, "%s.%s", ref->task == SCN_SETUP ? "setup" :
				ref->task == SCN_TEARDOWN ? "teardown" :
				scn->tasks[ref->task].name, ref->name);
		break;
	case SCN_ARG_DEV:
		fputs(scn->devices[a->index].name, out);
		break;
	case SCN_ARG_TASK:
		fputs(scn->tasks[a->index].name, out);
		break;
	case SCN_ARG_DRIVER:
	case SCN_ARG_MODULE:
		fputs(a->str ? a->str : "none", out);
		break;
	case SCN_ARG_SIGNAL:
		while (sig->name && sig->num != a->num)
			sig++;
		fputs(sig->name, out);
		break;
	case SCN_ARG_TIME:
		duration(out, a->num);
		break;
	case SCN_ARG_FLAGS:
		print_flags(out, a->num);
		break;
	case SCN_ARG_API:
		fputs(scn_api_name(a->num), out);
		break;
	case SCN_ARG_IOCTL:
		if (s->ioctl)
			fputs(scn_ioctl_short(s->ioctl), out);
		else
			fprintf(out, "0x%lx", a->num);
		break;
	default:
		break;
	}
}

static bool reads(const struct scn_expr *e, unsigned int step)
{
	if (!e)
		return false;
	if ((e->kind == SCN_E_STEP || e->kind == SCN_E_FLAG) && e->step == step)
		return true;
	return reads(e->l, step) || reads(e->r, step);
}

/* A made-up name may be another one when steps are left out: then write it. */
static bool called(const struct scenario *scn, unsigned int step)
{
	unsigned int i;

	for (i = 0; i < scn->norders; i++)
		if (scn->orders[i].before == step || scn->orders[i].after == step)
			return true;
	for (i = 0; i < scn->nclauses; i++)
		if (reads(scn->clauses[i].expr, step))
			return true;
	for (i = 0; i < scn->nsteps; i++)
		if (scn->steps[i].verb == SCN_WAIT && scn->steps[i].arg[0].index == step)
			return true;
	return false;
}

static bool out_of(const bool *without, size_t i)
{
	return without && without[i];
}

static void print_step(FILE *out, const struct scenario *scn, const struct scn_step *s,
		       const struct scn_without *w)
{
	unsigned int step = (unsigned int)(s - scn->steps);

	if (out_of(w->step, step))
		return;
	fputc('\t', out);
	if (s->label)
		fprintf(out, "%s: ", s->label);
	else if (w->step && !s->var && called(scn, step))
		fprintf(out, "%s: ", s->name);
	if (s->var)
		fprintf(out, "%s = ", s->var);
	fputs(scn_verb_name(s->verb), out);
	for (unsigned int i = 0; i < s->nargs; i++)
		print_arg(out, scn, s, &s->arg[i]);
	print_params(out, s->params, s->nparams);
	if (s->fail_nth)
		fprintf(out, " (fail_nth: %u)", s->fail_nth);
	if (s->expect.set) {
		fprintf(out, " (expect: %s ", scn_cmp_text[s->expect.op]);
		number(out, s->expect.value);
		fputc(')', out);
	}
	fputc('\n', out);
}

static void print_steps(FILE *out, const struct scenario *scn, const struct scn_task *t,
			const struct scn_without *w)
{
	for (unsigned int i = 0; i < t->nsteps; i++)
		print_step(out, scn, &scn->steps[t->first + i], w);
	fputs("}\n", out);
}

static void print_conds(FILE *out, const struct scn_kcond *c, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++, c++) {
		fprintf(out, "%s %s %u.%u", i ? "," : "", scn_cmp_text[c->op], c->kver >> 16,
			(c->kver >> 8) & 255);
		if (c->ncomp > 2)
			fprintf(out, ".%u", c->sub);
	}
}

static bool empty(const struct scn_task *t, const struct scn_without *w)
{
	unsigned int i;

	for (i = 0; i < t->nsteps; i++)
		if (!out_of(w->step, t->first + i))
			return false;
	/* A task that was written without steps stays. */
	return t->nsteps;
}

static void print_setup(FILE *out, const struct scenario *scn, const struct scn_without *w)
{
	fputs("setup {\n", out);
	for (unsigned int i = 0; i < scn->ngroups; i++)
		fprintf(out, "\t%s = iommu_group\n", scn->groups[i].name);
	for (unsigned int i = 0; i < scn->ndevices; i++) {
		const struct scn_device *d = &scn->devices[i];

		if (out_of(w->device, i))
			continue;
		fprintf(out, "\t%s = device ", d->name);
		quoted(out, d->addr);
		fprintf(out, " group=%s driver=%s%s\n",
			d->group < 0 ? "none" : scn->groups[d->group].name,
			d->driver ? d->driver : "none", d->override ? " override" : "");
	}
	for (unsigned int i = 0; i < scn->nmodules; i++) {
		const struct scn_module *m = &scn->modules[i];

		fprintf(out, "\tmodule %s %s", m->name, m->load ? "load" : "skip");
		print_params(out, m->params, m->nparams);
		fputc('\n', out);
	}
	print_steps(out, scn, &scn->setup, w);
}

static void print_head(FILE *out, const struct scenario *scn, const char *title)
{
	if (title || *scn->title)
		fprintf(out, "# %s\n", title ? title : scn->title);
	for (const char *c = title ? "" : scn->about; *c; c += strcspn(c, "\n") + (strchr(c, '\n') ? 1 : 0))
		fprintf(out, "# %.*s\n", (int)strcspn(c, "\n"), c);
	if (scn->nkernel) {
		fputs("kernel", out);
		print_conds(out, scn->kernel, scn->nkernel);
		fputc('\n', out);
	}
	for (unsigned int i = 0; i < scn->nknown; i++) {
		fprintf(out, "known %s", scn->known[i].id);
		print_conds(out, scn->known[i].conds, scn->known[i].nconds);
		if (scn->known[i].text) {
			fputc(' ', out);
			quoted(out, scn->known[i].text);
		}
		fputc('\n', out);
	}
	for (unsigned int i = 0; i < scn->nallow; i++) {
		fprintf(out, "allow %s ", scn->allow[i].oracle);
		quoted(out, scn->allow[i].text);
		fputc('\n', out);
	}
	for (unsigned int i = 1; i < scn->nprocesses; i++)
		fprintf(out, "process %s { }\n", scn->processes[i].name);
}

/**
 * scn_print_without() - a scenario as text, with some of it left out
 * @out:	where to
 * @scn:	scenario
 * @w:		what is left out
 *
 * What is left must not need what is left out, or the text does not parse.
 */
void scn_print_without(FILE *out, const struct scenario *scn, const struct scn_without *w)
{
	static const char *const words[] = { "never", "sometimes", "finally" };

	print_head(out, scn, w->title);
	if (scn->setup.nsteps || scn->ngroups || scn->ndevices || scn->nmodules)
		print_setup(out, scn, w);
	for (unsigned int i = 0; i < scn->ntasks; i++) {
		const struct scn_task *t = &scn->tasks[i];

		if (empty(t, w))
			continue;
		fprintf(out, "task %s", t->name);
		if (t->process)
			fprintf(out, " process=%s", scn->processes[t->process].name);
		fprintf(out, "%s%s%s {\n", t->user ? " user" : "", t->stopped ? " stopped" : "",
			t->forever ? " forever" : "");
		print_steps(out, scn, t, w);
	}
	if (scn->teardown.nsteps && !empty(&scn->teardown, w)) {
		fputs("teardown {\n", out);
		print_steps(out, scn, &scn->teardown, w);
	}
	for (unsigned int i = 0; i < scn->nclauses; i++) {
		if (out_of(w->clause, i))
			continue;
		fprintf(out, "%s ", words[scn->clauses[i].kind]);
		scn_expr_print(out, scn, scn->clauses[i].expr);
		fputc('\n', out);
	}
	for (unsigned int i = 0; i < scn->norders; i++) {
		if (out_of(w->step, scn->orders[i].before) || out_of(w->step, scn->orders[i].after))
			continue;
		fputs("order ", out);
		scn_step_name(out, scn, scn->orders[i].before);
		fputs(" < ", out);
		scn_step_name(out, scn, scn->orders[i].after);
		fputc('\n', out);
	}
}

/**
 * scn_print() - a whole scenario as text
 * @out:	where to
 * @scn:	scenario
 *
 * The text parses to the same scenario; blanks and comments are not kept.
 */
void scn_print(FILE *out, const struct scenario *scn)
{
	scn_print_without(out, scn, &(struct scn_without){ 0 });
}
