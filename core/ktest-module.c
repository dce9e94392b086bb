// SPDX-License-Identifier: GPL-2.0-only
/* The struct module of the conformance tests. */
#include <linux/module.h>

KSHIM_DEFINE_MODULE(ktest);
