// SPDX-License-Identifier: GPL-2.0-only
/* Scratch copies of trees: from directories, revisions and patches. */
#include "test_cmd.h"
#include "kernels/needed.h"

#include <sys/stat.h>

#define VERSION		"VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 9\n"
#define PATCH(from, to)	"--- a/drivers/vfio/vfio.c\n+++ b/drivers/vfio/vfio.c\n@@ -1 +1 @@\n" \
			"-int " from ";\n+int " to ";\n"

static void setup(void)
{
	char *cache = at("cache"), *src = at("src");

	setenv("XDG_CACHE_HOME", cache, 1);
	setenv("VFIOSIM_SRC", src, 1);
	free(cache);
	free(src);
	put("src/core/CMakeLists.txt", "");
	put("src/core/tree-parts.list", "# all\nMakefile\ndrivers/vfio\ninclude/uapi\n");
	put("src/core/tree-headers.list", "linux/err.h\nlinux/newer.h\n");
	put("src/core/tree-lib.list", "lib/idr.c\n");
	put("t/Makefile", VERSION);
	put("t/drivers/vfio/vfio.c", "int x;\n");
	put("t/drivers/vfio/vfio.o", "object");
	put("t/drivers/vfio/vfio.mod.c", "generated");
	put("t/drivers/vfio/pci/a.c", "a");
	put("t/include/linux/err.h", "err");
	put("t/include/linux/slab.h", "slab");
	put("t/include/uapi/linux/vfio.h", "uapi");
	put("t/lib/idr.c", "idr");
	put("t/lib/other.c", "other");
}

static char *join(const struct paths *l)
{
	char *all = str_dup(""), *more;
	size_t i;

	for (i = 0; i < l->n; i++) {
		more = str_printf("%s %s", all, l->p[i]);
		free(all);
		all = more;
	}
	return all;
}

START_TEST(needed)
{
	char *root = at("t"), *copy = at("copy"), *all, *err = NULL, *changed = at("copy/lib/idr.c");
	struct paths list, files;
	struct stat before, after;

	ck_assert_int_eq(needed_load(&list, &err), 0);
	ck_assert(needed_has(&list, "drivers/vfio/x.h"));
	ck_assert(needed_has(&list, "include/linux/newer.h"));
	ck_assert(!needed_has(&list, "drivers/vfio2.c"));
	ck_assert(!needed_has(&list, "include/linux/slab.h"));
	needed_files(&list, root, &files);
	all = join(&files);
	ck_assert_str_eq(all, " Makefile drivers/vfio/pci/a.c drivers/vfio/vfio.c include/linux/err.h include/uapi/linux/vfio.h lib/idr.c");
	free(all);

	/* what is equal is not written again; what is gone, goes */
	ck_assert_int_eq(files_sync(root, copy, &files, &err), 6);
	ck_assert_int_eq(stat(changed, &before), 0);
	put("copy/drivers/vfio/gone.h", "x");
	put("t/drivers/vfio/vfio.c", "int y;\n");
	ck_assert_int_eq(files_sync(root, copy, &files, &err), 2);
	ck_assert_int_eq(stat(changed, &after), 0);
	ck_assert(!memcmp(&before.st_mtim, &after.st_mtim, sizeof(before.st_mtim)));
	ck_assert_int_eq(files_sync(root, copy, &files, &err), 0);
	paths_free(&files);
	paths_free(&list);
	free(root);
	free(copy);
	free(changed);
}
END_TEST

static void open_tree(const char *spec, struct kernel_tree *tree)
{
	char *err = NULL;

	ck_assert_msg(!kernel_tree_open(spec, tree, &err), "%s", err);
}

static char *contents(const struct kernel_tree *tree, const char *file)
{
	char *path = str_printf("%s/%s", tree->dir, file), *text = file_read(path);

	free(path);
	return text ? text : str_dup("nothing");
}

