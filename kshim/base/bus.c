// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors drivers/base/bus.c: the devices and drivers of a bus.
 *
 * The kernel: a bus lists its devices (each referenced by the list) and
 * drivers, shows them below /sys/bus/NAME, tells its blocking notifier chain
 * what happens to devices, and probes on request through drivers_probe.
 *
 * Given: that. The files of a driver are in driver.c.
 * Not given: subsystem interfaces, sorting, the "uevent" files.
 */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/iommu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"
#include "base/base.h"

static struct subsys_private *all_subsys;

/* The registered side of a bus or class, not referenced; NULL: not registered. */
struct subsys_private *kshim_subsys(const void *key)
{
	struct subsys_private *sp;

	for (sp = __atomic_load_n(&all_subsys, __ATOMIC_ACQUIRE); sp; sp = sp->next)
		if (sp->key == key)
			break;
	return sp;
}

void kshim_subsys_link(struct subsys_private *sp)
{
	kshim_raw_lock(&all_subsys);
	kshim_hb_both(&all_subsys);
	sp->next = all_subsys;
	__atomic_store_n(&all_subsys, sp, __ATOMIC_RELEASE);
	kshim_raw_unlock(&all_subsys);
}

void kshim_subsys_unlink(struct subsys_private *sp)
{
	struct subsys_private **pp;

	kshim_raw_lock(&all_subsys);
	kshim_hb_both(&all_subsys);
	for (pp = &all_subsys; *pp; pp = &(*pp)->next) {
		if (*pp != sp)
			continue;
		*pp = sp->next;
		break;
	}
	kshim_raw_unlock(&all_subsys);
}

static ssize_t bus_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct bus_attribute *ba = container_of(attr, struct bus_attribute, attr);
	struct subsys_private *sp = container_of(kobj, struct subsys_private, kobj);

	return ba->show ? ba->show((struct bus_type *)sp->key, buf) : -EIO;
}

static ssize_t bus_attr_store(struct kobject *kobj, struct attribute *attr,
			      const char *buf, size_t count)
{
	struct bus_attribute *ba = container_of(attr, struct bus_attribute, attr);
	struct subsys_private *sp = container_of(kobj, struct subsys_private, kobj);

	return ba->store ? ba->store((struct bus_type *)sp->key, buf, count) : -EIO;
}

static const struct sysfs_ops bus_sysfs_ops = {
	.show = bus_attr_show,
	.store = bus_attr_store,
};

static void bus_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct subsys_private, kobj));
}

static const struct kobj_type bus_ktype = {
	.sysfs_ops = &bus_sysfs_ops,
	.release = bus_release,
};

int bus_create_file(kshim_const_bus struct bus_type *bus, struct bus_attribute *attr)
{
	struct subsys_private *sp = kshim_subsys(bus);

	return sp ? sysfs_create_file(&sp->kobj, &attr->attr) : -EINVAL;
}

void bus_remove_file(kshim_const_bus struct bus_type *bus, struct bus_attribute *attr)
{
	struct subsys_private *sp = kshim_subsys(bus);

	if (sp)
		sysfs_remove_file(&sp->kobj, &attr->attr);
}

static ssize_t drivers_autoprobe_show(kshim_const_bus struct bus_type *bus, char *buf)
{
	return sysfs_emit(buf, "%d\n", kshim_subsys(bus)->autoprobe);
}

static ssize_t drivers_autoprobe_store(kshim_const_bus struct bus_type *bus,
				       const char *buf, size_t count)
{
	kshim_subsys(bus)->autoprobe = buf[0] != '0';
	return count;
}

static int rescan_one(struct device *dev, void *data)
{
	int ret = 0;

	if (!dev->driver) {
		if (dev->parent && dev->bus->need_parent_lock)
			device_lock(dev->parent);
		ret = device_attach(dev);
		if (dev->parent && dev->bus->need_parent_lock)
			device_unlock(dev->parent);
	}
	return ret < 0 ? ret : 0;
}

static ssize_t drivers_probe_store(kshim_const_bus struct bus_type *bus,
				   const char *buf, size_t count)
{
	struct device *dev = bus_find_device_by_name(bus, NULL, buf);
	ssize_t ret = -EINVAL;

	if (!dev)
		return -ENODEV;
	if (!rescan_one(dev, NULL))
		ret = count;
	put_device(dev);
	return ret;
}

static BUS_ATTR_WO(drivers_probe);
static BUS_ATTR_RW(drivers_autoprobe);

int bus_rescan_devices(kshim_const_bus struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, rescan_one);
}

int device_reprobe(struct device *dev)
{
	if (dev->driver)
		device_driver_detach(dev);
	return rescan_one(dev, NULL);
}

static void dev_get_node(struct klist_node *n)
{
	get_device(container_of(n, struct device_private, knode_bus)->device);
}

