// SPDX-License-Identifier: GPL-2.0-only
/* The statements that stand outside of blocks, and the blocks themselves. */
#include <string.h>

#include "parser.h"

static bool is_statement(const struct scn_tok *t);

static void parse_kernel(struct scn_parser *p)
{
	scn_kconds(p, &p->scn->kernel, &p->scn->nkernel);
}

/* known ID [on] [CONDITIONS] ["TEXT"] */
static void parse_known(struct scn_parser *p)
{
	const struct scn_tok *id = scn_next(p);
	struct scn_known k = { .id = id->s, .pos = id->pos };

	if (id->type != T_WORD) {
		scn_error(p, id->pos, "expected the name of a bug, not '%s'", scn_tok_name(id));
		return;
	}
	if (scn_peek(p)->type == T_WORD && !strcmp(scn_peek(p)->s, "on")) {
		scn_next(p);
		if (scn_peek(p)->type != T_CMP)
			return (void)scn_expect_tok(p, T_CMP, "a condition such as >= 5.10");
	}
	if (scn_peek(p)->type == T_CMP && !scn_kconds(p, &k.conds, &k.nconds))
		return;
	if (scn_peek(p)->type == T_STR)
		k.text = scn_next(p)->s;
	*scn_push(p->scn, p->scn->known, p->scn->nknown) = k;
}

/* expect fail: short for "known planted" */
static void parse_expect(struct scn_parser *p)
{
	const struct scn_tok *t = scn_next(p);
	struct scn_known k = { .id = "planted", .pos = t->pos };

	if (t->type != T_WORD || strcmp(t->s, "fail")) {
		scn_error(p, t->pos, "expected 'fail', not '%s'", scn_tok_name(t));
		return;
	}
	if (scn_peek(p)->type == T_STR)
		k.text = scn_next(p)->s;
	*scn_push(p->scn, p->scn->known, p->scn->nknown) = k;
}

static void parse_allow(struct scn_parser *p)
{
	const struct scn_tok *o = scn_next(p);
	struct scn_allow *a;

	if (o->type != T_WORD) {
		scn_error(p, o->pos, "expected an oracle such as warn, not '%s'",
			  scn_tok_name(o));
		return;
	}
	a = scn_push(p->scn, p->scn->allow, p->scn->nallow);
	a->oracle = o->s;
	a->text = scn_peek(p)->type == T_STR ? scn_next(p)->s : "";
	a->pos = o->pos;
}

static void parse_clause(struct scn_parser *p, enum scn_clause_kind kind)
{
	unsigned int first = p->i;
	struct scn_clause c = { .kind = kind, .pos = scn_peek(p)->pos };

	if (kind == SCN_NEVER && scn_peek(p)->type == T_WORD &&
	    !strcmp(scn_peek(p)->s, "report")) {
		scn_next(p);		/* the default */
		return;
	}
	c.expr = scn_parse_expr(p);
	if (!c.expr)
		return scn_skip_statement(p);
	c.text = scn_source(p, first, p->i);
	*scn_push(p->scn, p->scn->clauses, p->scn->nclauses) = c;
}

static void parse_never(struct scn_parser *p)
{
	parse_clause(p, SCN_NEVER);
}

static void parse_sometimes(struct scn_parser *p)
{
	parse_clause(p, SCN_SOMETIMES);
}

static void parse_finally(struct scn_parser *p)
{
	parse_clause(p, SCN_FINALLY);
}

/* order A.x < B.y [< C.z ...] */
static void parse_order(struct scn_parser *p)
{
	const struct scn_tok *t = scn_next(p), *op;
	struct scn_arg prev, cur;
	unsigned int n = 0;

	for (;; n++) {
		if (t->type != T_WORD) {
			scn_error(p, t->pos, "expected a step (TASK.STEP), not '%s'",
				  scn_tok_name(t));
			return;
		}
		cur = (struct scn_arg){ SCN_ARG_WORD, 0, 0, t->s, t->pos };
		if (n) {
			struct scn_order *o = scn_push(p->scn, p->scn->orders, p->scn->norders);

			o->names[0] = prev;
			o->names[1] = cur;
		}
		prev = cur;
		op = scn_peek(p);
		if (op->type != T_CMP || op->cmp != SCN_LT) {
			if (!n)
				scn_error(p, op->pos, "expected '<' and the later step");
			return;
		}
		scn_next(p);
		t = scn_next(p);
	}
}

