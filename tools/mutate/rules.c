// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rules that make mutants.
 *
 *   drop-KIND     a call is left out: lock, unlock, get, put, list, wait, wake,
 *                 free, init, call
 *   drop-region   all locking of one lock in a function
 *   weaken-lock   the same, for reading instead of for writing
 *   swap-lock, swap-ref   the opposite operation
 *   weaken-ref    inc_not_zero becomes inc, cmpxchg becomes xchg, ...
 *   drop-goto, drop-return   an error path goes on instead
 *   move          two neighbours change places, one of them such a call
 *   negate        a condition
 *
 * A change keeps every line where it is.
 */
#define _XOPEN_SOURCE 700
#include "mutate.h"
#include "calls.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>

struct maker {
	struct mutants *all;
	const char *file;
	const struct source *src;
	const struct function *f;
};

static struct mutant *begin(struct maker *k, const char *rule, size_t at, char *what)
{
	struct mutants *all = k->all;
	struct mutant *m;
	unsigned int i;

	if (all->n == all->room) {
		all->room = all->room ? 2 * all->room : 256;
		all->m = realloc(all->m, all->room * sizeof(*m));
		if (!all->m)
			abort();
	}
	m = &all->m[all->n++];
	memset(m, 0, sizeof(*m));
	m->rule = rule;
	m->function = k->f->name;
	m->file = k->file;
	m->line = source_line(k->src, at);
	m->what = what;
	m->src = k->src;
	m->nth = 1;
	for (i = 0; i < all->n - 1; i++)
		m->nth += !strcmp(all->m[i].rule, rule) && !strcmp(all->m[i].what, what) &&
			  !strcmp(all->m[i].function, m->function);
	return m;
}

/* Replace a range; the newlines in it stay */
static void edit(struct mutant *m, size_t start, size_t end, const char *with)
{
	struct edit *e = &m->edits[m->nr_edits++];
	char newlines[64] = "";
	size_t i, n = 0;

	for (i = start; i < end && n < sizeof(newlines) - 1; i++)
		if (m->src->text[i] == '\n')
			newlines[n++] = '\n';
	e->start = start;
	e->end = end;
	e->with = str_printf("%s%s", with, newlines);
}

static char *callee(const struct source *src, const struct stmt *s)
{
	return str_printf("%.*s", (int)strcspn(src->scan + s->start, "("), src->scan + s->start);
}

/* All but the arguments' semicolon: "&group->device_lock" */
static char *arguments(const struct source *src, const struct stmt *s)
{
	return source_words(src, s->start + strcspn(src->scan + s->start, "("), s->end);
}

/* What stands for a statement in a list: an if without what depends on it */
static char *words(const struct source *src, const struct stmt *s)
{
	size_t end = s->end;

	if (s->kind == STMT_IF || s->kind == STMT_LOOP)
		end = s->start + strcspn(src->scan + s->start, "\n{");
	return source_words(src, s->start, end);
}

static const char *drop_rule(enum call_class c)
{
	static const char *const rules[] = {
		[CALL_LOCK] = "drop-lock", [CALL_UNLOCK] = "drop-unlock", [CALL_GET] = "drop-get",
		[CALL_PUT] = "drop-put", [CALL_LIST] = "drop-list", [CALL_WAIT] = "drop-wait",
		[CALL_WAKE] = "drop-wake", [CALL_FREE] = "drop-free", [CALL_INIT] = "drop-init",
		[CALL_OTHER] = "drop-call",
	};

	return rules[c];
}

static void swapped(struct maker *k, const struct stmt *s, const char *name)
{
	const char *opposite = call_other_word(name, false);
	enum call_class c = call_class(name);

	if (opposite)
		edit(begin(k, c == CALL_LOCK || c == CALL_UNLOCK ? "swap-lock" : "swap-ref", s->start,
			   words(k->src, s)), s->start, s->start + strlen(name), opposite);
}

static bool same_lock(const struct source *src, const struct stmt *s, const char *args)
{
	char *name, *mine;
	enum call_class c;
	bool same;

	if (s->kind != STMT_CALL)
		return false;
	name = callee(src, s);
	mine = arguments(src, s);
	c = call_class(name);
	same = (c == CALL_LOCK || c == CALL_UNLOCK) && !strcmp(mine, args);
	free(name);
	free(mine);
	return same;
}

