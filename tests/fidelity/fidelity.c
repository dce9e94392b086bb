// SPDX-License-Identifier: GPL-2.0-only
/*
 * fidelity SRC GUEST: is kshim/fidelity.tsv complete and true for one guest?
 *
 * Every name that a header of kshim declares or defines and that the code of
 * the guest spells (or that one of its objects refers to) must have a row for
 * this kernel; every row must name a header that has it, a class, and tests
 * that exist. "--list" prints the names that are declared, and which are used.
 */
#include <ctype.h>
#include <glob.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/doctor.h"
#include "fidelity.h"
#include "kernels/sysutil.h"

struct table fidelity_declared;
static struct names used;
static unsigned int kver;
static int failures;

void fidelity_fail(const char *name, const char *what)
{
	printf("FAIL: %s: %s\n", name, what);
	failures++;
}

const char *table_get(const struct table *t, const char *name)
{
	unsigned int i;

	for (i = 0; i < t->n; i++)
		if (!strcmp(t->name[i], name))
			return t->value[i];
	return NULL;
}

void table_put(struct table *t, const char *name, const char *value)
{
	if (table_get(t, name))
		return;
	if (!(t->n & (t->n + 1) & 255) || !t->name) {
		t->name = realloc(t->name, (t->n + 512) * sizeof(*t->name));
		t->value = realloc(t->value, (t->n + 512) * sizeof(*t->value));
		if (!t->name || !t->value)
			abort();
	}
	t->name[t->n] = str_dup(name);
	t->value[t->n++] = str_dup(value);
}

/* Names of the shim itself, and of the compiler */
static bool internal(const char *name)
{
	return strcasestr(name, "kshim") || !strncmp(name, "__builtin", 9) ||
	       !strncmp(name, "_LINUX", 6) || !strncmp(name, "__LINUX", 7);
}

/* Where do the headers of the shim, preprocessed, declare functions and macros? */
static void read_declared(const char *text)
{
	char header[256] = "", word[128];
	const char *p = text, *end;
	int braces = 0, parens = 0;
	size_t n;

	while (*p) {
		if (*p == '#') {
			const char *line = p;

			end = p + strcspn(p, "\n");
			if (sscanf(line, "#define %127[A-Za-z0-9_]", word) == 1 && *header) {
				if (!internal(word))
					table_put(&fidelity_declared, word, header);
			} else if (line[1] == ' ' && isdigit((unsigned char)line[2])) {
				const char *q = strchr(line, '"'), *at;
				char path[1024];

				snprintf(path, sizeof(path), "%.*s", q ? (int)strcspn(q + 1, "\"") : 0,
					 q ? q + 1 : "");
				at = strstr(path, "kshim/include/");
				snprintf(header, sizeof(header), "%s",
					 at ? at + strlen("kshim/include/") : "");
			}
			p = end + (*end == '\n');
			continue;
		}
		if (*p == '"' || *p == '\'') {
			char quote = *p++;

			while (*p && *p != quote)
				p += *p == '\\' && p[1] ? 2 : 1;
			p += *p != '\0';
			continue;
		}
		for (n = 0; isalnum((unsigned char)p[n]) || p[n] == '_'; n++)
			;
		if (!n) {
			braces += (*p == '{') - (*p == '}');
			parens += (*p == '(') - (*p == ')');
			p++;
			continue;
		}
		end = p + n;
		while (*end == ' ')
			end++;
		/* "int (*f)(void)" is none */
		if (*header && !braces && !parens && *end == '(' && end[1] != '*' &&
		    n < sizeof(word)) {
			snprintf(word, sizeof(word), "%.*s", (int)n, p);
			if (!internal(word) && strncmp(word, "__attribute", 11) &&
			    strcmp(word, "__typeof__") && strcmp(word, "_Static_assert"))
				table_put(&fidelity_declared, word, header);
		}
		p += n;
	}
}

