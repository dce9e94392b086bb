// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors drivers/base/dd.c: binding drivers to devices.
 *
 * The kernel: probe and remove of a device run under its device_lock, so
 * they never overlap; a device that is gone or has a driver is not probed;
 * a failed probe leaves neither driver nor driver data nor resources. The
 * bus hears BIND and BOUND, or BIND and NOT_BOUND; UNBIND before remove(),
 * UNBOUND behind it, all with the lock held.
 *
 * Given: that.
 * Not given: retrying a deferred probe (said in the log), asynchronous
 * probing, power management, device links, DMA and pin set-up.
 */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/err.h>
#include "engine/engine.h"
#include "base/base.h"
#include "lib/rmw.h"

bool device_is_bound(struct device *dev)
{
	return dev->p && klist_node_attached(&dev->p->knode_driver);
}

static void driver_bound(struct device *dev)
{
	if (device_is_bound(dev)) {
		pr_warn("%s: device %s already bound\n", __func__, dev_name(dev));
		return;
	}
	klist_add_tail(&dev->p->knode_driver, &dev->driver->p->klist_devices);
	bus_notify(dev, BUS_NOTIFY_BOUND_DRIVER);
	kobject_uevent(&dev->kobj, KOBJ_BIND);
}

static int add_links(struct device *dev)
{
	struct kobject *drv = &dev->driver->p->kobj;
	int err;

	bus_notify(dev, BUS_NOTIFY_BIND_DRIVER);
	err = sysfs_create_link(drv, &dev->kobj, dev_name(dev));
	if (err)
		return err;
	err = sysfs_create_link(&dev->kobj, drv, "driver");
	if (err)
		sysfs_remove_link(drv, dev_name(dev));
	return err;
}

static void remove_links(struct device *dev)
{
	sysfs_remove_link(&dev->driver->p->kobj, dev_name(dev));
	sysfs_remove_link(&dev->kobj, "driver");
}

