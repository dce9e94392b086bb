/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the device model share; private to kshim/. */
#ifndef KSHIM_BASE_BASE_H
#define KSHIM_BASE_BASE_H

#include <linux/device.h>
#include <linux/klist.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include "base/kernfs.h"

struct iommu_ops;

extern struct kobject kshim_kobj_bus;		/* /sys/bus */
extern struct kobject kshim_kobj_class;		/* /sys/class */
extern struct kobject kshim_kobj_devices;	/* /sys/devices */
extern struct kobject kshim_kobj_virtual;	/* /sys/devices/virtual */
extern struct kset kshim_kset_iommu_groups;	/* /sys/kernel/iommu_groups */

/**
 * struct subsys_private - the registered side of a bus or a class
 * @kobj:	its directory
 * @next:	in the list of all
 * @key:	the struct bus_type or struct class
 * @klist_devices: its devices
 * @klist_drivers: its drivers (bus)
 * @notifier:	chain for BUS_NOTIFY_* (bus)
 * @devices:	directory of links to the devices (bus)
 * @drivers:	directory of the drivers (bus)
 * @glue:	/sys/devices/virtual/NAME (class)
 * @autoprobe:	bind new devices and drivers
 * @iommu_ops:	of the IOMMU that translates for this bus
 */
struct subsys_private {
	struct kobject kobj;
	struct subsys_private *next;
	const void *key;
	struct klist klist_devices;
	struct klist klist_drivers;
	struct blocking_notifier_head notifier;
	struct kobject *devices;
	struct kobject *drivers;
	struct kobject *glue;
	bool autoprobe;
	const struct iommu_ops *iommu_ops;
};

struct driver_private {
	struct kobject kobj;
	struct klist klist_devices;
	struct klist_node knode_bus;
	struct device_driver *driver;
	struct subsys_private *sp;
};

struct device_private {
	struct klist klist_children;
	struct klist_node knode_parent;
	struct klist_node knode_driver;
	struct klist_node knode_bus;
	struct klist_node knode_class;
	struct device *device;
	struct device_private *next_all;	/* list of all, for inspection */
	bool dead;
	bool ready_to_probe;
};

struct subsys_private *kshim_subsys(const void *key);
void kshim_subsys_link(struct subsys_private *sp);
void kshim_subsys_unlink(struct subsys_private *sp);

static inline struct subsys_private *subsys_get(struct subsys_private *sp)
{
	if (sp)
		kobject_get(&sp->kobj);
	return sp;
}

static inline void subsys_put(struct subsys_private *sp)
{
	if (sp)
		kobject_put(&sp->kobj);
}

int kshim_iommu_group_of(struct device *dev);

void bus_notify(struct device *dev, unsigned long action);
int bus_add_device(struct device *dev);
void bus_probe_device(struct device *dev);
void bus_remove_device(struct device *dev);
int bus_add_driver(struct device_driver *drv);
void bus_remove_driver(struct device_driver *drv);

/* What probing says about success, see dd.c: 1 before 5.12, 0 later. */
#define KSHIM_PROBE_BOUND	(KSHIM_KVER < 0x050c00)

void device_initial_probe(struct device *dev);
void driver_detach(struct device_driver *drv);

int class_add_device(struct device *dev);
void class_remove_device(struct device *dev);

int devres_release_all(struct device *dev);
int device_create_node(struct device *dev);
void device_delete_node(struct device *dev);

static inline int driver_match_device(struct device_driver *drv, struct device *dev)
{
	return drv->bus->match ? drv->bus->match(dev, drv) : 1;
}

#endif
