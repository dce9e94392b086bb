// SPDX-License-Identifier: GPL-2.0-only
/* Small things that several statements share: numbers, versions, KEY=VALUE. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "parser.h"

/**
 * scn_number() - text to number
 * @s:		decimal, or hexadecimal with 0x
 * @value:	gets it
 *
 * Return: false when @s is no number or does not fit.
 */
bool scn_number(const char *s, long *value)
{
	bool hex = s[0] == '0' && (s[1] == 'x' || s[1] == 'X');
	char *end;

	errno = 0;
	*value = strtol(s, &end, hex ? 16 : 10);
	return !errno && end != s && !*end;
}

/**
 * scn_duration() - text to nanoseconds of virtual time
 * @s:	number and unit: 500ms, 10s, 1.5s, 20us, 7ns, 2m
 * @ns:	gets it
 *
 * Return: false when @s is no duration, or one beyond a day.
 */
bool scn_duration(const char *s, long *ns)
{
	static const struct {
		const char *unit;
		double ns;
	} units[] = { { "ns", 1 }, { "us", 1e3 }, { "ms", 1e6 }, { "s", 1e9 }, { "m", 60e9 } };
	double v;
	char *end;

	if (!isdigit((unsigned char)s[0]) || strpbrk(s, "xXeEpP"))
		return false;
	v = strtod(s, &end);
	for (unsigned int i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(end, units[i].unit))
			continue;
		v *= units[i].ns;
		if (v > 86400e9)
			return false;
		*ns = (long)(v + 0.5);
		return true;
	}
	return false;
}

/**
 * scn_value() - take an integer or an error number
 * @p:		parser
 * @value:	gets it
 *
 * Return: false when neither came, which was reported.
 */
bool scn_value(struct scn_parser *p, long *value)
{
	const struct scn_tok *t = scn_peek(p);
	const struct scn_number_name *e;
	struct scn_guess g;

	if (t->type == T_NUM) {
		scn_next(p);
		if (scn_number(t->s, value))
			return true;
		scn_error(p, t->pos, "'%s' is not a number", t->s);
		return false;
	}
	if (t->type == T_ERRNO) {
		scn_next(p);
		e = scn_find_name(scn_errnos, t->s);
		if (e) {
			*value = e->num;
			return true;
		}
		scn_guess_init(&g, t->s);
		scn_guess_table(&g, scn_errnos);
		scn_error(p, t->pos, "unknown error number '%s'%s", t->s, scn_guess_text(&g));
		return false;
	}
	scn_error(p, t->pos, "expected a number or an error such as -EBUSY, not '%s'",
		  scn_tok_name(t));
	return false;
}

static bool parse_version(const char *s, struct scn_kcond *c)
{
	unsigned long v[3] = { 0, 0, 0 };
	char *end;

	for (c->ncomp = 0; c->ncomp < 3; s = end + 1) {
		if (!isdigit((unsigned char)*s))
			return false;
		v[c->ncomp++] = strtoul(s, &end, 10);
		if (v[c->ncomp - 1] > 65535)
			return false;
		if (*end != '.')
			break;
	}
	if (*end || c->ncomp < 2 || v[0] > 255 || v[1] > 255)
		return false;
	c->sub = (unsigned int)v[2];
	c->kver = scn_kver((unsigned int)v[0], (unsigned int)v[1], c->sub);
	return true;
}

/**
 * scn_kconds() - take version conditions: >= 5.10, < 5.16
 * @p:		parser
 * @conds:	array that they are added to
 * @n:		its length
 *
 * Return: false on an error, which was reported.
 */
bool scn_kconds(struct scn_parser *p, struct scn_kcond **conds, unsigned int *n)
{
	do {
		const struct scn_tok *op = scn_peek(p), *v;
		struct scn_kcond c = { .op = op->cmp };

		if (!scn_expect_tok(p, T_CMP, "a condition such as >= 5.10"))
			return false;
		v = scn_next(p);
		if (v->type != T_NUM || !parse_version(v->s, &c)) {
			scn_error(p, v->pos, "'%s' is not a kernel version such as 5.10 or 5.10.137",
				  scn_tok_name(v));
			return false;
		}
		*scn_push(p->scn, *conds, *n) = c;
	} while (scn_accept(p, T_COMMA));
	return true;
}

/**
 * scn_plain_name() - may this token name something new
 * @p:		parser
 * @t:		the token
 * @what:	what it would name, for the message
 *
 * Return: false when not, which was reported.
 */
bool scn_plain_name(struct scn_parser *p, const struct scn_tok *t, const char *what)
{
	if (t->type != T_WORD || strpbrk(t->s, ".")) {
		scn_error(p, t->pos, "expected a name for the %s, not '%s'", what,
			  scn_tok_name(t));
		return false;
	}
	if (strpbrk(t->s, "-")) {
		scn_error(p, t->pos, "'%s': names are made of letters, digits and '_'", t->s);
		return false;
	}
	if (scn_reserved(t->s)) {
		scn_error(p, t->pos, "'%s' is a reserved word", t->s);
		return false;
	}
	return true;
}

/**
 * scn_params() - take KEY=VALUE pairs
 * @p:		parser
 * @params:	array that they are added to
 * @n:		its length
 *
 * Return: false on an error, which was reported.
 */
bool scn_params(struct scn_parser *p, struct scn_param **params, unsigned int *n)
{
	while (scn_peek(p)->type == T_WORD && scn_peek2(p)->type == T_ASSIGN) {
		const struct scn_tok *key = scn_next(p), *v;
		struct scn_param prm = { .key = key->s, .pos = key->pos };

		for (unsigned int i = 0; i < *n; i++) {
			if (!strcmp((*params)[i].key, key->s)) {
				scn_error(p, key->pos, "'%s' is given twice", key->s);
				return false;
			}
		}
		scn_next(p);
		v = scn_peek(p);
		if (v->type == T_NUM || v->type == T_ERRNO) {
			if (!scn_value(p, &prm.num))
				return false;
		} else if (v->type == T_STR || v->type == T_WORD) {
			prm.str = scn_next(p)->s;
		} else {
			scn_error(p, v->pos, "expected a value behind '%s='", key->s);
			return false;
		}
		*scn_push(p->scn, *params, *n) = prm;
	}
	return true;
}

/**
 * scn_check_params() - does the thing know these keys
 * @p:		parser
 * @keys:	those it knows, NULL-terminated
 * @of:		its name, for the message
 * @params:	what was written
 * @n:		how many
 */
void scn_check_params(struct scn_parser *p, const char *const *keys, const char *of,
		      const struct scn_param *params, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		struct scn_guess g;
		unsigned int k;

		scn_guess_init(&g, params[i].key);
		for (k = 0; keys[k] && strcmp(keys[k], params[i].key); k++)
			scn_guess_add(&g, keys[k]);
		if (!keys[k])
			scn_error(p, params[i].pos, "'%s' has no parameter '%s'%s", of,
				  params[i].key, scn_guess_text(&g));
	}
}
