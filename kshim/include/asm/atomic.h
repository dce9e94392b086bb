/* SPDX-License-Identifier: GPL-2.0-only */
/* Nothing here depends on the processor. */
#include <linux/atomic.h>
