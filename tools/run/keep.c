// SPDX-License-Identifier: GPL-2.0-only
/*
 * The result cache. A file's name is the sum of all that a result depends on:
 * the program (kernel, shim, drivers, search), the scenario and the options.
 * In it are the version of the kernel, which is in every token; the sums of what
 * reports are written with; the result, as wire.c writes it, since the program
 * that reads it is the same; and a sum of all this, so that a file that was
 * damaged is no result.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"
#include "keep.h"

#define MAGIC		"vfiosim result 1\n"
#define MAX_BYTES	(64L << 20)
#define MAX_FILES	4096

/* How much of the sums of @program a result depends on, besides the code */
enum depends { ON_CODE, ON_LINES, ON_SOURCES };

static struct codesum program;
static bool stored;

/* $VFIOSIM_RESULTS; NULL: nothing is kept */
static const char *directory(void)
{
	static const char *dir;
	static bool asked;

	if (!asked) {
		asked = true;
		dir = getenv("VFIOSIM_RESULTS");
		if (dir && (!*dir || codesum_program(&program)))
			dir = NULL;
		if (dir && mkdir(dir, 0777) && errno != EEXIST)
			dir = NULL;
	}
	return dir;
}

/* Of times and of threads that really run the next result is another */
static bool repeatable(const struct cmdline *cl)
{
	return cl->verb == CMD_RUN && !cl->steps && !cl->fail_sweep && !cl->budget_seconds &&
	       cl->engine != CMD_ENGINE_PARALLEL && !hash_wanted();
}

/* A folder is wanted anew: what is in it is not in the result */
static bool has_folders(const struct cmdline *cl, const struct run_result *r)
{
	return cl->save && r->nfailures;
}

/* File of a result, allocated; NULL when it is not to be kept */
static char *file_of(const char *path, const struct cmdline *cl)
{
	char hex[SHA256_HEX_LEN + 1], scenario[SHA256_HEX_LEN + 1], *options = NULL, *file = NULL;
	const char *dir = repeatable(cl) ? directory() : NULL;
	struct sha256 sum;
	size_t size;
	FILE *f;

	if (!dir || sha256_file(path, scenario))
		return NULL;
	f = open_memstream(&options, &size);
	if (!f)
		return NULL;
	/* a scenario's name is in its tokens */
	fprintf(f, "%s\n%s\n%s\n%u\n", program.code, scenario, path, run_kver);
	cmdline_settings(f, cl);
	fclose(f);
	sha256_init(&sum);
	sha256_update(&sum, options, size);
	sha256_final(&sum, hex);
	free(options);
	if (asprintf(&file, "%s/%s", dir, hex) < 0)
		return NULL;
	return file;
}

/* What of the source is in its texts: lines in traces, places in lists of races */
static enum depends depends(const struct run_result *r, const struct cmdline *cl)
{
	if (r->nfailures || (r->status != RUN_PASS && r->status != RUN_SKIP))
		return ON_SOURCES;
	return r->nraces || cl->race_suppressions ? ON_LINES : ON_CODE;
}

static bool same_texts(enum depends d, const struct codesum *kept)
{
	return (d < ON_LINES || !strcmp(kept->lines, program.lines)) &&
	       (d < ON_SOURCES || !strcmp(kept->sources, program.sources));
}

/* The next line of a file's head: 1 and *at behind it, or 0 */
static int take_line(const char **at, char *line, size_t len)
{
	size_t n = strcspn(*at, "\n");

	if ((*at)[n] != '\n' || n >= len)
		return 0;
	snprintf(line, len, "%.*s", (int)n, *at);
	*at += n + 1;
	return 1;
}

