// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expressions of never, sometimes and finally, by recursive descent:
 * or binds weakest, then and, not, one comparison, values.
 */
#include <string.h>

#include "parser.h"

#define MAX_DEPTH 64
#define MAX_TERMS 500

static struct scn_expr *parse_or(struct scn_parser *p);

static struct scn_expr *node(struct scn_parser *p, enum scn_expr_kind kind,
			     struct scn_expr *l, struct scn_expr *r)
{
	struct scn_expr *e = scn_alloc(p->scn, sizeof(*e));

	e->kind = kind;
	e->l = l;
	e->r = r;
	return e;
}

static bool is_word(const struct scn_tok *t, const char *word)
{
	return t->type == T_WORD && !strcmp(t->s, word);
}

/* NAME(argument) */
static struct scn_expr *parse_func(struct scn_parser *p)
{
	const struct scn_tok *name = scn_next(p), *a;
	struct scn_expr *e = node(p, SCN_E_FUNC, NULL, NULL);
	struct scn_guess g;

	if (!scn_find_func(name->s, &e->func)) {
		scn_guess_init(&g, name->s);
		for (unsigned int i = 0; i < SCN_NR_FUNCS; i++)
			scn_guess_add(&g, scn_func_name(i));
		scn_error(p, name->pos, "unknown function '%s'%s", name->s,
			  scn_guess_text(&g));
		return NULL;
	}
	scn_next(p);			/* ( */
	a = scn_peek(p);
	e->arg.pos = a->pos;
	switch (scn_func_arg(e->func)) {
	case 'S':
	case 'p':
		if (a->type != T_STR && !(a->type == T_PATH && e->func == SCN_F_EXISTS)) {
			scn_error(p, a->pos, "%s() wants text in quotes", name->s);
			return NULL;
		}
		e->arg.kind = e->func == SCN_F_EXISTS ? SCN_ARG_PATH : SCN_ARG_STR;
		e->arg.str = scn_next(p)->s;
		break;
	case 'm':
		if (a->type != T_STR && a->type != T_WORD) {
			scn_error(p, a->pos, "%s() wants a module", name->s);
			return NULL;
		}
		e->arg.kind = SCN_ARG_MODULE;
		e->arg.str = scn_next(p)->s;
		break;
	case 'd':
	case 'o':
		if (a->type != T_WORD) {
			scn_error(p, a->pos, "%s() wants a %s", name->s,
				  e->func == SCN_F_REFS ? "group or device" : "device");
			return NULL;
		}
		e->arg.kind = SCN_ARG_WORD;
		e->arg.str = scn_next(p)->s;
		break;
	}
	return scn_expect_tok(p, T_RPAREN, "')'") ? e : NULL;
}

static struct scn_expr *parse_step_ref(struct scn_parser *p)
{
	static const struct {
		const char *word;
		unsigned int flag;
	} states[] = {
		{ "waited", SCN_STEP_WAITED }, { "blocked", SCN_STEP_BLOCKED },
		{ "done", SCN_STEP_DONE }, { "started", SCN_STEP_STARTED },
	};
	const struct scn_tok *t = scn_next(p), *s = scn_peek(p);
	struct scn_expr *e = node(p, SCN_E_STEP, NULL, NULL);
	struct scn_guess g;

	e->arg = (struct scn_arg){ SCN_ARG_WORD, 0, 0, t->s, t->pos };
	if (s->type != T_WORD || is_word(s, "and") || is_word(s, "or"))
		return e;
	scn_guess_init(&g, s->s);
	for (unsigned int i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (is_word(s, states[i].word)) {
			e->kind = SCN_E_FLAG;
			e->flag = states[i].flag;
			scn_next(p);
			return e;
		}
		scn_guess_add(&g, states[i].word);
	}
	scn_guess_add(&g, "and");
	scn_guess_add(&g, "or");
	scn_error(p, s->pos, "unexpected '%s' behind a step%s", s->s, scn_guess_text(&g));
	return NULL;
}

static struct scn_expr *parse_primary(struct scn_parser *p)
{
	const struct scn_tok *t = scn_peek(p);
	struct scn_expr *e;

	if (t->type == T_LPAREN) {
		scn_next(p);
		e = parse_or(p);
		return e && scn_expect_tok(p, T_RPAREN, "')'") ? e : NULL;
	}
	if (t->type == T_NUM || t->type == T_ERRNO) {
		e = node(p, SCN_E_INT, NULL, NULL);
		return scn_value(p, &e->value) ? e : NULL;
	}
	if (t->type == T_WORD && scn_peek2(p)->type == T_LPAREN &&
	    !is_word(t, "and") && !is_word(t, "or"))
		return parse_func(p);
	if (t->type == T_WORD && !scn_reserved(t->s))
		return parse_step_ref(p);
	scn_error(p, t->pos, "expected a step, a number, a function or '(', not '%s'",
		  scn_tok_name(t));
	return NULL;
}

static struct scn_expr *parse_cmp(struct scn_parser *p)
{
	struct scn_expr *l = parse_primary(p), *e, *r;
	const struct scn_tok *op = scn_peek(p);

	if (l && ++p->terms > MAX_TERMS) {
		scn_error(p, op->pos, "expression is too long");
		return NULL;
	}
	if (l && op->type == T_ASSIGN) {
		scn_error(p, op->pos, "unexpected '='; did you mean '=='?");
		return NULL;
	}
	if (!l || !scn_accept(p, T_CMP))
		return l;
	r = parse_primary(p);
	if (!r)
		return NULL;
	if (scn_peek(p)->type == T_CMP) {
		scn_error(p, scn_peek(p)->pos, "comparisons cannot be chained; use 'and'");
		return NULL;
	}
	e = node(p, SCN_E_CMP, l, r);
	e->cmp = op->cmp;
	return e;
}

static struct scn_expr *parse_not(struct scn_parser *p)
{
	const struct scn_tok *t = scn_peek(p);
	struct scn_expr *e;

	if (p->depth >= MAX_DEPTH) {
		scn_error(p, t->pos, "expression is nested too deeply");
		return NULL;
	}
	p->depth++;
	if (t->type == T_NOT || is_word(t, "not")) {
		scn_next(p);
		e = parse_not(p);
		if (e)
			e = node(p, SCN_E_NOT, e, NULL);
	} else {
		e = parse_cmp(p);
	}
	p->depth--;
	return e;
}

static struct scn_expr *parse_and(struct scn_parser *p)
{
	struct scn_expr *e = parse_not(p), *r;

	while (e && (scn_peek(p)->type == T_AND || is_word(scn_peek(p), "and"))) {
		scn_next(p);
		r = parse_not(p);
		e = r ? node(p, SCN_E_AND, e, r) : NULL;
	}
	return e;
}

static struct scn_expr *parse_or(struct scn_parser *p)
{
	struct scn_expr *e = parse_and(p), *r;

	while (e && (scn_peek(p)->type == T_OR || is_word(scn_peek(p), "or"))) {
		scn_next(p);
		r = parse_and(p);
		e = r ? node(p, SCN_E_OR, e, r) : NULL;
	}
	return e;
}

/**
 * scn_parse_expr() - take an expression
 * @p:	parser; names are resolved later by scn_resolve_expr()
 *
 * Return: the tree, or NULL on an error, which was reported.
 */
struct scn_expr *scn_parse_expr(struct scn_parser *p)
{
	p->depth = p->terms = 0;
	return parse_or(p);
}
