/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by the files of kshim/mm/ and kshim/iommu/ that know pages. */
#ifndef KSHIM_MM_PAGE_H
#define KSHIM_MM_PAGE_H

#include <linux/gfp.h>
#include <linux/mm.h>

/**
 * kshim_pages_alloc() - take page frames that follow each other
 * @nr:		how many
 * @gfp:	as for kmalloc()
 *
 * Return: an array of @nr pages with one reference each, or NULL.
 */
struct page *kshim_pages_alloc(unsigned int nr, gfp_t gfp);

/* Visit the pages that somebody still uses, frame by frame. */
struct page *kshim_page_next(struct page *prev);

/* kshim/iommu/track.c: is the frame visible to a device? NULL: no. */
const struct iommu_domain *kshim_page_dma_visible(const struct page *page,
						  unsigned long *iova);
/* Complains when it is, and it stops being pinned or allocated. */
void kshim_page_check_dma(const struct page *page, const char *what);

#endif
