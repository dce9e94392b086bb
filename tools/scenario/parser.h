/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of the parser share; nobody else includes it. */
#ifndef VFIOSIM_SCENARIO_PARSER_H
#define VFIOSIM_SCENARIO_PARSER_H

#include "scenario.h"

enum scn_tok_type {
	T_EOF, T_NL, T_LBRACE, T_RBRACE, T_LPAREN, T_RPAREN, T_COLON, T_COMMA,
	T_ASSIGN, T_PIPE, T_CMP, T_AND, T_OR, T_NOT,
	T_WORD,		/* name, possibly qualified with dots */
	T_NUM,		/* starts with a digit, or '-' and a digit */
	T_ERRNO,	/* '-' and a name */
	T_PATH,
	T_STR,
};

struct scn_tok {
	enum scn_tok_type type;
	const char *s;		/* unescaped text, NUL-terminated */
	enum scn_cmp cmp;
	struct scn_pos pos;
	size_t off, end;	/* the bytes it covers */
};

struct scn_parser {
	struct scenario *scn;
	const char *file;
	const char *buf;
	size_t len;
	FILE *err;
	unsigned int nerrors;
	struct scn_tok *tok;
	unsigned int ntok;
	unsigned int i;			/* the token to look at next */
	unsigned int depth, terms;	/* of the expression */
	bool seen_setup, seen_teardown;
	bool broken_step, broken_decl;	/* names are missing: say less */
};

/* The nearest of several names to a misspelt one. */
struct scn_guess {
	const char *word;
	const char *best;
	unsigned int dist;
	char text[96];
};

/* arena.c */
void *scn_alloc(struct scenario *scn, size_t size);
char *scn_strndup(struct scenario *scn, const char *s, size_t len);
void *scn_grow(struct scenario *scn, void *array, unsigned int n, size_t size);
void scn_arena_free(struct scn_arena *arena);

/* Makes room for one more and is that element, zeroed; moves the array. */
#define scn_push(scn, array, n) \
	((array) = scn_grow((scn), (array), (n), sizeof(*(array))), &(array)[(n)++])

/* diag.c */
void scn_error(struct scn_parser *p, struct scn_pos pos, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
bool scn_give_up(const struct scn_parser *p);
void scn_guess_init(struct scn_guess *g, const char *word);
void scn_guess_add(struct scn_guess *g, const char *candidate);
const char *scn_guess_text(struct scn_guess *g);

/* lex.c */
void scn_lex(struct scn_parser *p);
const struct scn_tok *scn_peek(const struct scn_parser *p);
const struct scn_tok *scn_peek2(const struct scn_parser *p);
const struct scn_tok *scn_next(struct scn_parser *p);
bool scn_accept(struct scn_parser *p, enum scn_tok_type type);
bool scn_at_end(const struct scn_parser *p);
void scn_skip_statement(struct scn_parser *p);
bool scn_expect_tok(struct scn_parser *p, enum scn_tok_type type, const char *what);
const char *scn_tok_name(const struct scn_tok *t);
const char *scn_source(struct scn_parser *p, unsigned int first, unsigned int last);

/* value.c */
bool scn_number(const char *s, long *value);
bool scn_duration(const char *s, long *ns);
bool scn_value(struct scn_parser *p, long *value);
bool scn_kconds(struct scn_parser *p, struct scn_kcond **conds, unsigned int *n);
bool scn_plain_name(struct scn_parser *p, const struct scn_tok *t, const char *what);
bool scn_params(struct scn_parser *p, struct scn_param **params, unsigned int *n);

/* step.c */
void scn_parse_step(struct scn_parser *p, int task);

/* expr.c */
struct scn_expr *scn_parse_expr(struct scn_parser *p);

/* parse.c */
void scn_parse_file(struct scn_parser *p);

/* setup.c */
bool scn_parse_decl(struct scn_parser *p);

/* resolve.c, check.c */
void scn_resolve_setup(struct scn_parser *p);
void scn_resolve_steps(struct scn_parser *p);
void scn_check(struct scn_parser *p);
void scn_resolve_expr(struct scn_parser *p, struct scn_expr *e);
void scn_check_params(struct scn_parser *p, const char *const *keys, const char *of,
		      const struct scn_param *params, unsigned int n);

/* lookup.c */
int scn_find_group(const struct scenario *scn, const char *name);
int scn_find_device(const struct scenario *scn, const char *name);
int scn_find_task(const struct scenario *scn, const char *name);
int scn_lookup_step(struct scn_parser *p, const struct scn_arg *name, const char *what);
int scn_lookup_var(struct scn_parser *p, const struct scn_step *user,
		   const struct scn_arg *name);
const struct scn_task *scn_task_of(const struct scenario *scn, int task);
bool scn_resolve_object(struct scn_parser *p, struct scn_arg *a, bool groups);
void scn_name_steps(struct scn_parser *p);
void scn_check_path(struct scn_parser *p, const struct scn_arg *a);

/* names.c, ioctls.c */
struct scn_verb_info {
	const char *name;
	const char *args;	/* one letter per argument, see step.c */
	const char *usage;
};

struct scn_module_info {
	const char *name;
	bool driver;
	const char *const *params;
};

struct scn_number_name {
	const char *name;
	long num;
};

extern const struct scn_verb_info scn_verbs[SCN_NR_VERBS];
extern const struct scn_module_info scn_modules[];	/* ended by a NULL name */
extern const struct scn_number_name scn_errnos[];
extern const struct scn_number_name scn_signals[];
extern const struct scn_number_name scn_open_flags[];
extern const struct scn_number_name scn_api_verbs[];
extern const struct scn_number_name scn_constants[];
extern const struct scn_ioctl scn_ioctls[];
extern const char *const scn_cmp_text[];

const struct scn_number_name *scn_find_name(const struct scn_number_name *table,
					    const char *name);
void scn_guess_table(struct scn_guess *g, const struct scn_number_name *table);
const struct scn_module_info *scn_find_module(const char *name);
const struct scn_ioctl *scn_find_ioctl(const char *name);
const char *scn_ioctl_short(const struct scn_ioctl *ioc);
bool scn_find_constant(const char *name, long *value);
char scn_func_arg(enum scn_func func);
bool scn_find_func(const char *name, enum scn_func *func);
bool scn_reserved(const char *name);

#endif /* VFIOSIM_SCENARIO_PARSER_H */