START_TEST(patched)
{
	char *root = at("t"), *patch = at("p"), *outside = at("outside"), *wrong = at("wrong");
	char *err = NULL, *text, *headers;
	const char *files[] = { patch };
	struct kernel_tree tree, again;

	put("p", PATCH("x", "z"));
	put("outside", "--- a/kernel/fork.c\n+++ b/kernel/fork.c\n@@ -1 +1 @@\n-a\n+b\n");
	put("wrong", PATCH("y", "z"));
	open_tree(root, &tree);
	ck_assert_int_eq(kernel_tree_patch(&tree, files, 1, &err), 0);
	ck_assert_str_ne(tree.dir, root);
	ck_assert(!strncmp(tree.version, "5.10.9-p", 8));
	ck_assert_uint_eq(tree.kver, 0x050a09);
	text = contents(&tree, "drivers/vfio/vfio.c");
	ck_assert_str_eq(text, "int z;\n");
	free(text);
	text = contents(&tree, "include/linux/slab.h");
	ck_assert_str_eq(text, "nothing");
	free(text);
	headers = kernel_tree_headers(&tree);
	ck_assert_str_eq(headers, root);
	free(headers);

	/* the same again is the same; found by its version; another content is another */
	open_tree(root, &again);
	ck_assert_int_eq(kernel_tree_patch(&again, files, 1, &err), 0);
	ck_assert_str_eq(tree.dir, again.dir);
	kernel_tree_close(&again);
	ck_assert_int_eq(kernel_scratch_find(tree.version, &again), 1);
	ck_assert_str_eq(tree.dir, again.dir);
	ck_assert_str_eq(tree.version, again.version);
	kernel_tree_close(&again);
	ck_assert_int_eq(kernel_scratch_find("5.10.9-p0123456789ab", &again), -1);
	ck_assert_int_eq(kernel_scratch_find("5.10.9-rc3", &again), 0);
	put("t/lib/idr.c", "other idr");
	open_tree(root, &again);
	ck_assert_int_eq(kernel_tree_patch(&again, files, 1, &err), 0);
	ck_assert_str_ne(tree.dir, again.dir);
	kernel_tree_close(&again);
	kernel_tree_close(&tree);

	files[0] = outside;
	open_tree(root, &tree);
	ck_assert_int_eq(kernel_tree_patch(&tree, files, 1, &err), 0);
	ck_assert_str_eq(tree.dir, root);
	files[0] = wrong;
	ck_assert_int_eq(kernel_tree_patch(&tree, files, 1, &err), KERNEL_PATCH_FAILED);
	ck_assert_ptr_nonnull(strstr(err, "drivers/vfio/vfio.c: hunk 1 of 1"));
	free(err);
	ck_assert_int_eq(kernel_tree_freeze(&tree, &err), 0);
	ck_assert(!strncmp(tree.version, "5.10.9-t", 8));
	kernel_tree_close(&tree);
	free(root);
	free(patch);
	free(outside);
	free(wrong);
}
END_TEST

static void git(const char *args)
{
	char *command = str_printf("cd '%s/t' && git -c user.name=x -c user.email=x@y -c init.defaultBranch=main %s >/dev/null 2>&1",
				   test_dir(), args);

	ck_assert_int_eq(system(command), 0);
	free(command);
}

START_TEST(revision)
{
	char *spec = at("t@main^{/first}"), *nowhere = at("t@nowhere"), *no_git = at("src@main");
	char *err = NULL, *text, *headers, *patch = at("p");
	const char *files[] = { patch };
	struct kernel_tree tree, patched;

	if (!proc_exists("git"))
		return;
	git("init");
	git("add -f .");
	git("commit -m first");
	put("t/drivers/vfio/vfio.c", "int second;\n");
	git("commit -a -m second");
	put("t/drivers/vfio/vfio.c", "int uncommitted;\n");
	open_tree(spec, &tree);
	ck_assert(!strncmp(tree.version, "5.10.9-g", 8));
	text = contents(&tree, "drivers/vfio/vfio.c");
	ck_assert_str_eq(text, "int x;\n");
	free(text);
	text = contents(&tree, "lib/other.c");
	ck_assert_str_eq(text, "nothing");
	free(text);
	headers = kernel_tree_headers(&tree);
	text = str_printf("%s/include/linux/slab.h", headers);
	ck_assert(path_is_file(text));
	free(text);
	free(headers);
	put("p", PATCH("x", "z"));
	open_tree(spec, &patched);
	ck_assert_int_eq(kernel_tree_patch(&patched, files, 1, &err), 0);
	ck_assert(!strncmp(patched.version, tree.version, strlen(tree.version)));
	ck_assert_ptr_nonnull(strstr(patched.version, "-p"));
	kernel_tree_close(&patched);
	kernel_tree_close(&tree);
	ck_assert_int_eq(kernel_tree_open(nowhere, &tree, &err), -1);
	ck_assert_ptr_nonnull(strstr(err, "no revision 'nowhere'"));
	free(err);
	ck_assert_int_eq(kernel_tree_open(no_git, &tree, &err), -1);
	ck_assert_ptr_nonnull(strstr(err, "not a git repository"));
	free(err);
	setenv("PATH", "/nonexistent", 1);
	ck_assert_int_eq(kernel_tree_open(spec, &tree, &err), -1);
	ck_assert_ptr_nonnull(strstr(err, "there is no git"));
	free(err);
	free(patch);
	free(spec);
	free(nowhere);
	free(no_git);
}
END_TEST

TCase *trees_tests(void)
{
	TCase *tc = tcase_create("trees");

	tcase_add_checked_fixture(tc, setup, test_dir_remove);
	tcase_add_test(tc, needed);
	tcase_add_test(tc, patched);
	tcase_add_test(tc, revision);
	return tc;
}
