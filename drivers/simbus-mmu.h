/* SPDX-License-Identifier: GPL-2.0-only */
/* The IOMMU of the simulated bus, see simbus-mmu.c. */
#ifndef DRIVERS_SIMBUS_MMU_H
#define DRIVERS_SIMBUS_MMU_H

#include <linux/iommu.h>

#define SIMMU_PAGE_SIZES	(1UL << 12 | 1UL << 21 | 1UL << 30)

struct iommu_domain *simmu_domain_alloc(unsigned int type);
void simmu_domain_free(struct iommu_domain *domain);
int simmu_attach_dev(struct iommu_domain *domain, struct device *dev);
void simmu_detach_dev(struct iommu_domain *domain, struct device *dev);
void simmu_release_device(struct device *dev);
int simmu_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
	      size_t size, int prot, gfp_t gfp);
size_t simmu_unmap(struct iommu_domain *domain, unsigned long iova, size_t size,
		   struct iommu_iotlb_gather *gather);
phys_addr_t simmu_iova_to_phys(struct iommu_domain *domain, dma_addr_t iova);
void simmu_iotlb_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather);
void simmu_get_resv_regions(struct device *dev, struct list_head *list);
bool simmu_enforce_cache_coherency(struct iommu_domain *domain);

/* The members of struct iommu_ops that are about domains. */
#define SIMMU_OPS							\
	.domain_alloc = simmu_domain_alloc,				\
	.domain_free = simmu_domain_free,				\
	.attach_dev = simmu_attach_dev,					\
	.detach_dev = simmu_detach_dev,					\
	.map = simmu_map,						\
	.unmap = simmu_unmap,						\
	.iova_to_phys = simmu_iova_to_phys,				\
	.iotlb_sync = simmu_iotlb_sync,					\
	.get_resv_regions = simmu_get_resv_regions,			\
	.enforce_cache_coherency = simmu_enforce_cache_coherency,	\
	.pgsize_bitmap = SIMMU_PAGE_SIZES,

#endif
