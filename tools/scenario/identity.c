// SPDX-License-Identifier: GPL-2.0-only
/* Is this still the scenario that a saved schedule belongs to? */
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

static bool decides_nothing(const char *line)
{
	static const char *const words[] = { "#", "known ", "sometimes ", "never ", "finally ",
					     "allow ", "kernel " };
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strncmp(line, words[i], strlen(words[i])))
			return true;
	return false;
}

/**
 * scn_identity() - short hash of what a scenario does
 * @scn:	scenario
 *
 * Devices, tasks, steps and their order count; comments, blanks and the
 * clauses that only judge do not.
 *
 * Return: 24 bits, never 0.
 */
unsigned int scn_identity(const struct scenario *scn)
{
	unsigned int h = 2166136261u;
	char *text = NULL, *line, *next;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	if (!f)
		return 1;
	scn_print(f, scn);
	fclose(f);
	for (line = text; *line; line = next) {
		next = line + strcspn(line, "\n");
		next += *next == '\n';
		if (decides_nothing(line))
			continue;
		for (; line < next; line++)
			h = (h ^ (unsigned char)*line) * 16777619u;
	}
	free(text);
	h = (h ^ h >> 24) & 0xffffff;
	return h ? h : 1;
}
