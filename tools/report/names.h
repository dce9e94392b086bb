/* SPDX-License-Identifier: GPL-2.0-only */
/* Names for numbers that the kernel's users read as names. */
#ifndef REPORT_NAMES_H
#define REPORT_NAMES_H

#include <stddef.h>

/**
 * errno_name() - name of an error number
 * @err:	positive; the kernel's internal ones (512 on) too
 *
 * Return: "ENODEV", or NULL.
 */
const char *errno_name(long err);

/**
 * value_name() - a return value as text
 * @v:		-ENODEV and its like by name, others as they are
 * @buf:	used when there is no name
 * @len:	of @buf
 */
const char *value_name(long v, char *buf, size_t len);

/**
 * op_name() - what a point was about to do
 * @op:		enum kshim_op
 */
const char *op_name(unsigned int op);

#endif
