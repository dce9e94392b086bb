/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/device/driver.h: see kshim/base/driver.c and dd.c. */
#ifndef _DEVICE_DRIVER_H_
#define _DEVICE_DRIVER_H_

#include <linux/device/bus.h>
#include <linux/klist.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/pm.h>

struct of_device_id;
struct acpi_device_id;
struct driver_private;

enum probe_type {
	PROBE_DEFAULT_STRATEGY,
	PROBE_PREFER_ASYNCHRONOUS,	/* probed synchronously all the same */
	PROBE_FORCE_SYNCHRONOUS,
};

struct device_driver {
	const char *name;
	kshim_const_bus struct bus_type *bus;
	struct module *owner;
	const char *mod_name;
	bool suppress_bind_attrs;
	enum probe_type probe_type;
	const struct of_device_id *of_match_table;
	const struct acpi_device_id *acpi_match_table;

	int (*probe)(struct device *dev);
	void (*sync_state)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	const struct attribute_group **groups;
	const struct attribute_group **dev_groups;
	const struct dev_pm_ops *pm;
	struct driver_private *p;
};

int driver_register(struct device_driver *drv);
void driver_unregister(struct device_driver *drv);
struct device_driver *driver_find(const char *name, kshim_const_bus struct bus_type *bus);

struct driver_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device_driver *driver, char *buf);
	ssize_t (*store)(struct device_driver *driver, const char *buf, size_t count);
};

#define DRIVER_ATTR_RW(_name)	struct driver_attribute driver_attr_##_name = __ATTR_RW(_name)
#define DRIVER_ATTR_RO(_name)	struct driver_attribute driver_attr_##_name = __ATTR_RO(_name)
#define DRIVER_ATTR_WO(_name)	struct driver_attribute driver_attr_##_name = __ATTR_WO(_name)
#define DRIVER_ATTR_IGNORE_LOCKDEP(_name, _mode, _show, _store)		\
	struct driver_attribute driver_attr_##_name =			\
		__ATTR_IGNORE_LOCKDEP(_name, _mode, _show, _store)

int driver_create_file(const struct device_driver *drv, const struct driver_attribute *attr);
void driver_remove_file(const struct device_driver *drv, const struct driver_attribute *attr);
int driver_set_override(struct device *dev, const char **override, const char *s,
			size_t len);
int driver_for_each_device(struct device_driver *drv, struct device *start,
			   void *data, int (*fn)(struct device *dev, void *data));
struct device *driver_find_device(const struct device_driver *drv, struct device *start,
				  const void *data,
				  int (*match)(struct device *dev, const void *data));

static inline struct device *
driver_find_device_by_name(const struct device_driver *drv, const char *name)
{
	return driver_find_device(drv, NULL, name, device_match_name);
}

static inline struct device *
driver_find_device_by_devt(const struct device_driver *drv, dev_t devt)
{
	return driver_find_device(drv, NULL, &devt, device_match_devt);
}

void wait_for_device_probe(void);

#define module_driver(__driver, __register, __unregister, ...)		\
static int __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
module_init(__driver##_init);						\
static void __driver##_exit(void)					\
{									\
	__unregister(&(__driver), ##__VA_ARGS__);			\
}									\
module_exit(__driver##_exit)

#endif
