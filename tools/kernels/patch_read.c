// SPDX-License-Identifier: GPL-2.0-only
/* Where patches come from: files, standard input, mailboxes, quilt's series. */
#define _XOPEN_SOURCE 700
#include "patch.h"
#include "sysutil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The set keeps the text: its lines point into it */
static void keep(struct patch_set *set, char *text)
{
	set->texts = realloc(set->texts, (set->ntexts + 1) * sizeof(*set->texts));
	if (!set->texts)
		abort();
	set->texts[set->ntexts++] = text;
}

static int read_text(struct patch_set *set, char *text, const char *name, char **err)
{
	size_t n, i;
	struct mail *mails = mails_split(text, &n);
	int status = 0;

	if (!mails) {
		keep(set, text);
		return patch_parse(set, text, name, err);
	}
	for (i = 0; i < n; i++) {
		char *what = str_printf("%s, \"%s\"", name, mails[i].subject);

		keep(set, mails[i].body);
		if (!status)
			status = patch_parse(set, mails[i].body, n > 1 ? what : name, err);
		free(what);
		free(mails[i].subject);
	}
	free(mails);
	free(text);
	return status;
}

/* One name a line, beside the list; comments, and options of patch(1) behind it */
static int read_series(struct patch_set *set, const char *path, const char *text, char **err)
{
	const char *slash = strrchr(path, '/'), *p;
	int status = 0;

	for (p = text; p && *p && !status; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
		size_t n = strcspn(p, " \t\r\n#");
		char *one;

		if (!n)
			continue;
		one = str_printf("%.*s%.*s", slash ? (int)(slash - path + 1) : 0, path, (int)n, p);
		status = patch_read(set, one, err);
		free(one);
	}
	return status;
}

static bool called_series(const char *path)
{
	const char *slash = strrchr(path, '/');

	return !strcmp(slash ? slash + 1 : path, "series");
}

/* Standard input can be read once, but is asked for by every kernel of a matrix */
static char *read_stdin(void)
{
	static char *text;

	if (!text)
		text = file_read("/dev/stdin");
	return text ? str_dup(text) : NULL;
}

int patch_read(struct patch_set *set, const char *path, char **err)
{
	const char *name = strcmp(path, "-") ? path : "standard input";
	size_t before = set->n;
	char *text = NULL;
	int status;

	*err = NULL;
	if (!strcmp(path, "-"))
		text = read_stdin();
	else if (!path_is_dir(path))
		text = file_read(path);
	else
		errno = EISDIR;
	if (!text) {
		*err = str_printf("%s: %s", name, strerror(errno));
		return -1;
	}
	if (called_series(path) && !strstr(text, "\n@@ -")) {
		status = read_series(set, path, text, err);
		free(text);
	} else {
		status = read_text(set, text, name, err);
	}
	if (!status && set->n == before) {
		*err = str_printf("%s: there is no patch in it", name);
		status = -1;
	}
	return status;
}
