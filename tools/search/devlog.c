// SPDX-License-Identifier: GPL-2.0-only
/* Deviations, and the tokens that carry them. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "devname.h"

#define TOKEN_OFTEN	1000000u

struct devlog search_devs;

void devlog_add(struct devlog *l, unsigned long n, unsigned int task)
{
	if (l->n == l->room) {
		l->room = l->room ? 2 * l->room : 64;
		l->d = realloc(l->d, l->room * sizeof(*l->d));
		if (!l->d)
			abort();
	}
	l->d[l->n].n = n;
	l->d[l->n++].task = task;
}

void devlog_copy(struct devlog *to, const struct devlog *from)
{
	size_t i;

	to->n = 0;
	for (i = 0; i < from->n; i++)
		devlog_add(to, from->d[i].n, from->d[i].task);
}

/* What may happen how often; nothing for not at all, and once needs no number. */
static void format_often(char *buf, size_t len, char what, unsigned int often)
{
	if (often == 1)
		snprintf(buf, len, "%c", what);
	else if (often)
		snprintf(buf, len, "%c%u", what, often);
	else
		*buf = 0;
}

int token_format(char *buf, size_t len, const char *scenario, const char *version,
		 bool points_mem, const struct kshim_environment *env, const struct devlog *devs)
{
	char timers[16], allocations[16];
	size_t used, i;
	int n;

	format_often(timers, sizeof(timers), 't', env->timers);
	format_often(allocations, sizeof(allocations), 'f', env->allocations);
	n = snprintf(buf, len, "%s@%s/%c%s%s/", scenario, version, points_mem ? 'm' : 's', timers,
		     allocations);

	used = n;
	for (i = 0; i < devs->n; i++) {
		n = snprintf(used < len ? buf + used : NULL, used < len ? len - used : 0,
			     "%s%lx.%x", i ? "-" : "", devs->d[i].n, devs->d[i].task);
		used += n;
	}
	if (!devs->n) {
		n = snprintf(used < len ? buf + used : NULL, used < len ? len - used : 0, "0");
		used += n;
	}
	return (int)used;
}

void token_identify(char *buf, size_t len, unsigned int scenario,
		    const struct devname *names, size_t n)
{
	size_t used = strlen(buf), i;

	used += snprintf(buf + used, len - used, "/%06x", scenario);
	for (i = 0; names && i < n && used + 1 < len; i++) {
		buf[used++] = i ? ',' : '/';
		used += devname_format(buf + used, len - used, &names[i]);
	}
}

/* "/HASH" and "/NAME,NAME": both may be missing, from an older token. */
static bool parse_identity(const char *p, struct token *t)
{
	char *end;
	size_t i;

	if (!*p)
		return true;
	t->hash = (unsigned int)strtoul(p + 1, &end, 16);
	if (end == p + 1 || !t->hash)
		return false;
	if (!*end)
		return true;
	t->names = calloc(t->devs.n + 1, sizeof(*t->names));
	if (!t->names)
		abort();
	for (p = end, i = 0; i < t->devs.n; i++) {
		if (*p != (i ? ',' : '/'))
			return false;
		p = devname_parse(p + 1, &t->names[i]);
		if (!p)
			return false;
	}
	return t->devs.n && !*p;
}

static bool parse_choices(const char *p, struct token *t)
{
	char *end;

	if (*p == '0' && (!p[1] || p[1] == '/'))
		return parse_identity(p + 1, t);
	for (;;) {
		unsigned long n = strtoul(p, &end, 16), task;

		if (end == p || *end != '.' || !n)
			return false;
		p = end + 1;
		task = strtoul(p, &end, 16);
		if (end == p || task >= KSHIM_MAX_TASKS)
			return false;
		if (t->devs.n && n <= t->devs.d[t->devs.n - 1].n)
			return false;
		devlog_add(&t->devs, n, task);
		if (*end != '-')
			return (!*end || *end == '/') && parse_identity(end, t);
		p = end + 1;
	}
}

static const char *parse_often(const char *p, char what, unsigned int *often)
{
	char *end;

	if (*p != what)
		return p;
	*often = 1;
	if (!isdigit((unsigned char)*++p))
		return p;
	*often = (unsigned int)strtoul(p, &end, 10);
	return *often && *often <= TOKEN_OFTEN ? end : NULL;
}

/* What is behind "m" or "s" up to the next slash; NULL when it is something else. */
static const char *parse_environment(const char *p, struct kshim_environment *env)
{
	p = parse_often(p, 't', &env->timers);
	p = p ? parse_often(p, 'f', &env->allocations) : NULL;
	return p && *p == '/' ? p + 1 : NULL;
}

bool token_parse(const char *text, struct token *t, const char **why)
{
	const char *at, *slash = NULL, *choices;

	memset(t, 0, sizeof(*t));
	/* The scenario may be a path: its @ is the last one. */
	at = strrchr(text, '@');
	if (at)
		slash = strchr(at, '/');
	if (!at || at == text || !slash) {
		*why = "not of the form SCENARIO@VERSION/m/POINT.TASK-...";
		return false;
	}
	choices = slash[1] == 'm' || slash[1] == 's' ? parse_environment(slash + 2, &t->env) : NULL;
	if (!choices) {
		*why = "the kind of points behind the version must be m or s; behind that, t (early timers) "
			"and f (allocations that fail), each with a number or once";
		return false;
	}
	t->scenario = strndup(text, at - text);
	t->version = strndup(at + 1, slash - at - 1);
	t->points_mem = slash[1] == 'm';
	if (parse_choices(choices, t))
		return true;
	*why = "the choices must be POINT.TASK in hexadecimal, ascending, joined by -; behind them, "
		"each after a /, the scenario's hash and a name for each choice";
	token_free(t);
	return false;
}

void token_free(struct token *t)
{
	free(t->scenario);
	free(t->version);
	free(t->devs.d);
	free(t->names);
	memset(t, 0, sizeof(*t));
}
