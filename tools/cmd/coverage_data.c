// SPDX-License-Identifier: GPL-2.0-only
/* Reading lcov tracefiles: the filter, and the tables per file and function. */
#define _XOPEN_SOURCE 700
#include "coverage.h"
#include "../kernels/sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct line {
	unsigned int nr;
	unsigned long long hits;
};

struct branch {
	unsigned int nr;	/* line */
	bool taken;
};

struct function {
	unsigned int first, last;	/* last is 0 when lcov does not say */
	char name[128];
};

/* one SF: ... end_of_record block */
struct record {
	char file[512];
	struct line *lines;
	size_t nr_lines, room_lines;
	struct branch *branches;
	size_t nr_branches, room_branches;
	struct function *functions;
	size_t nr_functions, room_functions;
	unsigned int functions_hit;
};

/* The part of an SF: line that is a path of VFIO below @dir, or NULL */
static const char *vfio_below(const char *line, const char *dir)
{
	size_t len = strlen(dir);

	line += strlen("SF:");
	if (strncmp(line, dir, len) || line[len] != '/')
		return NULL;
	line += len + 1;
	return strncmp(line, "drivers/vfio/", strlen("drivers/vfio/")) ? NULL : line;
}

int coverage_rewrite(const char *raw, const char *kdir, const char *build, const char *out)
{
	char *text = file_read(raw), *line, *next;
	FILE *to = text ? fopen(out, "w") : NULL;
	bool keep = false;
	int kept = 0, err = -errno;

	if (!to) {
		free(text);
		return err;
	}
	fputs("TN:\n", to);
	for (line = text; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (!strncmp(line, "SF:", 3)) {
			const char *path = vfio_below(line, kdir);

			if (!path)
				path = vfio_below(line, build);
			keep = path;
			if (keep) {
				fprintf(to, "SF:%s\n", path);
				kept++;
			}
		} else if (keep && strncmp(line, "TN:", 3)) {
			fprintf(to, "%s\n", line);
		}
	}
	errno = 0;
	if (ferror(to) | fclose(to))
		kept = errno ? -errno : -EIO;
	free(text);
	return kept;
}

static void *grow(void *array, size_t used, size_t *room, size_t size)
{
	if (used < *room)
		return array;
	*room = *room ? *room * 2 : 64;
	array = realloc(array, *room * size);
	if (!array) {
		fputs("vfiosim: out of memory\n", stderr);
		exit(CMD_EXIT_USAGE);
	}
	return array;
}

static void add_function(struct record *r, unsigned int first, unsigned int last,
			 const char *name)
{
	struct function *f;

	r->functions = grow(r->functions, r->nr_functions, &r->room_functions, sizeof(*f));
	f = &r->functions[r->nr_functions++];
	f->first = first;
	f->last = last;
	snprintf(f->name, sizeof(f->name), "%s", name);
}

/* FN:first[,last],name - lcov 1 has no last line */
static void parse_line(struct record *r, const char *p)
{
	unsigned int a, b;
	unsigned long long hits;
	char name[128], taken[32];

	if (sscanf(p, "DA:%u,%llu", &a, &hits) == 2) {
		r->lines = grow(r->lines, r->nr_lines, &r->room_lines, sizeof(*r->lines));
		r->lines[r->nr_lines++] = (struct line){ a, hits };
	} else if (sscanf(p, "FN:%u,%u,%127s", &a, &b, name) == 3) {
		add_function(r, a, b, name);
	} else if (sscanf(p, "FN:%u,%127s", &a, name) == 2) {
		add_function(r, a, 0, name);
	} else if (sscanf(p, "FNDA:%llu,", &hits) == 1) {
		r->functions_hit += hits > 0;
	} else if (sscanf(p, "BRDA:%u,%*[^,\n],%*[^,\n],%31[^,\n]", &a, taken) == 2) {
		r->branches = grow(r->branches, r->nr_branches, &r->room_branches,
				   sizeof(*r->branches));
		r->branches[r->nr_branches++] =
			(struct branch){ a, strcmp(taken, "-") && strcmp(taken, "0") };
	}
}

