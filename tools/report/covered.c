// SPDX-License-Identifier: GPL-2.0-only
/* The text of a function that coverage tells of, and sums of shares. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <stdlib.h>
#include <string.h>

#include "covered.h"

static char *trimmed(const char *line, size_t len)
{
	char *text;

	for (; len && strchr(" \t", *line); len--)
		line++;
	while (len && strchr(" \t\r", line[len - 1]))
		len--;
	text = strndup(line, len);
	if (!text)
		abort();
	return text;
}

void covered_text(struct covered_function *f, const char *source, unsigned int last)
{
	unsigned int nr = 1;
	const char *p = source, *next;
	bool end = false;

	for (; *p && !end && nr <= last; p = next, nr++) {
		size_t len = strcspn(p, "\n");

		next = p + len + (p[len] == '\n');
		if (nr < f->first)
			continue;
		f->lines = realloc(f->lines, (f->nr_lines + 1) * sizeof(*f->lines));
		if (!f->lines)
			abort();
		f->lines[f->nr_lines++] = (struct covered_line){ .text = trimmed(p, len) };
		end = *p == '}';
	}
}

void covered_free(struct covered_function *f, size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i++) {
		for (j = 0; j < f[i].nr_lines; j++)
			free(f[i].lines[j].text);
		free(f[i].lines);
	}
	free(f);
}

void share_add(struct share *to, const struct share *s)
{
	to->lines += s->lines;
	to->lines_hit += s->lines_hit;
	to->branches += s->branches;
	to->branches_hit += s->branches_hit;
}
