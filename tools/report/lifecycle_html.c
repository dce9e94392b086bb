// SPDX-License-Identifier: GPL-2.0-only
/* The lifecycle table as a part of a page. */
#include "html.h"
#include "lifecycle.h"

static void cell(FILE *f, const struct lifetable *t, enum life_event e, enum life_state s)
{
	char why = life_impossible(e, s);

	if (t->n[e][s]) {
		fprintf(f, "<td class=\"num%s\">%lu</td>", life_broken(e, s) ? " bad" : "",
			t->n[e][s]);
	} else if (why) {
		fputs("<td class=\"num cannot\" title=\"", f);
		html_text(f, life_reason(why));
		fprintf(f, "\">%c</td>", why);
	} else {
		fputs("<td class=\"num unseen\">0</td>", f);
	}
}

void life_html(FILE *f, const struct lifetable *t)
{
	unsigned int seen, cells = life_cells(t, &seen);
	char letter;
	int e, s;

	fputs("<table class=\"lifecycle\">\n<thead><tr><th>event</th>", f);
	for (s = 0; s < LIFE_NR_STATES; s++)
		html_elem(f, "th class=\"num\"", life_state_name((enum life_state)s));
	fputs("</tr></thead>\n", f);
	for (e = 0; e < LIFE_NR_EVENTS; e++) {
		if (!e || e == LIFE_INIT || e == LIFE_OPEN)
			fputs(e ? "</tbody>\n<tbody>\n" : "<tbody>\n", f);
		fputs("<tr>", f);
		html_elem(f, "td", life_event_name((enum life_event)e));
		for (s = 0; s < LIFE_NR_STATES; s++)
			cell(f, t, (enum life_event)e, (enum life_state)s);
		fputs("</tr>\n", f);
	}
	fprintf(f, "</tbody></table>\n<p>%u of %u cells that can be seen were seen. "
		"A letter is a cell that cannot be:</p>\n<ul>\n", seen, cells);
	for (letter = 'a'; letter <= 'z'; letter++)
		if (life_reason(letter)) {
			fprintf(f, "<li>%c: ", letter);
			html_text(f, life_reason(letter));
			fputs("</li>\n", f);
		}
	fputs("</ul>\n", f);
}
