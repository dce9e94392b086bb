// SPDX-License-Identifier: GPL-2.0-only
/* A comparison for people: what differs, with witnesses, then how many of each. */
#define _XOPEN_SOURCE 700
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"

#define WIDTH	78	/* of an outcome in a line */
#define SHOWN	2	/* witnesses of a kind, unless more is asked for */
#define MANY	5	/* scenarios that changed: a line each is enough */

static const char *const paint[COMPARE_NR_VERDICTS] = {
	[COMPARE_SAME] = "", [COMPARE_FIXED] = "\033[32m", [COMPARE_BROKEN] = "\033[31m",
	[COMPARE_CHANGED] = "\033[33m", [COMPARE_SKIPPED] = "", [COMPARE_ERROR] = "\033[31m",
};

/* A long list of values is cut: those that matter come first */
static void print_text(FILE *f, const char *text, int verbose)
{
	size_t len = strlen(text), cut;

	for (cut = WIDTH; !verbose && cut && len > WIDTH && text[cut] != ','; cut--)
		;
	if (verbose || len <= WIDTH || !cut)
		fputs(text, f);
	else
		fprintf(f, "%.*s, ...", (int)cut, text);
}

static void print_witness(FILE *f, const struct compare_diff *d, int verbose)
{
	fprintf(f, "    only %c: ", "AB"[d->side]);
	print_text(f, d->text, verbose || !d->instead);
	fprintf(f, "%s\n      %s on %c", d->sure ? "" : " (rare)", d->evidence, "BA"[d->side]);
	if (d->instead && *d->instead) {
		fputs("; there: ", f);
		print_text(f, d->instead, verbose);
	}
	putc('\n', f);
	if (d->token)
		fprintf(f, "      %c: vfiosim replay %s\n", "AB"[d->side], d->token);
	if (d->other_token)
		fprintf(f, "      %c: vfiosim replay %s\n", "BA"[d->side], d->other_token);
}

static void print_witnesses(FILE *f, const struct comparison *c, enum compare_side side,
			    int verbose)
{
	unsigned int i, shown = 0, more = 0, rare = 0;

	for (i = 0; i < c->ndiff; i++) {
		const struct compare_diff *d = &c->diff[i];

		if (d->side != side)
			continue;
		if (!verbose && (!d->sure || shown == SHOWN)) {
			more += d->sure;
			rare += !d->sure;
			continue;
		}
		shown++;
		print_witness(f, d, verbose);
	}
	if (more)
		fprintf(f, "    only %c: %u more (-v)\n", "AB"[side], more);
	if (rare)
		fprintf(f, "    only %c: %u rare difference%s, which the other search may have missed (-v)\n",
			"AB"[side], rare, rare == 1 ? "" : "s");
}

static unsigned int rare(const struct comparison *c)
{
	unsigned int n = 0, i;

	for (i = 0; i < c->ndiff; i++)
		n += !c->diff[i].sure;
	return n;
}

static const char *summary(const struct comparison *c)
{
	unsigned int i;

	if (c->reason)
		return c->reason;
	if (c->verdict != COMPARE_FIXED && c->verdict != COMPARE_BROKEN)
		return "";
	for (i = 0; i < c->ndiff; i++)
		if (c->diff[i].side == (c->verdict == COMPARE_FIXED ? SIDE_A : SIDE_B))
			return c->diff[i].text;
	return "";
}

/* What is broken or fixed: the other side had better have looked for it */
static void print_failure(FILE *f, const struct comparison *c)
{
	enum compare_side side = c->verdict == COMPARE_FIXED ? SIDE_A : SIDE_B;
	unsigned int i;

	for (i = 0; i < c->ndiff; i++) {
		const struct compare_diff *d = &c->diff[i];

		if (d->side != side || !d->token)
			continue;
		fprintf(f, "      %s on %c\n      replay: vfiosim replay %s\n", d->evidence,
			"BA"[side], d->token);
		return;
	}
}

static void print_line(FILE *f, const struct comparison *c, int verbose, bool color)
{
	const char *text = summary(c);

	fprintf(f, "%s%-7s%s  %-28s%s%s\n", color ? paint[c->verdict] : "",
		compare_verdict_name(c->verdict), color && *paint[c->verdict] ? "\033[0m" : "",
		c->scenario, *text ? "  " : "", text);
	if (c->verdict == COMPARE_FIXED || c->verdict == COMPARE_BROKEN) {
		print_failure(f, c);
	} else if (c->verdict == COMPARE_CHANGED || verbose) {
		print_witnesses(f, c, SIDE_A, verbose);
		print_witnesses(f, c, SIDE_B, verbose);
	}
}

/* The first of the differences that count, in a line */
static void print_short(FILE *f, const struct comparison *c, bool color)
{
	const struct compare_diff *d = c->diff;

	while (!d->sure)
		d++;
	fprintf(f, "%s%-7s%s  %-28s  only %c: ", color ? paint[c->verdict] : "",
		compare_verdict_name(c->verdict), color ? "\033[0m" : "", c->scenario,
		"AB"[d->side]);
	print_text(f, d->text, 0);
	putc('\n', f);
}

/* Do two scenarios differ for one and the same reason? */
static bool alike(const struct comparison *a, const struct comparison *b)
{
	char *x, *y;
	bool same;

	if (a->verdict != b->verdict || a->verdict == COMPARE_CHANGED || a->verdict == COMPARE_SAME)
		return false;
	x = compare_signature(summary(a));
	y = compare_signature(summary(b));
	same = !strcmp(x, y);
	free(x);
	free(y);
	return same;
}

