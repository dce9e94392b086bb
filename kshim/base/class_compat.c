// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the compatibility classes of drivers/base/class.c: directories
 * below /sys/class that hold links to devices of a bus and nothing else.
 */
#include <linux/device.h>
#include <linux/slab.h>
#include "base/base.h"

struct class_compat {
	struct kobject *kobj;
};

struct class_compat *class_compat_register(const char *name)
{
	struct class_compat *cls = kmalloc(sizeof(*cls), GFP_KERNEL);

	if (!cls)
		return NULL;
	cls->kobj = kobject_create_and_add(name, &kshim_kobj_class);
	if (!cls->kobj) {
		kfree(cls);
		return NULL;
	}
	return cls;
}

void class_compat_unregister(struct class_compat *cls)
{
	kobject_put(cls->kobj);
	kfree(cls);
}

#if KSHIM_HAS_COMPAT_DEVICE_LINK
int class_compat_create_link(struct class_compat *cls, struct device *dev,
			     struct device *device_link)
{
	int err = sysfs_create_link(cls->kobj, &dev->kobj, dev_name(dev));

	if (err || !device_link)
		return err;
	err = sysfs_create_link(&dev->kobj, &device_link->kobj, "device");
	if (err)
		sysfs_remove_link(cls->kobj, dev_name(dev));
	return err;
}

void class_compat_remove_link(struct class_compat *cls, struct device *dev,
			      struct device *device_link)
{
	if (device_link)
		sysfs_remove_link(&dev->kobj, "device");
	sysfs_remove_link(cls->kobj, dev_name(dev));
}
#else
int class_compat_create_link(struct class_compat *cls, struct device *dev)
{
	return sysfs_create_link(cls->kobj, &dev->kobj, dev_name(dev));
}

void class_compat_remove_link(struct class_compat *cls, struct device *dev)
{
	sysfs_remove_link(cls->kobj, dev_name(dev));
}
#endif
