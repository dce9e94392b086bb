// SPDX-License-Identifier: GPL-2.0-only
/* Tests of the scenario language; runs all of test_*.c. */
#include "test_scenario.h"

/* Parse text that is right; the messages are the failure's text if it is not. */
struct scenario *parse_ok(const char *text)
{
	char *messages = NULL;
	size_t size;
	FILE *err = open_memstream(&messages, &size);
	struct scenario *scn = scn_parse(text, strlen(text), "dir/test.scn", err);

	fclose(err);
	ck_assert_msg(scn != NULL, "does not parse:\n%s", messages);
	ck_assert_str_eq(messages, "");
	free(messages);
	return scn;
}

/* A scenario printed into memory. */
char *print_text(const struct scenario *scn)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	scn_print(f, scn);
	fclose(f);
	return text;
}

int main(void)
{
	Suite *suite = suite_create("scenario");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, parse_tests());
	suite_add_tcase(suite, error_tests());
	suite_add_tcase(suite, eval_tests());
	suite_add_tcase(suite, print_tests());
	suite_add_tcase(suite, fault_tests());
	suite_add_tcase(suite, fuzz_tests());
	runner = srunner_create(suite);
	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
