// SPDX-License-Identifier: GPL-2.0-only
/*
 * One step: [LABEL:] [VAR =] VERB ARGUMENTS [(fail_nth: N, expect: VALUE)].
 * Names stay words here; resolve.c turns them into indices.
 */
#include <string.h>

#include "parser.h"

static bool usage_error(struct scn_parser *p, enum scn_verb verb, const char *what)
{
	const struct scn_tok *t = scn_peek(p);

	if (scn_at_end(p))
		scn_error(p, t->pos, "expected %s; usage: %s", what, scn_verbs[verb].usage);
	else
		scn_error(p, t->pos, "expected %s, not '%s'; usage: %s", what,
			  scn_tok_name(t), scn_verbs[verb].usage);
	return false;
}

/* A word out of a table, or the nearest one in the message. */
static bool table_arg(struct scn_parser *p, const struct scn_tok *t,
		      const struct scn_number_name *table, const char *what, long *num)
{
	const struct scn_number_name *n = scn_find_name(table, t->s);
	struct scn_guess g;

	if (n) {
		*num = n->num;
		return true;
	}
	scn_guess_init(&g, t->s);
	scn_guess_table(&g, table);
	scn_error(p, t->pos, "unknown %s '%s'%s", what, t->s, scn_guess_text(&g));
	return false;
}

static bool ioctl_request(struct scn_parser *p, struct scn_step *s, struct scn_arg *a,
			  const struct scn_tok *t)
{
	struct scn_guess g;

	a->kind = SCN_ARG_IOCTL;
	if (t->type == T_NUM) {
		if (scn_number(t->s, &a->num) && a->num >= 0)
			return true;
		scn_error(p, t->pos, "'%s' is no ioctl request", t->s);
		return false;
	}
	s->ioctl = scn_find_ioctl(t->s);
	if (s->ioctl) {
		a->num = s->ioctl->nr;
		return true;
	}
	scn_guess_init(&g, t->s);
	for (const struct scn_ioctl *ioc = scn_ioctls; ioc->name; ioc++) {
		scn_guess_add(&g, scn_ioctl_short(ioc));
		scn_guess_add(&g, ioc->name);
	}
	scn_error(p, t->pos, "unknown ioctl '%s'%s", t->s, scn_guess_text(&g));
	return false;
}

/* Driver or module; "none" gives a NULL str where it is allowed. */
static bool module_arg(struct scn_parser *p, struct scn_arg *a, const struct scn_tok *t,
		       bool driver, bool none)
{
	const struct scn_module_info *m = scn_find_module(t->s);
	struct scn_guess g;

	a->kind = driver ? SCN_ARG_DRIVER : SCN_ARG_MODULE;
	if (none && !strcmp(t->s, "none"))
		return true;
	if (m && (m->driver || !driver)) {
		a->str = m->name;
		return true;
	}
	scn_guess_init(&g, t->s);
	for (m = scn_modules; m->name; m++)
		if (m->driver || !driver)
			scn_guess_add(&g, m->name);
	scn_error(p, t->pos, "unknown %s '%s'%s", driver ? "driver" : "module", t->s,
		  scn_guess_text(&g));
	return false;
}

static bool open_flags(struct scn_parser *p, struct scn_arg *a)
{
	long num;

	a->kind = SCN_ARG_FLAGS;
	do {
		const struct scn_tok *t = scn_next(p);

		if (t->type != T_WORD) {
			scn_error(p, t->pos, "expected an open flag such as O_RDWR");
			return false;
		}
		if (!table_arg(p, t, scn_open_flags, "open flag", &num))
			return false;
		a->num |= num;
	} while (scn_accept(p, T_PIPE));
	return true;
}

