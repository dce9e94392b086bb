// SPDX-License-Identifier: GPL-2.0-only
/* Lines of the recorded machine in the words of the simulated one. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "translate.h"

/* Drivers and the bus have other names on the recorded machine. */
static const char *our_word(const char *word)
{
	static const char *const names[][2] = {
		{ "vfio-pci", "sample" }, { "pci", "sim" }, { "e1000", "hostdrv" },
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (!strcmp(word, names[i][0]))
			return names[i][1];
	return word;
}

/**
 * our_words() - drivers as they are called here
 * @text:	at least LEN bytes, changed
 */
void our_words(char *text)
{
	char out[LEN] = "", word[LEN];
	const char *from = text;
	size_t used = 0, n;

	while (*from && used + 1 < sizeof(out)) {
		n = 0;
		while (isalnum((unsigned char)from[n]) || from[n] == '-' || from[n] == '_')
			n++;
		if (!n) {
			out[used++] = *from++;
			out[used] = '\0';
			continue;
		}
		snprintf(word, sizeof(word), "%.*s", (int)n, from);
		snprintf(out + used, sizeof(out) - used, "%s", our_word(word));
		used = strlen(out);
		from += n;
	}
	strcpy(text, out);
}

/* task "NAME" (PID), and user (NAME:PID), are not the same tasks. */
void forget_task(char *line)
{
	char *task = strstr(line, "task \""), *end = task ? strchr(task, ')') : NULL;

	if (!task) {
		task = strstr(line, "user (");
		end = task ? strchr(task, ')') : NULL;
	}
	if (end)
		memmove(task + 4, end + 1, strlen(end + 1) + 1);
}

/**
 * our_group() - "group 5" to our number of it
 * @line:	of the log, changed
 * @our:	the line that it is compared with
 * @file:	of @our; groups are numbered in each scenario anew
 *
 * Return: false when this group of theirs was another one of ours before.
 */
bool our_group(char *line, const char *our, unsigned int file)
{
	static int known[64][100];	/* our number + 1; 0: not met yet */
	char *there = strstr(line, "group "), rest[LEN];
	const char *here = strstr(our, "group ");
	int n, m;

	if (!there || !here || sscanf(there, "group %d", &n) != 1 ||
	    sscanf(here, "group %d", &m) != 1 || n < 0 || n >= 100 || file >= 64)
		return true;
	if (!known[file][n])
		known[file][n] = m + 1;
	snprintf(rest, sizeof(rest), "%s", there + 6 + strspn(there + 6, "0123456789"));
	snprintf(there, LEN - (size_t)(there - line), "group %d%s", known[file][n] - 1, rest);
	return known[file][n] - 1 == m;
}

static void cut(char *text, const char *from)
{
	char *p = strstr(text, from);

	if (p)
		*p = '\0';
}

/**
 * canonical() - what a result says of the core, and not of a driver or IOMMU
 * @r:	at least LEN bytes, changed
 */
void canonical(char *r)
{
	if (!strncmp(r, "-1 E", 4))
		memmove(r, r + 3, strlen(r + 3) + 1);
	if (!strcmp(r, "no (still blocked)") || !strcmp(r, "no"))
		strcpy(r, "no (blocked)");
	if (!strcmp(r, "present") || !strcmp(r, "yes"))
		strcpy(r, "exists");
	if (!strcmp(r, "absent"))
		strcpy(r, "ENOENT");
	if (strstr(r, " regions="))
		cut(r, " flags=");
	cut(r, " pgsizes=");
	cut(r, " unmapped=");
	our_words(r);
}
