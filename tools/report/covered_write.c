// SPDX-License-Identifier: GPL-2.0-only
/* Shares of lines and branches as JSON and on pages. */
#include "json_add.h"
#include "covered.h"

void share_json(struct json_object *o, const struct share *s)
{
	add_int(o, "lines", s->lines);
	add_int(o, "lines_hit", s->lines_hit);
	add_int(o, "branches", s->branches);
	add_int(o, "branches_hit", s->branches_hit);
}

void share_html(FILE *f, unsigned int hit, unsigned int all)
{
	double p = all ? 100.0 * hit / all : 0;

	if (!all)
		fputs("<td class=\"num none\">-</td>", f);
	else
		fprintf(f, "<td class=\"num bar\" style=\"--p:%.1f%%\" title=\"%u of %u\">%.1f%%</td>",
			p, hit, all, p);
}
