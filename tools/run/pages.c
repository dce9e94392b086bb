// SPDX-License-Identifier: GPL-2.0-only
/* Where pages go: beside what --save keeps, and to what --html names. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/html.h"
#include "run.h"
#include "save.h"

static bool failed(const char *path)
{
	fprintf(stderr, "vfiosim: --html: %s: %s\n", path, strerror(errno));
	return false;
}

static bool done(FILE *f, const char *path)
{
	bool bad = ferror(f);

	return fclose(f) || bad ? failed(path) : true;
}

static bool failure_page(const char *path, const struct run_result *r, const struct run_failure *x,
			 const char *index)
{
	FILE *f = fopen(path, "w");

	if (!f)
		return failed(path);
	html_failure(f, r, x, index);
	return done(f, path);
}

/* The campaign's page is one folder up, where the folders are its own. */
static const char *index_of(const struct cmdline *cl)
{
	return cl->html && cl->verb == CMD_RUN && cl->save && !strcmp(cl->save, cl->html) ?
		"../index.html" : NULL;
}

static bool folders(const struct cmdline *cl, const struct run_result *r)
{
	bool ok = true;
	unsigned int i;

	for (i = 0; i < r->nfailures; i++) {
		char *path;

		if (!r->failures[i].saved)
			continue;
		if (asprintf(&path, "%s/failure.html", r->failures[i].saved) < 0)
			abort();
		ok &= failure_page(path, r, &r->failures[i], index_of(cl));
		free(path);
	}
	return ok;
}

static bool campaign_page(const char *dir, const struct run_result *r, unsigned int n)
{
	char *path;
	FILE *f;
	bool ok;

	if (asprintf(&path, "%s/index.html", dir) < 0)
		abort();
	f = save_path(dir) ? fopen(path, "w") : NULL;
	if (f)
		html_campaign(f, r, n, dir);
	ok = f ? done(f, path) : failed(path);
	free(path);
	return ok;
}

bool pages_write(const struct cmdline *cl, const struct run_result *r, unsigned int n)
{
	bool ok = true;
	unsigned int i;

	for (i = 0; i < n; i++)
		ok &= folders(cl, &r[i]);
	if (!cl->html || !n)
		return ok;
	if (cl->verb == CMD_RUN)
		return campaign_page(cl->html, r, n) && ok;
	return failure_page(cl->html, r, r->nfailures ? r->failures : NULL, NULL) && ok;
}
