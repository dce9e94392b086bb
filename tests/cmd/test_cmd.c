// SPDX-License-Identifier: GPL-2.0-only
/* Tests of the command line and of the kernel sources; runs all of test_*.c. */
#include "test_cmd.h"

static char *dir;

const char *test_dir(void)
{
	if (!dir) {
		const char *base = getenv("TMPDIR");

		dir = str_printf("%s/vfiosim-test-XXXXXX", base && *base ? base : "/tmp");
		ck_assert_ptr_nonnull(mkdtemp(dir));
	}
	return dir;
}

void test_dir_remove(void)
{
	if (dir)
		dir_remove(dir);
	free(dir);
	dir = NULL;
}

char *at(const char *path)
{
	return str_printf("%s/%s", test_dir(), path);
}

void put(const char *path, const char *text)
{
	char *full = at(path), *slash = strrchr(full, '/');

	*slash = '\0';
	ck_assert_int_eq(dir_make(full), 0);
	*slash = '/';
	ck_assert_int_eq(file_write(full, text), 0);
	free(full);
}

int main(void)
{
	Suite *suite = suite_create("cmd");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, cmdline_tests());
	suite_add_tcase(suite, kernels_tests());
	suite_add_tcase(suite, apt_sources_tests());
	suite_add_tcase(suite, coverage_tests());
	suite_add_tcase(suite, patch_tests());
	suite_add_tcase(suite, trees_tests());
	suite_add_tcase(suite, compare_tests());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
