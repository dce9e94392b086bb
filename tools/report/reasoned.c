// SPDX-License-Identifier: GPL-2.0-only
/* Entries with reasons; see the header. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reasoned.h"

struct list {
	struct reasoned *e;
	unsigned int n;
};

static bool take_line(struct list *l, const char *text, unsigned int nr)
{
	struct reasoned *last = l->n ? &l->e[l->n - 1] : NULL;
	char *why = NULL;

	if (*text == '\t' || *text == ' ') {
		text += strspn(text, " \t");
		if (!last)
			return false;
		if (asprintf(&why, "%s%s%s", last->why ? last->why : "", last->why ? " " : "",
			     text) < 0)
			abort();
		free(last->why);
		last->why = why;
		return true;
	}
	l->e = realloc(l->e, (l->n + 1) * sizeof(*l->e));
	if (!l->e)
		abort();
	l->e[l->n++] = (struct reasoned){ .what = strdup(text), .line = nr };
	return true;
}

bool reasoned_read(const char *path, struct reasoned **e, unsigned int *n)
{
	struct list l = { 0 };
	FILE *f = fopen(path, "r");
	unsigned int nr = 0, i;
	char *line = NULL;
	size_t room = 0;
	bool ok = true;

	while (ok && f && getline(&line, &room, f) >= 0) {
		line[strcspn(line, "\r\n")] = '\0';
		nr++;
		if (*line && *line != '#' && !take_line(&l, line, nr)) {
			fprintf(stderr, "vfiosim: %s:%u: a reason for nothing: it is indented\n",
				path, nr);
			ok = false;
		}
	}
	for (i = 0; ok && i < l.n; i++)
		if (!l.e[i].why) {
			fprintf(stderr, "vfiosim: %s:%u: %s: it has no reason, indented, below it\n",
				path, l.e[i].line, l.e[i].what);
			ok = false;
		}
	free(line);
	if (f)
		fclose(f);
	if (!ok) {
		reasoned_free(l.e, l.n);
		return false;
	}
	*e = l.e;
	*n = l.n;
	return true;
}

void reasoned_free(struct reasoned *e, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		free(e[i].what);
		free(e[i].why);
	}
	free(e);
}
