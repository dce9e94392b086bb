/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_CMD_H
#define TEST_CMD_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/kernels_internal.h"

/* A directory of the running test; removed by test_dir_remove(). */
const char *test_dir(void);
void test_dir_remove(void);

/* Write a file below test_dir(), with its directories. */
void put(const char *path, const char *text);
/* test_dir()/PATH, allocated. */
char *at(const char *path);

TCase *cmdline_tests(void);
TCase *kernels_tests(void);
TCase *apt_sources_tests(void);
TCase *coverage_tests(void);
TCase *patch_tests(void);
TCase *trees_tests(void);
TCase *compare_tests(void);

#endif
