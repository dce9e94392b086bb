// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the compiler says, in terms of tree and shim: a name that the shim
 * lacks, one that it has differently, a header, or a mistake of the file.
 */
#define _XOPEN_SOURCE 700
#include "doctor.h"
#include "../kernels/sysutil.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum cause { CAUSE_HEADER, CAUSE_LACKS, CAUSE_DIFFERS, CAUSE_SYNTAX };

/* Parts of messages of gcc and clang; the name is what stands in quotes first */
static const struct {
	const char *text;
	enum cause cause;
} messages[] = {
	{ ": No such file or directory", CAUSE_HEADER },
	{ "' file not found", CAUSE_HEADER },
	{ "implicit declaration of function '", CAUSE_LACKS },
	{ "call to undeclared function '", CAUSE_LACKS },
	{ "' undeclared", CAUSE_LACKS },
	{ "use of undeclared identifier '", CAUSE_LACKS },
	{ "unknown type name '", CAUSE_LACKS },
	{ "has no member named '", CAUSE_LACKS },
	{ "no member named '", CAUSE_LACKS },
	{ "has incomplete type", CAUSE_LACKS },
	{ "invalid use of undefined type '", CAUSE_LACKS },
	{ "incomplete definition of type '", CAUSE_LACKS },
	{ "invalid application of 'sizeof' to incomplete type '", CAUSE_LACKS },
	{ "invalid application of 'sizeof' to an incomplete type '", CAUSE_LACKS },
	{ "dereferencing pointer to incomplete type '", CAUSE_LACKS },
	{ "variable has incomplete type '", CAUSE_LACKS },
	{ "conflicting types for '", CAUSE_DIFFERS },
	{ "incompatible pointer type", CAUSE_DIFFERS },
	{ "incompatible function pointer type", CAUSE_DIFFERS },
	{ "too many arguments to function", CAUSE_DIFFERS },
	{ "too few arguments to function", CAUSE_DIFFERS },
	{ "incompatible type for argument", CAUSE_DIFFERS },
	{ "makes pointer from integer", CAUSE_DIFFERS },
	{ "makes integer from pointer", CAUSE_DIFFERS },
	{ "incompatible types when", CAUSE_DIFFERS },
	{ "void value not ignored", CAUSE_DIFFERS },
	{ "passed 1 arguments, but takes", CAUSE_DIFFERS },
	{ "requires 2 arguments, but only", CAUSE_DIFFERS },
	{ "arguments, but macro", CAUSE_DIFFERS },
};

/* Paths below the tree and below us without what goes before */
static const char *relative(const struct doctor *d, const char *path)
{
	const char *const roots[] = { d->farm, d->kdir, d->src };
	size_t i, n;

	for (i = 0; i < 3; i++) {
		n = strlen(roots[i]);
		if (!strncmp(path, roots[i], n) && path[n] == '/')
			return path + n + 1;
	}
	return path;
}

/* Does the path of a message lie in the tree, and not in the shim? */
static bool of_tree(const struct doctor *d, const char *path)
{
	size_t n = strlen(d->kdir), f = strlen(d->farm);

	/* file names of the build are mapped: what is relative is the tree's */
	return *path != '/' ? strncmp(path, "kshim/", 6) && strncmp(path, "drivers/sim", 11) :
	       (!strncmp(path, d->kdir, n) && path[n] == '/') ||
	       (!strncmp(path, d->farm, f) && path[f] == '/');
}

/* The first identifier in quotes, "struct x" included; NULL when there is none */
static char *quoted(const char *p)
{
	for (p = strpbrk(p, "'\""); p; p = strpbrk(p, "'\"")) {
		const char *end;

		p++;
		if (!strncmp(p, "struct ", 7) || !strncmp(p, "union ", 6))
			p = strchr(p, ' ') + 1;
		for (end = p; isalnum((unsigned char)*end) || *end == '_'; end++)
			;
		if (end > p && (*end == '\'' || *end == '"') && !isdigit((unsigned char)*p))
			return str_printf("%.*s", (int)(end - p), p);
		p = strpbrk(p, "'\"");
		if (!p)
			break;
		p++;
	}
	return NULL;
}

static void differs(const struct doctor *d, const char *name, const char *message, FILE *out)
{
	char *include = str_printf("%s/include", d->headers), *ours = str_printf("%s/kshim/include", d->src);
	char *text = NULL, *mine = NULL;
	char *theirs = name ? doctor_declared(include, name, &text) : NULL;
	char *own = name ? doctor_declared(ours, name, &mine) : NULL;

	fprintf(out, "the shim has %s differently: %s", name ? name : "something", message);
	if (theirs)
		fprintf(out, "\n        your tree, include/%s: %.90s", theirs, text);
	if (own)
		fprintf(out, "\n        the shim, kshim/include/%s: %.90s", own, mine);
	free(include);
	free(ours);
	free(text);
	free(mine);
	free(theirs);
	free(own);
}

static void header(const struct doctor *d, const char *message, FILE *out)
{
	const char *end, *p = strstr(message, ": No such");
	char *path, *name;
	bool there;

	if (p) {
		name = str_printf("%.*s", (int)(p - message), message);
	} else {
		p = strchr(message, '\'') + 1;
		end = strchr(p, '\'');
		name = str_printf("%.*s", (int)(end - p), p);
	}
	path = str_printf("%s/include/%s", d->headers, name);
	there = path_is_file(path);
	fprintf(out, "the shim lacks the header <%s> (%s)", name,
		there ? "your tree has it: write kshim/include/ for it, or list it in core/tree-headers.list"
		      : "not in the tree's include/ either");
	free(path);
	free(name);
}