/* From the first mention of a lock: everything that takes or drops it */
static void region(struct maker *k, int first, bool weaker)
{
	const struct stmt *stmts = k->src->stmts;
	char *args = arguments(k->src, &stmts[first]), *name;
	const char *other;
	struct mutant *m;
	int i;

	for (i = k->f->first; i < first && !same_lock(k->src, &stmts[i], args); i++)
		;
	name = callee(k->src, &stmts[first]);
	if (i == first && (!weaker || call_other_word(name, true))) {
		m = begin(k, weaker ? "weaken-lock" : "drop-region", stmts[i].start,
			  words(k->src, &stmts[i]));
		for (; i < k->f->first + k->f->nr && m->nr_edits < MUTANT_MAX_EDITS; i++) {
			if (!same_lock(k->src, &stmts[i], args))
				continue;
			free(name);
			name = callee(k->src, &stmts[i]);
			other = call_other_word(name, true);
			if (!weaker)
				edit(m, stmts[i].start, stmts[i].end, ";");
			else if (other)
				edit(m, stmts[i].start, stmts[i].start + strlen(name), other);
		}
	}
	free(name);
	free(args);
}

static void drop_call(struct maker *k, int i)
{
	const struct stmt *s = &k->src->stmts[i];
	char *name = callee(k->src, s);
	enum call_class c = call_class(name);

	if (c != CALL_NONE) {
		edit(begin(k, drop_rule(c), s->start, words(k->src, s)), s->start, s->end, ";");
		swapped(k, s, name);
	}
	if (c == CALL_LOCK) {
		region(k, i, false);
		region(k, i, true);
	}
	free(name);
}

/* A wait whose result is used: as if it had been over */
static void drop_wait_in(struct maker *k, const struct stmt *s)
{
	const char *scan = k->src->scan, *p = strstr(scan + s->start, "wait_for_completion");
	size_t start, open;

	if (!p || p >= scan + s->end)
		return;
	for (start = (size_t)(p - scan); start && (scan[start - 1] == '_' ||
	     (scan[start - 1] >= 'a' && scan[start - 1] <= 'z')); start--)
		;
	open = start + strcspn(scan + start, "(");
	edit(begin(k, "drop-wait", s->start, words(k->src, s)), start,
	     open + strcspn(scan + open, ";"), "1");
}

/* Conditional atomic operations in [start, end) made unconditional */
static void weaken(struct maker *k, const struct stmt *s, size_t end)
{
	static const struct {
		const char *name, *with;
	} forms[] = {
		{ "atomic_inc_not_zero", "1 + 0 * atomic_inc_return" },
		{ "refcount_inc_not_zero", "refcount_inc_as_if" },
		{ "kref_get_unless_zero", "kref_get_as_if" },
		{ "atomic_dec_if_positive", "atomic_dec_return" },
	};
	const char *scan = k->src->scan, *p;
	char *args;
	size_t i, at;

	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		p = strstr(scan + s->start, forms[i].name);
		if (!p || p >= scan + end)
			continue;
		at = (size_t)(p - scan) + strlen(forms[i].name);
		if (!strstr(forms[i].with, "_as_if")) {
			edit(begin(k, "weaken-ref", s->start, words(k->src, s)), (size_t)(p - scan), at,
			     forms[i].with);
			continue;
		}
		/* a void function: ({ refcount_inc(r); true; }) */
		args = str_printf("({ %.*s%.*s; true; })",
				  (int)(strstr(forms[i].with, "_as_if") - forms[i].with), forms[i].with,
				  (int)strcspn(scan + at, ")") + 1, k->src->code + at);
		edit(begin(k, "weaken-ref", s->start, words(k->src, s)), (size_t)(p - scan),
		     at + strcspn(scan + at, ")") + 1, args);
		free(args);
	}
	p = strstr(scan + s->start, "atomic_cmpxchg(");
	if (p && p < scan + end) {
		size_t comma1, comma2;

		at = (size_t)(p - scan);
		comma1 = at + strcspn(scan + at, ",");
		comma2 = comma1 + 1 + strcspn(scan + comma1 + 1, ",");
		args = str_printf("atomic_xchg%.*s", (int)(comma1 - at - strlen("atomic_cmpxchg")),
				  k->src->code + at + strlen("atomic_cmpxchg"));
		edit(begin(k, "weaken-ref", s->start, words(k->src, s)), at, comma2, args);
		free(args);
	}
}

static void jump(struct maker *k, const struct stmt *s)
{
	const struct source *src = k->src;
	bool is_goto = !strncmp(src->scan + s->start, "goto", 4);
	bool is_return = !strncmp(src->scan + s->start, "return", 6);
	int up = s->parent;

	while (up >= 0 && src->stmts[up].kind != STMT_IF)
		up = src->stmts[up].parent;
	if (is_goto || (is_return && up >= 0))
		edit(begin(k, is_goto ? "drop-goto" : "drop-return", s->start, words(src, s)),
		     s->start, s->end, ";");
}

