// SPDX-License-Identifier: GPL-2.0-only
/* What a kernel tree is: its version and whether VFIO is in it. */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool kernel_series_syntax(const char *spec)
{
	size_t major = strspn(spec, "0123456789");
	size_t minor = spec[major] == '.' ? strspn(spec + major + 1, "0123456789") : 0;

	return major && minor && !spec[major + 1 + minor];
}

/* "VARIABLE = value" at the start of a line; the value may be empty */
static char *make_variable(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *p, *end;

	for (p = text; p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
		if (strncmp(p, name, len))
			continue;
		p += len;
		p += strspn(p, " \t");
		if (*p != '=')
			continue;
		p++;
		p += strspn(p, " \t");
		end = p + strcspn(p, "\n");
		while (end > p && isspace((unsigned char)end[-1]))
			end--;
		return str_printf("%.*s", (int)(end - p), p);
	}
	return NULL;
}

static unsigned int pack_version(unsigned long v, unsigned long p, unsigned long s)
{
	return (unsigned int)(v << 16 | p << 8 | (s < 255 ? s : 255));
}

static bool read_version(const char *makefile, struct kernel_tree *tree)
{
	char *text = file_read(makefile);
	char *v = text ? make_variable(text, "VERSION") : NULL;
	char *p = text ? make_variable(text, "PATCHLEVEL") : NULL;
	char *s = text ? make_variable(text, "SUBLEVEL") : NULL;
	char *extra = text ? make_variable(text, "EXTRAVERSION") : NULL;
	bool ok = v && p && s && isdigit((unsigned char)*v) && isdigit((unsigned char)*p) &&
		  isdigit((unsigned char)*s);

	if (ok) {
		tree->version = str_printf("%s.%s.%s%s", v, p, s, extra ? extra : "");
		tree->kver = pack_version(strtoul(v, NULL, 10), strtoul(p, NULL, 10),
					  strtoul(s, NULL, 10));
	}
	free(text);
	free(v);
	free(p);
	free(s);
	free(extra);
	return ok;
}

static bool has(const char *dir, const char *sub, bool (*test)(const char *))
{
	char *path = str_printf("%s/%s", dir, sub);
	bool yes = test(path);

	free(path);
	return yes;
}

int kernel_tree_read(const char *dir, const char *shown, struct kernel_tree *tree, char **err)
{
	char *makefile;
	bool ok;

	memset(tree, 0, sizeof(*tree));
	tree->dir = realpath(dir, NULL);
	if (!tree->dir) {
		*err = str_printf("%s: %s", shown, strerror(errno));
		return -1;
	}
	if (!path_is_dir(tree->dir)) {
		*err = str_printf("%s: not a directory", shown);
		goto fail;
	}
	if (!has(tree->dir, "drivers/vfio", path_is_dir)) {
		*err = str_printf("%s: no drivers/vfio: not a kernel tree with VFIO", shown);
		goto fail;
	}
	makefile = str_printf("%s/Makefile", tree->dir);
	ok = read_version(makefile, tree);
	free(makefile);
	if (!ok) {
		*err = str_printf("%s: no kernel version in its Makefile: not the top of a kernel tree",
				  shown);
		goto fail;
	}
	if (!has(tree->dir, "drivers/vfio/vfio.c", path_is_file) &&
	    !has(tree->dir, "drivers/vfio/vfio_main.c", path_is_file)) {
		*err = str_printf("%s: neither vfio.c nor vfio_main.c in drivers/vfio", shown);
		goto fail;
	}
	return 0;
fail:
	kernel_tree_close(tree);
	return -1;
}

void kernel_tree_close(struct kernel_tree *tree)
{
	free(tree->dir);
	free(tree->version);
	free(tree->pkg_version);
	free(tree->origin);
	memset(tree, 0, sizeof(*tree));
}

/* "5.10.262", "v5.10" and "linux-5.10" mean the series; say so */
static char *not_a_series(const char *spec)
{
	const char *p = spec + strcspn(spec, "0123456789");
	char *series = NULL, *all = str_dup(""), *longer, *err;
	unsigned int major, minor, i;

	if (sscanf(p, "%u.%u", &major, &minor) == 2)
		series = str_printf("%u.%u", major, minor);
	for (i = 0; kernel_series_name(i); i++) {
		longer = str_printf("%s%s%s", all, i ? ", " : "", kernel_series_name(i));
		free(all);
		all = longer;
	}
	err = str_printf("%s: neither a kernel series (%s) nor a directory%s%s%s", spec, all,
			 series ? "; did you mean '" : "", series ? series : "",
			 series ? "'?" : "");
	free(series);
	free(all);
	return err;
}

int kernel_tree_open(const char *spec, struct kernel_tree *tree, char **err)
{
	int found;

	*err = NULL;
	memset(tree, 0, sizeof(*tree));
	if (!kernel_series_syntax(spec)) {
		found = path_is_dir(spec) ? 0 : kernel_git_open(spec, tree, err);
		if (found)
			return found < 0 ? -1 : 0;
		if (!strchr(spec, '/') && !path_is_dir(spec)) {
			*err = not_a_series(spec);
			return -1;
		}
		return kernel_tree_read(spec, spec, tree, err);
	}
	found = kernel_cache_lookup(spec, tree, err);
	if (found)
		return found < 0 ? -1 : 0;
	found = kernel_tree_fetch(spec, err);
	if (found)
		return found;
	found = kernel_cache_lookup(spec, tree, err);
	if (!found)
		*err = str_printf("linux-source-%s was fetched but is not in the cache", spec);
	return found > 0 ? 0 : -1;
}

int kernel_tree_open_default(struct kernel_tree *tree, char **err)
{
	char *first;
	int status = kernel_tree_open(KERNEL_DEFAULT_SERIES, tree, &first);

	if (!status)
		return 0;
	if (status != KERNEL_NOT_OFFERED || proc_interrupted()) {
		*err = first;
		return status;
	}
	fprintf(stderr, "vfiosim: %s\nvfiosim: trying linux %s instead of %s\n", first,
		KERNEL_FALLBACK_SERIES, KERNEL_DEFAULT_SERIES);
	free(first);
	return kernel_tree_open(KERNEL_FALLBACK_SERIES, tree, err);
}
