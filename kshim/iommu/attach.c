// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the attaching of drivers/iommu/iommu.c.
 *
 * The kernel: all devices of a group are attached to one domain, under the
 * group's mutex; a group that somebody attached already gives -EBUSY; after a
 * failure the group is where it was; detaching gives the group back to its
 * default domain. A single device is attached through its group, which must
 * have no other.
 *
 * Given: that; no domain at all stands for the default domain. Detaching a
 * domain that the group is not attached to is reported: the kernel would
 * silently take away another user's.
 * Not given: PASIDs, auxiliary domains: -ENODEV, as from hardware without.
 */
#include <linux/errno.h>
#include "engine/engine.h"
#include "iommu/iommu.h"
#include "lib/rmw.h"

extern struct kshim_oracle kshim_oracle_iommu;

static void detach_devices(struct iommu_domain *domain, struct iommu_group *group,
			   struct group_device *end)
{
	struct group_device *gd;

	list_for_each_entry(gd, &group->devices, list) {
		if (gd == end)
			break;
		if (domain->ops->detach_dev)
			domain->ops->detach_dev(domain, gd->dev);
	}
}

static int attach_locked(struct iommu_domain *domain, struct iommu_group *group)
{
	struct group_device *gd;
	int err;

	if (group->domain)
		return -EBUSY;
	if (!domain->ops->attach_dev)
		return -ENODEV;
	list_for_each_entry(gd, &group->devices, list) {
		err = domain->ops->attach_dev(domain, gd->dev);
		if (err) {
			detach_devices(domain, group, gd);
			return err;
		}
	}
	group->domain = domain;
	kshim_rmw_inc(&domain->kshim_attached);
	return 0;
}

static void detach_locked(struct iommu_domain *domain, struct iommu_group *group)
{
	if (group->domain != domain) {
		kshim_report(&kshim_oracle_iommu, 0,
			     "BUG: iommu: group %d detached from a domain that it is not attached to",
			     group->id);
		return;
	}
	detach_devices(domain, group, NULL);
	group->domain = NULL;
	kshim_rmw_dec(&domain->kshim_attached);
}

/**
 * iommu_attach_group() - let a domain translate for a group
 * @domain:	allocated for the bus of the group's devices
 * @group:	not attached
 *
 * Return: 0, -EBUSY, what the IOMMU driver says.
 */
int iommu_attach_group(struct iommu_domain *domain, struct iommu_group *group)
{
	int err;

	kshim_point(KSHIM_CALL, domain, sizeof(*domain));
	mutex_lock(&group->mutex);
	err = attach_locked(domain, group);
	mutex_unlock(&group->mutex);
	return err;
}

void iommu_detach_group(struct iommu_domain *domain, struct iommu_group *group)
{
	kshim_point(KSHIM_CALL, domain, sizeof(*domain));
	mutex_lock(&group->mutex);
	detach_locked(domain, group);
	mutex_unlock(&group->mutex);
}

/**
 * iommu_attach_device() - let a domain translate for a device
 * @domain:	allocated for its bus
 * @dev:	alone in its group
 *
 * Return: 0, -ENODEV without a group, -EINVAL with others in it, -EBUSY.
 */
int iommu_attach_device(struct iommu_domain *domain, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
	int err = -EINVAL;

	if (!group)
		return -ENODEV;
	mutex_lock(&group->mutex);
	if (list_is_singular(&group->devices))
		err = attach_locked(domain, group);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return err;
}

void iommu_detach_device(struct iommu_domain *domain, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	if (!group)
		return;
	mutex_lock(&group->mutex);
	if (!WARN_ON(!list_is_singular(&group->devices)))
		detach_locked(domain, group);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}

struct iommu_domain *iommu_get_domain_for_dev(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
	struct iommu_domain *domain;

	if (!group)
		return NULL;
	domain = group->domain;
	iommu_group_put(group);
	return domain;
}

/* There are no default domains. */
struct iommu_domain *iommu_group_default_domain(struct iommu_group *group)
{
	return NULL;
}

bool iommu_dev_feature_enabled(struct device *dev, enum iommu_dev_features f)
{
	return false;
}

int iommu_dev_enable_feature(struct device *dev, enum iommu_dev_features f)
{
	return -ENODEV;
}

int iommu_dev_disable_feature(struct device *dev, enum iommu_dev_features f)
{
	return -EBUSY;
}

int iommu_aux_attach_device(struct iommu_domain *domain, struct device *dev)
{
	return -ENODEV;
}

void iommu_aux_detach_device(struct iommu_domain *domain, struct device *dev)
{
}