/* Without a last line a function goes on to the line before the next one */
static unsigned int last_line(const struct record *r, const struct function *f)
{
	unsigned int last = ~0u;
	size_t i;

	if (f->last)
		return f->last;
	for (i = 0; i < r->nr_functions; i++)
		if (r->functions[i].first > f->first && r->functions[i].first - 1 < last)
			last = r->functions[i].first - 1;
	return last;
}

static struct share count(const struct record *r, unsigned int first, unsigned int last)
{
	struct share c = { 0 };
	size_t i;

	for (i = 0; i < r->nr_lines; i++) {
		if (r->lines[i].nr < first || r->lines[i].nr > last)
			continue;
		c.lines++;
		c.lines_hit += r->lines[i].hits > 0;
	}
	for (i = 0; i < r->nr_branches; i++) {
		if (r->branches[i].nr < first || r->branches[i].nr > last)
			continue;
		c.branches++;
		c.branches_hit += r->branches[i].taken;
	}
	return c;
}

static void print_share(FILE *out, unsigned int hit, unsigned int all)
{
	if (all)
		fprintf(out, " %5.1f%% %4u/%-4u", 100.0 * hit / all, hit, all);
	else
		fprintf(out, "      -     -    ");
}

static void print_record(FILE *out, const struct record *r)
{
	struct share c = count(r, 0, ~0u);

	fprintf(out, "%-34s", r->file);
	print_share(out, c.lines_hit, c.lines);
	print_share(out, c.branches_hit, c.branches);
	print_share(out, r->functions_hit, (unsigned int)r->nr_functions);
	fputc('\n', out);
}

static void print_function(FILE *out, const char *name, const struct share *c)
{
	fprintf(out, "%-34s", name);
	print_share(out, c->lines_hit, c->lines);
	print_share(out, c->branches_hit, c->branches);
	fputc('\n', out);
}

/* One entry of the second table; it is added to the total */
static void print_lifecycle(FILE *out, const struct record *r, struct share *total)
{
	struct share c;
	size_t j;

	for (j = 0; j < r->nr_functions; j++) {
		const struct function *f = &r->functions[j];

		if (!lifecycle_function(f->name))
			continue;
		c = count(r, f->first, last_line(r, f));
		print_function(out, f->name, &c);
		share_add(total, &c);
	}
}

/* Lines without a hit, as ranges over lines without code */
static void print_missed_lines(FILE *out, const struct record *r, unsigned int first,
			       unsigned int last)
{
	unsigned int from = 0, to = 0;
	size_t i;

	for (i = 0; i <= r->nr_lines; i++) {
		const struct line *l = i < r->nr_lines ? &r->lines[i] : NULL;

		if (l && (l->nr < first || l->nr > last))
			continue;
		if (l && !l->hits) {
			from = from ? from : l->nr;
			to = l->nr;
		} else if (from) {
			fprintf(out, from == to ? " %u" : " %u-%u", from, to);
			from = 0;
		}
	}
}

/* Conditions that went one way only, in lines that were reached */
static void print_missed_branches(FILE *out, const struct record *r, unsigned int first,
				  unsigned int last)
{
	const char *before = "; one way only:";
	struct share c;
	size_t i;

	for (i = 0; i < r->nr_lines; i++) {
		const struct line *l = &r->lines[i];

		c = count(r, l->nr, l->nr);
		if (l->nr < first || l->nr > last || !l->hits || c.branches == c.branches_hit)
			continue;
		fprintf(out, "%s %u", before, l->nr);
		before = "";
	}
}

static void print_missed(FILE *out, const struct record *r)
{
	struct share c;
	size_t j;

	for (j = 0; j < r->nr_functions; j++) {
		const struct function *f = &r->functions[j];
		unsigned int last = last_line(r, f);

		c = count(r, f->first, last);
		if (!lifecycle_function(f->name) ||
		    (c.lines == c.lines_hit && c.branches == c.branches_hit))
			continue;
		fprintf(out, "%s: lines", f->name);
		if (c.lines == c.lines_hit)
			fputs(" all", out);
		print_missed_lines(out, r, f->first, last);
		print_missed_branches(out, r, f->first, last);
		fputc('\n', out);
	}
}