/* The steps between braces; true when the closing one was there. */
static void parse_block(struct scn_parser *p, int task, const char *what,
			struct scn_pos start)
{
	if (!scn_expect_tok(p, T_LBRACE, "'{'"))
		return scn_skip_statement(p);
	while (!scn_give_up(p)) {
		const struct scn_tok *t = scn_peek(p);

		if (t->type == T_EOF) {
			scn_error(p, start, "the %s block is never closed", what);
			return;
		}
		if (scn_accept(p, T_RBRACE))
			return;
		if (scn_accept(p, T_NL))
			continue;
		if (is_statement(t) && scn_peek2(p)->type != T_COLON &&
		    scn_peek2(p)->type != T_ASSIGN) {
			scn_error(p, start, "the %s block is not closed before '%s' in line %u",
				  what, t->s, t->pos.line);
			p->broken_step = true;
			return;
		}
		if (task == SCN_SETUP && scn_parse_decl(p)) {
			if (!scn_at_end(p)) {
				scn_error(p, scn_peek(p)->pos, "unexpected '%s'",
					  scn_tok_name(scn_peek(p)));
				scn_skip_statement(p);
			}
			continue;
		}
		scn_parse_step(p, task);
	}
}

static void parse_setup(struct scn_parser *p)
{
	struct scn_task *t = &p->scn->setup;

	if (p->seen_setup)
		scn_error(p, p->tok[p->i - 1].pos, "a second setup block");
	p->seen_setup = true;
	t->pos = p->tok[p->i - 1].pos;
	t->first = p->scn->nsteps;
	parse_block(p, SCN_SETUP, "setup", t->pos);
	t->nsteps = p->scn->nsteps - t->first;
}

static void parse_teardown(struct scn_parser *p)
{
	struct scn_task *t = &p->scn->teardown;

	if (p->seen_teardown)
		scn_error(p, p->tok[p->i - 1].pos, "a second teardown block");
	p->seen_teardown = true;
	t->pos = p->tok[p->i - 1].pos;
	t->first = p->scn->nsteps;
	parse_block(p, SCN_TEARDOWN, "teardown", t->pos);
	t->nsteps = p->scn->nsteps - t->first;
}

static int find_process(const struct scenario *scn, const char *name)
{
	for (unsigned int i = 0; i < scn->nprocesses; i++)
		if (!strcmp(scn->processes[i].name, name))
			return (int)i;
	return -1;
}

static void parse_process(struct scn_parser *p)
{
	const struct scn_tok *name = scn_next(p);
	struct scn_process *proc;

	if (!scn_plain_name(p, name, "process"))
		return scn_skip_statement(p);
	if (find_process(p->scn, name->s) >= 0) {
		scn_error(p, name->pos, "process '%s' is already declared", name->s);
	} else {
		proc = scn_push(p->scn, p->scn->processes, p->scn->nprocesses);
		proc->name = name->s;
		proc->pos = name->pos;
	}
	if (!scn_accept(p, T_LBRACE))
		return;
	while (scn_accept(p, T_NL))
		;
	scn_expect_tok(p, T_RBRACE, "'}' (a process block is empty)");
}

