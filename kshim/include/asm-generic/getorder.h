/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors asm-generic/getorder.h. */
#ifndef __ASM_GENERIC_GETORDER_H
#define __ASM_GENERIC_GETORDER_H

/* The smallest order whose 2^order pages hold @size bytes; @size is not 0. */
static inline int get_order(unsigned long size)
{
	unsigned long pages = (size - 1) >> PAGE_SHIFT;

	return pages ? 64 - __builtin_clzl(pages) : 0;
}

#endif
