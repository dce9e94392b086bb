// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the DMA ownership of drivers/iommu/iommu.c (from 5.19 on).
 *
 * The kernel: a group's DMA belongs either to the drivers of its devices,
 * counted, or to one owner that claimed it for user space. Claiming a group
 * that is used either way fails with -EPERM, using a claimed one with
 * -EBUSY. A device may be claimed more than once by the same owner.
 *
 * Given: the counting and its errors, under the group's mutex.
 * Not given: blocking domains: claiming attaches nothing.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include "iommu/iommu.h"

#if KSHIM_HAS_DMA_OWNER

static int claim_locked(struct iommu_group *group, void *owner)
{
	if (WARN_ON(!owner))
		return -EINVAL;
	if (group->owner_cnt)
		return -EPERM;
	group->owner = owner;
	group->owner_cnt = 1;
	return 0;
}

static void release_locked(struct iommu_group *group)
{
	if (WARN_ON(!group->owner_cnt || !group->owner))
		return;
	group->owner_cnt = 0;
	group->owner = NULL;
}

/**
 * iommu_group_claim_dma_owner() - claim the DMA of a group
 * @group:	referenced by the caller
 * @owner:	who; any pointer but NULL
 *
 * Return: 0, -EPERM when it is used, -EINVAL.
 */
int iommu_group_claim_dma_owner(struct iommu_group *group, void *owner)
{
	int err;

	mutex_lock(&group->mutex);
	err = claim_locked(group, owner);
	mutex_unlock(&group->mutex);
	return err;
}

void iommu_group_release_dma_owner(struct iommu_group *group)
{
	mutex_lock(&group->mutex);
	release_locked(group);
	mutex_unlock(&group->mutex);
}

bool iommu_group_dma_owner_claimed(struct iommu_group *group)
{
	unsigned int n;

	mutex_lock(&group->mutex);
	n = group->owner_cnt;
	mutex_unlock(&group->mutex);
	return n;
}

int iommu_device_claim_dma_owner(struct device *dev, void *owner)
{
	struct iommu_group *group = iommu_group_get(dev);
	int err;

	if (WARN_ON(!owner)) {
		iommu_group_put(group);
		return -EINVAL;
	}
	if (!group)
		return -ENODEV;
	mutex_lock(&group->mutex);
	if (group->owner_cnt && group->owner == owner) {
		group->owner_cnt++;
		err = 0;
	} else {
		err = claim_locked(group, owner);
	}
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return err;
}

void iommu_device_release_dma_owner(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	mutex_lock(&group->mutex);
	if (group->owner_cnt > 1)
		group->owner_cnt--;
	else
		release_locked(group);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}

/* A driver that uses the kernel's DMA API is about to be bound. */
int iommu_device_use_default_domain(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
	int err = 0;

	if (!group)
		return 0;
	mutex_lock(&group->mutex);
	if (group->owner)
		err = -EBUSY;
	else
		group->owner_cnt++;
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return err;
}

void iommu_device_unuse_default_domain(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	if (!group)
		return;
	mutex_lock(&group->mutex);
	if (!WARN_ON(!group->owner_cnt || group->owner))
		group->owner_cnt--;
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}

#endif

#if KSHIM_HAS_ISOLATED_MSI
/* There is no interrupt remapping: nothing is isolated, and nothing can break in. */
bool device_iommu_has_isolated_msi(struct device *dev)
{
	return true;
}

bool iommu_group_has_isolated_msi(struct iommu_group *group)
{
	return true;
}
#endif
