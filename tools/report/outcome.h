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

/* What the table shows of a value; @buf may be used. */
const char *outcome_cell(long v, char *buf, size_t len);
/* "98.9%", never rounded to none or all. */
const char *outcome_percent(unsigned long count, unsigned long total, char *buf, size_t len);
/* Is the value of a column the same in all outcomes? */
bool outcome_constant(const struct run_result *r, unsigned int column);
/* Outcomes, most frequent first; allocated, NULL without memory. */
const struct run_outcome **outcome_sorted(const struct run_result *r);

#endif
