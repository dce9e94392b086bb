/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/dma-iommu.h: what the domains' users need of it. */
#ifndef __DMA_IOMMU_H
#define __DMA_IOMMU_H

#include <linux/errno.h>
#include <linux/iommu.h>

#endif
