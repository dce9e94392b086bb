// SPDX-License-Identifier: GPL-2.0-only
/* Did you mean ...? */
#include "cmdline.h"

#include <string.h>

#define LONGEST 64

static unsigned int smallest(unsigned int a, unsigned int b, unsigned int c)
{
	unsigned int m = a < b ? a : b;

	return m < c ? m : c;
}

/* Insertions, deletions, substitutions and swaps of neighbours from a to b */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int rows[3][LONGEST + 1], *older = rows[0], *old = rows[1], *cur = rows[2], *spare;
	size_t la = strlen(a), lb = strlen(b), i, j;

	if (la > LONGEST || lb > LONGEST)
		return LONGEST;
	for (j = 0; j <= lb; j++)
		old[j] = (unsigned int)j;
	for (i = 1; i <= la; i++) {
		cur[0] = (unsigned int)i;
		for (j = 1; j <= lb; j++) {
			cur[j] = smallest(old[j] + 1, cur[j - 1] + 1,
					  old[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    older[j - 2] + 1 < cur[j])
				cur[j] = older[j - 2] + 1;
		}
		spare = older;
		older = old;
		old = cur;
		cur = spare;
	}
	return old[lb];
}

const char *cmdline_suggest(const char *word, const char *const *known)
{
	size_t len = strlen(word);
	unsigned int best = len < 3 ? 2 : (unsigned int)len / 3 + 2;
	const char *found = NULL;

	for (; *known; known++) {
		unsigned int d = distance(word, *known);

		/* an unfinished word counts as one slip */
		if (len >= 2 && !strncmp(word, *known, len))
			d = d ? 1 : 0;
		if (d < best || (found && d == best && strlen(*known) < strlen(found))) {
			best = d;
			found = *known;
		}
	}
	return found;
}