static void dev_put_node(struct klist_node *n)
{
	put_device(container_of(n, struct device_private, knode_bus)->device);
}

static void remove_files(struct subsys_private *sp)
{
	sysfs_remove_file(&sp->kobj, &bus_attr_drivers_autoprobe.attr);
	sysfs_remove_file(&sp->kobj, &bus_attr_drivers_probe.attr);
	kobject_put(sp->drivers);
	kobject_put(sp->devices);
}

/**
 * bus_register() - make a bus known
 * @bus:	filled in by the caller
 *
 * Return: 0 or -errno.
 */
int bus_register(kshim_const_bus struct bus_type *bus)
{
	struct subsys_private *sp = kzalloc(sizeof(*sp), GFP_KERNEL);
	int err;

	if (!sp)
		return -ENOMEM;
	sp->key = bus;
	sp->autoprobe = true;
	BLOCKING_INIT_NOTIFIER_HEAD(&sp->notifier);
	klist_init(&sp->klist_devices, dev_get_node, dev_put_node);
	klist_init(&sp->klist_drivers, NULL, NULL);
	kobject_init(&sp->kobj, &bus_ktype);
	err = kobject_add(&sp->kobj, &kshim_kobj_bus, "%s", bus->name);
	if (err)
		goto put;
	err = -ENOMEM;
	sp->devices = kobject_create_and_add("devices", &sp->kobj);
	if (!sp->devices)
		goto put;
	sp->drivers = kobject_create_and_add("drivers", &sp->kobj);
	if (!sp->drivers)
		goto files;
	err = sysfs_create_file(&sp->kobj, &bus_attr_drivers_probe.attr);
	if (!err)
		err = sysfs_create_file(&sp->kobj, &bus_attr_drivers_autoprobe.attr);
	if (!err)
		err = sysfs_create_groups(&sp->kobj, bus->bus_groups);
	if (err)
		goto files;
	kshim_subsys_link(sp);
	return 0;
files:
	remove_files(sp);
put:
	kobject_put(&sp->kobj);
	return err;
}

void bus_unregister(kshim_const_bus struct bus_type *bus)
{
	struct subsys_private *sp = kshim_subsys(bus);

	if (!sp)
		return;
	sysfs_remove_groups(&sp->kobj, bus->bus_groups);
	remove_files(sp);
	kshim_subsys_unlink(sp);
	kobject_del(&sp->kobj);
	kobject_put(&sp->kobj);
}

int bus_register_notifier(kshim_const_bus struct bus_type *bus, struct notifier_block *nb)
{
	struct subsys_private *sp = kshim_subsys(bus);

	return sp ? blocking_notifier_chain_register(&sp->notifier, nb) : -EINVAL;
}

int bus_unregister_notifier(kshim_const_bus struct bus_type *bus,
			    struct notifier_block *nb)
{
	struct subsys_private *sp = kshim_subsys(bus);

	return sp ? blocking_notifier_chain_unregister(&sp->notifier, nb) : -EINVAL;
}

/* Tell the listeners of a device's bus; they may sleep. */
void bus_notify(struct device *dev, unsigned long action)
{
	struct subsys_private *sp = dev->bus ? kshim_subsys(dev->bus) : NULL;

	if (sp)
		blocking_notifier_call_chain(&sp->notifier, action, dev);
}

int bus_add_device(struct device *dev)
{
	struct subsys_private *sp;
	int err;

	if (!dev->bus)
		return 0;
	sp = subsys_get(kshim_subsys(dev->bus));
	if (!sp)
		return -EINVAL;
	err = device_add_groups(dev, dev->bus->dev_groups);
	if (err)
		goto put;
	err = sysfs_create_link(sp->devices, &dev->kobj, dev_name(dev));
	if (err)
		goto groups;
	err = sysfs_create_link(&dev->kobj, &sp->kobj, "subsystem");
	if (err)
		goto link;
	klist_add_tail(&dev->p->knode_bus, &sp->klist_devices);
	return 0;
link:
	sysfs_remove_link(sp->devices, dev_name(dev));
groups:
	device_remove_groups(dev, dev->bus->dev_groups);
put:
	subsys_put(sp);
	return err;
}

void bus_probe_device(struct device *dev)
{
	struct subsys_private *sp = dev->bus ? kshim_subsys(dev->bus) : NULL;

	if (sp && sp->autoprobe)
		device_initial_probe(dev);
}

void bus_remove_device(struct device *dev)
{
	struct subsys_private *sp = dev->bus ? kshim_subsys(dev->bus) : NULL;

	if (!sp)
		return;
	sysfs_remove_link(&dev->kobj, "subsystem");
	sysfs_remove_link(sp->devices, dev_name(dev));
	device_remove_groups(dev, dev->bus->dev_groups);
	if (klist_node_attached(&dev->p->knode_bus))
		klist_del(&dev->p->knode_bus);
	device_release_driver(dev);
	subsys_put(sp);
}
