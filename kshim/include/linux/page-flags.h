/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/page-flags.h: all memory that has a struct page is ordinary. */
#ifndef PAGE_FLAGS_H
#define PAGE_FLAGS_H

#include <linux/mm_types.h>

static inline int PageReserved(const struct page *page)
{
	return 0;
}

static inline int PageCompound(const struct page *page)
{
	return 0;
}

#endif