/* Take the argument that @letter of scn_verbs[].args asks for. */
static bool parse_arg(struct scn_parser *p, struct scn_step *s, char letter)
{
	const struct scn_tok *t = scn_peek(p);
	struct scn_arg *a = &s->arg[s->nargs++];
	bool word = t->type == T_WORD, num = t->type == T_NUM;

	a->pos = t->pos;
	switch (letter) {
	case 'p':
		if (t->type != T_PATH && t->type != T_STR)
			return usage_error(p, s->verb, "a path");
		a->kind = SCN_ARG_PATH;
		a->str = scn_next(p)->s;
		return true;
	case 'S':
		if (t->type != T_STR)
			return usage_error(p, s->verb, "text in quotes");
		a->kind = SCN_ARG_STR;
		a->str = scn_next(p)->s;
		return true;
	case 'f':
		return open_flags(p, a);
	case 'n':
	case 'v':
	case 'a':
		if (num || (letter == 'a' && t->type == T_ERRNO)) {
			a->kind = SCN_ARG_INT;
			return scn_value(p, &a->num);
		}
		if (letter == 'n')
			return usage_error(p, s->verb, "a number");
		if (letter == 'a' && t->type == T_STR) {
			a->kind = SCN_ARG_STR;
			a->str = scn_next(p)->s;
			return true;
		}
		if (!word)
			return usage_error(p, s->verb, letter == 'v' ?
					   "a variable" : "an argument");
		break;
	case 'o':
		if (!word || strcmp(t->s, "readonly"))
			return usage_error(p, s->verb, "\"readonly\"");
		a->kind = SCN_ARG_INT;
		scn_next(p);
		return true;
	case 'M':
		if (num) {
			a->kind = SCN_ARG_INT;
			return scn_value(p, &a->num);
		}
		if (!word)
			return usage_error(p, s->verb, "a variable");
		break;
	case 'q':
		if (!word && !num)
			return usage_error(p, s->verb, "an ioctl");
		return ioctl_request(p, s, a, scn_next(p));
	case 'D':
		a->kind = SCN_ARG_TIME;
		if (num && scn_duration(t->s, &a->num)) {
			scn_next(p);
			return true;
		}
		return usage_error(p, s->verb, "a duration such as 500ms or 10s");
	case 'A':
		a->kind = SCN_ARG_API;
		if (!word)
			return usage_error(p, s->verb, "an API verb");
		return table_arg(p, scn_next(p), scn_api_verbs, "API verb", &a->num);
	case 's':
		a->kind = SCN_ARG_SIGNAL;
		if (!word)
			return usage_error(p, s->verb, "a signal");
		return table_arg(p, scn_next(p), scn_signals, "signal", &a->num);
	case 'r':
	case 'm':
		if (!word)
			return usage_error(p, s->verb, letter == 'r' ? "a driver" : "a module");
		return module_arg(p, a, scn_next(p), letter == 'r',
				  s->verb == SCN_DRIVER_OVERRIDE);
	}
	if (!word)
		return usage_error(p, s->verb, letter == 'd' ? "a device" :
				   letter == 't' ? "a task" : "a step (TASK.STEP)");
	a->kind = SCN_ARG_WORD;
	a->str = scn_next(p)->s;
	return true;
}

static bool parse_args(struct scn_parser *p, struct scn_step *s)
{
	bool optional = false;

	for (const char *c = scn_verbs[s->verb].args; *c; c++) {
		const struct scn_tok *t = scn_peek(p);

		if (*c == '?') {
			optional = true;
			continue;
		}
		if (*c == 'k') {
			if (!scn_params(p, &s->params, &s->nparams))
				return false;
			continue;
		}
		if (optional && (scn_at_end(p) || t->type == T_LPAREN ||
				 scn_peek2(p)->type == T_ASSIGN))
			continue;
		if (!parse_arg(p, s, *c))
			return false;
	}
	return true;
}

