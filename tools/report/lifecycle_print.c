// SPDX-License-Identifier: GPL-2.0-only
/* The lifecycle table as text: eight columns, then what is missing. */
#include "result.h"

/* Two lines above the columns */
static const char *const head[2][LIFE_NR_STATES] = {
	{ "", "init-", "regis-", "regis-", "", "unregis-", "same,", "" },
	{ "unbound", "ialised", "tering", "tered", "opened", "tering", "open", "gone" },
};

/* Five characters at most: 99999, 1234k, 123M */
static void print_count(FILE *f, unsigned long n)
{
	if (n < 100000)
		fprintf(f, " %8lu", n);
	else if (n < 10000000)
		fprintf(f, " %7luk", n / 1000);
	else
		fprintf(f, " %7luM", n / 1000000);
}

static void print_cell(FILE *f, const struct lifetable *t, enum life_event e, enum life_state s)
{
	char why = life_impossible(e, s);

	if (!why || t->n[e][s])
		print_count(f, t->n[e][s]);
	else
		fprintf(f, " %8c", why);
}

/* One line: an event and its states that are @wanted, behind a title for the first one */
static void print_states(FILE *f, const struct lifetable *t, bool broken, const char *title)
{
	int e, s;

	for (e = 0; e < LIFE_NR_EVENTS; e++) {
		const char *before = ": ";

		for (s = 0; s < LIFE_NR_STATES; s++) {
			bool listed = broken ? life_broken((enum life_event)e, (enum life_state)s) :
					       !life_impossible((enum life_event)e, (enum life_state)s);

			if (!listed || broken != !!t->n[e][s])
				continue;
			if (title)
				fprintf(f, "%s\n", title);
			title = NULL;
			if (before[0] == ':')
				fprintf(f, "  %s", life_event_name((enum life_event)e));
			/* one of the names has a comma in it */
			fprintf(f, "%s%s", before, life_state_name((enum life_state)s));
			before = "; ";
		}
		if (before[0] == ';')
			fputc('\n', f);
	}
}

static void print_legend(FILE *f)
{
	char letter;

	for (letter = 'a'; letter <= 'z'; letter++)
		if (life_reason(letter))
			fprintf(f, "  %c  %s\n", letter, life_reason(letter));
}

void life_print(FILE *f, const struct lifetable *t)
{
	unsigned int seen, cells = life_cells(t, &seen);
	int e, s, i;

	fputs("schedules in which an event met a device in a state of its life\n", f);
	for (i = 0; i < 2; i++) {
		fprintf(f, "%-20s", i ? "event" : "");
		for (s = 0; s < LIFE_NR_STATES; s++)
			fprintf(f, " %8s", head[i][s]);
		fputc('\n', f);
	}
	for (e = 0; e < LIFE_NR_EVENTS; e++) {
		if (e == LIFE_INIT || e == LIFE_OPEN)
			fputc('\n', f);
		fprintf(f, "%-20s", life_event_name((enum life_event)e));
		for (s = 0; s < LIFE_NR_STATES; s++)
			print_cell(f, t, (enum life_event)e, (enum life_state)s);
		fputc('\n', f);
	}
	fputs("a letter is for what cannot be:\n", f);
	print_legend(f);
	fprintf(f, "%u of %u cells that can be seen were seen\n", seen, cells);
	print_states(f, t, false, "never seen:");
	print_states(f, t, true, "seen although VFIO promises that it cannot be:");
}

void result_print_lifecycle(FILE *f, const struct run_result *r, unsigned int n)
{
	struct lifetable sum = { 0 };
	unsigned int i;

	for (i = 0; i < n; i++)
		life_add(&sum, &r[i].life);
	fputc('\n', f);
	life_print(f, &sum);
}
