/* SPDX-License-Identifier: GPL-2.0-only */
/* Newer trees have the flags here: all of them are in gfp.h. */
#include <linux/gfp.h>
