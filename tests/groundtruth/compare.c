// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare KERNEL LOG SECTION OUTPUT...: what a booted kernel has answered
 * against what the scenarios here have answered (run --steps), step by step.
 *
 * Nothing is expected but what the log says. Both sides are brought into one
 * form first: names of drivers and tasks, numbers of groups, and what only
 * the driver or the IOMMU says. A step of the log that no scenario has must
 * be in leftout.h, with the reason.
 */
#include <ctype.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leftout.h"
#include "translate.h"

#define MAX_STEPS	1024
#define MAX_LINES	16


struct step {
	char name[LEN], key[LEN], result[LEN];
	char line[MAX_LINES][LEN];	/* of the kernel log, behind it */
	unsigned int nlines;
	unsigned int file;		/* of ours: groups are numbered in each anew */
};

static struct step theirs[MAX_STEPS], ours[MAX_STEPS];
static unsigned int ntheirs, nours, failures, compared, compared_lines, omitted;
static const char *kernel;

static const struct left_out *find_left_out(const struct left_out *l, size_t n,
					    const char *text)
{
	for (; n--; l++)
		if ((!l->kernel || !strcmp(l->kernel, kernel)) && !fnmatch(l->step, text, 0))
			return l;
	return NULL;
}

/* The label that a step of the log has in a scenario. */
static void make_key(char *key, const char *name)
{
	for (; *name; name++)
		*key++ = isalnum((unsigned char)*name) ? *name : '_';
	*key = '\0';
}

/* Lines of the kernel log that are about the same things here and there. */
static void add_line(struct step *s, const char *line)
{
	if (!strcasestr(line, "vfio") && !strstr(line, "iommu group") &&
	    !strstr(line, "probe of") && !strstr(line, "Device is currently in use"))
		return;
	if (!find_left_out(left_out_lines, COUNT(left_out_lines), line) && s->nlines < MAX_LINES)
		snprintf(s->line[s->nlines++], LEN, "%s", line);
}

static void add_step(struct step *s, char *text, char *colon)
{
	*colon = '\0';
	memset(s, 0, sizeof(*s));
	snprintf(s->name, LEN, "%s", text);
	snprintf(s->result, LEN, "%s", colon + 2);
	make_key(s->key, text);
}

/* @section: only what follows "##### scenario SECTION"; NULL: everything. */
static unsigned int load(const char *path, const char *section, struct step *steps,
			 unsigned int n)
{
	FILE *f = fopen(path, "r");
	char buf[LEN], mark[64], *colon;
	bool in = !section;

	if (!f) {
		perror(path);
		exit(2);
	}
	snprintf(mark, sizeof(mark), "##### scenario %s", section ? section : "");
	while (fgets(buf, sizeof(buf), f)) {
		buf[strcspn(buf, "\n")] = '\0';
		if (section && !strncmp(buf, "#####", 5))
			in = !strcmp(buf, mark);
		if (!in || !buf[0] || buf[0] == '#' || !strncmp(buf, "  ~", 3))
			continue;
		colon = strstr(buf, ": ");
		if (!strncmp(buf, "  K", 3)) {
			if (n)
				add_line(&steps[n - 1], buf + 2);
		} else if (colon && n < MAX_STEPS) {
			add_step(&steps[n++], buf, colon);
		} else {
			printf("FAIL %s: no step: %s\n", path, buf);
			failures++;
		}
	}
	fclose(f);
	return n;
}

static struct step *find(const char *key)
{
	for (unsigned int i = 0; i < nours; i++)
		if (!strcmp(ours[i].key, key))
			return &ours[i];
	return NULL;
}

static void compare_lines(const struct step *t, const struct step *o)
{
	char want[LEN], have[LEN];

	for (unsigned int i = 0; i < t->nlines && i < o->nlines; i++) {
		snprintf(want, sizeof(want), "%s", t->line[i]);
		our_words(want);
		snprintf(have, sizeof(have), "%s", o->line[i]);
		forget_task(want);
		forget_task(have);
		if (our_group(want, have, o->file) && !strcmp(want, have)) {
			compared_lines++;
			continue;
		}
		printf("FAIL %s: the kernel said '%s', here '%s'\n", t->name, want, have);
		failures++;
	}
	if (t->nlines == o->nlines)
		return;
	printf("FAIL %s: %u lines of the kernel log, here %u\n", t->name, t->nlines, o->nlines);
	failures++;
}

static void compare(const struct step *t, const struct step *o, const char *have_text,
		    bool prefix)
{
	char want[LEN], have[LEN];

	snprintf(want, sizeof(want), "%s", t->result);
	snprintf(have, sizeof(have), "%s", have_text);
	canonical(want);
	canonical(have);
	compared++;
	if (!strcmp(want, have) || (prefix && !strncmp(want, have, strlen(want))))
		return;
	if (!strcmp(want, "exists") && !strncmp(have, "chr ", 4))
		return;
	printf("FAIL %s: recorded '%s', here '%s' (%s)\n", t->name, want, have, o->name);
	failures++;
}

/* "2 more" calls of request() since the step before that counted them. */
static void compare_more(const struct step *t, const struct step *o)
{
	const struct step *before = o;
	char have[LEN];

	while (before-- > ours)
		if (strstr(before->name, "req_eventfd"))
			break;
	snprintf(have, sizeof(have), "%d more", atoi(o->result) -
		 (before < ours ? 0 : atoi(before->result)));
	compare(t, o, have, false);
}

static void one(unsigned int i)
{
	const struct left_out *l = find_left_out(left_out, COUNT(left_out), theirs[i].name);
	const struct step *t = &theirs[i], *o = find(t->key);
	const char *n;

	if (l) {
		printf("left out: %-36s %s\n", t->name, l->why);
		omitted++;
		return;
	}
	if (strstr(t->name, " unmapped") && i) {
		o = find(theirs[i - 1].key);
		n = o ? strstr(o->result, "unmapped=") : NULL;
		compare(t, o ? o : t, n ? n + 9 : "nothing", false);
		return;
	}
	if (!o) {
		printf("FAIL %s: no scenario has it, and no reason is given\n", t->name);
		failures++;
		return;
	}
	if (strstr(t->result, " more"))
		compare_more(t, o);
	else
		compare(t, o, o->result, !strncmp(t->result, "chr ", 4));
	compare_lines(t, o);
}

int main(int argc, char **argv)
{
	char key[LEN];

	if (argc < 6) {
		fprintf(stderr, "usage: compare KERNEL LOG SECTION MINIMUM OUTPUT...\n");
		return 2;
	}
	kernel = argv[1];
	ntheirs = load(argv[2], argv[3], theirs, 0);
	for (int i = 5; i < argc; i++) {
		unsigned int n = nours;

		nours = load(argv[i], NULL, ours, n);
		for (; n < nours; n++)
			ours[n].file = (unsigned int)i;
	}
	for (unsigned int i = 0; i < ntheirs; i++)
		one(i);
	for (unsigned int i = 0; i < nours; i++) {
		unsigned int j = 0;

		make_key(key, ours[i].name);
		while (j < ntheirs && strcmp(theirs[j].key, key))
			j++;
		if (j < ntheirs)
			continue;
		printf("FAIL %s: the log has no such step\n", ours[i].name);
		failures++;
	}
	printf("%s %s: %u steps and %u kernel messages compared, %u steps left out, %u differences\n",
	       kernel, argv[3], compared, compared_lines, omitted, failures);
	if (compared < (unsigned int)atoi(argv[4])) {
		printf("FAIL: fewer than %s steps were compared\n", argv[4]);
		return 1;
	}
	return failures ? 1 : 0;
}
