// SPDX-License-Identifier: GPL-2.0-only
/* What coverage tells, as text and as JSON: per scenario, per kernel, summed. */
#define _XOPEN_SOURCE 700
#include "../report/json_add.h"
#include "coverage.h"
#include "../kernels/sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define WHERE_WIDTH	44	/* the rest is in JSON and on the page */

void coverage_print_scenarios(FILE *out, const struct kernel_coverage *k)
{
	unsigned int others = 0;
	size_t i;

	fprintf(out, "\n%-36s %6s %6s  %s\n", "scenario", "lines", "alone", "lines that no other reaches");
	for (i = 0; i < k->nr_scenarios; i++) {
		const struct scenario_share *s = &k->scenarios[i];

		if (s->alone || k->nr_scenarios <= 5)
			fprintf(out, "%-36s %6u %6u  %.*s%s\n", s->name, s->lines, s->alone,
				WHERE_WIDTH, s->where,
				strlen(s->where) > WHERE_WIDTH ? "..." : "");
		else
			others++;
	}
	if (others)
		fprintf(out, "%u other scenario%s: nothing alone\n", others, others == 1 ? "" : "s");
}

struct share coverage_lifecycle(const struct kernel_coverage *k)
{
	struct share sum = { 0 };
	size_t i;

	for (i = 0; i < k->nr_functions; i++)
		share_add(&sum, &k->functions[i].share);
	return sum;
}

const struct covered_function *coverage_function(const struct kernel_coverage *k, const char *name)
{
	size_t i;

	for (i = 0; i < k->nr_functions; i++)
		if (!strcmp(k->functions[i].name, name))
			return &k->functions[i];
	return NULL;
}

const char **coverage_functions(const struct kernel_coverage *k, int n, size_t *count)
{
	const char **names = NULL;
	size_t j, seen;
	int i;

	for (*count = 0, i = 0; i < n; i++)
		for (j = 0; j < k[i].nr_functions; j++) {
			for (seen = 0; seen < *count &&
			     strcmp(names[seen], k[i].functions[j].name); seen++)
				;
			if (seen < *count)
				continue;
			names = realloc(names, (*count + 1) * sizeof(*names));
			if (!names)
				abort();
			names[(*count)++] = k[i].functions[j].name;
		}
	return names;
}

struct lifetable coverage_life(const struct kernel_coverage *k, int n)
{
	struct lifetable sum = { 0 };
	int i;

	for (i = 0; i < n; i++)
		life_add(&sum, &k[i].life);
	return sum;
}

static double percent(unsigned int hit, unsigned int all)
{
	return all ? 100.0 * hit / all : 0;
}

/* The pairs of numbers of one kernel */
static void print_kernel(FILE *out, const struct kernel_coverage *k)
{
	struct share life = coverage_lifecycle(k);
	unsigned int seen, cells = life_cells(&k->life, &seen);

	fprintf(out, "%-12s", k->name);
	if (!k->info) {
		fputs(" nothing was collected\n", out);
		return;
	}
	fprintf(out, " %5.1f%% %4u/%-4u", percent(k->total.lines_hit, k->total.lines),
		k->total.lines_hit, k->total.lines);
	fprintf(out, "  %5.1f%% %4u/%-4u", percent(k->total.branches_hit, k->total.branches),
		k->total.branches_hit, k->total.branches);
	fprintf(out, "  %5.1f%% %3u/%-3u", percent(life.lines_hit, life.lines), life.lines_hit,
		life.lines);
	fprintf(out, "  %5.1f%% %3u/%-3u", percent(life.branches_hit, life.branches),
		life.branches_hit, life.branches);
	fprintf(out, "  %u/%u\n", seen, cells);
}

void coverage_print_kernels(FILE *out, const struct kernel_coverage *k, int n)
{
	const char **names;
	size_t count, j;
	int i;

	fprintf(out, "\n%-12s %-17s  %-17s %-15s %-15s %s\n", "kernel", "lines", "branches",
		"lifecycle lines", "branches", "cells");
	for (i = 0; i < n; i++)
		print_kernel(out, &k[i]);
	fprintf(out, "\n%-34s", "lifecycle function: lines, in %");
	for (i = 0; i < n; i++)
		fprintf(out, "  %10s", k[i].name);
	fputc('\n', out);
	names = coverage_functions(k, n, &count);
	for (j = 0; j < count; j++) {
		fprintf(out, "%-34s", names[j]);
		for (i = 0; i < n; i++) {
			const struct covered_function *f = coverage_function(&k[i], names[j]);

			if (f)
				fprintf(out, "  %10.1f", percent(f->share.lines_hit, f->share.lines));
			else
				fprintf(out, "  %10s", "-");
		}
		fputc('\n', out);
	}
	free(names);
}

static struct json_object *kernel_json(const struct kernel_coverage *k)
{
	struct json_object *o = json_object_new_object(), *a = json_object_new_array(), *x;
	size_t i;

	add_str(o, "kernel", k->name);
	add_str(o, "tracefile", k->info);
	share_json(o, &k->total);
	for (i = 0; i < k->nr_functions; i++) {
		x = json_object_new_object();
		add_str(x, "function", k->functions[i].name);
		add_str(x, "file", k->functions[i].file);
		share_json(x, &k->functions[i].share);
		json_object_array_add(a, x);
	}
	json_object_object_add(o, "functions", a);
	a = json_object_new_array();
	for (i = 0; i < k->nr_scenarios; i++) {
		x = json_object_new_object();
		add_str(x, "scenario", k->scenarios[i].name);
		add_int(x, "lines", k->scenarios[i].lines);
		add_int(x, "alone", k->scenarios[i].alone);
		add_str(x, "where", k->scenarios[i].where);
		json_object_array_add(a, x);
	}
	json_object_object_add(o, "scenarios", a);
	json_object_object_add(o, "lifecycle", life_json_whole(&k->life));
	return o;
}

int coverage_json(const char *path, const struct kernel_coverage *k, int n)
{
	struct json_object *top = json_object_new_object(), *a = json_object_new_array();
	struct lifetable sum = coverage_life(k, n);
	bool bad, to_stdout = !strcmp(path, "-");
	FILE *f = to_stdout ? stdout : fopen(path, "w");
	int i;

	json_object_object_add(top, "format", json_object_new_int(1));
	for (i = 0; i < n; i++)
		json_object_array_add(a, kernel_json(&k[i]));
	json_object_object_add(top, "kernels", a);
	json_object_object_add(top, "lifecycle", life_json_whole(&sum));
	if (f)
		fprintf(f, "%s\n", json_object_to_json_string_ext(top, JSON_C_TO_STRING_PRETTY |
								  JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(top);
	bad = !f || ferror(f);
	if (f && (to_stdout ? fflush(f) : fclose(f)))
		bad = true;
	if (bad)
		fprintf(stderr, "vfiosim: --json: %s: %s\n", path, strerror(errno));
	return bad ? -1 : 0;
}