/* All headers of the shim in one translation unit, with the flags of the guest */
static void preprocess(const char *src, const char *dir, const char *command)
{
	const char *const patterns[] = { "linux/*.h", "linux/*/*.h", "asm/*.h", "asm-generic/*.h" };
	char *file = str_printf("%s/fidelity.c", dir), *out = str_printf("%s/fidelity.i", dir);
	char *compile = str_printf("%.*s -w -E -dD -o '%s' '%s'",
				   (int)(strstr(command, " -o ") - command), command, out, file);
	const char *argv[] = { "sh", "-c", compile, NULL };
	struct proc_opts opts = { .cwd = dir };
	char *text;
	FILE *f = fopen(file, "w");
	size_t i, k;
	glob_t g;

	if (!f)
		abort();
	for (k = 0; k < sizeof(patterns) / sizeof(*patterns); k++) {
		char *pattern = str_printf("%s/kshim/include/%s", src, patterns[k]);

		if (!glob(pattern, 0, NULL, &g)) {
			for (i = 0; i < g.gl_pathc; i++)
				fprintf(f, "#include <%s>\n",
					g.gl_pathv[i] + strlen(src) + strlen("/kshim/include/"));
			globfree(&g);
		}
		free(pattern);
	}
	fclose(f);
	if (proc_run(argv, &opts) || !(text = file_read(out))) {
		fidelity_fail(file, "cannot be preprocessed");
		exit(1);
	}
	read_declared(text);
	free(text);
	unlink(file);
	unlink(out);
	free(file);
	free(out);
	free(compile);
}

/* The undefined names of an object are used as well: macros may hide them */
static void names_of_object(const char *path)
{
	const char *argv[] = { "nm", "-u", path, NULL };
	char *text, *line, *save = NULL;
	int status;

	text = proc_capture(argv, &status);
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		line += strspn(line, " Uw");
		if (!names_have(&used, line))
			names_add(&used, line, strlen(line));
	}
	free(text);
}

static void names_of_unit(const char *file, const char *dir, const char *object)
{
	char *path = str_printf("%s/%s", dir, object), *pattern;
	size_t i;
	glob_t g;

	names_of_object(path);
	free(path);
	if (strstr(file, "/lib/"))
		return;		/* of the tree; only what its object needs */
	names_of_file(&used, file);
	pattern = str_printf("%.*s/*.h", (int)(strrchr(file, '/') - file), file);
	if (!glob(pattern, 0, NULL, &g)) {
		for (i = 0; i < g.gl_pathc; i++)
			names_of_file(&used, g.gl_pathv[i]);
		globfree(&g);
	}
	free(pattern);
}

static void read_guest(const char *src, const char *dir)
{
	char *path = str_printf("%s/compile_commands.json", dir);
	struct json_object *all = json_object_from_file(path), *o, *v;
	const char *flags = NULL;
	size_t i;

	if (!all) {
		fidelity_fail(path, "cannot be read");
		exit(1);
	}
	for (i = 0; i < json_object_array_length(all); i++) {
		const char *file, *command, *out;
		char *object;

		o = json_object_array_get_idx(all, i);
		json_object_object_get_ex(o, "file", &v);
		file = json_object_get_string(v);
		json_object_object_get_ex(o, "command", &v);
		command = json_object_get_string(v);
		out = strstr(command, " -o ");
		if (!out)
			continue;
		out += 4 + (out[4] == '"');
		if (!strncmp(out, "CMakeFiles/kshim.dir/", 21))
			flags = command;
		if (strncmp(out, "CMakeFiles/mod_", 15) && strncmp(out, "CMakeFiles/treelib", 18))
			continue;
		object = str_printf("%.*s", (int)strcspn(out, out[-1] == '"' ? "\"" : " "), out);
		names_of_unit(file, dir, object);
		free(object);
	}
	if (!flags) {
		fidelity_fail(path, "has no file of the shim");
		exit(1);
	}
	kver = (unsigned int)strtoul(strstr(flags, "KSHIM_KVER=") + 11, NULL, 0);
	preprocess(src, dir, flags);
	json_object_put(all);
	free(path);
}

int main(int argc, char **argv)
{
	bool list = argc == 4 && !strcmp(argv[3], "--list");
	unsigned int i, n = 0;

	if (argc != 3 && !list) {
		fprintf(stderr, "fidelity SRC GUEST [--list]\n");
		return 2;
	}
	read_guest(argv[1], argv[2]);
	if (!list)
		fidelity_rows(argv[1], kver);
	for (i = 0; i < fidelity_declared.n; i++) {
		const char *name = fidelity_declared.name[i];

		bool is_used = names_have(&used, name);

		if (list)
			printf("%s\t%s\t%s\n", name, fidelity_declared.value[i],
			       is_used ? "used" : "-");
		if (!is_used || list)
			continue;
		n++;
		if (!fidelity_covered(name))
			fidelity_fail(name, "is used, and has no row in kshim/fidelity.tsv for this kernel");
	}
	if (list)
		return 0;
	printf("%u names used of %u declared, %d failures\n", n, fidelity_declared.n, failures);
	return failures || !n;
}
