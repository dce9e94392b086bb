// SPDX-License-Identifier: GPL-2.0-only
/* Trees, stamps and the cache; nothing is fetched here. */
#include "test_cmd.h"
#include "kernels/sha256.h"

#define CACHED "cache/vfiosim/kernels/5.10/"

static const struct kernel_package package = {
	.name = "linux-source-5.10", .version = "5.10.9-1", .sha256 = "00", .size = 1,
};

static void setup(void)
{
	char *cache = at("cache");

	setenv("XDG_CACHE_HOME", cache, 1);
	free(cache);
}

static void make_tree(const char *dir, const char *makefile)
{
	char *file = str_printf("%s/Makefile", dir);

	put(file, makefile);
	free(file);
	file = str_printf("%s/drivers/vfio/vfio.c", dir);
	put(file, "int x;\n");
	free(file);
}

static void expect_error(const char *spec, const char *message)
{
	struct kernel_tree tree;
	char *err = NULL;

	ck_assert_int_eq(kernel_tree_open(spec, &tree, &err), -1);
	ck_assert_msg(strstr(err, message) != NULL, "%s: %s", spec, err);
	ck_assert_ptr_null(strchr(err, '\n'));
	free(err);
}

START_TEST(versions)
{
	struct kernel_tree tree;
	char *dir = at("t"), *err;

	make_tree("t", "# SPDX\nVERSION = 7\nPATCHLEVEL = 2\nSUBLEVEL = 0\nEXTRAVERSION = -rc3\nNAME = x\n");
	ck_assert_int_eq(kernel_tree_open(dir, &tree, &err), 0);
	ck_assert_str_eq(tree.version, "7.2.0-rc3");
	ck_assert_uint_eq(tree.kver, 0x070200);
	ck_assert_ptr_null(tree.pkg_version);
	kernel_tree_close(&tree);

	make_tree("t", "VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 262\nEXTRAVERSION =\n");
	ck_assert_int_eq(kernel_tree_open(dir, &tree, &err), 0);
	ck_assert_str_eq(tree.version, "5.10.262");
	ck_assert_uint_eq(tree.kver, 0x050aff);
	kernel_tree_close(&tree);
	free(dir);
}
END_TEST

START_TEST(not_a_tree)
{
	char *dir = at("t"), *drivers = at("u"), *file = at("f");

	make_tree("t", "all:\n");
	expect_error(dir, "no kernel version in its Makefile");
	put("u/Makefile", "VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 1\n");
	expect_error(drivers, "no drivers/vfio: not a kernel tree with VFIO");
	put("u/drivers/vfio/Kconfig", "");
	expect_error(drivers, "neither vfio.c nor vfio_main.c");
	put("f", "");
	expect_error(file, "not a directory");
	expect_error("/nonexistent/tree", "No such file");
	expect_error("latest", "neither a kernel series");
	free(dir);
	free(drivers);
	free(file);
}
END_TEST

START_TEST(cache)
{
	char *dir = at(CACHED "linux-5.10.9-1"), *newer = at(CACHED "linux-5.10.10-1"), *err = NULL;
	struct kernel_package second = package;
	struct kernel_tree tree;

	ck_assert_int_eq(kernel_cache_lookup("5.10", &tree, &err), 0);
	/* complete but for the stamp: as if it were not there */
	make_tree(CACHED "linux-5.10.9-1", "VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 9\n");
	ck_assert_int_eq(kernel_cache_lookup("5.10", &tree, &err), 0);
	ck_assert_int_eq(kernel_stamp_write(dir, "5.10", &package, &err), 0);
	ck_assert_int_eq(kernel_cache_lookup("5.10", &tree, &err), 1);
	ck_assert_str_eq(tree.version, "5.10.9");
	ck_assert_str_eq(tree.pkg_version, "5.10.9-1");
	kernel_tree_close(&tree);

	make_tree(CACHED "linux-5.10.10-1", "VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 10\n");
	second.version = "5.10.10-1";
	ck_assert_int_eq(kernel_stamp_write(newer, "5.10", &second, &err), 0);
	ck_assert_int_eq(kernel_cache_lookup("5.10", &tree, &err), 1);
	ck_assert_str_eq(tree.pkg_version, "5.10.10-1");
	kernel_tree_close(&tree);

	put(CACHED "linux-5.10.10-1/drivers/vfio/vfio.c", "int y;\n");
	ck_assert_int_eq(kernel_cache_lookup("5.10", &tree, &err), -1);
	ck_assert_ptr_nonnull(strstr(err, "drivers/vfio/vfio.c was changed"));
	free(err);
	free(dir);
	free(newer);
}
END_TEST

START_TEST(sums)
{
	static const struct { const char *text, *sum; } known[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	char hex[SHA256_HEX_LEN + 1], *path = at("f");
	size_t i;

	for (i = 0; i < 3; i++) {
		put("f", known[i].text);
		ck_assert_int_eq(sha256_file(path, hex), 0);
		ck_assert_str_eq(hex, known[i].sum);
	}
	ck_assert_int_lt(sha256_file("/nonexistent", hex), 0);
	free(path);
}
END_TEST

/* A pipeline tells each status, and what was said comes back whole */
START_TEST(pipeline)
{
	static const char *const a[] = { "sh", "-c", "echo x; echo one >&2; exit 3", NULL };
	static const char *const b[] = { "sh", "-c", "read l; echo two >&2; test \"$l\" = x", NULL };
	static const char *const c[] = { "no-such-command-here", NULL };
	const char *const *const stages[] = { a, b, c };
	int status[3] = { -1, -1, -1 };
	char *said;

	ck_assert_int_eq(proc_pipeline(stages, 3, &said, status), 0);
	ck_assert_int_eq(status[0], 3);
	ck_assert_int_eq(status[1], 0);
	ck_assert_int_eq(status[2], 127);
	ck_assert_ptr_nonnull(strstr(said, "one\n"));
	ck_assert_ptr_nonnull(strstr(said, "two\n"));
	ck_assert_ptr_nonnull(strstr(said, "no-such-command-here"));
	free(said);
}
END_TEST

TCase *kernels_tests(void)
{
	TCase *tc = tcase_create("kernels");

	tcase_add_checked_fixture(tc, setup, test_dir_remove);
	tcase_add_test(tc, versions);
	tcase_add_test(tc, not_a_tree);
	tcase_add_test(tc, cache);
	tcase_add_test(tc, sums);
	tcase_add_test(tc, pipeline);
	return tc;
}
