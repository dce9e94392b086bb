// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unified diffs, git's or plain ones. A hunk's header says how many lines
 * follow, and so many are read: neither a mail's signature nor the next
 * header can be taken for one of them.
 */
#define _XOPEN_SOURCE 700
#include "patch.h"
#include "sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct parser {
	struct patch_set *set;
	const char *name;
	char *p;
	unsigned long line;
	struct patch_change *c;		/* the current one */
	bool git;			/* it began with "diff --git" */
};

static void *grown(void *array, size_t n, size_t size)
{
	/* powers of two only */
	if (n & (n - 1))
		return array;
	array = realloc(array, (n ? 2 * n : 1) * size);
	if (!array)
		abort();
	return array;
}

static bool starts(const char *p, const char *with)
{
	return !strncmp(p, with, strlen(with));
}

/* The rest of a line, without a time stamp behind a tab */
static char *path_in(const char *p)
{
	return str_printf("%.*s", (int)strcspn(p, "\t\r\n"), p);
}

static char *file_in(const char *p)
{
	char *path = path_in(p);

	if (strcmp(path, "/dev/null"))
		return path;
	free(path);
	return NULL;
}

static void advance(struct parser *s)
{
	char *end = strchr(s->p, '\n');

	s->p = end ? end + 1 : s->p + strlen(s->p);
	s->line++;
}

static void new_change(struct parser *s, bool git)
{
	s->set->c = grown(s->set->c, s->set->n, sizeof(*s->set->c));
	s->c = &s->set->c[s->set->n++];
	memset(s->c, 0, sizeof(*s->c));
	s->c->patch = str_dup(s->name);
	s->git = git;
}

static void replace(char **field, char *value)
{
	free(*field);
	*field = value;
}

/* "diff --git a/X b/X": both are the same but for a rename, which says so below */
static void git_header(struct parser *s)
{
	char *both = path_in(s->p + strlen("diff --git "));
	size_t n = strlen(both);

	new_change(s, true);
	if (n & 1 && both[n / 2] == ' ') {
		s->c->to = str_dup(both + n / 2 + 1);
		both[n / 2] = '\0';
		s->c->from = str_dup(both);
	}
	free(both);
}

/* Return: whether the line was one of git's between header and hunks */
static bool extended_header(struct parser *s)
{
	const char *p = s->p;

	if (!s->c || !s->git || s->c->n)
		return false;
	if (starts(p, "new file mode"))
		replace(&s->c->from, NULL);
	else if (starts(p, "deleted file mode"))
		replace(&s->c->to, NULL);
	else if (starts(p, "rename from ") || starts(p, "copy from "))
		/* without "a/" */
		replace(&s->c->from, str_printf("a/%.*s", (int)strcspn(strstr(p, "from ") + 5, "\r\n"),
						strstr(p, "from ") + 5));
	else if (starts(p, "rename to ") || starts(p, "copy to "))
		replace(&s->c->to, str_printf("b/%.*s", (int)strcspn(strstr(p, "to ") + 3, "\r\n"),
					      strstr(p, "to ") + 3));
	else if (starts(p, "GIT binary patch") || starts(p, "Binary files "))
		s->c->binary = true;
	else
		return false;
	if (starts(p, "copy"))
		s->c->copied = true;
	return true;
}

static void add_line(struct patch_hunk *h, const char *p)
{
	struct patch_line *l;

	h->lines = grown(h->lines, h->n, sizeof(*h->lines));
	l = &h->lines[h->n++];
	l->len = strcspn(p, "\n");
	/* mailers eat the blank of an empty line */
	l->op = l->len ? *p : ' ';
	l->text = l->len ? p + 1 : p;
	l->len -= l->len > 0;
	l->open = false;
}

/* Return: 0, or -1 with a message */
static int hunk(struct parser *s, char **err)
{
	struct patch_hunk *h;
	unsigned long begun = s->line, old, new;
	char *p;

	s->c->hunks = grown(s->c->hunks, s->c->n, sizeof(*s->c->hunks));
	h = &s->c->hunks[s->c->n++];
	memset(h, 0, sizeof(*h));
	h->nold = h->nnew = 1;
	h->old = strtoul(s->p + 4, &p, 10);
	if (*p == ',')
		h->nold = strtoul(p + 1, &p, 10);
	if (!starts(p, " +"))
		goto bad;
	h->new = strtoul(p + 2, &p, 10);
	if (*p == ',')
		h->nnew = strtoul(p + 1, &p, 10);
	if (!starts(p, " @@"))
		goto bad;
	p += strspn(p, " @");
	h->where = str_printf("%.*s", (int)strcspn(p, "\r\n"), p);
	advance(s);
	old = h->nold;
	new = h->nnew;
	while (old || new) {
		if (!*s->p)
			goto bad;
		add_line(h, s->p);
		switch (h->lines[h->n - 1].op) {
		case ' ':
			if (!old-- || !new--)
				goto bad;
			break;
		case '-':
			if (!old--)
				goto bad;
			break;
		case '+':
			if (!new--)
				goto bad;
			break;
		case '\\':
			if (--h->n)
				h->lines[h->n - 1].open = true;
			break;
		default:
			goto bad;
		}
		advance(s);
	}
	if (*s->p == '\\' && h->n) {
		h->lines[h->n - 1].open = true;
		advance(s);
	}
	return 0;
bad:
	*err = str_printf("%s:%lu: the hunk that begins in line %lu is damaged", s->name, s->line,
			  begun);
	return -1;
}

/* "--- a/X" and "+++ b/X" */
static void plain_header(struct parser *s)
{
	char *from = file_in(s->p + 4), *to;

	advance(s);
	to = file_in(s->p + 4);
	if (!s->c || !s->git || s->c->n)
		new_change(s, false);
	replace(&s->c->from, from);
	replace(&s->c->to, to);
	advance(s);
}

static void drop_returns(char *text)
{
	char *out = text;

	for (; *text; text++)
		if (*text != '\r' || text[1] != '\n')
			*out++ = *text;
	*out = '\0';
}

int patch_parse(struct patch_set *set, char *text, const char *name, char **err)
{
	struct parser s = { .set = set, .name = name, .p = text, .line = 1 };
	char *second, *git = strstr(text, "--- ");

	/* a patch with the line ends of another system throughout */
	if (git && git[strcspn(git, "\r\n")] == '\r')
		drop_returns(text);
	while (*s.p) {
		second = strchr(s.p, '\n');
		if (starts(s.p, "diff --git ")) {
			git_header(&s);
		} else if (starts(s.p, "--- ") && second && starts(second + 1, "+++ ")) {
			plain_header(&s);
			continue;
		} else if (s.c && starts(s.p, "@@ -")) {
			if (hunk(&s, err))
				return -1;
			continue;
		} else {
			extended_header(&s);
		}
		advance(&s);
	}
	return 0;
}

void patch_free(struct patch_set *set)
{
	size_t i, h;

	for (i = 0; i < set->n; i++) {
		struct patch_change *c = &set->c[i];

		for (h = 0; h < c->n; h++) {
			free(c->hunks[h].where);
			free(c->hunks[h].lines);
		}
		free(c->hunks);
		free(c->from);
		free(c->to);
		free(c->patch);
	}
	for (i = 0; i < set->ntexts; i++)
		free(set->texts[i]);
	free(set->texts);
	free(set->c);
	memset(set, 0, sizeof(*set));
}
