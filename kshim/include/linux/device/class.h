/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/device/class.h: see kshim/base/class.c. */
#ifndef _DEVICE_CLASS_H_
#define _DEVICE_CLASS_H_

#include <linux/device/bus.h>
#include <linux/klist.h>
#include <linux/kobject.h>
#include <linux/pm.h>

struct device;
struct module;

#define KSHIM_HAS_CLASS_OWNER	(KSHIM_KVER < 0x060400)
#if !KSHIM_HAS_CLASS_OWNER
#define kshim_const_class	const
#else
#define kshim_const_class
#endif

struct class {
	const char *name;
#if KSHIM_HAS_CLASS_OWNER
	struct module *owner;
#endif
	const struct attribute_group **class_groups;
	const struct attribute_group **dev_groups;
	struct kobject *dev_kobj;

	int (*dev_uevent)(kshim_const_dev struct device *dev, struct kobj_uevent_env *env);
	char *(*devnode)(kshim_const_dev struct device *dev, umode_t *mode);

	void (*class_release)(kshim_const_class struct class *class);
	void (*dev_release)(struct device *dev);
	int (*shutdown_pre)(struct device *dev);

	const struct kobj_ns_type_operations *ns_type;
	const void *(*namespace)(kshim_const_dev struct device *dev);
	void (*get_ownership)(kshim_const_dev struct device *dev, kuid_t *uid, kgid_t *gid);
	const struct dev_pm_ops *pm;
};

int class_register(kshim_const_class struct class *class);
void class_unregister(kshim_const_class struct class *class);

struct class *kshim_class_create(struct module *owner, const char *name);
#if KSHIM_HAS_CLASS_OWNER
#define class_create(owner, name)	kshim_class_create(owner, name)
#else
#define class_create(name)		kshim_class_create(NULL, name)
#endif
void class_destroy(kshim_const_class struct class *cls);

int class_for_each_device(kshim_const_class struct class *class,
			  struct device *start, void *data,
			  int (*fn)(struct device *dev, void *data));
struct device *class_find_device(kshim_const_class struct class *class,
				 struct device *start, const void *data,
				 int (*match)(struct device *dev, const void *data));

static inline struct device *
class_find_device_by_name(kshim_const_class struct class *class, const char *name)
{
	return class_find_device(class, NULL, name, device_match_name);
}

static inline struct device *
class_find_device_by_devt(kshim_const_class struct class *class, dev_t devt)
{
	return class_find_device(class, NULL, &devt, device_match_devt);
}

struct class_compat;
struct class_compat *class_compat_register(const char *name);
void class_compat_unregister(struct class_compat *cls);
#define KSHIM_HAS_COMPAT_DEVICE_LINK	(KSHIM_KVER < 0x060d00)
#if KSHIM_HAS_COMPAT_DEVICE_LINK
int class_compat_create_link(struct class_compat *cls, struct device *dev,
			     struct device *device_link);
void class_compat_remove_link(struct class_compat *cls, struct device *dev,
			      struct device *device_link);
#else
int class_compat_create_link(struct class_compat *cls, struct device *dev);
void class_compat_remove_link(struct class_compat *cls, struct device *dev);
#endif

struct class_attribute {
	struct attribute attr;
	ssize_t (*show)(kshim_const_class struct class *class,
			kshim_const_class struct class_attribute *attr, char *buf);
	ssize_t (*store)(kshim_const_class struct class *class,
			 kshim_const_class struct class_attribute *attr,
			 const char *buf, size_t count);
};

#define CLASS_ATTR_RW(_name)	struct class_attribute class_attr_##_name = __ATTR_RW(_name)
#define CLASS_ATTR_RO(_name)	struct class_attribute class_attr_##_name = __ATTR_RO(_name)
#define CLASS_ATTR_WO(_name)	struct class_attribute class_attr_##_name = __ATTR_WO(_name)

int class_create_file(kshim_const_class struct class *class,
		      const struct class_attribute *attr);
void class_remove_file(kshim_const_class struct class *class,
		       const struct class_attribute *attr);

#endif