static bool told_before(const struct compare_all *all, unsigned int i)
{
	unsigned int k;

	for (k = 0; k < i; k++)
		if (alike(&all->c[k], &all->c[i]))
			return true;
	return false;
}

static void print_alike(FILE *f, const struct compare_all *all, unsigned int i)
{
	unsigned int n = 0, k;
	size_t at = 0;

	for (k = i + 1; k < all->n; k++) {
		if (!alike(&all->c[k], &all->c[i]))
			continue;
		if (at > WIDTH) {
			n++;
			continue;
		}
		fprintf(f, "%s%s", at ? ", " : "      also ", all->c[k].scenario);
		at += strlen(all->c[k].scenario) + 2;
	}
	if (n)
		fprintf(f, " and %u more (-v)", n);
	if (at)
		putc('\n', f);
}

static void print_races(FILE *f, const struct compare_all *all, int verbose)
{
	static const char *const word[] = { "gone", "new" };
	unsigned int s, i;

	for (s = 0; s < 2; s++)
		for (i = 0; i < all->races.n[s]; i++) {
			const struct run_race *x = all->races.race[s][i];

			if (!verbose && i == SHOWN) {
				fprintf(f, "%s data races: %u more (-v)\n", word[s],
					all->races.n[s] - i);
				break;
			}
			fprintf(f, "%s data race: %s / %s\n", word[s], x->a, x->b);
			if (x->token && verbose)
				fprintf(f, "      replay: vfiosim replay %s --races=fail\n", x->token);
		}
}

static void print_lock_orders(FILE *f, const struct compare_all *all, int verbose)
{
	static const char *const word[] = { "gone", "new" };
	unsigned int s, i;

	for (s = 0; s < 2; s++)
		for (i = 0; i < all->orders.n[s]; i++) {
			const struct run_lock_order *x = all->orders.order[s][i];

			fprintf(f, "%s lock order: %s --> %s\n", word[s], x->first, x->second);
			if (x->token && verbose)
				fprintf(f, "      %c: vfiosim replay %s\n", "AB"[s], x->token);
		}
}

unsigned int compare_print_lines(FILE *f, const struct compare_all *all, int verbose, bool color)
{
	static const enum compare_verdict order[] = {
		COMPARE_SAME, COMPARE_SKIPPED, COMPARE_FIXED, COMPARE_CHANGED, COMPARE_ERROR,
		COMPARE_BROKEN,
	};
	unsigned int v, i, printed = 0;

	for (v = 0; v < COMPARE_NR_VERDICTS; v++)
		for (i = 0; i < all->n; i++) {
			const struct comparison *c = &all->c[i];

			if (c->verdict != order[v] || (c->verdict == COMPARE_SAME && !verbose))
				continue;
			if (!verbose && told_before(all, i))
				continue;
			if (!verbose && c->verdict == COMPARE_CHANGED && all->count[c->verdict] > MANY)
				print_short(f, c, color);
			else
				print_line(f, c, verbose, color);
			if (!verbose)
				print_alike(f, all, i);
			printed++;
		}
	print_races(f, all, verbose);
	print_lock_orders(f, all, verbose);
	return printed + all->races.n[SIDE_A] + all->races.n[SIDE_B] +
	       all->orders.n[SIDE_A] + all->orders.n[SIDE_B];
}

void compare_print(FILE *f, const struct compare_all *all, int verbose, bool color)
{
	unsigned int v, i, r = 0;

	fprintf(f, "A: linux %s\nB: linux %s\n", all->name[SIDE_A], all->name[SIDE_B]);
	compare_print_lines(f, all, verbose, color);
	if (!verbose && all->count[COMPARE_CHANGED] > MANY)
		fputs("many have changed: -v has their witnesses\n", f);
	for (i = 0; i < all->n; i++)
		r += all->c[i].verdict == COMPARE_SAME ? rare(&all->c[i]) : 0;
	fprintf(f, "%u scenario%s:", all->n, all->n == 1 ? "" : "s");
	for (v = 0; v < COMPARE_NR_VERDICTS; v++)
		if (v < COMPARE_SKIPPED || all->count[v])
			fprintf(f, "%s %u %s", v ? "," : "", all->count[v],
				compare_verdict_name((enum compare_verdict)v));
	fprintf(f, "; data races: %u new, %u gone", all->races.n[SIDE_B], all->races.n[SIDE_A]);
	fprintf(f, "; lock orders: %u new, %u gone\n", all->orders.n[SIDE_B], all->orders.n[SIDE_A]);
	if (r)
		fprintf(f, "not counted: %u rare difference%s on one side, which the other search may have missed (-v)\n",
			r, r == 1 ? "" : "s");
}

static size_t trace_lines(const struct comparison *c)
{
	const char *p = c->r[SIDE_B]->failures[0].trace_text;
	size_t n = 0;

	while (p && (p = strchr(p, '\n'))) {
		n++;
		p++;
	}
	return n ? n : SIZE_MAX;
}

void compare_print_failures(FILE *f, const struct compare_all *all, int verbose, bool color)
{
	const struct comparison *shortest = NULL;
	unsigned int i;

	for (i = 0; i < all->n; i++) {
		const struct comparison *c = &all->c[i];

		if (c->verdict != COMPARE_BROKEN || !c->r[SIDE_B]->nfailures)
			continue;
		if (verbose) {
			result_print_human(f, c->r[SIDE_B], color);
			fputc('\n', f);
		} else if (!shortest || trace_lines(c) < trace_lines(shortest)) {
			shortest = c;
		}
	}
	if (shortest) {
		result_print_human(f, shortest->r[SIDE_B], color);
		fputc('\n', f);
	}
}
