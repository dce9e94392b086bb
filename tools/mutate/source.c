// SPDX-License-Identifier: GPL-2.0-only
/*
 * A C file of the kernel, taken apart into functions and statements.
 *
 * No compiler: brackets, semicolons and a few words are enough for code in the
 * kernel's style. A macro with parentheses that is followed by a statement
 * (list_for_each_entry) is a loop. What is misread makes a mutant that does
 * not compile, which is counted as such.
 */
#define _XOPEN_SOURCE 700
#include "mutate.h"
#include "../kernels/sysutil.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void blank(char *p, size_t n)
{
	for (; n; n--, p++)
		if (*p != '\n')
			*p = ' ';
}

/* Length of the comment, quoted text or preprocessor line at p, or 0 */
static size_t lexeme(const char *p, bool line_start)
{
	const char *q = p + 1;

	if (!strncmp(p, "/*", 2)) {
		q = strstr(p + 2, "*/");
		return q ? (size_t)(q + 2 - p) : strlen(p);
	}
	if (!strncmp(p, "//", 2))
		return strcspn(p, "\n");
	if (*p == '"' || *p == '\'') {
		for (; *q && *q != *p; q++)
			if (*q == '\\' && q[1])
				q++;
		return (size_t)(q - p) + (*q != '\0');
	}
	if (*p == '#' && line_start) {
		while (*q && *q != '\n')
			q += *q == '\\' && q[1] ? 2 : 1;
		return (size_t)(q - p);
	}
	return 0;
}

static void make_blank_copies(struct source *src)
{
	bool line_start = true;
	size_t i, n;

	src->code = str_dup(src->text);
	src->scan = str_dup(src->text);
	for (i = 0; src->text[i]; i += n ? n : 1) {
		char c = src->text[i];

		n = lexeme(src->text + i, line_start);
		if (n) {
			blank(src->scan + i, n);
			if (c != '"' && c != '\'')
				blank(src->code + i, n);
		}
		line_start = c == '\n' || (line_start && (isspace((unsigned char)c) || c == '/'));
	}
}

static size_t skip_blanks(const char *s, size_t p)
{
	while (isspace((unsigned char)s[p]))
		p++;
	return p;
}

static size_t word_end(const char *s, size_t p)
{
	while (word_char(s[p]))
		p++;
	return p;
}

static bool is_word(const char *s, size_t p, const char *word)
{
	size_t n = strlen(word);

	return !strncmp(s + p, word, n) && !word_char(s[p + n]);
}

/* Behind the bracket that closes the one at p */
static size_t closing(const char *s, size_t p)
{
	int depth = 0;

	for (; s[p]; p++) {
		if (strchr("([{", s[p]))
			depth++;
		else if (strchr(")]}", s[p]) && !--depth)
			return p + 1;
	}
	return p;
}

/* Behind the next such character outside brackets */
static size_t behind(const char *s, size_t p, char c)
{
	while (s[p] && s[p] != c)
		p = strchr("([{", s[p]) ? closing(s, p) : p + 1;
	return s[p] ? p + 1 : p;
}

static int add(struct source *src, enum stmt_kind kind, size_t start, int parent, int *prev)
{
	struct stmt *s;
	int i = src->nr_stmts;

	if (!(i % 64)) {
		src->stmts = realloc(src->stmts, (size_t)(i + 64) * sizeof(*s));
		if (!src->stmts)
			abort();
	}
	s = &src->stmts[src->nr_stmts++];
	*s = (struct stmt){ .kind = kind, .start = start, .parent = parent, .prev = *prev, .next = -1 };
	if (*prev >= 0)
		src->stmts[*prev].next = i;
	*prev = i;
	return i;
}

static size_t statement(struct source *src, size_t p, int parent, int *prev);

/* The statement below an if or loop: a block of its own for prev and next */
static size_t below(struct source *src, size_t p, int parent)
{
	int none = -1;

	return statement(src, p, parent, &none);
}

static size_t block(struct source *src, size_t p, int parent)
{
	int prev = -1;

	for (p = skip_blanks(src->scan, p + 1); src->scan[p] && src->scan[p] != '}';
	     p = skip_blanks(src->scan, p))
		p = statement(src, p, parent, &prev);
	return src->scan[p] ? p + 1 : p;
}

static size_t conditional(struct source *src, size_t p, int i)
{
	const char *s = src->scan;
	bool is_if = is_word(s, p, "if"), plain = is_if || is_word(s, p, "while");
	size_t open = p + strcspn(s + p, "(");

	p = closing(s, open);
	if (plain) {
		src->stmts[i].cond = open;
		src->stmts[i].cond_end = p;
	}
	p = below(src, skip_blanks(s, p), i);
	if (is_if && is_word(s, skip_blanks(s, p), "else"))
		p = below(src, skip_blanks(s, skip_blanks(s, p) + strlen("else")), i);
	return p;
}

static bool is_declaration(const char *s, size_t p)
{
	static const char *const types[] = {
		"struct", "union", "enum", "unsigned", "signed", "int", "long", "short", "char",
		"bool", "void", "static", "const", "LIST_HEAD", "DEFINE_WAIT_FUNC", NULL
	};
	size_t end = word_end(s, p);
	int i;

	for (i = 0; types[i]; i++)
		if (is_word(s, p, types[i]))
			return true;
	/* "size_t n", but no "x = y" and no "f(x)" */
	return end > p && isspace((unsigned char)s[end]) && word_char(s[skip_blanks(s, end)]);
}