static void negate(struct maker *k, const struct stmt *s)
{
	struct mutant *m;
	char *what = source_words(k->src, s->start, s->cond_end);

	m = begin(k, "negate", s->start, what);
	m->nr_edits = 2;
	m->edits[0] = (struct edit){ s->cond, s->cond, str_dup("(!") };
	m->edits[1] = (struct edit){ s->cond_end, s->cond_end, str_dup(")") };
}

static enum call_class class_of(const struct source *src, const struct stmt *s)
{
	enum call_class c;
	char *name;

	if (s->kind != STMT_CALL)
		return CALL_INIT;
	name = callee(src, s);
	c = call_class(name);
	free(name);
	return c;
}

/* Anything but a jump or a message */
static bool movable(const struct source *src, const struct stmt *s)
{
	return s->kind != STMT_DECL && s->kind != STMT_JUMP && s->kind != STMT_LABEL &&
	       class_of(src, s) != CALL_NONE;
}

/* Is it a call whose place matters? */
static bool matters(const struct source *src, const struct stmt *s)
{
	return class_of(src, s) != CALL_INIT &&
	       strncmp(src->scan + s->start, "INIT_", strlen("INIT_"));
}

static void move(struct maker *k, const struct stmt *a)
{
	const struct source *src = k->src;
	const struct stmt *b = a->next >= 0 ? &src->stmts[a->next] : NULL;
	char *first, *second;
	struct mutant *m;

	if (!b || !movable(src, a) || !movable(src, b) || (!matters(src, a) && !matters(src, b)) ||
	    memchr(src->text + a->end, '#', b->start - a->end))
		return;
	first = words(src, a);
	second = words(src, b);
	m = begin(k, "move", a->start, str_printf("%s <> %s", first, second));
	m->nr_edits = 2;
	m->edits[0] = (struct edit){ a->start, a->end, str_printf("%.*s", (int)(b->end - b->start),
								   src->text + b->start) };
	m->edits[1] = (struct edit){ b->start, b->end, str_printf("%.*s", (int)(a->end - a->start),
								   src->text + a->start) };
	free(first);
	free(second);
}

void mutants_make(struct mutants *all, const char *file, const struct source *src,
		  mutate_wanted wanted, const void *arg)
{
	struct maker k = { .all = all, .file = file, .src = src };
	const struct stmt *s;
	int i, j;

	for (i = 0; i < src->nr_functions; i++) {
		k.f = &src->functions[i];
		if (!wanted(k.f->name, arg))
			continue;
		for (j = k.f->first; j < k.f->first + k.f->nr; j++) {
			s = &src->stmts[j];
			if (s->kind == STMT_CALL)
				drop_call(&k, j);
			else if (s->kind == STMT_JUMP)
				jump(&k, s);
			if (s->kind == STMT_OTHER)
				drop_wait_in(&k, s);
			if (s->kind != STMT_BLOCK && s->kind != STMT_LABEL)
				weaken(&k, s, s->cond ? s->cond_end : s->end);
			if (s->cond)
				negate(&k, s);
			move(&k, s);
		}
	}
}

void mutants_free(struct mutants *all)
{
	unsigned int i;
	int j;

	for (i = 0; i < all->n; i++) {
		for (j = 0; j < all->m[i].nr_edits; j++)
			free(all->m[i].edits[j].with);
		free(all->m[i].what);
	}
	free(all->m);
	memset(all, 0, sizeof(*all));
}

char *mutant_text(const struct mutant *m)
{
	const char *from = m->src->text;
	char *text = str_dup(""), *more;
	size_t at = 0;
	int i;

	for (i = 0; i < m->nr_edits; i++) {
		more = str_printf("%s%.*s%s", text, (int)(m->edits[i].start - at), from + at,
				  m->edits[i].with);
		free(text);
		text = more;
		at = m->edits[i].end;
	}
	more = str_printf("%s%s", text, from + at);
	free(text);
	return more;
}

char *mutant_diff(const struct mutant *m, const char *dir)
{
	char *a = str_printf("%s/a", dir), *b = str_printf("%s/b", dir), *text = mutant_text(m), *diff;
	char *from = str_printf("--label=a/%s", m->file), *to = str_printf("--label=b/%s", m->file);
	const char *argv[] = { "diff", "-u", from, to, a, b, NULL };
	int status;

	file_write(a, m->src->text);
	file_write(b, text);
	diff = proc_capture(argv, &status);
	free(a);
	free(b);
	free(text);
	free(from);
	free(to);
	return diff;
}

void mutant_print(FILE *out, unsigned int nr, const struct mutant *m)
{
	const char *base = strrchr(m->file, '/');

	fprintf(out, "%4u %s:%u %s %s: %s\n", nr, base ? base + 1 : m->file, m->line, m->function,
		m->rule, m->what);
}
