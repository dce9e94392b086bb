/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_SCENARIO_H
#define TEST_SCENARIO_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

/* Two devices in two groups, for tests that need something to point at. */
#define DEVICES \
	"setup {\n" \
	"\tg0 = iommu_group\n" \
	"\tg1 = iommu_group\n" \
	"\td0 = device \"0000:00:03.0\" group=g0 driver=sample\n" \
	"\td1 = device \"0000:00:04.0\" group=g1 driver=none override\n" \
	"}\n"

struct scenario *parse_ok(const char *text);
char *print_text(const struct scenario *scn);

TCase *parse_tests(void);
TCase *error_tests(void);
TCase *eval_tests(void);
TCase *print_tests(void);
TCase *fault_tests(void);
TCase *fuzz_tests(void);

#endif
