// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors drivers/base/core.c: the life of a struct device.
 *
 * The kernel: device_initialize() makes a reference, device_add() makes the
 * device visible (sysfs, bus, class, node) and tries to bind a driver,
 * device_del() undoes that and waits for nobody but running attribute
 * callbacks and the driver's remove(); the last put_device() calls release().
 *
 * Given: that, with the bus notifications in the kernel's order, and the
 * guard against probing a device that is still being added.
 * Not given: device links, power management, firmware nodes, uevents, the
 * "uevent", "dev" and "power" attributes, directories between a parent and
 * its children of another class.
 */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <kshim/inspect.h>
#include "engine/engine.h"
#include "base/base.h"

static struct device_private *all_devices;

static ssize_t dev_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct device_attribute *da = container_of(attr, struct device_attribute, attr);

	return da->show ? da->show(kobj_to_dev(kobj), da, buf) : -EIO;
}

static ssize_t dev_attr_store(struct kobject *kobj, struct attribute *attr,
			      const char *buf, size_t count)
{
	struct device_attribute *da = container_of(attr, struct device_attribute, attr);

	return da->store ? da->store(kobj_to_dev(kobj), da, buf, count) : -EIO;
}

static const struct sysfs_ops dev_sysfs_ops = {
	.show = dev_attr_show,
	.store = dev_attr_store,
};

static void private_free(struct device_private *p)
{
	struct device_private **pp;

	if (!p)
		return;
	kshim_raw_lock(&all_devices);
	kshim_hb_both(&all_devices);
	for (pp = &all_devices; *pp; pp = &(*pp)->next_all) {
		if (*pp != p)
			continue;
		*pp = p->next_all;
		break;
	}
	kshim_raw_unlock(&all_devices);
	kfree(p);
}

static void device_release(struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);
	struct device_private *p = dev->p;

	devres_release_all(dev);
	if (dev->release)
		dev->release(dev);
	else if (dev->type && dev->type->release)
		dev->type->release(dev);
	else if (dev->class && dev->class->dev_release)
		dev->class->dev_release(dev);
	else
		WARN(1, "Device '%s' does not have a release() function, it is broken and must be fixed. See Documentation/core-api/kobject.rst.\n",
		     dev_name(dev));
	private_free(p);
}

static const struct kobj_type device_ktype = {
	.release = device_release,
	.sysfs_ops = &dev_sysfs_ops,
};

/**
 * device_initialize() - make a device that is not visible yet
 * @dev:	zeroed by the caller
 *
 * From here on it ends by put_device() only.
 */
void device_initialize(struct device *dev)
{
	kobject_init(&dev->kobj, &device_ktype);
	mutex_init(&dev->mutex);
	lockdep_set_novalidate_class(&dev->mutex);
	INIT_LIST_HEAD(&dev->devres_head);
	dev->numa_node = NUMA_NO_NODE;
}

int dev_set_name(struct device *dev, const char *fmt, ...)
{
	va_list args;
	int err;

	va_start(args, fmt);
	err = kobject_set_name_vargs(&dev->kobj, fmt, args);
	va_end(args);
	return err;
}

struct device *get_device(struct device *dev)
{
	return dev ? kobj_to_dev(kobject_get(&dev->kobj)) : NULL;
}

void put_device(struct device *dev)
{
	if (dev)
		kobject_put(&dev->kobj);
}

static void child_get(struct klist_node *n)
{
	get_device(container_of(n, struct device_private, knode_parent)->device);
}

static void child_put(struct klist_node *n)
{
	put_device(container_of(n, struct device_private, knode_parent)->device);
}

static int private_init(struct device *dev)
{
	struct device_private *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->device = dev;
	klist_init(&p->klist_children, child_get, child_put);
	kshim_raw_lock(&all_devices);
	kshim_hb_both(&all_devices);
	p->next_all = all_devices;
	all_devices = p;
	kshim_raw_unlock(&all_devices);
	dev->p = p;
	return 0;
}

static struct kobject *parent_kobj(struct device *dev)
{
	struct subsys_private *sp;

	if (dev->parent)
		return &dev->parent->kobj;
	sp = dev->class ? kshim_subsys(dev->class) : NULL;
	return sp ? sp->glue : &kshim_kobj_devices;
}

static int add_attrs(struct device *dev)
{
	int err = 0;

	if (dev->class)
		err = device_add_groups(dev, dev->class->dev_groups);
	if (err)
		return err;
	if (dev->type)
		err = device_add_groups(dev, dev->type->groups);
	if (err)
		goto class_groups;
	err = device_add_groups(dev, dev->groups);
	if (!err)
		return 0;
	if (dev->type)
		device_remove_groups(dev, dev->type->groups);
class_groups:
	if (dev->class)
		device_remove_groups(dev, dev->class->dev_groups);
	return err;
}

