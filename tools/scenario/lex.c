// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text to tokens, and the cursor over them. The whole file is cut up first;
 * a statement ends at a line's end or at a brace.
 */
#include <ctype.h>
#include <string.h>

#include "parser.h"

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* One quoted string; returns the offset behind it. */
static size_t lex_string(struct scn_parser *p, struct scn_tok *t, size_t i)
{
	const char *nl = memchr(p->buf + i, '\n', p->len - i);
	char *out = scn_alloc(p->scn, (nl ? (size_t)(nl - p->buf) : p->len) - i + 1);
	size_t n = 0;

	t->type = T_STR;
	t->s = out;
	for (i++; i < p->len && p->buf[i] != '\n'; i++) {
		char c = p->buf[i];

		if (c == '"')
			return i + 1;
		if (c == '\0')
			break;
		if (c == '\\' && i + 1 < p->len) {
			c = p->buf[++i];
			if (c == 'n')
				c = '\n';
			else if (c == 't')
				c = '\t';
			else if (c != '"' && c != '\\')
				break;
		}
		out[n++] = c;
	}
	scn_error(p, t->pos, i < p->len && p->buf[i] != '\n' ?
		  "bad character in a string (escapes are \\\" \\\\ \\n \\t)" :
		  "missing closing '\"'");
	while (i < p->len && p->buf[i] != '\n')
		i++;
	return i;
}

static size_t lex_word(struct scn_parser *p, struct scn_tok *t, size_t i)
{
	size_t start = i;
	char c = p->buf[i], d = i + 1 < p->len ? p->buf[i + 1] : '\0';

	if (c == '/') {
		t->type = T_PATH;
		while (i < p->len && isprint((unsigned char)p->buf[i]) &&
		       !strchr(" (){},\"#", p->buf[i]))
			i++;
	} else {
		t->type = T_WORD;
		if (isdigit((unsigned char)c) || (c == '-' && isdigit((unsigned char)d)))
			t->type = T_NUM;
		else if (c == '-')
			t->type = T_ERRNO;
		while (i < p->len && word_char(p->buf[i]))
			i++;
	}
	t->s = scn_strndup(p->scn, p->buf + start, i - start);
	return i;
}

/* Operators and punctuation; returns how many bytes, 0 for none. */
static size_t lex_punct(struct scn_parser *p, struct scn_tok *t, size_t i)
{
	static const struct {
		const char *s;
		enum scn_tok_type type;
		enum scn_cmp cmp;
	} puncts[] = {
		{ "==", T_CMP, SCN_EQ }, { "!=", T_CMP, SCN_NE },
		{ "<=", T_CMP, SCN_LE }, { ">=", T_CMP, SCN_GE },
		{ "&&", T_AND, 0 }, { "||", T_OR, 0 },
		{ "<", T_CMP, SCN_LT }, { ">", T_CMP, SCN_GT }, { "=", T_ASSIGN, 0 },
		{ "!", T_NOT, 0 }, { "|", T_PIPE, 0 }, { ":", T_COLON, 0 },
		{ ",", T_COMMA, 0 }, { "(", T_LPAREN, 0 }, { ")", T_RPAREN, 0 },
		{ "{", T_LBRACE, 0 }, { "}", T_RBRACE, 0 }, { "\n", T_NL, 0 },
	};

	for (size_t k = 0; k < sizeof(puncts) / sizeof(puncts[0]); k++) {
		size_t n = strlen(puncts[k].s);

		if (p->len - i < n || memcmp(p->buf + i, puncts[k].s, n))
			continue;
		t->type = puncts[k].type;
		t->cmp = puncts[k].cmp;
		t->s = puncts[k].type == T_NL ? "end of line" : puncts[k].s;
		return n;
	}
	return 0;
}

/**
 * scn_lex() - cut the file into tokens
 * @p:	parser with buf and len; gets tok and ntok
 */
