/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/of.h: there is no device tree. */
#ifndef _LINUX_OF_H
#define _LINUX_OF_H

#include <linux/errno.h>
#include <linux/mod_devicetable.h>
#include <linux/types.h>

struct device_node;
struct of_phandle_args;

#define of_match_ptr(ptr)	NULL

#endif