static void remove_attrs(struct device *dev)
{
	device_remove_groups(dev, dev->groups);
	if (dev->type)
		device_remove_groups(dev, dev->type->groups);
	if (dev->class)
		device_remove_groups(dev, dev->class->dev_groups);
}

/* The part of device_add() that can fail once the directory exists. */
static int make_visible(struct device *dev)
{
	int err;

	err = class_add_device(dev);
	if (err)
		return err;
	err = add_attrs(dev);
	if (err)
		goto class;
	err = bus_add_device(dev);
	if (err)
		goto attrs;
	if (MAJOR(dev->devt))
		device_create_node(dev);	/* the kernel ignores this too */
	return 0;
attrs:
	remove_attrs(dev);
class:
	class_remove_device(dev);
	return err;
}

/**
 * device_add() - make a device visible and try to bind a driver
 * @dev:	initialised, with a name
 *
 * Return: 0 or -errno; in both cases put_device() ends the device.
 */
int device_add(struct device *dev)
{
	struct device *parent;
	int err = -EINVAL;

	if (!get_device(dev))
		return err;
	if (!dev->p) {
		err = private_init(dev);
		if (err)
			goto done;
	}
	err = -EINVAL;
	if (dev->init_name) {
		dev_set_name(dev, "%s", dev->init_name);
		dev->init_name = NULL;
	}
	if (!dev_name(dev) && dev->bus && dev->bus->dev_name)
		dev_set_name(dev, "%s%u", dev->bus->dev_name, dev->id);
	if (!dev_name(dev))
		goto no_name;
	parent = get_device(dev->parent);
	err = kobject_add(&dev->kobj, parent_kobj(dev), NULL);
	if (err)
		goto no_dir;
	err = make_visible(dev);
	if (err)
		goto no_attrs;
	bus_notify(dev, BUS_NOTIFY_ADD_DEVICE);
	kobject_uevent(&dev->kobj, KOBJ_ADD);
	device_lock(dev);
	dev->p->ready_to_probe = true;
	device_unlock(dev);
	bus_probe_device(dev);
	if (parent)
		klist_add_tail(&dev->p->knode_parent, &parent->p->klist_children);
	if (dev->class)
		klist_add_tail(&dev->p->knode_class,
			       &kshim_subsys(dev->class)->klist_devices);
	goto done;
no_attrs:
	kobject_del(&dev->kobj);
no_dir:
	put_device(parent);
no_name:
	private_free(dev->p);
	dev->p = NULL;
done:
	put_device(dev);
	return err;
}

int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}

/* No probe may start any more. Context: device_lock. Return: the first time. */
bool kill_device(struct device *dev)
{
	if (dev->p->dead)
		return false;
	dev->p->dead = true;
	return true;
}

/**
 * device_del() - make a device invisible, unbinding its driver
 * @dev:	was added
 */
void device_del(struct device *dev)
{
	struct device *parent = dev->parent;

	device_lock(dev);
	kill_device(dev);
	device_unlock(dev);
	bus_notify(dev, BUS_NOTIFY_DEL_DEVICE);
	if (parent)
		klist_del(&dev->p->knode_parent);
	if (MAJOR(dev->devt))
		device_delete_node(dev);
	if (dev->class) {
		class_remove_device(dev);
		klist_del(&dev->p->knode_class);
	}
	remove_attrs(dev);
	bus_remove_device(dev);
	devres_release_all(dev);
	bus_notify(dev, BUS_NOTIFY_REMOVED_DEVICE);
	kobject_uevent(&dev->kobj, KOBJ_REMOVE);
	kobject_del(&dev->kobj);
	put_device(parent);
}

void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}

/* For the host: a device by name, deleted ones included; no reference. */
static struct device *look_up(const char *name)
{
	struct device_private *p;

	for (p = all_devices; p; p = p->next_all) {
		const char *s;

		if (!kshim_addressable(p->device, sizeof(*p->device)))
			continue;
		s = p->device->kobj.name;
		if (s && !__builtin_strcmp(s, name))
			return p->device;
	}
	return NULL;
}

long kshim_refs_device(const char *name)
{
	struct device *dev = look_up(name);

	return dev ? (long)__atomic_load_n((int *)&dev->kobj.kref, __ATOMIC_RELAXED) : -ENOENT;
}

const char *kshim_device_driver(const char *name)
{
	struct device *dev = look_up(name);

	if (dev)
		kshim_touch(KSHIM_READ, &dev->driver, sizeof(dev->driver));
	return dev && dev->driver ? dev->driver->name : NULL;
}

int kshim_device_group(const char *name)
{
	struct device *dev = look_up(name);

	return dev ? kshim_iommu_group_of(dev) : -ENOENT;
}
