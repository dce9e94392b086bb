// SPDX-License-Identifier: GPL-2.0-only
/*
 * A folder for each failure: what is needed to run it again and to mail it.
 *
 * scenario and token are the smaller ones where something could be left out;
 * the trace and the report are theirs. "full" is the token of the whole.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "record.h"
#include "save.h"

static bool failed(const char *path)
{
	fprintf(stderr, "vfiosim: --save: %s: %s\n", path, strerror(errno));
	return false;
}

bool save_path(const char *path)
{
	char *copy = strdup(path), *slash;
	bool ok;

	if (!copy)
		abort();
	for (slash = copy + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		mkdir(copy, 0777);
		*slash = '/';
	}
	ok = !mkdir(copy, 0777) || errno == EEXIST;
	free(copy);
	return ok;
}

char *save_folder(const char *dir, const struct scenario *scn, const char *oracle)
{
	char *path = NULL;
	unsigned int n;

	if (!save_path(dir)) {
		failed(dir);
		return NULL;
	}
	for (n = 1; n < 1000; n++) {
		if (asprintf(&path, n > 1 ? "%s/%s-%s-%s-%u" : "%s/%s-%s-%s", dir, scn->name,
			     run_kversion, oracle, n) < 0)
			abort();
		if (!mkdir(path, 0777))
			return path;
		if (errno != EEXIST)
			break;
		free(path);
		path = NULL;
	}
	failed(path ? path : dir);
	free(path);
	return NULL;
}

static FILE *open_in(const char *folder, const char *name)
{
	char *path = NULL;
	FILE *f;

	if (asprintf(&path, "%s/%s", folder, name) < 0)
		abort();
	f = fopen(path, "w");
	if (!f)
		failed(path);
	free(path);
	return f;
}

static bool write_text(const char *folder, const char *name, const char *text)
{
	FILE *f = open_in(folder, name);

	if (!f)
		return false;
	if (text) {
		fputs(text, f);
		if (*text && text[strlen(text) - 1] != '\n')
			fputc('\n', f);
	}
	return !fclose(f) || failed(folder);
}

static bool write_log(const char *folder)
{
	FILE *f = open_in(folder, "log");
	unsigned int i;

	if (!f)
		return false;
	for (i = 0; i < rec.nlog; i++)
		fprintf(f, "%s\n", rec.log[i].text);
	return !fclose(f) || failed(folder);
}

bool save_failure(const char *folder, const struct scenario *scn, const struct run_failure *f,
		  const struct tried *small, const char *file)
{
	bool less = small && small->fails;
	char *command = NULL;
	FILE *s;
	bool ok;

	s = fopen(file, "w");
	if (!s)
		return failed(file);
	if (less)
		fputs(f->small, s);
	else
		scn_print(s, scn);
	if (fclose(s))
		return failed(file);
	if (asprintf(&command, "vfiosim replay %s%s", less ? small->f.token : f->token,
		     run_replay_option(f)) < 0)
		abort();
	ok = write_text(folder, "token", less ? small->f.token : f->token) &&
		write_text(folder, "full", f->token) &&
		write_text(folder, "trace", less ? small->f.trace_text : f->trace_text) &&
		write_text(folder, "report", less ? small->f.report_text : f->report_text) &&
		write_text(folder, "command", command) && write_log(folder);
	free(command);
	return ok;
}