static void clear(struct record *r)
{
	free(r->lines);
	free(r->branches);
	free(r->functions);
	memset(r, 0, sizeof(*r));
}

static void mark_lines(struct covered_function *f, const struct record *r)
{
	size_t i;

	for (i = 0; i < r->nr_lines; i++) {
		const struct line *l = &r->lines[i];

		if (l->nr < f->first || l->nr - f->first >= f->nr_lines)
			continue;
		f->lines[l->nr - f->first].code = true;
		f->lines[l->nr - f->first].reached |= l->hits > 0;
	}
}

/* The same numbers for those who write them down otherwise, and what the lines say */
static void collect(struct kernel_coverage *k, const struct record *r, const char *tree)
{
	char *path = str_printf("%s/%s", tree, r->file), *source = file_read(path);
	struct share c = count(r, 0, ~0u);
	size_t j;

	share_add(&k->total, &c);
	for (j = 0; j < r->nr_functions; j++) {
		const struct function *f = &r->functions[j];
		struct covered_function *to;

		if (!lifecycle_function(f->name))
			continue;
		k->functions = grow(k->functions, k->nr_functions, &k->room_functions, sizeof(*to));
		to = &k->functions[k->nr_functions++];
		memset(to, 0, sizeof(*to));
		snprintf(to->name, sizeof(to->name), "%s", f->name);
		snprintf(to->file, sizeof(to->file), "%.127s", r->file);
		to->share = count(r, f->first, last_line(r, f));
		to->first = f->first;
		if (source)
			covered_text(to, source, last_line(r, f));
		mark_lines(to, r);
	}
	free(path);
	free(source);
}

enum table { FILES, FUNCTIONS, MISSED, COLLECT };

/* One of the tables, for each file of the tracefile */
static void each_record(const char *text, FILE *out, enum table table, struct share *total,
			struct kernel_coverage *into, const char *tree)
{
	struct record r = { 0 };
	const char *p;

	for (p = text; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
		if (sscanf(p, "SF:%511[^\n]", r.file) == 1)
			continue;
		if (strncmp(p, "end_of_record", strlen("end_of_record"))) {
			parse_line(&r, p);
			continue;
		}
		if (table == FILES)
			print_record(out, &r);
		else if (table == FUNCTIONS)
			print_lifecycle(out, &r, total);
		else if (table == COLLECT)
			collect(into, &r, tree);
		else
			print_missed(out, &r);
		clear(&r);
	}
	clear(&r);
}

int coverage_read(struct kernel_coverage *k, const char *tree)
{
	char *text = file_read(k->info);

	if (!text)
		return -1;
	each_record(text, NULL, COLLECT, NULL, k, tree);
	free(text);
	return 0;
}

int coverage_missed(const char *tracefile, FILE *out)
{
	char *text = file_read(tracefile);
	struct share total;

	if (!text)
		return -1;
	fputs("not reached\n", out);
	each_record(text, out, MISSED, &total, NULL, NULL);
	free(text);
	return 0;
}

int coverage_report(const char *tracefile, bool missed, FILE *out)
{
	char *text = file_read(tracefile);
	struct share total = { 0 };

	if (!text)
		return -1;
	fprintf(out, "%-34s  %-16s %-16s %-16s\n", "file", "lines", "branches", "functions");
	each_record(text, out, FILES, &total, NULL, NULL);
	fprintf(out, "\n%-34s  %-16s %-16s\n", "lifecycle function", "lines", "branches");
	each_record(text, out, FUNCTIONS, &total, NULL, NULL);
	print_function(out, "together", &total);
	free(text);
	if (!missed)
		return 0;
	fputc('\n', out);
	return coverage_missed(tracefile, out);
}
