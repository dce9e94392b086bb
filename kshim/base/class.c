// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors drivers/base/class.c: devices by what they do.
 *
 * The kernel: a class lists its devices (each referenced by the list), shows
 * them as links in /sys/class/NAME, and gives parentless ones a directory.
 *
 * Given: that, also the compatibility classes that only hold links.
 * Not given: class interfaces.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/slab.h>
#include "engine/engine.h"
#include "base/base.h"

static ssize_t class_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct class_attribute *ca = container_of(attr, struct class_attribute, attr);
	struct subsys_private *sp = container_of(kobj, struct subsys_private, kobj);

	return ca->show ? ca->show((struct class *)sp->key, ca, buf) : -EIO;
}

static ssize_t class_attr_store(struct kobject *kobj, struct attribute *attr,
				const char *buf, size_t count)
{
	struct class_attribute *ca = container_of(attr, struct class_attribute, attr);
	struct subsys_private *sp = container_of(kobj, struct subsys_private, kobj);

	return ca->store ? ca->store((struct class *)sp->key, ca, buf, count) : -EIO;
}

static const struct sysfs_ops class_sysfs_ops = {
	.show = class_attr_show,
	.store = class_attr_store,
};

static void class_release(struct kobject *kobj)
{
	struct subsys_private *sp = container_of(kobj, struct subsys_private, kobj);
	struct class *cls = (struct class *)sp->key;

	if (cls->class_release)
		cls->class_release(cls);
	kfree(sp);
}

static const struct kobj_type class_ktype = {
	.sysfs_ops = &class_sysfs_ops,
	.release = class_release,
};

static void dev_get_node(struct klist_node *n)
{
	get_device(container_of(n, struct device_private, knode_class)->device);
}

static void dev_put_node(struct klist_node *n)
{
	put_device(container_of(n, struct device_private, knode_class)->device);
}

/**
 * class_register() - make a class known
 * @cls:	filled in by the caller
 *
 * Return: 0 or -errno.
 */
int class_register(kshim_const_class struct class *cls)
{
	struct subsys_private *sp = kzalloc(sizeof(*sp), GFP_KERNEL);
	int err;

	if (!sp)
		return -ENOMEM;
	sp->key = cls;
	klist_init(&sp->klist_devices, dev_get_node, dev_put_node);
	kobject_init(&sp->kobj, &class_ktype);
	err = kobject_add(&sp->kobj, &kshim_kobj_class, "%s", cls->name);
	if (err) {
		/* not class_release(): the caller keeps the class */
		kfree(sp->kobj.name);
		kfree(sp);
		return err;
	}
	sp->glue = kobject_create_and_add(cls->name, &kshim_kobj_virtual);
	err = sp->glue ? sysfs_create_groups(&sp->kobj, cls->class_groups) : -ENOMEM;
	if (err) {
		const char *name = sp->kobj.name;

		kobject_put(sp->glue);
		kobject_del(&sp->kobj);
		kfree(name);
		kfree(sp);
		return err;
	}
	kshim_subsys_link(sp);
	return 0;
}

void class_unregister(kshim_const_class struct class *cls)
{
	struct subsys_private *sp = kshim_subsys(cls);

	if (!sp)
		return;
	sysfs_remove_groups(&sp->kobj, cls->class_groups);
	kobject_put(sp->glue);
	kshim_subsys_unlink(sp);
	kobject_del(&sp->kobj);
	kobject_put(&sp->kobj);
}

static void create_release(kshim_const_class struct class *cls)
{
	kfree(cls);
}

struct class *kshim_class_create(struct module *owner, const char *name)
{
	struct class *cls = kzalloc(sizeof(*cls), GFP_KERNEL);
	int err;

	if (!cls)
		return ERR_PTR(-ENOMEM);
	cls->name = name;
#if KSHIM_HAS_CLASS_OWNER
	cls->owner = owner;
#endif
	cls->class_release = create_release;
	err = class_register(cls);
	if (err) {
		kfree(cls);
		return ERR_PTR(err);
	}
	return cls;
}

void class_destroy(kshim_const_class struct class *cls)
{
	if (!IS_ERR_OR_NULL(cls))
		class_unregister(cls);
}

/* Links between a device and its class. */
int class_add_device(struct device *dev)
{
	struct subsys_private *sp;

	if (!dev->class)
		return 0;
	sp = kshim_subsys(dev->class);
	if (!sp)
		return -EINVAL;
	return sysfs_create_link(&sp->kobj, &dev->kobj, dev_name(dev));
}

void class_remove_device(struct device *dev)
{
	struct subsys_private *sp = dev->class ? kshim_subsys(dev->class) : NULL;

	if (sp)
		sysfs_remove_link(&sp->kobj, dev_name(dev));
}

static struct device *next_device(struct klist_iter *i)
{
	struct klist_node *n = klist_next(i);

	return n ? container_of(n, struct device_private, knode_class)->device : NULL;
}

int class_for_each_device(kshim_const_class struct class *cls, struct device *start,
			  void *data, int (*fn)(struct device *dev, void *data))
{
	struct subsys_private *sp = kshim_subsys(cls);
	struct klist_iter i;
	struct device *dev;
	int err = 0;

	if (!sp) {
		WARN(1, "%s called for class '%s' before it was initialized", __func__,
		     cls->name);
		return -EINVAL;
	}
	klist_iter_init_node(&sp->klist_devices, &i, start ? &start->p->knode_class : NULL);
	while (!err && (dev = next_device(&i)))
		err = fn(dev, data);
	klist_iter_exit(&i);
	return err;
}

struct device *class_find_device(kshim_const_class struct class *cls,
				 struct device *start, const void *data,
				 int (*match)(struct device *dev, const void *data))
{
	struct subsys_private *sp = kshim_subsys(cls);
	struct klist_iter i;
	struct device *dev;

	if (!sp) {
		WARN(1, "%s called for class '%s' before it was initialized", __func__,
		     cls->name);
		return NULL;
	}
	klist_iter_init_node(&sp->klist_devices, &i, start ? &start->p->knode_class : NULL);
	while ((dev = next_device(&i)))
		if (match(dev, data) && get_device(dev))
			break;
	klist_iter_exit(&i);
	return dev;
}

int class_create_file(kshim_const_class struct class *cls,
		      const struct class_attribute *attr)
{
	struct subsys_private *sp = cls ? kshim_subsys(cls) : NULL;

	return sp ? sysfs_create_file(&sp->kobj, &attr->attr) : -EINVAL;
}

void class_remove_file(kshim_const_class struct class *cls,
		       const struct class_attribute *attr)
{
	struct subsys_private *sp = cls ? kshim_subsys(cls) : NULL;

	if (sp)
		sysfs_remove_file(&sp->kobj, &attr->attr);
}
