// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors drivers/base/driver.c and the driver half of bus.c.
 *
 * The kernel: registering a driver offers it every device of the bus, one at
 * a time; unregistering takes away its files (waiting for a bind or unbind
 * that is running), then its devices, then the driver. "bind" and "unbind"
 * find the device by name and do their work under device_lock.
 *
 * Given: that, with the results of "bind" as each version has them.
 * Not given: asynchronous probing, /sys/module links.
 */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"
#include "base/base.h"

static ssize_t drv_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct driver_attribute *da = container_of(attr, struct driver_attribute, attr);
	struct driver_private *p = container_of(kobj, struct driver_private, kobj);

	return da->show ? da->show(p->driver, buf) : -EIO;
}

static ssize_t drv_attr_store(struct kobject *kobj, struct attribute *attr,
			      const char *buf, size_t count)
{
	struct driver_attribute *da = container_of(attr, struct driver_attribute, attr);
	struct driver_private *p = container_of(kobj, struct driver_private, kobj);

	return da->store ? da->store(p->driver, buf, count) : -EIO;
}

static const struct sysfs_ops drv_sysfs_ops = {
	.show = drv_attr_show,
	.store = drv_attr_store,
};

static void driver_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct driver_private, kobj));
}

static const struct kobj_type driver_ktype = {
	.sysfs_ops = &drv_sysfs_ops,
	.release = driver_release,
};

static ssize_t unbind_store(struct device_driver *drv, const char *buf, size_t count)
{
	struct subsys_private *sp = subsys_get(kshim_subsys(drv->bus));
	struct device *dev = bus_find_device_by_name(drv->bus, NULL, buf);
	ssize_t ret = -ENODEV;

	if (dev && dev->driver == drv) {
		device_driver_detach(dev);
		ret = count;
	}
	put_device(dev);
	subsys_put(sp);
	return ret;
}

static ssize_t bind_store(struct device_driver *drv, const char *buf, size_t count)
{
	struct subsys_private *sp = subsys_get(kshim_subsys(drv->bus));
	struct device *dev = bus_find_device_by_name(drv->bus, NULL, buf);
	ssize_t ret = -ENODEV;

#if KSHIM_PROBE_BOUND
	if (dev && !dev->driver && driver_match_device(drv, dev)) {
		int err = device_driver_attach(drv, dev);

		/* 1: bound, 0: not accepted */
		ret = err > 0 ? (ssize_t)count : err == 0 ? -ENODEV : err;
	}
#else
	if (dev && driver_match_device(drv, dev)) {
		ret = device_driver_attach(drv, dev);
		if (!ret)
			ret = count;
	}
#endif
	put_device(dev);
	subsys_put(sp);
	return ret;
}

static DRIVER_ATTR_IGNORE_LOCKDEP(unbind, 0200, NULL, unbind_store);
static DRIVER_ATTR_IGNORE_LOCKDEP(bind, 0200, NULL, bind_store);

int driver_create_file(const struct device_driver *drv, const struct driver_attribute *attr)
{
	return drv ? sysfs_create_file(&drv->p->kobj, &attr->attr) : -EINVAL;
}

void driver_remove_file(const struct device_driver *drv, const struct driver_attribute *attr)
{
	if (drv)
		sysfs_remove_file(&drv->p->kobj, &attr->attr);
}

static int add_files(struct device_driver *drv)
{
	int err = sysfs_create_groups(&drv->p->kobj, drv->bus->drv_groups);

	if (err)
		pr_err("%s: driver_create_groups(%s) failed\n", __func__, drv->name);
	if (drv->suppress_bind_attrs)
		return err;
	err = driver_create_file(drv, &driver_attr_unbind);
	if (!err) {
		err = driver_create_file(drv, &driver_attr_bind);
		if (err)
			driver_remove_file(drv, &driver_attr_unbind);
	}
	if (err)
		pr_err("%s: add_bind_files(%s) failed\n", __func__, drv->name);
	return err;
}

