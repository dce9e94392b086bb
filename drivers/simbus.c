// SPDX-License-Identifier: GPL-2.0-only
/*
 * A bus whose devices are plugged by writing to its new_device file:
 *
 *	echo "0000:00:03.0 g0" > /sys/bus/sim/new_device
 *	echo "0000:00:03.0" > /sys/bus/sim/del_device
 *
 * The second word names an IOMMU group: devices with the same word share one,
 * "none" is a device without. A driver matches by driver_override only, so
 * that nothing binds unless it is told to.
 */
#include <linux/device.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "iommu-compat.h"
#include "sim.h"
#include "simbus-mmu.h"

#define LABEL_LEN	16

struct sim_device {
	struct device dev;
	char *driver_override;
	char label[LABEL_LEN];
	struct list_head node;
};

static LIST_HEAD(sim_devices);
static DEFINE_MUTEX(sim_lock);
static struct iommu_device sim_iommu_device;

static struct sim_device *to_sim(struct device *dev)
{
	return container_of(dev, struct sim_device, dev);
}

static void sim_release(struct device *dev)
{
	struct sim_device *s = to_sim(dev);

	kfree(s->driver_override);
	kfree(s);
}

/* "none": the IOMMU does not translate for this device. */
static struct iommu_device *sim_probe_device(struct device *dev)
{
	return strcmp(to_sim(dev)->label, "none") ? &sim_iommu_device : ERR_PTR(-ENODEV);
}

/* The group of the other devices with this label, or a new one; a reference. */
static struct iommu_group *sim_device_group(struct device *dev)
{
	struct iommu_group *group = NULL;
	struct sim_device *s;

	mutex_lock(&sim_lock);
	list_for_each_entry(s, &sim_devices, node) {
		if (&s->dev == dev || strcmp(s->label, to_sim(dev)->label))
			continue;
		group = iommu_group_get(&s->dev);
		if (group)
			break;
	}
	mutex_unlock(&sim_lock);
	return group ?: iommu_group_alloc();
}

/* DMA is coherent, a driver may rely on it, and interrupts are isolated. */
static bool sim_capable(IOMMU_COMPAT_CAPABLE)
{
	return cap == IOMMU_CAP_CACHE_COHERENCY || IOMMU_COMPAT_INTR_REMAP(cap);
}

static const struct iommu_ops sim_iommu_ops = {
	.capable = sim_capable,
	.probe_device = sim_probe_device,
	.release_device = simmu_release_device,
	.device_group = sim_device_group,
	SIMMU_OPS
};

static int sim_plug(const char *name, const char *label)
{
	struct sim_device *s;
	int ret;

	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	strscpy(s->label, label, sizeof(s->label));
	INIT_LIST_HEAD(&s->node);
	device_initialize(&s->dev);
	s->dev.bus = &sim_bus;
	s->dev.release = sim_release;
	ret = dev_set_name(&s->dev, "%s", name);
	if (ret)
		goto err_put;
	mutex_lock(&sim_lock);
	list_add_tail(&s->node, &sim_devices);
	mutex_unlock(&sim_lock);
	ret = device_add(&s->dev);
	if (!ret)
		return 0;
	mutex_lock(&sim_lock);
	list_del(&s->node);
	mutex_unlock(&sim_lock);
err_put:
	put_device(&s->dev);
	return ret;
}

static int sim_unplug(const char *name)
{
	struct sim_device *s, *found = NULL;

	mutex_lock(&sim_lock);
	list_for_each_entry(s, &sim_devices, node) {
		if (!strcmp(dev_name(&s->dev), name)) {
			found = s;
			list_del_init(&s->node);
			break;
		}
	}
	mutex_unlock(&sim_lock);
	if (!found)
		return -ENODEV;
	device_unregister(&found->dev);
	return 0;
}

static int sim_match(struct device *dev, kshim_const_drv struct device_driver *drv)
{
	struct sim_device *s = to_sim(dev);

	return s->driver_override && !strcmp(s->driver_override, drv->name);
}

static bool uses_dma_api(struct device *dev)
{
	return !container_of(dev->driver, struct sim_driver, driver)->driver_managed_dma;
}

/* A driver that does DMA for the kernel keeps the group from user space. */
static int sim_dma_configure(struct device *dev)
{
	return uses_dma_api(dev) ? iommu_compat_use_default_domain(dev) : 0;
}

static void sim_dma_cleanup(struct device *dev)
{
	if (uses_dma_api(dev))
		iommu_compat_unuse_default_domain(dev);
}

static ssize_t driver_override_store(struct device *dev, struct device_attribute *attr,
				     const char *buf, size_t count)
{
	struct sim_device *s = to_sim(dev);
	char *name, *old;

	name = kstrndup(buf, count, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	strim(name);
	if (!*name) {
		kfree(name);
		name = NULL;
	}
	device_lock(dev);
	old = s->driver_override;
	s->driver_override = name;
	device_unlock(dev);
	kfree(old);
	return count;
}

static ssize_t driver_override_show(struct device *dev, struct device_attribute *attr,
				    char *buf)
{
	struct sim_device *s = to_sim(dev);
	ssize_t len;

	device_lock(dev);
	len = sprintf(buf, "%s\n", s->driver_override ?: "(null)");
	device_unlock(dev);
	return len;
}
static DEVICE_ATTR_RW(driver_override);

static struct attribute *sim_dev_attrs[] = {
	&dev_attr_driver_override.attr,
	NULL,
};
ATTRIBUTE_GROUPS(sim_dev);

static ssize_t new_device_store(kshim_const_bus struct bus_type *bus, const char *buf,
				size_t count)
{
	char name[32], label[LABEL_LEN];
	int ret;

	if (sscanf(buf, "%31s %15s", name, label) != 2)
		return -EINVAL;
	ret = sim_plug(name, label);
	return ret ?: count;
}
static BUS_ATTR_WO(new_device);

static ssize_t del_device_store(kshim_const_bus struct bus_type *bus, const char *buf,
				size_t count)
{
	char name[32];
	int ret;

	if (sscanf(buf, "%31s", name) != 1)
		return -EINVAL;
	ret = sim_unplug(name);
	return ret ?: count;
}
static BUS_ATTR_WO(del_device);

static struct attribute *sim_bus_attrs[] = {
	&bus_attr_new_device.attr,
	&bus_attr_del_device.attr,
	NULL,
};
ATTRIBUTE_GROUPS(sim_bus);

struct bus_type sim_bus = {
	.name = "sim",
	.match = sim_match,
	.dma_configure = sim_dma_configure,
	.dma_cleanup = sim_dma_cleanup,
	.dev_groups = sim_dev_groups,
	.bus_groups = sim_bus_groups,
};

/* Is there an IOMMU for this bus? */
static bool have_iommu = true;
module_param_named(iommu, have_iommu, bool, 0);

static int __init simbus_init(void)
{
	int ret = bus_register(&sim_bus);

	if (ret || !have_iommu)
		return ret;
	return bus_set_iommu(&sim_bus, &sim_iommu_ops);
}
module_init(simbus_init);

static void __exit simbus_exit(void)
{
	bus_unregister(&sim_bus);
}
module_exit(simbus_exit);

MODULE_LICENSE("GPL");
