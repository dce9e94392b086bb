/* SPDX-License-Identifier: GPL-2.0-only */
/* JUnit XML, which continuous integration systems show: a suite per kernel, a case per scenario. */
#ifndef REPORT_JUNIT_H
#define REPORT_JUNIT_H

#include "result.h"

/**
 * junit_results() - a whole file
 * @f:		where to
 * @r:		results; those of one kernel stand together
 * @n:		how many
 *
 * A failure's text is what "vfiosim run" prints of it, with the line that replays it.
 * A known bug is no failure; its report is the case's output.
 *
 * Return: 0, or -1 with errno when it could not be written.
 */
int junit_results(FILE *f, const struct run_result *r, unsigned int n);

#endif