/* The caller has set dev->driver. Context: device_lock. */
int device_bind_driver(struct device *dev)
{
	int err = add_links(dev);

	if (!err)
		driver_bound(dev);
	else
		bus_notify(dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
	return err;
}

static void call_remove(struct device *dev, struct device_driver *drv)
{
	kshim_point(KSHIM_CALL, dev, sizeof(*dev));
	if (dev->bus && dev->bus->remove)
		dev->bus->remove(dev);
	else if (drv->remove)
		drv->remove(dev);
}

static int call_probe(struct device *dev, struct device_driver *drv)
{
	kshim_point(KSHIM_CALL, dev, sizeof(*dev));
	if (dev->bus->probe)
		return dev->bus->probe(dev);
	return drv->probe ? drv->probe(dev) : 0;
}

static void say_failure(struct device *dev, struct device_driver *drv, int err)
{
	switch (err) {
	case -EPROBE_DEFER:
		pr_warn("%s: probe of %s deferred: it is not tried again here\n",
			drv->name, dev_name(dev));
		break;
	case -ENODEV:
	case -ENXIO:
		break;
	default:
		pr_warn("%s: probe of %s failed with error %d\n", drv->name,
			dev_name(dev), err);
	}
}

static void set_driver(struct device *dev, struct device_driver *drv)
{
	kshim_touch(KSHIM_WRITE, &dev->driver, sizeof(dev->driver));
	dev->driver = drv;
}

static int really_probe(struct device *dev, struct device_driver *drv)
{
	int err;

	if (!list_empty(&dev->devres_head)) {
		dev_crit(dev, "Resources present before probing\n");
		return -EBUSY;
	}
	set_driver(dev, drv);
	if (dev->bus->dma_configure) {
		err = dev->bus->dma_configure(dev);
		if (err) {
			bus_notify(dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
			goto not_bound;
		}
	}
	err = add_links(dev);
	if (err) {
		pr_err("%s: driver_sysfs_add(%s) failed\n", __func__, dev_name(dev));
		goto cleanup;
	}
	err = call_probe(dev, drv);
	if (err)
		goto links;
	err = device_add_groups(dev, drv->dev_groups);
	if (err) {
		dev_err(dev, "device_add_groups() failed\n");
		call_remove(dev, drv);
		goto links;
	}
	driver_bound(dev);
	return KSHIM_PROBE_BOUND;
links:
	remove_links(dev);
cleanup:
	bus_notify(dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
	if (dev->bus->dma_cleanup)
		dev->bus->dma_cleanup(dev);
not_bound:
	devres_release_all(dev);
	set_driver(dev, NULL);
	dev_set_drvdata(dev, NULL);
	say_failure(dev, drv, err);
	return KSHIM_PROBE_BOUND ? 0 : err;	/* 0: so that the next driver can try */
}

/*
 * Bind if the device is ready for it. Context: device_lock.
 * Return: before 5.12 1 when bound, 0 when not; later 0 when bound, else why
 * not.
 */
static int probe_device(struct device_driver *drv, struct device *dev)
{
	if (dev->p->dead || !device_is_registered(dev))
		return -ENODEV;
	if (!KSHIM_PROBE_BOUND && dev->driver)
		return -EBUSY;
	if (!dev->p->ready_to_probe)
		return dev_err_probe(dev, -EPROBE_DEFER, "Device not ready to probe\n");
	return really_probe(dev, drv);
}

static int attach_one(struct device_driver *drv, void *data)
{
	struct device *dev = data;
	int ret = driver_match_device(drv, dev);

	if (ret <= 0)
		return ret;
	ret = probe_device(drv, dev);
	return KSHIM_PROBE_BOUND ? ret : !ret;
}

/* Return: 1 when the device has a driver, 0 when none wants it, or -errno. */
int device_attach(struct device *dev)
{
	int ret = 0;

	device_lock(dev);
	if (dev->p->dead)
		goto unlock;
	if (dev->driver && device_is_bound(dev)) {
		ret = 1;
	} else if (dev->driver) {
		ret = device_bind_driver(dev) ? 0 : 1;
		if (!ret)
			set_driver(dev, NULL);
	} else {
		ret = bus_for_each_drv(dev->bus, NULL, dev, attach_one);
	}
unlock:
	device_unlock(dev);
	return ret;
}

void device_initial_probe(struct device *dev)
{
	device_attach(dev);
}

static void lock_both(struct device *dev, struct device *parent)
{
	if (parent && dev->bus->need_parent_lock)
		device_lock(parent);
	device_lock(dev);
}

static void unlock_both(struct device *dev, struct device *parent)
{
	device_unlock(dev);
	if (parent && dev->bus->need_parent_lock)
		device_unlock(parent);
}

/**
 * device_driver_attach() - bind this driver to this device
 * @drv:	driver that matches
 * @dev:	device; one that is gone or has a driver is left alone
 *
 * Return: as the version has it, see probe_device(); from 5.12 on a deferral
 * is -EAGAIN.
 */
int device_driver_attach(kshim_const_drv struct device_driver *drv, struct device *dev)
{
	int ret = 0;

	lock_both(dev, dev->parent);
	if (!KSHIM_PROBE_BOUND || (!dev->p->dead && !dev->driver))
		ret = probe_device((struct device_driver *)drv, dev);
	if (!KSHIM_PROBE_BOUND && ret == -EPROBE_DEFER)
		ret = -EAGAIN;
	unlock_both(dev, dev->parent);
	return ret;
}

static int offer(struct device *dev, void *data)
{
	struct device_driver *drv = data;

	if (driver_match_device(drv, dev) > 0)
		device_driver_attach(drv, dev);
	return 0;
}

int driver_attach(kshim_const_drv struct device_driver *drv)
{
	return bus_for_each_dev(drv->bus, NULL, (void *)drv, offer);
}

/* Context: device_lock. */
static void release_locked(struct device *dev)
{
	struct device_driver *drv = dev->driver;

	if (!drv)
		return;
	remove_links(dev);
	bus_notify(dev, BUS_NOTIFY_UNBIND_DRIVER);
	device_remove_groups(dev, drv->dev_groups);
	call_remove(dev, drv);
	if (dev->bus && dev->bus->dma_cleanup)
		dev->bus->dma_cleanup(dev);
	devres_release_all(dev);
	set_driver(dev, NULL);
	dev_set_drvdata(dev, NULL);
	klist_remove(&dev->p->knode_driver);
	bus_notify(dev, BUS_NOTIFY_UNBOUND_DRIVER);
	kobject_uevent(&dev->kobj, KOBJ_UNBIND);
}

static void release_driver(struct device *dev, struct device_driver *drv,
			   struct device *parent)
{
	lock_both(dev, parent);
	if (!drv || drv == dev->driver)
		release_locked(dev);
	unlock_both(dev, parent);
}

/* Unbind whatever is bound. Called from remove() it deadlocks, as it should. */
void device_release_driver(struct device *dev)
{
	release_driver(dev, NULL, NULL);
}

void device_driver_detach(struct device *dev)
{
	release_driver(dev, NULL, dev->parent);
}

/* Unbind all devices of a driver, the one bound last first. */
void driver_detach(struct device_driver *drv)
{
	struct klist *k = &drv->p->klist_devices;

	for (;;) {
		struct device *dev = NULL;

		kshim_point(KSHIM_READ, k, sizeof(*k));
		kshim_obj_lock_ordered(k);
		if (!list_empty(&k->k_list)) {
			dev = list_last_entry(&k->k_list, struct device_private,
					      knode_driver.n_node)->device;
			/* no point between finding and referencing it */
			kshim_rmw_inc((int *)&dev->kobj.kref);
		}
		kshim_obj_unlock(k);
		if (!dev)
			break;
		release_driver(dev, drv, dev->parent);
		put_device(dev);
	}
}

/* Probing is synchronous: there is nothing to wait for. */
void wait_for_device_probe(void)
{
}
