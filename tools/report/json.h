/* SPDX-License-Identifier: GPL-2.0-only */
/* Results as JSON, for scripts and dashboards. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "result.h"

/**
 * json_results() - write an object with a "results" array
 * @f:		where to
 * @r:		runs
 * @n:		how many
 *
 * Values of outcomes are numbers, null where a step was not reached; an error
 * number has its name in "names" beside.
 *
 * Return: 0, or -1 without memory or when writing failed.
 */
int json_results(FILE *f, const struct run_result *r, unsigned int n);

#endif