/* A line of a file that a message is about, allocated */
static char *source_line(const struct doctor *d, const char *path, unsigned long line)
{
	char *full = *path == '/' ? str_dup(path) : str_printf("%s/%s", d->kdir, path);
	char *text = file_read(full), *p = text, *found = NULL;

	while (p && --line && (p = strchr(p, '\n')))
		p++;
	if (p) {
		p += strspn(p, " \t");
		found = str_printf("%.*s", (int)strcspn(p, "\n"), p);
	}
	free(full);
	free(text);
	return found;
}

static size_t word_len(const char *p)
{
	size_t n = 0;

	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	return n;
}

/* The "x" of "struct x" in the line */
static char *type_at(const struct doctor *d, const char *path, unsigned long line)
{
	char *text = source_line(d, path, line), *p = text ? strstr(text, "struct ") : NULL;
	char *name = NULL;

	if (p && word_len(p + 7))
		name = str_printf("%.*s", (int)word_len(p + 7), p + 7);
	free(text);
	return name;
}

/* A macro in the line that the tree defines, but neither the shim nor what it takes over */
static char *macro_at(const struct doctor *d, const char *path, unsigned long line)
{
	char *roots[] = { str_printf("%s/include", d->headers),
			  str_printf("%s/kshim/include", d->src), d->farm };
	char *text = source_line(d, path, line), *name = NULL;
	size_t n = text ? word_len(text) : 0;
	bool found[3];
	int i;

	if (n && text[n] == '(') {
		name = str_printf("%.*s", (int)n, text);
		for (i = 0; i < 3; i++) {
			char *where = doctor_declared(roots[i], name, NULL);

			found[i] = where != NULL;
			free(where);
		}
		if (!found[0] || found[1] || found[2]) {
			free(name);
			name = NULL;
		}
	}
	free(text);
	free(roots[0]);
	free(roots[1]);
	return name;
}

/* Returns false when whatever comes after it may be a consequence */
static bool classify(const struct doctor *d, const char *path, unsigned long line,
		     const char *message, FILE *out)
{
	char *name = NULL, *macro;
	size_t i;

	for (i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		const char *at = strstr(message, messages[i].text);

		if (!at)
			continue;
		if (messages[i].cause == CAUSE_HEADER) {
			header(d, message, out);
			return true;
		}
		/* the name is in the quotes that the text ends with, else the first */
		at += strlen(messages[i].text) - 1;
		name = quoted(*at == '\'' ? at : message);
		if (messages[i].cause == CAUSE_LACKS && name)
			doctor_lacks(d, name, out);
		else
			differs(d, name, message, out);
		free(name);
		return true;
	}
	if (strstr(message, "storage size of '")) {
		name = type_at(d, path, line);
		if (name) {
			doctor_lacks(d, name, out);
			free(name);
			return true;
		}
	}
	macro = of_tree(d, path) ? macro_at(d, path, line) : NULL;
	if (macro) {
		doctor_lacks(d, macro, out);
		free(macro);
		return true;
	}
	fprintf(out, "%s: %s", of_tree(d, path) ? "syntax error in the tree's own file"
					       : "the shim does not fit", message);
	return !of_tree(d, path);
}

/* "PATH:LINE:COLUMN: [fatal ]error: MESSAGE"; returns the message or NULL */
static char *parse_error(char *line, char **path, unsigned long *number)
{
	char *error = strstr(line, ": error: "), *fatal = strstr(line, ": fatal error: ");
	char *message, *colon;

	if (fatal)
		error = fatal;
	if (!error)
		return NULL;
	message = strstr(error, "error: ") + strlen("error: ");
	*error = '\0';
	colon = strchr(line, ':');
	if (!colon)
		return NULL;
	*colon = '\0';
	*path = line;
	*number = strtoul(colon + 1, NULL, 10);
	return message;
}

int doctor_explain(const struct doctor *d, const char *said, FILE *out)
{
	char *text = str_dup(said), *line, *next, *path, *message, *seen = str_dup("\n");
	unsigned long number, last = 0;
	bool go_on = true;
	int n = 0;

	for (line = text; go_on && line && *line; line = next) {
		char *cause = NULL, *key, *option;
		size_t size;
		FILE *f;

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		message = parse_error(line, &path, &number);
		/* what follows on the same line is a consequence */
		if (!message || (number == last && n))
			continue;
		last = number;
		option = strstr(message, " [-W");
		if (option)
			*option = '\0';
		f = open_memstream(&cause, &size);
		if (!f)
			abort();
		go_on = classify(d, path, number, message, f);
		fclose(f);
		key = str_printf("\n%s\n", cause);
		if (!strstr(seen, key)) {
			char *more = str_printf("%s%s", seen, key + 1);

			free(seen);
			seen = more;
			fprintf(out, "      %s:%lu: %s\n", relative(d, path), number, cause);
			n++;
		}
		free(key);
		free(cause);
	}
	free(text);
	free(seen);
	return n;
}