int bus_add_driver(struct device_driver *drv)
{
	struct subsys_private *sp = subsys_get(kshim_subsys(drv->bus));
	struct driver_private *p;
	int err = -ENOMEM;

	if (!sp)
		return -EINVAL;
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		goto put_bus;
	klist_init(&p->klist_devices, NULL, NULL);
	p->driver = drv;
	p->sp = sp;
	drv->p = p;
	err = kobject_init_and_add(&p->kobj, &driver_ktype, sp->drivers, "%s", drv->name);
	if (err)
		goto put_driver;
	klist_add_tail(&p->knode_bus, &sp->klist_drivers);
	if (sp->autoprobe) {
		err = driver_attach(drv);
		if (err)
			goto unlist;
	}
	add_files(drv);		/* failure is said, and lived with */
	return 0;
unlist:
	klist_del(&p->knode_bus);
put_driver:
	kobject_put(&p->kobj);
	drv->p = NULL;
put_bus:
	subsys_put(sp);
	return err;
}

void bus_remove_driver(struct device_driver *drv)
{
	struct subsys_private *sp = drv->p->sp;

	if (!drv->suppress_bind_attrs) {
		driver_remove_file(drv, &driver_attr_bind);
		driver_remove_file(drv, &driver_attr_unbind);
	}
	sysfs_remove_groups(&drv->p->kobj, drv->bus->drv_groups);
	klist_remove(&drv->p->knode_bus);
	driver_detach(drv);
	kobject_put(&drv->p->kobj);
	subsys_put(sp);
}

/* The driver of a bus that has this name; not referenced. */
struct device_driver *driver_find(const char *name, kshim_const_bus struct bus_type *bus)
{
	struct subsys_private *sp = kshim_subsys(bus);
	struct device_driver *drv = NULL;
	struct klist_iter i;
	struct klist_node *n;

	if (!sp)
		return NULL;
	klist_iter_init(&sp->klist_drivers, &i);
	while ((n = klist_next(&i))) {
		drv = container_of(n, struct driver_private, knode_bus)->driver;
		if (!strcmp(drv->name, name))
			break;
	}
	klist_iter_exit(&i);
	return n ? drv : NULL;
}

/**
 * driver_register() - make a driver known and offer it all devices
 * @drv:	with its bus
 *
 * Return: 0; -EBUSY when the name is taken; -EINVAL without the bus.
 */
int driver_register(struct device_driver *drv)
{
	int err;

	if (!kshim_subsys(drv->bus)) {
		pr_err("Driver '%s' was unable to register with bus_type '%s' because the bus was not initialized.\n",
		       drv->name, drv->bus->name);
		return -EINVAL;
	}
	if ((drv->bus->probe && drv->probe) || (drv->bus->remove && drv->remove) ||
	    (drv->bus->shutdown && drv->shutdown))
		pr_warn("Driver '%s' needs updating - please use bus_type methods\n",
			drv->name);
	if (driver_find(drv->name, drv->bus)) {
		pr_err("Error: Driver '%s' is already registered, aborting...\n",
		       drv->name);
		return -EBUSY;
	}
	err = bus_add_driver(drv);
	if (err)
		return err;
	err = sysfs_create_groups(&drv->p->kobj, drv->groups);
	if (err)
		bus_remove_driver(drv);
	return err;
}

void driver_unregister(struct device_driver *drv)
{
	if (!drv || !drv->p) {
		WARN(1, "Unexpected driver unregister!\n");
		return;
	}
	sysfs_remove_groups(&drv->p->kobj, drv->groups);
	bus_remove_driver(drv);
}

/**
 * driver_set_override() - store() of a driver_override attribute
 * @dev:	whose
 * @override:	the field; what it had is freed
 * @s:		new value, up to a newline; empty: none
 * @len:	bytes at @s
 *
 * Return: 0, -EINVAL, -ENOMEM.
 */
int driver_set_override(struct device *dev, const char **override, const char *s,
			size_t len)
{
	const char *old, *nl;
	char *new = NULL;

	if (!override || !s || len >= PAGE_SIZE - 1)
		return -EINVAL;
	nl = memchr(s, '\n', len);
	if (nl)
		len = nl - s;
	if (len) {
		new = kstrndup(s, len, GFP_KERNEL);
		if (!new)
			return -ENOMEM;
	}
	device_lock(dev);
	old = *override;
	*override = new;
	device_unlock(dev);
	kfree(old);
	return 0;
}
