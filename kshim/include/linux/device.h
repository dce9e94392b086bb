/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/device.h: see kshim/base/core.c for what is promised. */
#ifndef _DEVICE_H_
#define _DEVICE_H_

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/dev_printk.h>
#include <linux/device/bus.h>
#include <linux/device/class.h>
#include <linux/device/devres.h>
#include <linux/device/driver.h>
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/kdev_t.h>
#include <linux/klist.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/pm.h>
#include <linux/slab.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#if KSHIM_KVER >= 0x060500
#include <linux/cleanup.h>
#endif

struct device;
struct device_private;
struct device_node;
struct dev_iommu;
struct dma_map_ops;
struct fwnode_handle;
struct iommu_group;

#define NUMA_NO_NODE	(-1)

struct device_type {
	const char *name;
	const struct attribute_group **groups;
	int (*uevent)(kshim_const_dev struct device *dev, struct kobj_uevent_env *env);
	char *(*devnode)(kshim_const_dev struct device *dev, umode_t *mode,
			 kuid_t *uid, kgid_t *gid);
	void (*release)(struct device *dev);
	const struct dev_pm_ops *pm;
};

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr,
			 const char *buf, size_t count);
};

#define DEVICE_ATTR(_name, _mode, _show, _store)			\
	struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_RW(_name)						\
	struct device_attribute dev_attr_##_name = __ATTR_RW(_name)
#define DEVICE_ATTR_RO(_name)						\
	struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name)						\
	struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
#define DEVICE_ATTR_ADMIN_RW(_name)					\
	struct device_attribute dev_attr_##_name = __ATTR_RW_MODE(_name, 0600)
#define DEVICE_ATTR_ADMIN_RO(_name)					\
	struct device_attribute dev_attr_##_name = __ATTR_RO_MODE(_name, 0400)
#define DEVICE_ATTR_IGNORE_LOCKDEP(_name, _mode, _show, _store)		\
	struct device_attribute dev_attr_##_name =			\
		__ATTR_IGNORE_LOCKDEP(_name, _mode, _show, _store)

int device_create_file(struct device *dev, const struct device_attribute *attr);
void device_remove_file(struct device *dev, const struct device_attribute *attr);
bool device_remove_file_self(struct device *dev, const struct device_attribute *attr);
int device_add_groups(struct device *dev, const struct attribute_group **groups);
void device_remove_groups(struct device *dev, const struct attribute_group **groups);

struct device {
	struct kobject kobj;
	struct device *parent;
	struct device_private *p;
	const char *init_name;
	const struct device_type *type;
	kshim_const_bus struct bus_type *bus;
	struct device_driver *driver;
	void *platform_data;
	void *driver_data;
	struct mutex mutex;
	struct dev_pm_info power;
	const struct dma_map_ops *dma_ops;
	u64 *dma_mask;
	u64 coherent_dma_mask;
	struct device_node *of_node;
	struct fwnode_handle *fwnode;
	int numa_node;
	dev_t devt;
	u32 id;
	struct list_head devres_head;
	kshim_const_class struct class *class;
	const struct attribute_group **groups;
	void (*release)(struct device *dev);
	struct iommu_group *iommu_group;
	struct dev_iommu *iommu;
	bool offline_disabled:1;
	bool offline:1;
	bool can_match:1;
};

#define kobj_to_dev(__kobj)	container_of(__kobj, struct device, kobj)

static inline const char *dev_name(const struct device *dev)
{
	if (dev->init_name)
		return dev->init_name;
	return kobject_name(&dev->kobj);
}

static inline int dev_to_node(struct device *dev)
{
	return dev->numa_node;
}

static inline void set_dev_node(struct device *dev, int node)
{
	dev->numa_node = node;
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}

static inline int device_is_registered(struct device *dev)
{
	return dev->kobj.state_in_sysfs;
}

static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

static inline int device_lock_interruptible(struct device *dev)
{
	return mutex_lock_interruptible(&dev->mutex);
}

static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}

static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

#define device_lock_assert(dev)	lockdep_assert_held(&(dev)->mutex)
#if KSHIM_KVER >= 0x060500
DEFINE_GUARD(device, struct device *, device_lock(_T), device_unlock(_T))
#endif

__printf(2, 3)
int dev_set_name(struct device *dev, const char *fmt, ...);
void device_initialize(struct device *dev);
int device_add(struct device *dev);
int device_register(struct device *dev);
void device_del(struct device *dev);
void device_unregister(struct device *dev);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
bool kill_device(struct device *dev);
#if KSHIM_KVER >= 0x060500
DEFINE_FREE(put_device, struct device *, if (_T) put_device(_T))
#endif

int device_for_each_child(struct device *dev, void *data,
			  int (*fn)(struct device *dev, void *data));
int device_for_each_child_reverse(struct device *dev, void *data,
				  int (*fn)(struct device *dev, void *data));
struct device *device_find_child(struct device *dev, void *data,
				 int (*match)(struct device *dev, void *data));
const char *dev_driver_string(const struct device *dev);

int device_attach(struct device *dev);
int driver_attach(kshim_const_drv struct device_driver *drv);
int device_driver_attach(kshim_const_drv struct device_driver *drv, struct device *dev);
void device_driver_detach(struct device *dev);
int device_bind_driver(struct device *dev);
void device_release_driver(struct device *dev);
int device_reprobe(struct device *dev);
bool device_is_bound(struct device *dev);

__printf(5, 6)
struct device *device_create(kshim_const_class struct class *cls, struct device *parent,
			     dev_t devt, void *drvdata, const char *fmt, ...);
__printf(6, 7)
struct device *device_create_with_groups(kshim_const_class struct class *cls,
					 struct device *parent, dev_t devt, void *drvdata,
					 const struct attribute_group **groups,
					 const char *fmt, ...);
void device_destroy(kshim_const_class struct class *cls, dev_t devt);

#define MODULE_ALIAS_CHARDEV(major, minor)
#define MODULE_ALIAS_CHARDEV_MAJOR(major)

#endif
