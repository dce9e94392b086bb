// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stamp of a cached tree: which package it came from, and the checksums
 * of the VFIO files, so that nobody explores an edited copy unknowingly. One
 * "key": "value" per line: JSON for others, line by line for us.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"
#include "sha256.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

static char *stamp_path(const char *dir)
{
	return str_printf("%s/" KERNEL_STAMP, dir);
}

int kernel_stamp_write(const char *dir, const char *series, const struct kernel_package *pkg,
		       char **err)
{
	char *path = stamp_path(dir), *pattern = str_printf("%s/drivers/vfio/*.c", dir), *text;
	size_t skip = strlen(dir) + 1, i;
	glob_t files = { 0 };
	int status = 0;

	text = str_printf("{\n\t\"series\": \"%s\",\n\t\"package\": \"%s\",\n"
			  "\t\"version\": \"%s\",\n\t\"deb_sha256\": \"%s\",\n\t\"deb_size\": \"%llu\"",
			  series, pkg->name, pkg->version, pkg->sha256, pkg->size);
	if (glob(pattern, 0, NULL, &files))
		files.gl_pathc = 0;
	for (i = 0; i < files.gl_pathc && !status; i++) {
		char hex[SHA256_HEX_LEN + 1], *longer;

		status = sha256_file(files.gl_pathv[i], hex);
		longer = str_printf("%s,\n\t\"%s\": \"%s\"", text, files.gl_pathv[i] + skip, hex);
		free(text);
		text = longer;
	}
	if (!status) {
		char *whole = str_printf("%s\n}\n", text);

		status = file_write(path, whole);
		free(whole);
	}
	if (status)
		*err = str_printf("%s: %s; " CACHE_ADVICE, path, strerror(-status));
	globfree(&files);
	free(pattern);
	free(path);
	free(text);
	return status ? -1 : 0;
}

/* Step through the stamp's pairs: "key": "value" */
static const char *next_pair(const char *p, char *key, size_t key_len, char *value,
			     size_t value_len)
{
	while (p && *p) {
		const char *eol = strchr(p, '\n');
		char k[512], v[512];

		if (sscanf(p, " \"%511[^\"]\": \"%511[^\"]\"", k, v) == 2) {
			snprintf(key, key_len, "%s", k);
			snprintf(value, value_len, "%s", v);
			return eol ? eol + 1 : p + strlen(p);
		}
		p = eol ? eol + 1 : NULL;
	}
	return NULL;
}

char *kernel_stamp_get(const char *dir, const char *want)
{
	char *path = stamp_path(dir), *text = file_read(path), *found = NULL;
	char key[512], value[512];
	const char *p = text;

	while (!found && (p = next_pair(p, key, sizeof(key), value, sizeof(value))))
		if (!strcmp(key, want))
			found = str_dup(value);
	free(text);
	free(path);
	return found;
}

bool kernel_stamp_intact(const char *dir, char **which)
{
	char *path = stamp_path(dir), *text = file_read(path);
	char key[512], value[512], hex[SHA256_HEX_LEN + 1];
	const char *p = text;
	bool intact = text;

	*which = NULL;
	while (intact && (p = next_pair(p, key, sizeof(key), value, sizeof(value)))) {
		char *file;

		if (!strchr(key, '/'))
			continue;
		file = str_printf("%s/%s", dir, key);
		if (sha256_file(file, hex) || strcmp(hex, value)) {
			*which = str_dup(key);
			intact = false;
		}
		free(file);
	}
	free(text);
	free(path);
	return intact;
}
