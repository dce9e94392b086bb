// SPDX-License-Identifier: GPL-2.0-only
/*
 * A small IOMMU back end for the container: it accepts the TYPE1 and TYPE1v2
 * extensions, keeps the list of attached groups and complains when one is
 * detached that is not attached, or left attached at the end.
 */
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "vfio-iommu-compat.h"

struct sim_domain {
	struct mutex lock;
	struct list_head groups;
	unsigned int nr_groups;
	bool closed;			/* the container is */
};

struct sim_group {
	struct iommu_group *group;
	struct list_head next;
};

static void *sim_open(unsigned long arg)
{
	struct sim_domain *d;

	if (arg != VFIO_TYPE1_IOMMU && arg != VFIO_TYPE1v2_IOMMU)
		return ERR_PTR(-EINVAL);
	d = kzalloc(sizeof(*d), GFP_KERNEL);
	if (!d)
		return ERR_PTR(-ENOMEM);
	mutex_init(&d->lock);
	INIT_LIST_HEAD(&d->groups);
	return d;
}

static void sim_release(void *data)
{
	struct sim_domain *d = data;

	WARN(d->nr_groups, "released with %u groups attached\n", d->nr_groups);
	kfree(d);
}

static long sim_ioctl(void *data, unsigned int cmd, unsigned long arg)
{
	if (cmd == VFIO_CHECK_EXTENSION)
		return arg == VFIO_TYPE1_IOMMU || arg == VFIO_TYPE1v2_IOMMU;
	return -ENOTTY;
}

static int sim_attach_group(void *data, struct iommu_group *group VFIO_COMPAT_TYPE)
{
	struct sim_domain *d = data;
	struct sim_group *g, *new;
	int ret = 0;

	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	new->group = group;
	mutex_lock(&d->lock);
	list_for_each_entry(g, &d->groups, next) {
		if (g->group == group) {
			ret = -EINVAL;
			break;
		}
	}
	if (!ret) {
		list_add(&new->next, &d->groups);
		d->nr_groups++;
	}
	mutex_unlock(&d->lock);
	if (ret)
		kfree(new);
	return ret;
}

static void sim_detach_group(void *data, struct iommu_group *group)
{
	struct sim_domain *d = data;
	struct sim_group *g, *found = NULL;

	mutex_lock(&d->lock);
	list_for_each_entry(g, &d->groups, next) {
		if (g->group == group) {
			found = g;
			list_del(&g->next);
			d->nr_groups--;
			break;
		}
	}
	mutex_unlock(&d->lock);
	WARN(!found, "detach of a group that is not attached\n");
	kfree(found);
}

VFIO_COMPAT_NOTIFY(sim_container_close)
{
	struct sim_domain *d = data;

	mutex_lock(&d->lock);
	d->closed = true;
	mutex_unlock(&d->lock);
}

static const struct vfio_iommu_driver_ops sim_iommu_ops = {
	.name = "sim-iommu",
	.owner = THIS_MODULE,
	.open = sim_open,
	.release = sim_release,
	.ioctl = sim_ioctl,
	.attach_group = sim_attach_group,
	.detach_group = sim_detach_group,
	VFIO_COMPAT_NOTIFY_OP(sim_container_close)
};

static int __init sim_iommu_init(void)
{
	return vfio_register_iommu_driver(&sim_iommu_ops);
}
module_init(sim_iommu_init);

static void __exit sim_iommu_exit(void)
{
	vfio_unregister_iommu_driver(&sim_iommu_ops);
}
module_exit(sim_iommu_exit);

MODULE_LICENSE("GPL");
