// SPDX-License-Identifier: GPL-2.0-only
/*
 * Errors of a scenario file: where, what, the line itself with a caret, and
 * the name that was probably meant.
 */
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "parser.h"

#define MAX_LINE	200	/* bytes of a source line that are shown */
#define MAX_WORD	64	/* longer words are never guessed */

/* Print the line of @pos and a caret below it; tabs stay tabs. */
static void show_line(const struct scn_parser *p, struct scn_pos pos)
{
	const char *s = p->buf, *end = p->buf + p->len;
	unsigned int line = 1;
	size_t n = 0, i;

	for (; s < end && line < pos.line; s++)
		line += *s == '\n';
	if (line != pos.line)
		return;
	while (n < MAX_LINE && s + n < end && s[n] != '\n')
		n++;
	for (i = 0; i < n; i++)
		fputc(s[i] == '\t' || isprint((unsigned char)s[i]) ? s[i] : '?', p->err);
	fputc('\n', p->err);
	if (pos.col > n + 1)
		return;
	for (i = 0; i + 1 < pos.col; i++)
		fputc(s[i] == '\t' ? '\t' : ' ', p->err);
	fputs("^\n", p->err);
}

/**
 * scn_error() - report what is wrong in the file
 * @p:		parser; counts the error
 * @pos:	where
 * @fmt:	one line, no full stop
 *
 * The first SCN_MAX_ERRORS are shown, one per source line.
 */
void scn_error(struct scn_parser *p, struct scn_pos pos, const char *fmt, ...)
{
	va_list ap;

	if (p->nerrors++ >= SCN_MAX_ERRORS || !p->err)
		return;
	fprintf(p->err, "%s:%u:%u: error: ", p->file, pos.line, pos.col);
	va_start(ap, fmt);
	vfprintf(p->err, fmt, ap);
	va_end(ap);
	fputc('\n', p->err);
	show_line(p, pos);
	if (p->nerrors == SCN_MAX_ERRORS)
		fprintf(p->err, "%s: too many errors, stopping here\n", p->file);
}

/**
 * scn_give_up() - is it time to stop reading the file
 * @p:	parser
 *
 * Return: true once SCN_MAX_ERRORS errors were found.
 */
bool scn_give_up(const struct scn_parser *p)
{
	return p->nerrors >= SCN_MAX_ERRORS;
}

/* Edit distance without regard to case; both at most MAX_WORD long. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int row[MAX_WORD + 1], prev, cur, i, j;
	size_t la = strlen(a), lb = strlen(b);

	for (j = 0; j <= lb; j++)
		row[j] = j;
	for (i = 1; i <= la; i++) {
		prev = row[0];
		row[0] = i;
		for (j = 1; j <= lb; j++) {
			cur = row[j];
			if (tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[j - 1]))
				prev++;
			if (row[j] + 1 < prev)
				prev = row[j] + 1;
			if (row[j - 1] + 1 < prev)
				prev = row[j - 1] + 1;
			row[j] = prev;
			prev = cur;
		}
	}
	return row[lb];
}

/**
 * scn_guess_init() - start looking for the name that was meant
 * @g:		state
 * @word:	the misspelt name
 */
void scn_guess_init(struct scn_guess *g, const char *word)
{
	g->word = word;
	g->best = NULL;
	g->dist = strlen(word) / 3 + 1;
	g->text[0] = '\0';
}

/**
 * scn_guess_add() - consider one name
 * @g:		state
 * @candidate:	a valid name; must live as long as @g
 */
void scn_guess_add(struct scn_guess *g, const char *candidate)
{
	unsigned int d;
	size_t longer = strlen(g->word);

	if (strlen(candidate) > longer)
		longer = strlen(candidate);
	if (strlen(g->word) > MAX_WORD || strlen(candidate) > MAX_WORD)
		return;
	d = distance(g->word, candidate);
	if (d > g->dist || (g->best && d == g->dist) || d >= longer)
		return;
	g->dist = d;
	g->best = candidate;
}

/**
 * scn_guess_text() - the end of the error message
 * @g:	state
 *
 * Return: "; did you mean 'x'?", or nothing when no name is near.
 */
const char *scn_guess_text(struct scn_guess *g)
{
	if (g->best)
		snprintf(g->text, sizeof(g->text), "; did you mean '%s'?", g->best);
	return g->text;
}
