/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/device/bus.h: see kshim/base/bus.c for what is promised. */
#ifndef _DEVICE_BUS_H_
#define _DEVICE_BUS_H_

#include <linux/klist.h>
#include <linux/kobject.h>
#include <linux/pm.h>

/* What the kernel made const over the years; the pointers only. */
#if KSHIM_KVER >= 0x060400
#define kshim_const_bus		const
#else
#define kshim_const_bus
#endif
#if KSHIM_KVER >= 0x060b00
#define kshim_const_drv		const
#else
#define kshim_const_drv
#endif
#if KSHIM_KVER >= 0x060200
#define kshim_const_dev		const
#else
#define kshim_const_dev
#endif

struct device;
struct device_driver;
struct fwnode_handle;
struct notifier_block;
struct iommu_ops;

struct bus_type {
	const char *name;
	const char *dev_name;
	struct device *dev_root;
	const struct attribute_group **bus_groups;
	const struct attribute_group **dev_groups;
	const struct attribute_group **drv_groups;

	int (*match)(struct device *dev, kshim_const_drv struct device_driver *drv);
	int (*uevent)(kshim_const_dev struct device *dev, struct kobj_uevent_env *env);
	int (*probe)(struct device *dev);
	void (*sync_state)(struct device *dev);
#if KSHIM_KVER < 0x050f00
	int (*remove)(struct device *dev);
#else
	void (*remove)(struct device *dev);
#endif
	void (*shutdown)(struct device *dev);
	int (*num_vf)(struct device *dev);
	int (*dma_configure)(struct device *dev);
	void (*dma_cleanup)(struct device *dev);
	const struct dev_pm_ops *pm;
	bool need_parent_lock;
	bool driver_managed_dma;
};

int bus_register(kshim_const_bus struct bus_type *bus);
void bus_unregister(kshim_const_bus struct bus_type *bus);
int bus_rescan_devices(kshim_const_bus struct bus_type *bus);

struct bus_attribute {
	struct attribute attr;
	ssize_t (*show)(kshim_const_bus struct bus_type *bus, char *buf);
	ssize_t (*store)(kshim_const_bus struct bus_type *bus, const char *buf,
			 size_t count);
};

#define BUS_ATTR_RW(_name)	struct bus_attribute bus_attr_##_name = __ATTR_RW(_name)
#define BUS_ATTR_RO(_name)	struct bus_attribute bus_attr_##_name = __ATTR_RO(_name)
#define BUS_ATTR_WO(_name)	struct bus_attribute bus_attr_##_name = __ATTR_WO(_name)

int bus_create_file(kshim_const_bus struct bus_type *bus, struct bus_attribute *attr);
void bus_remove_file(kshim_const_bus struct bus_type *bus, struct bus_attribute *attr);

int device_match_name(struct device *dev, const void *name);
int device_match_devt(struct device *dev, const void *pdevt);
int device_match_any(struct device *dev, const void *unused);

int bus_for_each_dev(kshim_const_bus struct bus_type *bus, struct device *start,
		     void *data, int (*fn)(struct device *dev, void *data));
struct device *bus_find_device(kshim_const_bus struct bus_type *bus,
			       struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data));
int bus_for_each_drv(kshim_const_bus struct bus_type *bus,
		     struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data));

static inline struct device *
bus_find_device_by_name(kshim_const_bus struct bus_type *bus, struct device *start,
			const char *name)
{
	return bus_find_device(bus, start, name, device_match_name);
}

int bus_register_notifier(kshim_const_bus struct bus_type *bus,
			  struct notifier_block *nb);
int bus_unregister_notifier(kshim_const_bus struct bus_type *bus,
			    struct notifier_block *nb);

#if KSHIM_KVER < 0x060200
#define BUS_NOTIFY_ADD_DEVICE		1
#define BUS_NOTIFY_DEL_DEVICE		2
#define BUS_NOTIFY_REMOVED_DEVICE	3
#define BUS_NOTIFY_BIND_DRIVER		4
#define BUS_NOTIFY_BOUND_DRIVER		5
#define BUS_NOTIFY_UNBIND_DRIVER	6
#define BUS_NOTIFY_UNBOUND_DRIVER	7
#define BUS_NOTIFY_DRIVER_NOT_BOUND	8
#else
enum bus_notifier_event {
	BUS_NOTIFY_ADD_DEVICE,
	BUS_NOTIFY_DEL_DEVICE,
	BUS_NOTIFY_REMOVED_DEVICE,
	BUS_NOTIFY_BIND_DRIVER,
	BUS_NOTIFY_BOUND_DRIVER,
	BUS_NOTIFY_UNBIND_DRIVER,
	BUS_NOTIFY_UNBOUND_DRIVER,
	BUS_NOTIFY_DRIVER_NOT_BOUND,
};
#endif

#endif
