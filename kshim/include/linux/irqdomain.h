/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/irqdomain.h: no interrupt domain remaps messages here. */
#ifndef _LINUX_IRQDOMAIN_H
#define _LINUX_IRQDOMAIN_H

#include <linux/types.h>

static inline bool irq_domain_check_msi_remap(void)
{
	return false;
}

#endif
