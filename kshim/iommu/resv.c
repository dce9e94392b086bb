// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the reserved regions of drivers/iommu/iommu.c.
 *
 * The kernel: an IOMMU driver names, for each device, the addresses that it
 * must not be given; for a group they are put together: sorted by start,
 * overlapping or adjacent ones of one type merged, duplicates gone.
 *
 * Given: that.
 */
#include <linux/errno.h>
#include <linux/slab.h>
#include "iommu/iommu.h"

#if !KSHIM_HAS_RESV_GFP
#define ALLOC(start, length, prot, type)	iommu_alloc_resv_region(start, length, prot, type)
struct iommu_resv_region *iommu_alloc_resv_region(phys_addr_t start, size_t length,
						  int prot, enum iommu_resv_type type)
{
	gfp_t gfp = GFP_KERNEL;
#else
#define ALLOC(start, length, prot, type)	\
	iommu_alloc_resv_region(start, length, prot, type, GFP_KERNEL)
struct iommu_resv_region *iommu_alloc_resv_region(phys_addr_t start, size_t length,
						  int prot, enum iommu_resv_type type,
						  gfp_t gfp)
{
#endif
	struct iommu_resv_region *r = kzalloc(sizeof(*r), gfp);

	if (!r)
		return NULL;
	INIT_LIST_HEAD(&r->list);
	r->start = start;
	r->length = length;
	r->prot = prot;
	r->type = type;
	return r;
}

/**
 * iommu_get_resv_regions() - addresses that a device must not be given
 * @dev:	device
 * @list:	they are added to it; iommu_put_resv_regions() frees them
 */
void iommu_get_resv_regions(struct device *dev, struct list_head *list)
{
	const struct iommu_ops *ops = kshim_dev_iommu(dev) ? kshim_bus_iommu_ops(dev->bus) : NULL;

	if (ops && ops->get_resv_regions)
		ops->get_resv_regions(dev, list);
}

void iommu_put_resv_regions(struct device *dev, struct list_head *list)
{
	const struct iommu_ops *ops = kshim_dev_iommu(dev) ? kshim_bus_iommu_ops(dev->bus) : NULL;
	struct iommu_resv_region *r, *next;

	if (ops && ops->put_resv_regions) {
		ops->put_resv_regions(dev, list);
		return;
	}
	list_for_each_entry_safe(r, next, list, list) {
		list_del(&r->list);
		if (r->free)
			r->free(dev, r);
		else
			kfree(r);
	}
}

/* Put a copy of @new where it belongs in @head, and swallow what it touches. */
static int insert(const struct iommu_resv_region *new, struct list_head *head)
{
	struct iommu_resv_region *r, *next, *copy;
	phys_addr_t end;

	copy = ALLOC(new->start, new->length, new->prot, new->type);
	if (!copy)
		return -ENOMEM;
	list_for_each_entry_safe(r, next, head, list) {
		if (r->type != copy->type || r->start > copy->start + copy->length ||
		    copy->start > r->start + r->length)
			continue;
		end = copy->start + copy->length;
		if (r->start + r->length > end)
			end = r->start + r->length;
		if (r->start < copy->start)
			copy->start = r->start;
		copy->length = end - copy->start;
		list_del(&r->list);
		kfree(r);
	}
	list_for_each_entry(r, head, list)
		if (r->start > copy->start ||
		    (r->start == copy->start && r->type > copy->type))
			break;
	list_add_tail(&copy->list, &r->list);
	return 0;
}

/**
 * iommu_get_group_resv_regions() - the same for all devices of a group
 * @group:	group
 * @head:	copies are merged into it; the caller frees them one by one
 *
 * Return: 0 or -ENOMEM; @head may have some of them then.
 */
int iommu_get_group_resv_regions(struct iommu_group *group, struct list_head *head)
{
	struct iommu_resv_region *r;
	struct group_device *gd;
	LIST_HEAD(own);
	int err = 0;

	mutex_lock(&group->mutex);
	list_for_each_entry(gd, &group->devices, list) {
		INIT_LIST_HEAD(&own);
		iommu_get_resv_regions(gd->dev, &own);
		list_for_each_entry(r, &own, list) {
			err = insert(r, head);
			if (err)
				break;
		}
		iommu_put_resv_regions(gd->dev, &own);
		if (err)
			break;
	}
	mutex_unlock(&group->mutex);
	return err;
}
