/* SPDX-License-Identifier: GPL-2.0-only */
/* What an IOMMU driver and its bus do the same way on all trees. */
#ifndef DRIVERS_IOMMU_COMPAT_H
#define DRIVERS_IOMMU_COMPAT_H

#include <linux/iommu.h>

/* The parameters of iommu_ops.capable(). */
#ifdef HAVE_IOMMU_CAPABLE_DEV
#define IOMMU_COMPAT_CAPABLE	struct device *dev, enum iommu_cap cap
#else
#define IOMMU_COMPAT_CAPABLE	enum iommu_cap cap
#endif

/* Newer trees ask for isolated interrupts in another way. */
#ifdef HAVE_IOMMU_CAP_INTR_REMAP
#define IOMMU_COMPAT_INTR_REMAP(cap)	((cap) == IOMMU_CAP_INTR_REMAP)
#else
#define IOMMU_COMPAT_INTR_REMAP(cap)	false
#endif

/* Where a group has no DMA owner yet, any driver may be bound. */
#ifdef HAVE_IOMMU_DMA_OWNER
#define iommu_compat_use_default_domain(dev)	iommu_device_use_default_domain(dev)
#define iommu_compat_unuse_default_domain(dev)	iommu_device_unuse_default_domain(dev)
#else
#define iommu_compat_use_default_domain(dev)	((void)(dev), 0)
#define iommu_compat_unuse_default_domain(dev)	((void)(dev))
#endif

#endif