/* [process=P] [root|user] [stopped] [forever] */
static bool task_option(struct scn_parser *p, struct scn_task *task)
{
	const struct scn_tok *t = scn_next(p), *v;
	struct scn_guess g;
	int proc;

	if (t->type == T_WORD && !strcmp(t->s, "process")) {
		if (!scn_expect_tok(p, T_ASSIGN, "'='"))
			return false;
		v = scn_next(p);
		proc = v->type == T_WORD ? find_process(p->scn, v->s) : -1;
		if (proc >= 0) {
			task->process = (unsigned int)proc;
			return true;
		}
		scn_guess_init(&g, v->s);
		for (unsigned int i = 0; i < p->scn->nprocesses; i++)
			scn_guess_add(&g, p->scn->processes[i].name);
		scn_error(p, v->pos, "unknown process '%s'%s", scn_tok_name(v),
			  scn_guess_text(&g));
		return false;
	}
	if (t->type == T_WORD && !strcmp(t->s, "root"))
		task->user = false;
	else if (t->type == T_WORD && !strcmp(t->s, "user"))
		task->user = true;
	else if (t->type == T_WORD && !strcmp(t->s, "stopped"))
		task->stopped = true;
	else if (t->type == T_WORD && !strcmp(t->s, "forever"))
		task->forever = true;
	else {
		scn_guess_init(&g, t->s);
		scn_guess_add(&g, "process");
		scn_guess_add(&g, "root");
		scn_guess_add(&g, "user");
		scn_guess_add(&g, "stopped");
		scn_guess_add(&g, "forever");
		scn_error(p, t->pos, "unknown task option '%s'%s", scn_tok_name(t),
			  scn_guess_text(&g));
		return false;
	}
	return true;
}

static void parse_task(struct scn_parser *p)
{
	const struct scn_tok *name = scn_next(p);
	struct scn_task t = { .name = name->s, .pos = name->pos };
	unsigned int self = p->scn->ntasks;

	if (!scn_plain_name(p, name, "task"))
		return scn_skip_statement(p);
	if (scn_find_task(p->scn, name->s) >= 0)
		scn_error(p, name->pos, "task '%s' is already declared", name->s);
	if (self >= SCN_MAX_TASKS)
		scn_error(p, name->pos, "more than %d tasks", SCN_MAX_TASKS);
	while (!scn_at_end(p) && scn_peek(p)->type != T_LBRACE)
		if (!task_option(p, &t))
			break;
	while (!scn_at_end(p) && scn_peek(p)->type != T_LBRACE)
		scn_next(p);
	t.first = p->scn->nsteps;
	*scn_push(p->scn, p->scn->tasks, p->scn->ntasks) = t;
	parse_block(p, (int)self, "task", t.pos);
	p->scn->tasks[self].nsteps = p->scn->nsteps - t.first;
}

static const struct {
	const char *word;
	void (*parse)(struct scn_parser *p);
} statements[] = {
	{ "kernel", parse_kernel }, { "known", parse_known }, { "expect", parse_expect },
	{ "allow", parse_allow }, { "process", parse_process }, { "setup", parse_setup },
	{ "task", parse_task }, { "teardown", parse_teardown }, { "never", parse_never },
	{ "sometimes", parse_sometimes }, { "finally", parse_finally },
	{ "order", parse_order },
};

#define NR_STATEMENTS (sizeof(statements) / sizeof(statements[0]))

static bool is_statement(const struct scn_tok *t)
{
	for (unsigned int i = 0; t->type == T_WORD && i < NR_STATEMENTS; i++)
		if (!strcmp(t->s, statements[i].word))
			return true;
	return false;
}

/**
 * scn_parse_file() - tokens to statements
 * @p:	parser
 */
void scn_parse_file(struct scn_parser *p)
{
	struct scn_guess g;

	while (scn_peek(p)->type != T_EOF && !scn_give_up(p)) {
		const struct scn_tok *t = scn_next(p);
		unsigned int before = p->nerrors, i;

		if (t->type == T_NL)
			continue;
		scn_guess_init(&g, t->s);
		for (i = 0; i < NR_STATEMENTS; i++) {
			if (t->type == T_WORD && !strcmp(t->s, statements[i].word))
				break;
			scn_guess_add(&g, statements[i].word);
		}
		if (i < NR_STATEMENTS)
			statements[i].parse(p);
		else
			scn_error(p, t->pos, "unknown statement '%s'%s", scn_tok_name(t),
				  scn_guess_text(&g));
		if (p->nerrors == before && !scn_at_end(p))
			scn_error(p, scn_peek(p)->pos, "unexpected '%s'",
				  scn_tok_name(scn_peek(p)));
		if (p->nerrors != before)
			scn_skip_statement(p);
		if (scn_peek(p)->type == T_RBRACE && p->nerrors != before)
			scn_next(p);
	}
}
