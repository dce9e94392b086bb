// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which page frames can devices see, through which domain.
 *
 * Nothing of the kernel's is here: it is how the harness knows that memory
 * was given back while a device could still read or write it. A frame counts
 * as visible from iommu_map() until it is unmapped and the IOMMU's cache was
 * flushed, as long as a group is attached to the domain. The frame itself
 * keeps the list, so that nothing is allocated and no order is disturbed; one
 * that is mapped more often than the list is long is not watched any more.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include "engine/engine.h"
#include "iommu/iommu.h"
#include "mm/page.h"

KSHIM_ORACLE(kshim_oracle_iommu, "iommu",
	     "memory given back while a device can see it; wrong use of a domain");

static void add(struct page *page, struct iommu_domain *domain, unsigned long iova)
{
	unsigned int i;

	for (i = 0; i < KSHIM_PAGE_MAPS; i++) {
		if (page->dma[i].domain)
			continue;
		page->dma[i].domain = domain;
		page->dma[i].iova = iova;
		return;
	}
	page->kshim_lost = true;
}

void kshim_track_map(struct iommu_domain *domain, unsigned long iova,
		     phys_addr_t paddr, size_t size)
{
	unsigned long pfn = paddr >> PAGE_SHIFT;
	struct page *page;

	for (; size; size -= PAGE_SIZE, iova += PAGE_SIZE, pfn++) {
		page = pfn_to_page(pfn);
		if (!page)
			continue;
		if (!kshim_addressable(page, sizeof(*page)) || page->_refcount <= 0) {
			kshim_report(&kshim_oracle_iommu, 0,
				     "BUG: iommu: free pfn:%05lx mapped at iova 0x%lx",
				     pfn, iova);
			continue;
		}
		kshim_obj_lock(page);
		add(page, domain, iova);
		kshim_obj_unlock(page);
	}
}

/* Let go of what matches; with @stale it is only marked. */
static void drop(struct page *page, const struct iommu_domain *domain,
		 unsigned long iova, size_t size, unsigned char only, bool stale)
{
	unsigned int i;

	kshim_obj_lock(page);
	for (i = 0; i < KSHIM_PAGE_MAPS; i++) {
		if (page->dma[i].domain != domain || page->dma[i].iova - iova >= size ||
		    !(only & 1u << i))
			continue;
		if (stale) {
			page->kshim_stale |= 1u << i;
			continue;
		}
		page->dma[i].domain = NULL;
		page->kshim_stale &= ~(1u << i);
	}
	kshim_obj_unlock(page);
}

void kshim_track_unmap(struct iommu_domain *domain, unsigned long iova, size_t size,
		       bool stale)
{
	struct page *page = NULL;

	while ((page = kshim_page_next(page)))
		drop(page, domain, iova, size, ~page->kshim_stale, stale);
}

/* The IOMMU's cache was flushed. */
void kshim_track_sync(struct iommu_domain *domain)
{
	struct page *page = NULL;

	while ((page = kshim_page_next(page)))
		drop(page, domain, 0, ~0UL, page->kshim_stale, false);
}

void kshim_track_forget(struct iommu_domain *domain)
{
	struct page *page = NULL;

	while ((page = kshim_page_next(page)))
		drop(page, domain, 0, ~0UL, 0xff, false);
}

const struct iommu_domain *kshim_page_dma_visible(const struct page *page,
						  unsigned long *iova)
{
	unsigned int i;

	for (i = 0; i < KSHIM_PAGE_MAPS && !page->kshim_lost; i++) {
		if (!page->dma[i].domain || !page->dma[i].domain->kshim_attached)
			continue;
		*iova = page->dma[i].iova;
		return page->dma[i].domain;
	}
	return NULL;
}

void kshim_page_check_dma(const struct page *page, const char *what)
{
	unsigned long iova;

	if (unlikely(kshim_page_dma_visible(page, &iova)))
		kshim_report(&kshim_oracle_iommu, 0,
			     "BUG: iommu: pfn:%05lx %s while a device can see it at iova 0x%lx",
			     page_to_pfn(page), what, iova);
}