/* (KEY: VALUE, ...) */
static bool parse_suffix(struct scn_parser *p, struct scn_step *s)
{
	do {
		const struct scn_tok *key = scn_next(p), *v;
		struct scn_guess g;
		long num;

		if (key->type == T_WORD && !strcmp(key->s, "fail_nth")) {
			if (!scn_expect_tok(p, T_COLON, "':'"))
				return false;
			v = scn_peek(p);
			if (!scn_value(p, &num))
				return false;
			if (num < 1 || num > 1000000) {
				scn_error(p, v->pos, "fail_nth counts from 1");
				return false;
			}
			s->fail_nth = (unsigned int)num;
		} else if (key->type == T_WORD && !strcmp(key->s, "expect")) {
			if (!scn_expect_tok(p, T_COLON, "':'"))
				return false;
			v = scn_peek(p);
			s->expect.op = SCN_EQ;
			if (scn_accept(p, T_CMP))
				s->expect.op = v->cmp;
			if (!scn_value(p, &s->expect.value))
				return false;
			s->expect.set = true;
		} else {
			scn_guess_init(&g, key->s);
			scn_guess_add(&g, "fail_nth");
			scn_guess_add(&g, "expect");
			scn_error(p, key->pos, "unknown option '%s' of a step%s",
				  scn_tok_name(key), scn_guess_text(&g));
			return false;
		}
	} while (scn_accept(p, T_COMMA));
	return scn_expect_tok(p, T_RPAREN, "')'");
}

static bool parse_verb(struct scn_parser *p, struct scn_step *s)
{
	const struct scn_tok *t = scn_peek(p);
	struct scn_guess g;

	s->pos = t->pos;
	if (t->type != T_WORD) {
		scn_error(p, t->pos, "expected a step, not '%s'", scn_tok_name(t));
		return false;
	}
	scn_guess_init(&g, t->s);
	for (unsigned int i = 0; i < SCN_NR_VERBS; i++) {
		if (!strcmp(scn_verbs[i].name, t->s)) {
			s->verb = i;
			scn_next(p);
			return true;
		}
		scn_guess_add(&g, scn_verbs[i].name);
	}
	if (!strcmp(t->s, "device") || !strcmp(t->s, "iommu_group") || !strcmp(t->s, "module"))
		scn_error(p, t->pos, "'%s' is a declaration: it belongs in the setup block%s",
			  t->s, s->var || !strcmp(t->s, "module") ? "" : " and needs a name");
	else
		scn_error(p, t->pos, "unknown step '%s'%s", t->s, scn_guess_text(&g));
	return false;
}

/* Keep the names of a step that cannot be read, so that they are not missed. */
static void broken(struct scn_parser *p, struct scn_step *s)
{
	scn_skip_statement(p);
	p->broken_step = true;
	s->verb = SCN_NR_VERBS;
	s->text = "";
	*scn_push(p->scn, p->scn->steps, p->scn->nsteps) = *s;
}

/**
 * scn_parse_step() - take a statement that is a step
 * @p:		parser
 * @task:	that it belongs to: index, SCN_SETUP or SCN_TEARDOWN
 */
void scn_parse_step(struct scn_parser *p, int task)
{
	struct scn_step s = { .task = task };
	unsigned int first;

	if (scn_peek(p)->type == T_WORD && scn_peek2(p)->type == T_COLON) {
		if (!scn_plain_name(p, scn_peek(p), "step"))
			return broken(p, &s);
		s.label = scn_next(p)->s;
		scn_next(p);
	}
	if (scn_peek2(p)->type == T_ASSIGN) {
		if (!scn_plain_name(p, scn_peek(p), "variable"))
			return broken(p, &s);
		s.var = scn_next(p)->s;
		scn_next(p);
	}
	first = p->i;
	if (!parse_verb(p, &s) || !parse_args(p, &s))
		return broken(p, &s);
	s.text = scn_source(p, first, p->i);
	while (scn_accept(p, T_LPAREN))
		if (!parse_suffix(p, &s))
			return broken(p, &s);
	if (!scn_at_end(p)) {
		scn_error(p, scn_peek(p)->pos, "unexpected '%s'; usage: %s",
			  scn_tok_name(scn_peek(p)), scn_verbs[s.verb].usage);
		return broken(p, &s);
	}
	if (p->scn->nsteps >= SCN_MAX_STEPS) {
		scn_error(p, s.pos, "more than %d steps", SCN_MAX_STEPS);
		return;
	}
	*scn_push(p->scn, p->scn->steps, p->scn->nsteps) = s;
}
