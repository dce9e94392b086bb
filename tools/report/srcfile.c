// SPDX-License-Identifier: GPL-2.0-only
/*
 * File names as a reader of the kernel tree knows them, and their lines.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "symbol.h"
#include "symtab.h"

#define NDIRS	4

struct srcfile {
	struct srcfile *next;
	char *shown;		/* as in reports */
	char *path;		/* as on disk */
	char *text;		/* lines, each ended by a zero byte */
	const char **line;
	unsigned int nlines;
	bool read;
};

static struct srcfile *files;
static char *strip[NDIRS];	/* tree, its real path, ours, its real path */

static void set_dir(int slot, const char *dir)
{
	int i;

	for (i = slot; i < slot + 2; i++) {
		free(strip[i]);
		strip[i] = NULL;
	}
	if (!dir || !*dir)
		return;
	strip[slot] = strdup(dir);
	strip[slot + 1] = realpath(dir, NULL);
}

void sym_set_kdir(const char *kdir)
{
	set_dir(0, kdir);
}

void sym_set_srcdir(const char *dir)
{
	set_dir(2, dir);
}

/* Drops "//", "/./" and "dir/.." in place; symbolic links are not followed. */
static void normalise(char *p)
{
	char *in = p, *out = p;
	const char *base = *p == '/' ? p + 1 : p;

	if (*p == '/') {
		in++;
		out++;
	}
	while (*in) {
		size_t len = strcspn(in, "/");
		char *next = in + len + (in[len] == '/');

		if (!len || (len == 1 && *in == '.')) {
			in = next;
			continue;
		}
		if (len == 2 && !strncmp(in, "..", 2) && out > base &&
		    !(out - base >= 3 && !strncmp(out - 3, "../", 3))) {
			out--;
			while (out > base && out[-1] != '/')
				out--;
			in = next;
			continue;
		}
		memmove(out, in, len);
		out += len;
		if (in[len] == '/')
			*out++ = '/';
		in = next;
	}
	*out = '\0';
}

static const char *relative(const char *path)
{
	int i;

	for (i = 0; i < NDIRS; i++) {
		size_t n = strip[i] ? strlen(strip[i]) : 0;

		while (n && strip[i][n - 1] == '/')
			n--;
		if (n && !strncmp(path, strip[i], n) && path[n] == '/')
			return path + n + 1;
	}
	return path;
}

/*
 * A build may have mapped its source directories away: then a name below the
 * directory of the compiler's run is one below the tree or below our source.
 */
static void unmap(const char *dir, char *path, size_t size)
{
	size_t n = dir ? strlen(dir) : 0;
	char buf[2 * PATH_MAX];
	int i;

	if (!n || strncmp(path, dir, n) || path[n] != '/' || !access(path, R_OK))
		return;
	for (i = 0; i < NDIRS; i++) {
		if (!strip[i] ||
		    snprintf(buf, sizeof(buf), "%s/%s", strip[i], path + n + 1) >= (int)size ||
		    access(buf, R_OK))
			continue;
		memcpy(path, buf, strlen(buf) + 1);
		return;
	}
}

const char *srcfile_name(const char *dir, const char *name)
{
	char buf[2 * PATH_MAX];
	struct srcfile *f;

	if (!name)
		return NULL;
	if (name[0] == '/' || !dir)
		snprintf(buf, sizeof(buf), "%s", name);
	else
		snprintf(buf, sizeof(buf), "%s/%s", dir, name);
	normalise(buf);
	unmap(dir, buf, sizeof(buf));
	for (f = files; f; f = f->next)
		if (!strcmp(f->path, buf))
			return f->shown;
	f = calloc(1, sizeof(*f));
	if (!f)
		return NULL;
	f->path = strdup(buf);
	f->shown = strdup(relative(buf));
	if (!f->path || !f->shown) {
		free(f->path);
		free(f->shown);
		free(f);
		return NULL;
	}
	f->next = files;
	files = f;
	return f->shown;
}

static void drop_text(struct srcfile *f)
{
	free(f->text);
	free(f->line);
	f->text = NULL;
	f->line = NULL;
	f->nlines = 0;
}

static int split(struct srcfile *f, size_t len)
{
	unsigned int n = 1;
	char *p;

	for (p = f->text; p < f->text + len; p++)
		n += *p == '\n';
	f->line = calloc(n, sizeof(*f->line));
	if (!f->line)
		return -1;
	for (p = f->text; p < f->text + len; ) {
		char *end = memchr(p, '\n', f->text + len - p);
		char *next = end ? end + 1 : f->text + len;

		if (!end)
			end = f->text + len;
		while (end > p && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
			end--;
		*end = '\0';
		f->line[f->nlines++] = p;
		p = next;
	}
	return 0;
}

static void read_text(struct srcfile *f)
{
	FILE *in = fopen(f->path, "r");
	size_t len = 0, room = 0;

	f->read = true;
	if (!in)
		return;
	for (;;) {
		if (room - len < 2) {
			char *more = realloc(f->text, room = room ? 2 * room : 65536);

			if (!more)
				goto fail;
			f->text = more;
		}
		size_t got = fread(f->text + len, 1, room - len - 1, in);

		if (!got)
			break;
		len += got;
	}
	f->text[len] = '\0';
	if (ferror(in) || split(f, len))
		goto fail;
	fclose(in);
	return;
fail:
	drop_text(f);
	fclose(in);
}

const char *sym_source_text(const char *file, unsigned int line)
{
	struct srcfile *f;

	for (f = files; file && f; f = f->next) {
		if (strcmp(f->shown, file))
			continue;
		if (!f->read)
			read_text(f);
		return line && line <= f->nlines ? f->line[line - 1] : NULL;
	}
	return NULL;
}

const char *sym_source_line(const char *file, unsigned int line)
{
	const char *text = sym_source_text(file, line);

	return text ? text + strspn(text, " \t") : NULL;
}

void srcfile_free(void)
{
	while (files) {
		struct srcfile *f = files;

		files = f->next;
		drop_text(f);
		free(f->shown);
		free(f->path);
		free(f);
	}
}
