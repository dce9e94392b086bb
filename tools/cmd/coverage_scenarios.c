// SPDX-License-Identifier: GPL-2.0-only
/*
 * What each scenario reaches, and what nobody else does. The runner leaves the
 * counters of each in a folder of its own (see tools/run/counters.c), at the
 * path that they have in the build; gcov finds what they count beside them.
 */
#define _XOPEN_SOURCE 700
#include "coverage.h"
#include "../kernels/sysutil.h"

#include <dirent.h>
#include <fts.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_FILES	64
#define MAX_LINES	16384

/* For each line: is there code, how many scenarios reach it, the last one that does */
struct reached {
	char *file;
	bool code[MAX_LINES];
	unsigned short scenarios[MAX_LINES], last[MAX_LINES];
};

struct reading {
	struct reached *file[MAX_FILES];
	size_t nr_files;
	char **notes;		/* .gcno of drivers/vfio */
	size_t nr_notes;
};

char *scenario_counters(const struct guest *guest)
{
	return str_printf("%s/scenarios", guest->dir);
}

static void find_notes(struct reading *rd, const char *dir)
{
	char *roots[] = { (char *)dir, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *e;

	while (fts && (e = fts_read(fts))) {
		size_t n = strlen(e->fts_name);

		if (e->fts_info != FTS_F || n < 5 || strcmp(e->fts_name + n - 5, ".gcno") ||
		    !strstr(e->fts_path, "/drivers/vfio/"))
			continue;
		rd->notes = realloc(rd->notes, (rd->nr_notes + 1) * sizeof(*rd->notes));
		if (!rd->notes)
			abort();
		rd->notes[rd->nr_notes++] = str_dup(e->fts_path);
	}
	if (fts)
		fts_close(fts);
}

static struct reached *reached_of(struct reading *rd, const char *file)
{
	size_t i;

	for (i = 0; i < rd->nr_files; i++)
		if (!strcmp(rd->file[i]->file, file))
			return rd->file[i];
	if (i == MAX_FILES)
		return NULL;
	rd->file[i] = calloc(1, sizeof(**rd->file));
	if (!rd->file[i])
		abort();
	rd->file[i]->file = str_dup(file);
	rd->nr_files++;
	return rd->file[i];
}

static long number(struct json_object *o, const char *key)
{
	struct json_object *v;

	return json_object_object_get_ex(o, key, &v) ? (long)json_object_get_int64(v) : 0;
}

static void add_file(struct reading *rd, struct json_object *o, unsigned short scenario,
		     struct scenario_share *s)
{
	struct json_object *v, *lines;
	struct reached *r;
	const char *below;
	size_t i;

	if (!json_object_object_get_ex(o, "file", &v) ||
	    !json_object_object_get_ex(o, "lines", &lines))
		return;
	below = strstr(json_object_get_string(v), "drivers/vfio/");
	r = below ? reached_of(rd, below) : NULL;
	for (i = 0; r && i < json_object_array_length(lines); i++) {
		struct json_object *l = json_object_array_get_idx(lines, i);
		long nr = number(l, "line_number");

		/* a line that is inlined somewhere comes more than once */
		if (nr <= 0 || nr >= MAX_LINES)
			continue;
		r->code[nr] = true;
		if (!number(l, "count") || r->last[nr] == scenario)
			continue;
		r->last[nr] = scenario;
		r->scenarios[nr]++;
		s->lines++;
	}
}

/* gcov writes one JSON text for each file of counters */
static void add_text(struct reading *rd, const char *text, unsigned short scenario,
		     struct scenario_share *s)
{
	struct json_tokener *tok = json_tokener_new();
	size_t left = text ? strlen(text) : 0, i;
	struct json_object *o, *files;

	while (tok && left && (o = json_tokener_parse_ex(tok, text, (int)left))) {
		size_t used = json_tokener_get_parse_end(tok);

		text += used;
		left -= used;
		if (json_object_object_get_ex(o, "files", &files))
			for (i = 0; i < json_object_array_length(files); i++)
				add_file(rd, json_object_array_get_idx(files, i), scenario, s);
		json_object_put(o);
	}
	if (tok)
		json_tokener_free(tok);
}

static void read_scenario(struct reading *rd, const char *dir, unsigned short scenario,
			  struct scenario_share *s)
{
	const char **argv = calloc(rd->nr_notes + 4, sizeof(*argv));
	size_t n = 3, i;
	char *text;
	int status;

	if (!argv)
		abort();
	argv[0] = "gcov";
	argv[1] = "--json-format";
	argv[2] = "--stdout";
	for (i = 0; i < rd->nr_notes; i++) {
		char *note = str_printf("%s/%s%s", dir, s->name, rd->notes[i]);
		char *data = str_dup(note);

		memcpy(data + strlen(data) - 5, ".gcda", 5);
		if (path_is_file(data) && !symlink(rd->notes[i], note))
			argv[n++] = data;
		else
			free(data);
		free(note);
	}
	text = n > 3 ? proc_capture(argv, &status) : NULL;
	add_text(rd, text, scenario, s);
	free(text);
	while (n > 3)
		free((char *)argv[--n]);
	free(argv);
}

static bool alone(const struct reached *r, int line, unsigned short scenario)
{
	return r->scenarios[line] == 1 && r->last[line] == scenario;
}

/* The lines of a file that only one scenario reaches, as ranges over lines without code */
static void print_alone(FILE *f, const struct reached *r, unsigned short scenario,
			struct scenario_share *s)
{
	const char *before = "";
	int i, from, to;

	for (i = 1; i < MAX_LINES; i++) {
		if (!alone(r, i, scenario))
			continue;
		for (from = to = i; i < MAX_LINES && (alone(r, i, scenario) || !r->code[i]); i++)
			if (r->code[i]) {
				to = i;
				s->alone++;
			}
		if (!*before)
			fprintf(f, "%s%s:", s->where ? " " : "", r->file);
		fprintf(f, from == to ? "%s%d" : "%s%d-%d", before, from, to);
		before = ",";
	}
	if (*before)
		s->where = "";	/* something is written already */
}

static void find_alone(const struct reading *rd, unsigned short scenario, struct scenario_share *s)
{
	char *text = NULL;
	size_t size, i;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (i = 0; i < rd->nr_files; i++)
		print_alone(f, rd->file[i], scenario, s);
	fclose(f);
	s->where = text;
}

static int visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

void scenario_shares(const struct guest *guest, struct kernel_coverage *k)
{
	struct reading rd = { .nr_files = 0 };
	char *dir = scenario_counters(guest);
	struct dirent **names = NULL;
	int n = scandir(dir, &names, visible, alphasort), i;
	size_t j;

	find_notes(&rd, guest->dir);
	k->scenarios = calloc((size_t)(n > 0 ? n : 0) + 1, sizeof(*k->scenarios));
	if (!k->scenarios)
		abort();
	for (i = 0; i < n; i++) {
		k->scenarios[i].name = str_dup(names[i]->d_name);
		read_scenario(&rd, dir, (unsigned short)(i + 1), &k->scenarios[i]);
		free(names[i]);
	}
	for (i = 0; i < n; i++)
		find_alone(&rd, (unsigned short)(i + 1), &k->scenarios[i]);
	k->nr_scenarios = n > 0 ? (size_t)n : 0;
	for (j = 0; j < rd.nr_files; j++) {
		free(rd.file[j]->file);
		free(rd.file[j]);
	}
	for (j = 0; j < rd.nr_notes; j++)
		free(rd.notes[j]);
	free(rd.notes);
	free(names);
	free(dir);
}