/* Is the file whole? Leaves @fd behind its head */
static bool check(int fd, char *version, size_t len, struct codesum *kept)
{
	char head[512], hex[SHA256_HEX_LEN + 1], *whole;
	const char *at = head + strlen(MAGIC);
	struct sha256 sum;
	struct stat st;
	bool ok;

	if (fstat(fd, &st) || st.st_size < SHA256_HEX_LEN || st.st_size > MAX_BYTES)
		return false;
	whole = malloc((size_t)st.st_size);
	ok = whole && pread(fd, whole, (size_t)st.st_size, 0) == st.st_size;
	if (ok) {
		sha256_init(&sum);
		sha256_update(&sum, whole, (size_t)st.st_size - SHA256_HEX_LEN);
		sha256_final(&sum, hex);
		ok = !memcmp(hex, whole + st.st_size - SHA256_HEX_LEN, SHA256_HEX_LEN);
		snprintf(head, sizeof(head), "%.*s", (int)sizeof(head) - 1, whole);
	}
	free(whole);
	return ok && !strncmp(head, MAGIC, strlen(MAGIC)) && take_line(&at, version, len) &&
	       take_line(&at, kept->lines, sizeof(kept->lines)) &&
	       take_line(&at, kept->sources, sizeof(kept->sources)) &&
	       lseek(fd, at - head, SEEK_SET) > 0;
}

bool keep_load(const struct scenario *scn, const char *path, const struct cmdline *cl,
	       struct run_result *r)
{
	char *file = file_of(path, cl), version[256];
	int fd = file ? open(file, O_RDONLY) : -1;
	struct codesum kept;
	bool found = fd >= 0 && check(fd, version, sizeof(version), &kept);

	if (found) {
		/* the same code may be another commit's */
		wire_rename(version, run_kversion);
		found = wire_receive(fd, r) && !strcmp(r->scenario, scn->name) &&
			same_texts(depends(r, cl), &kept) && !has_folders(cl, r);
		wire_rename(NULL, NULL);
	}
	if (found) {
		r->cached = true;
		futimens(fd, NULL);
	} else {
		memset(r, 0, sizeof(*r));
	}
	if (fd >= 0)
		close(fd);
	free(file);
	return found;
}

static bool worth_keeping(const struct run_result *r)
{
	return r->status != RUN_ERROR && !run_interrupted &&
	       !(r->reason && !strncmp(r->reason, "interrupted", strlen("interrupted")));
}

void keep_store(const char *path, const struct cmdline *cl, const struct run_result *r)
{
	char *file = worth_keeping(r) && !has_folders(cl, r) ? file_of(path, cl) : NULL, *part = NULL;
	char hex[SHA256_HEX_LEN + 1];
	bool ok = false;
	int fd;

	if (!file || asprintf(&part, "%s.XXXXXX", file) < 0) {
		free(file);
		return;
	}
	fd = mkstemp(part);
	if (fd >= 0) {
		ok = dprintf(fd, MAGIC "%s\n%s\n%s\n", run_kversion, program.lines,
			     program.sources) > 0 && !wire_send(fd, r) &&
		     !sha256_file(part, hex) && write(fd, hex, SHA256_HEX_LEN) == SHA256_HEX_LEN;
		ok &= !close(fd);
		ok = ok && !rename(part, file);
		if (!ok)
			unlink(part);
	}
	stored |= ok;
	free(part);
	free(file);
}

struct kept {
	char name[SHA256_HEX_LEN + 16];
	time_t used;
	off_t size;
};

static int by_use(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return (x->used < y->used) - (x->used > y->used);
}

void keep_clean(void)
{
	DIR *d = stored ? opendir(directory()) : NULL;
	struct kept *k = NULL;
	const struct dirent *e;
	size_t n = 0, i;
	struct stat st;
	off_t bytes = 0;

	while (d && (e = readdir(d))) {
		if (strlen(e->d_name) < SHA256_HEX_LEN ||
		    strlen(e->d_name) >= sizeof(k->name) || fstatat(dirfd(d), e->d_name, &st, 0))
			continue;
		if (!(n & (n - 1)))
			k = realloc(k, (n ? 2 * n : 1) * sizeof(*k));
		if (!k)
			abort();
		snprintf(k[n].name, sizeof(k->name), "%s", e->d_name);
		k[n].used = st.st_mtime;
		k[n++].size = st.st_size;
	}
	if (n)
		qsort(k, n, sizeof(*k), by_use);
	for (i = 0; i < n; i++) {
		bytes += k[i].size;
		if (bytes > MAX_BYTES || i >= MAX_FILES)
			unlinkat(dirfd(d), k[i].name, 0);
	}
	free(k);
	if (d)
		closedir(d);
}
