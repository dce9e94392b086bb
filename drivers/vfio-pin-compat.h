/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pinning user pages as newer kernels have it: by device and address, with
 * dma_unmap() among the device's callbacks. Older ones take frame numbers and
 * tell through a notifier, which a driver registers while it is open.
 */
#ifndef DRIVERS_VFIO_PIN_COMPAT_H
#define DRIVERS_VFIO_PIN_COMPAT_H

#include <linux/iommu.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/vfio.h>

#define PIN_COMPAT_MAX	8

#ifdef HAVE_VFIO_DMA_UNMAP_OP
struct pin_compat {
	struct vfio_device *vdev;
};

#define VFIO_COMPAT_DMA_UNMAP(fn)	.dma_unmap = fn,

static inline int pin_compat_open(struct pin_compat *pc, struct vfio_device *vdev,
				  void (*fn)(struct vfio_device *vdev, u64 iova, u64 len))
{
	pc->vdev = vdev;
	return 0;
}

static inline void pin_compat_close(struct pin_compat *pc)
{
}

static inline int pin_compat_pin(struct pin_compat *pc, dma_addr_t iova, int npage)
{
	struct page *pages[PIN_COMPAT_MAX];

	return vfio_pin_pages(pc->vdev, iova, npage, IOMMU_READ | IOMMU_WRITE, pages);
}

static inline void pin_compat_unpin(struct pin_compat *pc, dma_addr_t iova, int npage)
{
	vfio_unpin_pages(pc->vdev, iova, npage);
}
#else
struct pin_compat {
	struct vfio_device *vdev;
	struct notifier_block nb;
	void (*fn)(struct vfio_device *vdev, u64 iova, u64 len);
};

#define VFIO_COMPAT_DMA_UNMAP(fn)

static inline int pin_compat_notify(struct notifier_block *nb, unsigned long action,
				    void *data)
{
	struct pin_compat *pc = container_of(nb, struct pin_compat, nb);
	struct vfio_iommu_type1_dma_unmap *unmap = data;

	if (action == VFIO_IOMMU_NOTIFY_DMA_UNMAP)
		pc->fn(pc->vdev, unmap->iova, unmap->size);
	return NOTIFY_OK;
}

static inline int pin_compat_open(struct pin_compat *pc, struct vfio_device *vdev,
				  void (*fn)(struct vfio_device *vdev, u64 iova, u64 len))
{
	unsigned long events = VFIO_IOMMU_NOTIFY_DMA_UNMAP;

	pc->vdev = vdev;
	pc->fn = fn;
	pc->nb.notifier_call = pin_compat_notify;
	return vfio_register_notifier(vdev->dev, VFIO_IOMMU_NOTIFY, &events, &pc->nb);
}

static inline void pin_compat_close(struct pin_compat *pc)
{
	vfio_unregister_notifier(pc->vdev->dev, VFIO_IOMMU_NOTIFY, &pc->nb);
}

static inline int pin_compat_pin(struct pin_compat *pc, dma_addr_t iova, int npage)
{
	unsigned long user[PIN_COMPAT_MAX], phys[PIN_COMPAT_MAX];
	int i;

	for (i = 0; i < npage; i++)
		user[i] = (iova >> PAGE_SHIFT) + i;
	return vfio_pin_pages(pc->vdev->dev, user, npage, IOMMU_READ | IOMMU_WRITE, phys);
}

static inline void pin_compat_unpin(struct pin_compat *pc, dma_addr_t iova, int npage)
{
	unsigned long user[PIN_COMPAT_MAX];
	int i;

	for (i = 0; i < npage; i++)
		user[i] = (iova >> PAGE_SHIFT) + i;
	vfio_unpin_pages(pc->vdev->dev, user, npage);
}
#endif

#endif
