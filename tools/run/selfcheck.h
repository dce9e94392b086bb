/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RUN_SELFCHECK_H
#define RUN_SELFCHECK_H

#include "cmd/cmdline.h"

/**
 * selfcheck() - are planted mistakes found, and does a schedule repeat?
 * @cl:		engine and the like
 *
 * In a process of its own. Return: NULL, or what is wrong (malloc()ed): then
 * nothing that this program calls clean is to be believed.
 */
char *selfcheck(const struct cmdline *cl);

#endif
