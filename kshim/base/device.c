// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the rest of drivers/base/core.c: attributes of devices, children,
 * devices made for a class, device nodes and messages.
 *
 * Given: device_create() and friends allocate the device and free it in its
 * release; nodes come and go with devices that have a number, under the name
 * that type or class choose; messages begin with driver and device name.
 * Not given: deferred probe reasons, moving and renaming devices.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include <kshim/devnode.h>
#include "engine/engine.h"
#include "base/base.h"
#include "kshim/slab.h"

int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	if (!dev)
		return 0;
	WARN(((attr->attr.mode & 0222) && !attr->store),
	     "Attribute %s: write permission without 'store'\n", attr->attr.name);
	WARN(((attr->attr.mode & 0444) && !attr->show),
	     "Attribute %s: read permission without 'show'\n", attr->attr.name);
	return sysfs_create_file(&dev->kobj, &attr->attr);
}

void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	if (dev)
		sysfs_remove_file(&dev->kobj, &attr->attr);
}

bool device_remove_file_self(struct device *dev, const struct device_attribute *attr)
{
	return dev ? sysfs_remove_file_self(&dev->kobj, &attr->attr) : false;
}

int device_add_groups(struct device *dev, const struct attribute_group **groups)
{
	return sysfs_create_groups(&dev->kobj, groups);
}

void device_remove_groups(struct device *dev, const struct attribute_group **groups)
{
	sysfs_remove_groups(&dev->kobj, groups);
}

const char *dev_driver_string(const struct device *dev)
{
	struct device_driver *drv = READ_ONCE(dev->driver);

	if (drv)
		return drv->name;
	if (dev->bus)
		return dev->bus->name;
	return dev->class ? dev->class->name : "";
}

static void dev_vprintk(const char *level, const struct device *dev, const char *fmt,
			va_list args)
{
	char buf[512];

	if (!kshim_hot.detail)
		return;
	vscnprintf(buf, sizeof(buf), fmt, args);
	if (dev)
		printk("%s%s %s: %s", level, dev_driver_string(dev), dev_name(dev), buf);
	else
		printk("%s(NULL device *): %s", level, buf);
}

void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	dev_vprintk(level, dev, fmt, args);
	va_end(args);
}

/* Log why a probe fails, quietly for a deferral. Return: @err. */
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	char buf[256];
	va_list args;

	if (err == -EPROBE_DEFER || !kshim_hot.detail)
		return err;
	va_start(args, fmt);
	vscnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	dev_err(dev, "error %d: %s", err, buf);
	return err;
}

static struct device *next_child(struct klist_iter *i)
{
	struct klist_node *n = klist_next(i);

	return n ? container_of(n, struct device_private, knode_parent)->device : NULL;
}

/* Call @fn for each child until it returns non-zero; that is returned. */
int device_for_each_child(struct device *parent, void *data,
			  int (*fn)(struct device *dev, void *data))
{
	struct klist_iter i;
	struct device *child;
	int err = 0;

	if (!parent->p)
		return 0;
	klist_iter_init(&parent->p->klist_children, &i);
	while (!err && (child = next_child(&i)))
		err = fn(child, data);
	klist_iter_exit(&i);
	return err;
}

/* The child for which @match says yes, referenced. */
struct device *device_find_child(struct device *parent, void *data,
				 int (*match)(struct device *dev, void *data))
{
	struct klist_iter i;
	struct device *child;

	if (!parent || !parent->p)
		return NULL;
	klist_iter_init(&parent->p->klist_children, &i);
	while ((child = next_child(&i)))
		if (match(child, data) && get_device(child))
			break;
	klist_iter_exit(&i);
	return child;
}

/*
 * The name below /dev. *@tmp is to be freed. No failure is injected here: the
 * kernel falls back to another name then and leaves a stale node behind, which
 * is no business of the code under test.
 */
static const char *get_devnode(struct device *dev, umode_t *mode, char **tmp)
{
	kuid_t uid = GLOBAL_ROOT_UID;
	kgid_t gid = GLOBAL_ROOT_GID;
	unsigned int fail_nth = kshim_fail_nth(0);
	const char *name = NULL;
	char *p;

	*tmp = NULL;
	if (dev->type && dev->type->devnode)
		*tmp = dev->type->devnode(dev, mode, &uid, &gid);
	if (!*tmp && dev->class && dev->class->devnode)
		*tmp = dev->class->devnode(dev, mode);
	if (!*tmp && !strchr(dev_name(dev), '!'))
		name = dev_name(dev);
	if (!*tmp && !name) {
		*tmp = kstrdup(dev_name(dev), GFP_KERNEL);
		for (p = *tmp; p && (p = strchr(p, '!')); )
			*p = '/';
	}
	kshim_fail_nth(fail_nth);
	return name ?: *tmp;
}

int device_create_node(struct device *dev)
{
	umode_t mode = 0;
	char *tmp;
	const char *name = get_devnode(dev, &mode, &tmp);
	int err = name ? kshim_devnode_add(name, dev->devt, mode) : -ENOMEM;

	kfree(tmp);
	return err;
}

void device_delete_node(struct device *dev)
{
	umode_t mode = 0;
	char *tmp;
	const char *name = get_devnode(dev, &mode, &tmp);

	if (name)
		kshim_devnode_del(name);
	kfree(tmp);
}

static void create_release(struct device *dev)
{
	kfree(dev);
}

static struct device *create_vargs(kshim_const_class struct class *cls,
				   struct device *parent, dev_t devt, void *drvdata,
				   const struct attribute_group **groups,
				   const char *fmt, va_list args)
{
	struct device *dev;
	int err;

	if (IS_ERR_OR_NULL(cls))
		return ERR_PTR(-ENODEV);
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->devt = devt;
	dev->class = cls;
	dev->parent = parent;
	dev->groups = groups;
	dev->release = create_release;
	dev_set_drvdata(dev, drvdata);
	err = kobject_set_name_vargs(&dev->kobj, fmt, args);
	if (!err)
		err = device_add(dev);
	if (err) {
		put_device(dev);
		return ERR_PTR(err);
	}
	return dev;
}

/**
 * device_create() - make and register a device of a class
 * @cls:	class
 * @parent:	or NULL
 * @devt:	number; with a major the device gets a node
 * @drvdata:	for dev_get_drvdata()
 * @fmt:	of the name
 *
 * Return: the device, to be ended by device_destroy(), or ERR_PTR.
 */
struct device *device_create(kshim_const_class struct class *cls, struct device *parent,
			     dev_t devt, void *drvdata, const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create_vargs(cls, parent, devt, drvdata, NULL, fmt, args);
	va_end(args);
	return dev;
}

struct device *device_create_with_groups(kshim_const_class struct class *cls,
					 struct device *parent, dev_t devt, void *drvdata,
					 const struct attribute_group **groups,
					 const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create_vargs(cls, parent, devt, drvdata, groups, fmt, args);
	va_end(args);
	return dev;
}

/* Unregister the device of a class that has this number, if there is one. */
void device_destroy(kshim_const_class struct class *cls, dev_t devt)
{
	struct device *dev = class_find_device_by_devt(cls, devt);

	if (!dev)
		return;
	put_device(dev);
	device_unregister(dev);
}
