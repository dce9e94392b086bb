// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applying a change to a file. Hunks may have moved, as git am allows it; no
 * context line is ever given up, so what applies is what was meant.
 */
#define _XOPEN_SOURCE 700
#include "patch.h"
#include "sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct text {
	char *data;
	const char **line;
	size_t *len;
	size_t n;
	bool open;		/* no newline at the end */
};

const char *patch_path(const char *root, const char *path)
{
	const char *slash = strchr(path, '/'), *p = path;
	char *full;

	while ((p = strstr(p, ".."))) {
		if ((p == path || p[-1] == '/') && (!p[2] || p[2] == '/'))
			return NULL;
		p += 2;
	}
	if (*path == '/' || !slash)
		return *path == '/' ? NULL : path;
	full = str_printf("%s/%s", root, path);
	/* "a/x", unless the tree has such a folder of its own */
	if (!path_is_file(full))
		path = slash + 1;
	free(full);
	return path;
}

static void split(struct text *t)
{
	char *p = t->data, *end;
	size_t room = 0;

	for (; *p; p = end + 1) {
		end = strchr(p, '\n');
		t->open = !end;
		if (!end)
			end = p + strlen(p);
		if (t->n == room) {
			room = room ? 2 * room : 1024;
			t->line = realloc(t->line, room * sizeof(*t->line));
			t->len = realloc(t->len, room * sizeof(*t->len));
			if (!t->line || !t->len)
				abort();
		}
		t->line[t->n] = p;
		t->len[t->n++] = (size_t)(end - p);
		if (t->open)
			break;
	}
}

static void text_free(struct text *t)
{
	free(t->data);
	free(t->line);
	free(t->len);
}

/* Do the lines on one side of a hunk stand at @at? The first that does not in *bad */
static bool side_at(const struct text *t, const struct patch_hunk *h, size_t at, char other,
		    const struct patch_line **bad)
{
	size_t i;

	for (i = 0; i < h->n; i++) {
		const struct patch_line *l = &h->lines[i];

		if (l->op == other)
			continue;
		if (at >= t->n || t->len[at] != l->len || memcmp(t->line[at], l->text, l->len)) {
			*bad = l;
			return false;
		}
		at++;
	}
	return true;
}

/* Nearest place to @want, from @min on; -1 when there is none */
static long find(const struct text *t, const struct patch_hunk *h, size_t want, size_t min,
		 char other)
{
	const struct patch_line *bad;
	size_t off;

	for (off = 0; off <= t->n; off++) {
		if (want >= min + off && side_at(t, h, want - off, other, &bad))
			return (long)(want - off);
		if (off && want + off >= min && side_at(t, h, want + off, other, &bad))
			return (long)(want + off);
	}
	return -1;
}

/* How much of a line goes into a message */
#define SHOWN	80

static char *misfit(const struct text *t, const struct patch_change *c, const char *path,
		    size_t nr, size_t want, size_t min)
{
	const struct patch_hunk *h = &c->hunks[nr];
	const struct patch_line *bad = NULL;
	char *msg, *place;

	side_at(t, h, want, '+', &bad);
	place = str_printf("%s: %s: hunk %zu of %zu (@@ -%lu,%lu @@%s%s) does not apply", c->patch,
			   path, nr + 1, c->n, h->old, h->nold, *h->where ? " " : "", h->where);
	if (find(t, h, want, min, '-') >= 0)
		msg = str_printf("%s: it looks as if it were applied already", place);
	else
		msg = str_printf("%s: not found: \"%.*s\"", place,
				 bad ? (int)(bad->len < SHOWN ? bad->len : SHOWN) : 0,
				 bad ? bad->text : "");
	free(place);
	return msg;
}

static void copy_lines(FILE *out, const struct text *t, size_t from, size_t to)
{
	for (; from < to; from++)
		fprintf(out, "%.*s%s", (int)t->len[from], t->line[from],
			from + 1 == t->n && t->open ? "" : "\n");
}

static char *apply_hunks(const struct text *t, const struct patch_change *c, const char *path,
			 char **err)
{
	size_t done = 0, i, l, want;
	char *result = NULL;
	size_t size;
	FILE *out = open_memstream(&result, &size);
	long moved = 0, at;

	if (!out)
		abort();
	for (i = 0; i < c->n && !*err; i++) {
		const struct patch_hunk *h = &c->hunks[i];

		/* without old lines, the number is that of the line before */
		want = h->old - (h->nold && h->old);
		want = moved < 0 && want < (size_t)-moved ? 0 : want + (size_t)moved;
		if (want < done)
			want = done;
		at = find(t, h, want, done, '+');
		if (at < 0) {
			*err = misfit(t, c, path, i, want, done);
			break;
		}
		moved += at - (long)want;
		copy_lines(out, t, done, (size_t)at);
		done = (size_t)at + h->nold;
		for (l = 0; l < h->n; l++)
			if (h->lines[l].op != '-')
				fprintf(out, "%.*s%s", (int)h->lines[l].len, h->lines[l].text,
					h->lines[l].open ? "" : "\n");
	}
	copy_lines(out, t, done, t->n);
	fclose(out);
	return result;
}

static int write_result(const char *root, const char *to, const char *text, char **err)
{
	char *path = str_printf("%s/%s", root, to), *slash = strrchr(path, '/');
	int status;

	*slash = '\0';
	status = dir_make(path);
	*slash = '/';
	if (!status)
		status = file_write(path, text);
	if (status)
		*err = str_printf("%s: %s", path, strerror(-status));
	free(path);
	return status ? -1 : 0;
}

int patch_apply(const char *root, const struct patch_change *c, char **err)
{
	const char *from = c->from ? patch_path(root, c->from) : NULL;
	/* what has no "a/" has no "b/" either */
	const char *to = !c->to ? NULL : from && from == c->from ? c->to : patch_path(root, c->to);
	char *source = from ? str_printf("%s/%s", root, from) : NULL, *result = NULL;
	struct text t = { 0 };

	*err = NULL;
	if (c->binary)
		*err = str_printf("%s: %s: a binary patch", c->patch, to ? to : from);
	else if (source && !(t.data = file_read(source)))
		*err = str_printf("%s: %s: no such file in this tree", c->patch, from);
	else if (!source && !to)
		*err = str_printf("%s: a patch for no file", c->patch);
	if (*err)
		goto out;
	if (!source) {
		char *made = str_printf("%s/%s", root, to);

		if (path_is_file(made))
			*err = str_printf("%s: %s: exists already", c->patch, to);
		free(made);
		t.data = str_dup("");
	}
	split(&t);
	if (!*err)
		result = apply_hunks(&t, c, from ? from : to, err);
	if (!*err && !to && *result)
		*err = str_printf("%s: %s: would be removed with lines left in it", c->patch, from);
	if (!*err && to)
		write_result(root, to, result, err);
	if (!*err && source && !c->copied && (!to || strcmp(from, to)))
		unlink(source);
out:
	free(result);
	free(source);
	text_free(&t);
	return *err ? -1 : 0;
}
