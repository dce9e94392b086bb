/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KTAP_CHECK_H
#define KTAP_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/**
 * ktap_check() - is this KTAP version 1, as strict as it can be read?
 * @text:	a whole file
 * @why:	gets the line and what is wrong with it
 * @len:	room there
 */
bool ktap_check(const char *text, char *why, size_t len);

#endif