/* a, a->b.c: what may stand before the parenthesis of a call */
static size_t callee_end(const char *s, size_t p)
{
	while (word_char(s[p]) || s[p] == '.' || !strncmp(s + p, "->", 2))
		p += s[p] == '-' ? 2 : 1;
	return p;
}

static size_t simple(struct source *src, size_t p, int parent, int *prev)
{
	const char *s = src->scan;
	size_t end = callee_end(s, p), after;
	enum stmt_kind kind = STMT_OTHER;

	if (is_declaration(s, p)) {
		kind = STMT_DECL;
	} else if (end > p && s[end] == '(') {
		after = skip_blanks(s, closing(s, end));
		if (s[after] == ';')
			kind = STMT_CALL;
		else if (s[after] == '{' || word_char(s[after]))
			kind = STMT_LOOP;
	}
	if (kind == STMT_LOOP)
		return conditional(src, p, add(src, kind, p, parent, prev));
	add(src, kind, p, parent, prev);
	return behind(s, p, ';');
}

static size_t statement(struct source *src, size_t p, int parent, int *prev)
{
	static const char *const jumps[] = { "return", "goto", "break", "continue", NULL };
	const char *s = src->scan;
	int i, me = src->nr_stmts;
	size_t end;

	p = skip_blanks(s, p);
	end = word_end(s, p);
	if (s[p] == '{') {
		add(src, STMT_BLOCK, p, parent, prev);
		end = block(src, p, me);
	} else if (s[p] == ';') {
		return p + 1;
	} else if (is_word(s, p, "if") || is_word(s, p, "while") || is_word(s, p, "for") ||
		   is_word(s, p, "switch")) {
		add(src, is_word(s, p, "if") ? STMT_IF : STMT_LOOP, p, parent, prev);
		end = conditional(src, p, me);
	} else if (is_word(s, p, "do")) {
		add(src, STMT_LOOP, p, parent, prev);
		end = behind(s, below(src, p + 2, me), ';');
	} else if (is_word(s, p, "case") || is_word(s, p, "default") ||
		   (end > p && s[end] == ':')) {
		add(src, STMT_LABEL, p, parent, prev);
		end = behind(s, p, ':');
	} else {
		for (i = 0; jumps[i] && !is_word(s, p, jumps[i]); i++)
			;
		if (jumps[i])
			add(src, STMT_JUMP, p, parent, prev);
		end = jumps[i] ? behind(s, p, ';') : simple(src, p, parent, prev);
	}
	src->stmts[me].end = end;
	return end;
}

/* p is at the brace of a definition: the name before its parameters, or none */
static bool function_name(const char *s, size_t p, char *name, size_t room)
{
	size_t end;
	int depth = 0;

	while (p && isspace((unsigned char)s[p - 1]))
		p--;
	if (!p || s[p - 1] != ')')
		return false;
	while (p) {
		depth += (s[p - 1] == ')') - (s[p - 1] == '(');
		p--;
		if (!depth)
			break;
	}
	for (end = p; p && word_char(s[p - 1]); p--)
		;
	snprintf(name, room, "%.*s", (int)(end - p), s + p);
	return end > p;
}

static void find_functions(struct source *src)
{
	const char *s = src->scan;
	struct function f;
	size_t p = 0;

	while (s[p]) {
		if (s[p] == '(') {
			p = closing(s, p);
			continue;
		}
		if (s[p] != '{') {
			p++;
			continue;
		}
		if (!function_name(s, p, f.name, sizeof(f.name))) {
			p = closing(s, p);
			continue;
		}
		f.first = src->nr_stmts;
		p = block(src, p, -1);
		f.nr = src->nr_stmts - f.first;
		src->functions = realloc(src->functions, (size_t)(src->nr_functions + 1) * sizeof(f));
		if (!src->functions)
			abort();
		src->functions[src->nr_functions++] = f;
	}
}

bool source_read(const char *path, struct source *src)
{
	memset(src, 0, sizeof(*src));
	src->text = file_read(path);
	if (!src->text)
		return false;
	make_blank_copies(src);
	find_functions(src);
	return true;
}

void source_free(struct source *src)
{
	free(src->text);
	free(src->code);
	free(src->scan);
	free(src->stmts);
	free(src->functions);
	memset(src, 0, sizeof(*src));
}

char *source_words(const struct source *src, size_t start, size_t end)
{
	char *words = str_printf("%.*s", (int)(end - start), src->code + start), *to = words;
	const char *from;

	for (from = words; *from; from++) {
		if (!isspace((unsigned char)*from))
			*to++ = *from;
		else if (to > words && to[-1] != ' ')
			*to++ = ' ';
	}
	while (to > words && to[-1] == ' ')
		to--;
	*to = '\0';
	return words;
}

unsigned int source_line(const struct source *src, size_t at)
{
	unsigned int line = 1;
	size_t i;

	for (i = 0; i < at; i++)
		line += src->text[i] == '\n';
	return line;
}