void scn_lex(struct scn_parser *p)
{
	unsigned int line = 1;
	size_t i = 0, bol = 0, n;
	struct scn_tok *t;

	while (i < p->len && !scn_give_up(p)) {
		struct scn_tok tok = { .off = i, .pos = { line, (unsigned int)(i - bol) + 1 } };
		char c = p->buf[i];

		if (is_blank(c)) {
			i++;
			continue;
		}
		if (c == '#') {
			while (i < p->len && p->buf[i] != '\n')
				i++;
			continue;
		}
		n = lex_punct(p, &tok, i);
		if (n) {
			i += n;
		} else if (c == '"') {
			i = lex_string(p, &tok, i);
		} else if (c == '/' || c == '_' || isalnum((unsigned char)c) ||
			   (c == '-' && i + 1 < p->len && isalnum((unsigned char)p->buf[i + 1]))) {
			i = lex_word(p, &tok, i);
		} else {
			scn_error(p, tok.pos, isprint((unsigned char)c) ?
				  "unexpected character '%c'" :
				  "unexpected byte 0x%02x", (unsigned char)c);
			while (i < p->len && p->buf[i] != '\n')
				i++;
			continue;
		}
		tok.end = i;
		*scn_push(p->scn, p->tok, p->ntok) = tok;
		if (tok.type == T_NL) {
			line++;
			bol = i;
		}
	}
	t = scn_push(p->scn, p->tok, p->ntok);
	t->type = T_EOF;
	t->s = "end of file";
	t->off = t->end = i;
	t->pos.line = line;
	t->pos.col = (unsigned int)(i - bol) + 1;
}

/** scn_peek() - the token under the cursor; the last one is T_EOF */
const struct scn_tok *scn_peek(const struct scn_parser *p)
{
	return &p->tok[p->i];
}

/** scn_peek2() - the one behind it */
const struct scn_tok *scn_peek2(const struct scn_parser *p)
{
	return &p->tok[p->i + 1 < p->ntok ? p->i + 1 : p->i];
}

/** scn_next() - take the token under the cursor; T_EOF is never passed */
const struct scn_tok *scn_next(struct scn_parser *p)
{
	const struct scn_tok *t = scn_peek(p);

	if (t->type != T_EOF)
		p->i++;
	return t;
}

/** scn_accept() - take it if it is of this type; Return: whether it was */
bool scn_accept(struct scn_parser *p, enum scn_tok_type type)
{
	if (scn_peek(p)->type != type)
		return false;
	scn_next(p);
	return true;
}

/** scn_at_end() - is the statement over */
bool scn_at_end(const struct scn_parser *p)
{
	enum scn_tok_type t = scn_peek(p)->type;

	return t == T_NL || t == T_RBRACE || t == T_EOF;
}

/** scn_skip_statement() - go on behind an error */
void scn_skip_statement(struct scn_parser *p)
{
	while (!scn_at_end(p))
		scn_next(p);
}

/** scn_tok_name() - a token as an error message calls it */
const char *scn_tok_name(const struct scn_tok *t)
{
	return t->s;
}

/**
 * scn_expect_tok() - take a token that must come now
 * @p:		parser
 * @type:	which
 * @what:	how the message calls it
 *
 * Return: false when it was something else, which was reported.
 */
bool scn_expect_tok(struct scn_parser *p, enum scn_tok_type type, const char *what)
{
	const struct scn_tok *t = scn_peek(p);

	if (scn_accept(p, type))
		return true;
	if (scn_at_end(p))
		scn_error(p, t->pos, "expected %s", what);
	else
		scn_error(p, t->pos, "expected %s before '%s'", what, scn_tok_name(t));
	return false;
}

/**
 * scn_source() - what was written, with every gap made one blank
 * @p:		parser
 * @first:	first token
 * @last:	behind the last token
 */
const char *scn_source(struct scn_parser *p, unsigned int first, unsigned int last)
{
	char *out;
	size_t n = 0;

	if (first >= last)
		return "";
	out = scn_alloc(p->scn, 2 * (p->tok[last - 1].end - p->tok[first].off) + 2);
	for (unsigned int i = first; i < last; i++) {
		const struct scn_tok *t = &p->tok[i];

		if (i > first && t->off > p->tok[i - 1].end)
			out[n++] = ' ';
		memcpy(out + n, p->buf + t->off, t->end - t->off);
		n += t->end - t->off;
	}
	return out;
}
