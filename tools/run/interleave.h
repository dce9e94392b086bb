/* SPDX-License-Identifier: GPL-2.0-only */
/* Coverage of interleavings: what search/orders.c has seen, by source line. */
#ifndef RUN_INTERLEAVE_H
#define RUN_INTERLEAVE_H

#include "report/result.h"

void interleave_result(struct run_result *r);

#endif
