/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of outcomes, as litmus tools print it. */
#ifndef REPORT_OUTCOME_H
#define REPORT_OUTCOME_H

#include "result.h"

/**
 * outcome_print() - print the outcomes of a run, most frequent first
 * @f:		where to
 * @r:		columns and outcomes are read
 *
 * Columns whose value never differs are told once, above. Nothing is printed
 * for a run without outcomes.
 */
void outcome_print(FILE *f, const struct run_result *r);

#endif
