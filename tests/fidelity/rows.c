// SPDX-License-Identifier: GPL-2.0-only
/* The rows of kshim/fidelity.tsv: well-formed, proven, sorted. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fidelity.h"
#include "kernels/sysutil.h"

#define COLUMNS 6
enum { NAME, HEADER, CLASS, VERSIONS, TEST, NOTE };

static struct table covered;
static char *tests, *sources;

/* All files of a pattern in one string, each behind a newline */
static char *read_all(const char *src, const char *const patterns[])
{
	char *all = NULL, *text;
	size_t size, i;
	glob_t g;
	FILE *f = open_memstream(&all, &size);

	for (; f && *patterns; patterns++) {
		char *pattern = str_printf("%s/%s", src, *patterns);

		if (!glob(pattern, 0, NULL, &g)) {
			for (i = 0; i < g.gl_pathc; i++) {
				text = file_read(g.gl_pathv[i]);
				fprintf(f, "\n%s", text ? text : "");
				free(text);
			}
			globfree(&g);
		}
		free(pattern);
	}
	if (!f)
		abort();
	fclose(f);
	return all;
}

/* "all", "<6.1", ">=5.19", ">=5.19,<6.3": is the kernel meant? -1: what is that? */
static int version_matches(const char *v, unsigned int kver)
{
	unsigned int major, minor;
	int used, match = 1;

	if (!strcmp(v, "all"))
		return 1;
	for (;;) {
		used = 0;
		if (sscanf(v, "<%u.%u%n", &major, &minor, &used) == 2)
			match &= kver < (major << 16 | minor << 8);
		else if (sscanf(v, ">=%u.%u%n", &major, &minor, &used) == 2)
			match &= kver >= (major << 16 | minor << 8);
		if (!used || (v[used] && v[used] != ','))
			return -1;
		if (!v[used])
			return match;
		v += used + 1;
	}
}

static bool test_exists(const char *src, const char *test)
{
	char *path, *macro;
	bool there;

	if (!strncmp(test, "scenario:", 9)) {
		path = str_printf("%s/scenarios/%s.scn", src, test + 9);
		there = path_is_file(path);
		free(path);
		return there;
	}
	macro = str_printf("\nKTEST(%s)", test);
	there = strstr(tests, macro);
	free(macro);
	if (there)
		return true;
	macro = str_printf("\nKTEST_FLAGS(%s,", test);
	there = strstr(tests, macro);
	free(macro);
	return there;
}

static void check_tests(const char *src, const char *name, const char *list)
{
	char *copy = str_dup(list), *save = NULL, *test;

	if (!*list)
		fidelity_fail(name, "no test proves it");
	for (test = strtok_r(copy, ",", &save); test; test = strtok_r(NULL, ",", &save))
		if (!test_exists(src, test)) {
			char *what = str_printf("there is no test '%s'", test);

			fidelity_fail(name, what);
			free(what);
		}
	free(copy);
}

static void check_row(const char *src, unsigned int kver, char *const col[COLUMNS])
{
	const char *header = table_get(&fidelity_declared, col[NAME]);
	int mine = !strcmp(col[VERSIONS], "fallback") ? header != NULL :
		   version_matches(col[VERSIONS], kver);
	bool stub = !strcmp(col[CLASS], "stub"), simple = !strcmp(col[CLASS], "simplified");

	if (mine < 0)
		fidelity_fail(col[NAME], "versions are none of all, fallback, <X.Y, >=X.Y");
	if (!stub && !simple && strcmp(col[CLASS], "implemented"))
		fidelity_fail(col[NAME], "the class is none of implemented, simplified, stub");
	if ((stub || simple) && !*col[NOTE])
		fidelity_fail(col[NAME], "what is missing stands nowhere");
	if (stub) {
		char *call = str_printf("kshim_stub(\"%s\")", col[NAME]);

		if (!strstr(sources, call))
			fidelity_fail(col[NAME], "a stub that does not say so: no kshim_stub()");
		free(call);
	}
	check_tests(src, col[NAME], col[TEST]);
	if (mine <= 0)
		return;
	if (!header)
		fidelity_fail(col[NAME], "no header of the shim has it for this kernel");
	else if (strcmp(header, col[HEADER]))
		fidelity_fail(col[NAME], header);
	table_put(&covered, col[NAME], col[CLASS]);
}

void fidelity_rows(const char *src, unsigned int kver)
{
	static const char *const ktests[] = { "tests/kshim/*.c", NULL };
	static const char *const shim[] = { "kshim/*/*.c", "kshim/include/*/*.h", NULL };
	char *path = str_printf("%s/kshim/fidelity.tsv", src), *text = file_read(path);
	char *line, *next, *col[COLUMNS], *last = "";
	int n = 0, i;

	tests = read_all(src, ktests);
	sources = read_all(src, shim);
	if (!text)
		fidelity_fail(path, "cannot be read");
	for (line = text; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (*line == '#')
			continue;
		for (i = 0; i < COLUMNS; i++) {
			col[i] = line ? line : "";
			line = line ? strchr(line, '\t') : NULL;
			if (line)
				*line++ = '\0';
		}
		if (strcmp(last, col[NAME]) > 0)
			fidelity_fail(col[NAME], "is not in the order of strcmp()");
		last = col[NAME];
		check_row(src, kver, col);
		n++;
	}
	printf("%d rows\n", n);
	free(tests);
	free(sources);
	free(path);
	/* text stays: last points into it */
}

bool fidelity_covered(const char *name)
{
	return table_get(&covered, name);
}
