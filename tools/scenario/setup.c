// SPDX-License-Identifier: GPL-2.0-only
/* Declarations of the setup block: iommu groups, devices, modules. */
#include <string.h>

#include "parser.h"

static void broken_decl(struct scn_parser *p)
{
	p->broken_decl = true;
	scn_skip_statement(p);
}

/* Groups, devices and steps of the setup share their names. */
static bool fresh_name(struct scn_parser *p, const struct scn_tok *t, const char *what)
{
	if (!scn_plain_name(p, t, what))
		return false;
	if (scn_find_group(p->scn, t->s) >= 0 || scn_find_device(p->scn, t->s) >= 0) {
		scn_error(p, t->pos, "'%s' is already declared", t->s);
		return false;
	}
	return true;
}

static void parse_group(struct scn_parser *p)
{
	const struct scn_tok *name = scn_next(p);
	struct scn_group *g;

	scn_next(p);			/* = */
	scn_next(p);			/* iommu_group */
	if (!fresh_name(p, name, "iommu group"))
		return broken_decl(p);
	g = scn_push(p->scn, p->scn->groups, p->scn->ngroups);
	g->name = name->s;
	g->pos = name->pos;
}

/* group=g0 or driver=sample behind a device; the names are resolved later. */
static bool device_option(struct scn_parser *p, struct scn_device *d)
{
	const struct scn_tok *key = scn_next(p), *v;
	struct scn_guess g;

	if (key->type == T_WORD && !strcmp(key->s, "override") &&
	    scn_peek(p)->type != T_ASSIGN) {
		d->override = true;
		return true;
	}
	if (key->type != T_WORD || (strcmp(key->s, "group") && strcmp(key->s, "driver"))) {
		scn_guess_init(&g, key->s);
		scn_guess_add(&g, "group");
		scn_guess_add(&g, "driver");
		scn_guess_add(&g, "override");
		scn_error(p, key->pos, "unknown device option '%s'%s", scn_tok_name(key),
			  scn_guess_text(&g));
		return false;
	}
	if (!scn_expect_tok(p, T_ASSIGN, "'='"))
		return false;
	v = scn_next(p);
	if (v->type != T_WORD) {
		scn_error(p, v->pos, "expected a name behind '%s='", key->s);
		return false;
	}
	if (!strcmp(key->s, "group"))
		d->group_arg = (struct scn_arg){ SCN_ARG_WORD, 0, 0, v->s, v->pos };
	else if (!strcmp(v->s, "none"))
		d->driver = NULL;
	else if (scn_find_module(v->s) && scn_find_module(v->s)->driver)
		d->driver = v->s;
	else {
		scn_guess_init(&g, v->s);
		scn_guess_add(&g, "none");
		for (const struct scn_module_info *m = scn_modules; m->name; m++)
			if (m->driver)
				scn_guess_add(&g, m->name);
		scn_error(p, v->pos, "unknown driver '%s'%s", v->s, scn_guess_text(&g));
		return false;
	}
	return true;
}

static void parse_device(struct scn_parser *p)
{
	const struct scn_tok *name = scn_next(p), *addr;
	struct scn_device d = { .name = name->s, .group = -1, .pos = name->pos };

	scn_next(p);			/* = */
	scn_next(p);			/* device */
	if (!fresh_name(p, name, "device"))
		return broken_decl(p);
	addr = scn_peek(p);
	if (!scn_expect_tok(p, T_STR, "the device's address in quotes"))
		return broken_decl(p);
	if (!addr->s[0] || strpbrk(addr->s, "/ \t\n")) {
		scn_error(p, addr->pos, "\"%s\" is no device address", addr->s);
		return broken_decl(p);
	}
	d.addr = addr->s;
	for (unsigned int i = 0; i < p->scn->ndevices; i++)
		if (!strcmp(p->scn->devices[i].addr, addr->s))
			scn_error(p, addr->pos, "device \"%s\" is already declared as '%s'",
				  addr->s, p->scn->devices[i].name);
	while (!scn_at_end(p))
		if (!device_option(p, &d))
			return broken_decl(p);
	*scn_push(p->scn, p->scn->devices, p->scn->ndevices) = d;
}

static void parse_module(struct scn_parser *p)
{
	const struct scn_module_info *info;
	const struct scn_tok *name, *t;
	struct scn_module m = { .load = true };
	struct scn_guess g;

	scn_next(p);			/* module */
	name = scn_next(p);
	info = name->type == T_WORD ? scn_find_module(name->s) : NULL;
	if (!info) {
		scn_guess_init(&g, name->s);
		for (info = scn_modules; info->name; info++)
			scn_guess_add(&g, info->name);
		scn_error(p, name->pos, "unknown module '%s'%s", scn_tok_name(name),
			  scn_guess_text(&g));
		return broken_decl(p);
	}
	m.name = info->name;
	m.pos = name->pos;
	for (unsigned int i = 0; i < p->scn->nmodules; i++)
		if (!strcmp(p->scn->modules[i].name, m.name))
			scn_error(p, name->pos, "module '%s' is already declared", m.name);
	t = scn_peek(p);
	if (t->type == T_WORD && scn_peek2(p)->type != T_ASSIGN) {
		if (strcmp(t->s, "load") && strcmp(t->s, "skip")) {
			scn_guess_init(&g, t->s);
			scn_guess_add(&g, "load");
			scn_guess_add(&g, "skip");
			scn_error(p, t->pos, "unknown module option '%s'%s", t->s,
				  scn_guess_text(&g));
			return broken_decl(p);
		}
		m.load = !strcmp(t->s, "load");
		scn_next(p);
	}
	if (!scn_params(p, &m.params, &m.nparams))
		return broken_decl(p);
	scn_check_params(p, info->params, m.name, m.params, m.nparams);
	*scn_push(p->scn, p->scn->modules, p->scn->nmodules) = m;
}

/**
 * scn_parse_decl() - take a declaration, if the statement is one
 * @p:	parser
 *
 * Return: false when it is a step (or an error that a step will report).
 */
bool scn_parse_decl(struct scn_parser *p)
{
	const struct scn_tok *t = scn_peek(p);

	if (t->type != T_WORD)
		return false;
	if (!strcmp(t->s, "module")) {
		parse_module(p);
		return true;
	}
	if (scn_peek2(p)->type != T_ASSIGN || p->i + 2 >= p->ntok)
		return false;
	t = &p->tok[p->i + 2];
	if (t->type != T_WORD)
		return false;
	if (!strcmp(t->s, "iommu_group"))
		parse_group(p);
	else if (!strcmp(t->s, "device"))
		parse_device(p);
	else
		return false;
	return true;
}
