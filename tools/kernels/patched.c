// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scratch copies of what a directory holds now, with patches or without. Their
 * names are sums of contents: the same files and patches make the same copy.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"
#include "needed.h"
#include "patch.h"
#include "sha256.h"

#include <stdlib.h>
#include <string.h>

#define NAME_DIGITS	12

/* What a change is about, in the tree */
static const char *subject(const char *root, const struct patch_change *c)
{
	const char *path = c->to ? c->to : c->from;

	return path ? patch_path(root, path) : NULL;
}

static bool concerns(const struct paths *needed, const char *root, const struct patch_change *c)
{
	const char *to = c->to ? patch_path(root, c->to) : NULL;
	const char *from = c->from ? patch_path(root, c->from) : NULL;

	return (to && needed_has(needed, to)) || (from && needed_has(needed, from));
}

static void sum_change(struct sha256 *sum, const struct patch_change *c)
{
	size_t h, l;

	sha256_update(sum, c->from ? c->from : "", c->from ? strlen(c->from) + 1 : 1);
	sha256_update(sum, c->to ? c->to : "", c->to ? strlen(c->to) + 1 : 1);
	for (h = 0; h < c->n; h++) {
		sha256_update(sum, &c->hunks[h].old, sizeof(c->hunks[h].old));
		for (l = 0; l < c->hunks[h].n; l++) {
			sha256_update(sum, &c->hunks[h].lines[l].op, 1);
			sha256_update(sum, c->hunks[h].lines[l].text, c->hunks[h].lines[l].len);
			sha256_update(sum, "\n", 1 + c->hunks[h].lines[l].open);
		}
	}
}

/* Say once what has no effect. Return: how many changes have one */
static size_t sort_out(const struct paths *needed, const char *root, const struct patch_set *set)
{
	const char *path, *first = NULL;
	size_t i, used = 0, unused = 0;

	for (i = 0; i < set->n; i++) {
		if (concerns(needed, root, &set->c[i])) {
			used++;
			continue;
		}
		path = subject(root, &set->c[i]);
		if (!unused++)
			first = path ? path : "?";
	}
	if (unused == 1)
		fprintf(stderr, "vfiosim: note: the patch's change to %s is left out: it is not among the files that are built\n",
			first);
	else if (unused)
		fprintf(stderr, "vfiosim: note: changes to %s and %zu more are left out: they are not among the files that are built\n",
			first, unused - 1);
	return used;
}

static int apply_all(const struct paths *needed, const char *dir, const struct patch_set *set,
		     char **err)
{
	size_t i;

	for (i = 0; i < set->n; i++)
		if (concerns(needed, dir, &set->c[i]) && patch_apply(dir, &set->c[i], err))
			return KERNEL_PATCH_FAILED;
	return 0;
}

/* A copy of @tree's files with what @set makes of them; @kind is the letter of its name */
static int make_copy(struct kernel_tree *tree, char kind, const struct paths *needed,
		     const struct patch_set *set, const char *origin, char **err)
{
	char content[SHA256_HEX_LEN + 1], hex[SHA256_HEX_LEN + 1], *base, *commit, *name = NULL;
	const char *before = tree->origin ? strrchr(tree->dir, '/') + 1 : NULL;
	struct kernel_tree made = { 0 };
	struct paths files;
	struct sha256 sum;
	struct scratch s;
	size_t i;
	int status;

	needed_files(needed, tree->dir, &files);
	status = before ? 0 : files_sum(tree->dir, &files, content);
	if (status) {
		*err = str_printf("%s: %s", tree->dir, strerror(-status));
		paths_free(&files);
		return -1;
	}
	sha256_init(&sum);
	sha256_update(&sum, before ? before : content, strlen(before ? before : content));
	for (i = 0; set && i < set->n; i++)
		if (concerns(needed, tree->dir, &set->c[i]))
			sum_change(&sum, &set->c[i]);
	sha256_final(&sum, hex);
	name = str_printf("%s%s%c%.*s", before ? before : "", before ? "-" : "", kind, NAME_DIGITS,
			  hex);
	status = scratch_begin(&s, name, origin, err);
	if (!status) {
		base = before ? kernel_stamp_get(tree->dir, "base") : NULL;
		commit = before ? kernel_stamp_get(tree->dir, "commit") : NULL;
		scratch_note(&s, "base", base ? base : tree->dir);
		if (commit)
			scratch_note(&s, "commit", commit);
		free(base);
		free(commit);
		if (files_sync(tree->dir, s.dir, &files, err) < 0)
			status = -1;
		else if (set)
			status = apply_all(needed, s.dir, set, err);
	}
	if (status >= 0) {
		status = scratch_end(&s, &made, err);
		if (!status) {
			kernel_tree_close(tree);
			*tree = made;
		}
	} else if (s.name) {
		scratch_drop(&s);
	}
	paths_free(&files);
	free(name);
	return status;
}

int kernel_tree_patch(struct kernel_tree *tree, const char *const *patches, int n, char **err)
{
	struct patch_set set = { 0 };
	struct paths needed;
	char *origin, *more;
	int status = needed_load(&needed, err), i;

	if (status)
		return status;
	origin = str_dup(tree->origin ? tree->origin : tree->dir);
	for (i = 0; i < n && !status; i++) {
		status = patch_read(&set, patches[i], err);
		more = str_printf("%s + %s", origin, patches[i]);
		free(origin);
		origin = more;
	}
	if (!status && sort_out(&needed, tree->dir, &set))
		status = make_copy(tree, 'p', &needed, &set, origin, err);
	patch_free(&set);
	paths_free(&needed);
	free(origin);
	return status;
}

int kernel_tree_freeze(struct kernel_tree *tree, char **err)
{
	struct paths needed;
	char *origin;
	int status = 0;

	if (tree->origin)
		return 0;
	status = needed_load(&needed, err);
	if (status)
		return status;
	origin = str_dup(tree->dir);
	status = make_copy(tree, 't', &needed, NULL, origin, err);
	paths_free(&needed);
	free(origin);
	return status;
}
