// SPDX-License-Identifier: GPL-2.0-only
/* What names a file spells, and what the fidelity table says of them. */
#define _XOPEN_SOURCE 700
#include "doctor.h"
#include "../kernels/sysutil.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void names_add(struct names *set, const char *p, size_t len)
{
	unsigned int i;

	for (i = 0; i < set->n; i++)
		if (!strncmp(set->name[i], p, len) && !set->name[i][len])
			return;
	if (set->n == set->room) {
		set->room = set->room ? 2 * set->room : 256;
		set->name = realloc(set->name, set->room * sizeof(*set->name));
		if (!set->name)
			abort();
	}
	set->name[set->n++] = str_printf("%.*s", (int)len, p);
}

/* Behind a comment, a string or a character; NULL when there is none at p */
static const char *skip(const char *p)
{
	char quote = *p;

	if (p[0] == '/' && p[1] == '/')
		return p + strcspn(p, "\n");
	if (p[0] == '/' && p[1] == '*') {
		p = strstr(p + 2, "*/");
		return p ? p + 2 : "";
	}
	if (quote != '"' && quote != '\'')
		return NULL;
	for (p++; *p && *p != quote && *p != '\n'; p++)
		if (*p == '\\' && p[1])
			p++;
	return *p ? p + 1 : p;
}

void names_of_file(struct names *set, const char *path)
{
	char *text = file_read(path);
	const char *p = text, *end;

	while (p && *p) {
		for (end = p; isalnum((unsigned char)*end) || *end == '_'; end++)
			;
		if (end > p) {
			if (!isdigit((unsigned char)*p))
				names_add(set, p, (size_t)(end - p));
			p = end;
			continue;
		}
		end = skip(p);
		p = end ? end : p + 1;
	}
	free(text);
}

bool names_have(const struct names *set, const char *name)
{
	unsigned int i;

	for (i = 0; i < set->n; i++)
		if (!strcmp(set->name[i], name))
			return true;
	return false;
}

void names_free(struct names *set)
{
	unsigned int i;

	for (i = 0; i < set->n; i++)
		free(set->name[i]);
	free(set->name);
	memset(set, 0, sizeof(*set));
}

/* name, header, class, versions, test, note; separated by tabs */
#define COLUMNS 6

int doctor_fidelity(const struct doctor *d, const struct names *used, FILE *out)
{
	char *path = str_printf("%s/kshim/fidelity.tsv", d->src);
	char *text = file_read(path), *line, *next, *column[COLUMNS];
	int found = 0, i;

	free(path);
	if (!text)
		return -1;
	for (line = text; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (*line == '#')
			continue;
		for (i = 0; i < COLUMNS; i++) {
			column[i] = line ? line : "";
			line = line ? strchr(line, '\t') : NULL;
			if (line)
				*line++ = '\0';
		}
		if (strcmp(column[2], "simplified") && strcmp(column[2], "stub"))
			continue;
		if (!names_have(used, column[0]))
			continue;
		fprintf(out, "  %-10s %-32s %s\n", column[2], column[0], column[5]);
		found++;
	}
	free(text);
	return found;
}
