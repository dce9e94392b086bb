/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/mm_inline.h. */
#ifndef LINUX_MM_INLINE_H
#define LINUX_MM_INLINE_H

#include <linux/mm.h>

/* How many pages from the first on follow each other in memory. */
unsigned long num_pages_contiguous(struct page **pages, size_t nr_pages);

#endif
