// SPDX-License-Identifier: GPL-2.0-only
/* Runs the tests of tools/report. */
#include <stdlib.h>

#include "symbol.h"
#include "test_report.h"

int main(void)
{
	Suite *s = suite_create("report");
	SRunner *sr;
	int failed;

	sym_set_srcdir(TEST_SRCDIR);
	suite_add_tcase(s, symbol_case());
	suite_add_tcase(s, trace_case());
	suite_add_tcase(s, kasan_case());
	suite_add_tcase(s, locks_case());
	suite_add_tcase(s, ktap_case());
	suite_add_tcase(s, junit_case());
	suite_add_tcase(s, outcome_case());
	suite_add_tcase(s, html_case());
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
