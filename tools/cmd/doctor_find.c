// SPDX-License-Identifier: GPL-2.0-only
/* Where a tree declares what the shim lacks. */
#define _XOPEN_SOURCE 700
#include "doctor.h"
#include "../kernels/sysutil.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* By grep: what a declaration looks like in kernel style */
char *doctor_declared(const char *dir, const char *name, char **text)
{
	char *pattern = str_printf("^#[ \t]*define[ \t]+%s\\b|^[a-zA-Z_][^;=]*[ \t*]%s\\(|"
		"^(typedef )?(struct|enum|union) %s \\{|^typedef .*[ \t*]%s;|^\t+[^(;]*[ \t*]%s(\\[.*)?;|"
		"^\t%s[,]?([ \t]*=.*)?$|^%s\\(|^\t.*\\(\\*%s\\)\\(|^\\} %s;",
		name, name, name, name, name, name, name, name, name);
	const char *argv[] = { "grep", "-rnE", "--include=*.h", pattern, dir, NULL };
	char *found = NULL, *all, *line, *end, *colon;
	int status;

	all = proc_capture(argv, &status);
	/* the shortest path is the likeliest */
	for (line = all; *line; line = end + (*end == '\n')) {
		size_t len;

		end = line + strcspn(line, "\n");
		colon = strchr(line + strlen(dir), ':');
		len = colon && colon < end ? strspn(colon + 1, "0123456789") : 0;
		if (!len)
			continue;
		len = (size_t)(colon + 1 + len - line) - strlen(dir) - 1;
		if (found && strlen(found) <= len)
			continue;
		free(found);
		found = str_printf("%.*s", (int)len, line + strlen(dir) + 1);
		if (text) {
			colon = strchr(colon + 1, ':') + 1;
			colon += strspn(colon, " \t");
			free(*text);
			*text = str_printf("%.*s", (int)(end - colon), colon);
		}
	}
	free(all);
	free(pattern);
	return found;
}

void doctor_lacks(const struct doctor *d, const char *name, FILE *out)
{
	char *include = str_printf("%s/include", d->headers), *text = NULL;
	char *where = doctor_declared(include, name, &text);

	if (where)
		fprintf(out, "the shim lacks %s (declared in include/%s of your tree: %.90s)", name,
			where, text);
	else
		fprintf(out, "%s is declared nowhere in the tree's include/: a mistake of the tree's own, or a header of arch/",
			name);
	free(include);
	free(where);
	free(text);
}

int doctor_unresolved(const struct doctor *d, const char *said, FILE *out)
{
	static const char text[] = "undefined reference to ";
	struct names seen = { 0 };
	const char *p;
	int n = 0;

	for (p = strstr(said, text); p; p = strstr(p, text)) {
		char *name;
		size_t len;

		p += strlen(text);
		p += *p == '`' || *p == '\'';
		for (len = 0; isalnum((unsigned char)p[len]) || p[len] == '_'; len++)
			;
		name = str_printf("%.*s", (int)len, p);
		if (names_have(&seen, name)) {
			free(name);
			continue;
		}
		seen.name = realloc(seen.name, (seen.n + 1) * sizeof(*seen.name));
		if (!seen.name)
			abort();
		seen.name[seen.n++] = name;
		fputs("      ", out);
		doctor_lacks(d, name, out);
		fputc('\n', out);
		n++;
	}
	names_free(&seen);
	return n;
}
