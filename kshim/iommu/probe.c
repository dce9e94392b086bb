// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the bus side of drivers/iommu/iommu.c.
 *
 * The kernel: an IOMMU driver is set for a bus; devices that appear on the
 * bus are offered to it and put into groups, devices that are gone are taken
 * out, and before 5.19 what the bus tells about binding is passed on to the
 * group's listeners, in the context (and under the locks) of the bus
 * notification.
 *
 * Given: that, also for devices that are on the bus already. One way for all
 * versions: bus_set_iommu(), which newer kernels have under another name.
 * Not given: default domains, fault reporting, firmware descriptions.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "engine/engine.h"
#include "base/base.h"
#include "iommu/iommu.h"

const struct iommu_ops *kshim_bus_iommu_ops(kshim_const_bus struct bus_type *bus)
{
	struct subsys_private *sp = bus ? kshim_subsys(bus) : NULL;

	if (!sp)
		return NULL;
	kshim_touch(KSHIM_READ, &sp->iommu_ops, sizeof(sp->iommu_ops));
	return sp->iommu_ops;
}

static void set_ops(struct subsys_private *sp, const struct iommu_ops *ops)
{
	kshim_touch(KSHIM_WRITE, &sp->iommu_ops, sizeof(sp->iommu_ops));
	sp->iommu_ops = ops;
}

static int add_to_group(const struct iommu_ops *ops, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
	int err = 0;

	if (!group) {
		group = ops->device_group(dev);
		if (WARN_ON_ONCE(!group))
			return -EINVAL;
		if (IS_ERR(group))
			return PTR_ERR(group);
		err = iommu_group_add_device(group, dev);
	}
	iommu_group_put(group);
	return err;
}

/**
 * iommu_probe_device() - offer a device to the IOMMU driver of its bus
 * @dev:	on the bus
 *
 * Return: 0 when it is in a group now, or -errno.
 */
int iommu_probe_device(struct device *dev)
{
	const struct iommu_ops *ops = kshim_bus_iommu_ops(dev->bus);
	struct iommu_device *iommu_dev;
	int err;

	if (!ops)
		return -ENODEV;
	if (!kshim_dev_iommu(dev))
		kshim_set_dev_iommu(dev, kzalloc(sizeof(*dev->iommu), GFP_KERNEL));
	if (!dev->iommu)
		return -ENOMEM;
	err = -EINVAL;
	if (!try_module_get(ops->owner))
		goto free;
	iommu_dev = ops->probe_device(dev);
	err = PTR_ERR_OR_ZERO(iommu_dev);
	if (err)
		goto put;
	dev->iommu->iommu_dev = iommu_dev;
	err = add_to_group(ops, dev);
	if (err)
		goto release;
	if (ops->probe_finalize)
		ops->probe_finalize(dev);
	return 0;
release:
	if (ops->release_device)
		ops->release_device(dev);
put:
	module_put(ops->owner);
free:
	kfree(dev->iommu);
	kshim_set_dev_iommu(dev, NULL);
	return err;
}

void iommu_release_device(struct device *dev)
{
	const struct iommu_ops *ops = kshim_bus_iommu_ops(dev->bus);

	if (!kshim_dev_iommu(dev))
		return;
	if (ops && ops->release_device)
		ops->release_device(dev);
	iommu_group_remove_device(dev);
	if (ops)
		module_put(ops->owner);
	kfree(dev->iommu);
	kshim_set_dev_iommu(dev, NULL);
}

#if KSHIM_HAS_GROUP_NOTIFIER
int iommu_group_register_notifier(struct iommu_group *group, struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&group->notifier, nb);
}

int iommu_group_unregister_notifier(struct iommu_group *group, struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&group->notifier, nb);
}

static void pass_on(unsigned long action, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
	unsigned long what = 0;

	if (!group)
		return;
	switch (action) {
	case BUS_NOTIFY_BIND_DRIVER:
		what = IOMMU_GROUP_NOTIFY_BIND_DRIVER;
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
		what = IOMMU_GROUP_NOTIFY_BOUND_DRIVER;
		break;
	case BUS_NOTIFY_UNBIND_DRIVER:
		what = IOMMU_GROUP_NOTIFY_UNBIND_DRIVER;
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		what = IOMMU_GROUP_NOTIFY_UNBOUND_DRIVER;
		break;
	}
	if (what)
		blocking_notifier_call_chain(&group->notifier, what, dev);
	iommu_group_put(group);
}
#else
static void pass_on(unsigned long action, struct device *dev)
{
}
#endif

static int bus_notifier(struct notifier_block *nb, unsigned long action, void *data)
{
	struct device *dev = data;

	if (action == BUS_NOTIFY_ADD_DEVICE)
		return iommu_probe_device(dev) ? NOTIFY_DONE : NOTIFY_OK;
	if (action == BUS_NOTIFY_REMOVED_DEVICE) {
		iommu_release_device(dev);
		return NOTIFY_OK;
	}
	pass_on(action, dev);
	return NOTIFY_DONE;
}

static int probe_existing(struct device *dev, void *data)
{
	int err;

	if (kshim_dev_group(dev))
		return 0;
	err = iommu_probe_device(dev);
	return err == -ENODEV ? 0 : err;
}

static int release_existing(struct device *dev, void *data)
{
	iommu_release_device(dev);
	return 0;
}

/**
 * bus_set_iommu() - an IOMMU driver takes care of a bus
 * @bus:	registered
 * @ops:	the driver's; NULL: none any more
 *
 * Return: 0, -EBUSY when there is one, or what went wrong with a device that
 * is on the bus.
 */
int bus_set_iommu(kshim_const_bus struct bus_type *bus, const struct iommu_ops *ops)
{
	struct subsys_private *sp = kshim_subsys(bus);
	struct notifier_block *nb;
	int err;

	if (!sp)
		return -EINVAL;
	if (!ops) {
		set_ops(sp, NULL);
		return 0;
	}
	if (sp->iommu_ops)
		return -EBUSY;
	nb = kzalloc(sizeof(*nb), GFP_KERNEL);
	if (!nb)
		return -ENOMEM;
	nb->notifier_call = bus_notifier;
	set_ops(sp, ops);
	err = bus_register_notifier(bus, nb);
	if (err)
		goto free;
	err = bus_for_each_dev(bus, NULL, NULL, probe_existing);
	if (!err)
		return 0;
	bus_for_each_dev(bus, NULL, NULL, release_existing);
	bus_unregister_notifier(bus, nb);
free:
	set_ops(sp, NULL);
	kfree(nb);
	return err;
}

bool iommu_present(kshim_const_bus struct bus_type *bus)
{
	return kshim_bus_iommu_ops(bus) != NULL;
}

#if KSHIM_HAS_IOMMU_CAPABLE
bool iommu_capable(kshim_const_bus struct bus_type *bus, enum iommu_cap cap)
{
	const struct iommu_ops *ops = kshim_bus_iommu_ops(bus);

	return ops && ops->capable && kshim_call_capable(ops, NULL, cap);
}
#endif

bool device_iommu_capable(struct device *dev, enum iommu_cap cap)
{
	const struct iommu_ops *ops = kshim_dev_iommu(dev) ? kshim_bus_iommu_ops(dev->bus) : NULL;

	if (!ops || !ops->capable)
		return false;
	return kshim_call_capable(ops, dev, cap);
}

/* One group for each device. */
struct iommu_group *generic_device_group(struct device *dev)
{
	return iommu_group_alloc();
}
