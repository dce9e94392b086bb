// SPDX-License-Identifier: GPL-2.0-only
/* Reading lcov tracefiles: the filter, and the tables per file and function. */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What VFIO's lifecycle is made of; a tree has those that it has. */
static const char *const lifecycle[] = {
	"vfio_register_group_dev", "vfio_unregister_group_dev", "vfio_add_group_dev",
	"vfio_del_group_dev", "vfio_init_group_dev", "vfio_device_put",
	"vfio_device_get_from_dev", "vfio_group_get_device", "vfio_create_group",
	"vfio_group_release", "vfio_group_put", "vfio_fops_open", "vfio_fops_release",
	"vfio_group_fops_open", "vfio_group_fops_release", "vfio_device_fops_release",
	"vfio_group_get_device_fd", "vfio_group_set_container", "vfio_group_unset_container",
	"__vfio_group_unset_container",
};

#define NR_LIFECYCLE	(sizeof(lifecycle) / sizeof(*lifecycle))

struct line {
	unsigned int nr;
	unsigned long long hits;
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
	struct function *functions;
	size_t nr_functions, room_functions;
	unsigned int functions_hit, branches, branches_hit;
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
	} else if (sscanf(p, "BRDA:%*u,%*[^,\n],%*[^,\n],%31[^,\n]", taken) == 1) {
		r->branches++;
		r->branches_hit += strcmp(taken, "-") && strcmp(taken, "0");
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

static void count_lines(const struct record *r, unsigned int first, unsigned int last,
			unsigned int *all, unsigned int *hit)
{
	size_t i;

	*all = *hit = 0;
	for (i = 0; i < r->nr_lines; i++) {
		if (r->lines[i].nr < first || r->lines[i].nr > last)
			continue;
		++*all;
		*hit += r->lines[i].hits > 0;
	}
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
	unsigned int all, hit;

	count_lines(r, 0, ~0u, &all, &hit);
	fprintf(out, "%-32s", r->file);
	print_share(out, hit, all);
	print_share(out, r->branches_hit, r->branches);
	print_share(out, r->functions_hit, (unsigned int)r->nr_functions);
	fputc('\n', out);
}

/* One entry of the second table; the totals go up */
static void print_lifecycle(FILE *out, const struct record *r, unsigned int *all,
			    unsigned int *hit)
{
	unsigned int a, h;
	size_t i, j;

	for (i = 0; i < NR_LIFECYCLE; i++)
		for (j = 0; j < r->nr_functions; j++) {
			const struct function *f = &r->functions[j];

			if (strcmp(f->name, lifecycle[i]))
				continue;
			count_lines(r, f->first, last_line(r, f), &a, &h);
			fprintf(out, "%-32s", f->name);
			print_share(out, h, a);
			fputc('\n', out);
			*all += a;
			*hit += h;
		}
}

static void clear(struct record *r)
{
	free(r->lines);
	free(r->functions);
	memset(r, 0, sizeof(*r));
}

/* Call @print for each file of the tracefile */
static void each_record(const char *text, FILE *out, bool functions, unsigned int *all,
			unsigned int *hit)
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
		if (functions)
			print_lifecycle(out, &r, all, hit);
		else
			print_record(out, &r);
		clear(&r);
	}
	clear(&r);
}

int coverage_report(const char *tracefile, FILE *out)
{
	char *text = file_read(tracefile);
	unsigned int all = 0, hit = 0;

	if (!text)
		return -1;
	fprintf(out, "%-32s  %-16s %-16s %-16s\n", "file", "lines", "branches", "functions");
	each_record(text, out, false, &all, &hit);
	fprintf(out, "\n%-32s  %-16s\n", "lifecycle function", "lines");
	each_record(text, out, true, &all, &hit);
	fprintf(out, "%-32s", "together");
	print_share(out, hit, all);
	fputc('\n', out);
	free(text);
	return 0;
}
