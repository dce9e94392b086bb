// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the iterators of drivers/base/bus.c and driver.c.
 *
 * The kernel: the walk references where it is and survives removals; what a
 * callback returns other than 0 ends it. A found device is referenced.
 */
#include <linux/device.h>
#include <linux/string.h>
#include "base/base.h"

int device_match_name(struct device *dev, const void *name)
{
	return sysfs_streq(dev_name(dev), name);
}

int device_match_devt(struct device *dev, const void *pdevt)
{
	return dev->devt == *(const dev_t *)pdevt;
}

int device_match_any(struct device *dev, const void *unused)
{
	return 1;
}

static struct device *next_dev(struct klist_iter *i)
{
	struct klist_node *n = klist_next(i);

	return n ? container_of(n, struct device_private, knode_bus)->device : NULL;
}

int bus_for_each_dev(kshim_const_bus struct bus_type *bus, struct device *start,
		     void *data, int (*fn)(struct device *dev, void *data))
{
	struct subsys_private *sp = bus ? subsys_get(kshim_subsys(bus)) : NULL;
	struct klist_iter i;
	struct device *dev;
	int err = 0;

	if (!sp)
		return -EINVAL;
	klist_iter_init_node(&sp->klist_devices, &i, start ? &start->p->knode_bus : NULL);
	while (!err && (dev = next_dev(&i)))
		err = fn(dev, data);
	klist_iter_exit(&i);
	subsys_put(sp);
	return err;
}

struct device *bus_find_device(kshim_const_bus struct bus_type *bus,
			       struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data))
{
	struct subsys_private *sp = bus ? subsys_get(kshim_subsys(bus)) : NULL;
	struct klist_iter i;
	struct device *dev;

	if (!sp)
		return NULL;
	klist_iter_init_node(&sp->klist_devices, &i, start ? &start->p->knode_bus : NULL);
	while ((dev = next_dev(&i)))
		if (match(dev, data) && get_device(dev))
			break;
	klist_iter_exit(&i);
	subsys_put(sp);
	return dev;
}

int bus_for_each_drv(kshim_const_bus struct bus_type *bus, struct device_driver *start,
		     void *data, int (*fn)(struct device_driver *drv, void *data))
{
	struct subsys_private *sp = bus ? subsys_get(kshim_subsys(bus)) : NULL;
	struct klist_iter i;
	struct klist_node *n;
	int err = 0;

	if (!sp)
		return -EINVAL;
	klist_iter_init_node(&sp->klist_drivers, &i, start ? &start->p->knode_bus : NULL);
	while (!err && (n = klist_next(&i)))
		err = fn(container_of(n, struct driver_private, knode_bus)->driver, data);
	klist_iter_exit(&i);
	subsys_put(sp);
	return err;
}

static struct device *next_bound(struct klist_iter *i)
{
	struct klist_node *n = klist_next(i);

	return n ? container_of(n, struct device_private, knode_driver)->device : NULL;
}

int driver_for_each_device(struct device_driver *drv, struct device *start,
			   void *data, int (*fn)(struct device *dev, void *data))
{
	struct klist_iter i;
	struct device *dev;
	int err = 0;

	if (!drv)
		return -EINVAL;
	klist_iter_init_node(&drv->p->klist_devices, &i,
			     start ? &start->p->knode_driver : NULL);
	while (!err && (dev = next_bound(&i)))
		err = fn(dev, data);
	klist_iter_exit(&i);
	return err;
}

struct device *driver_find_device(const struct device_driver *drv, struct device *start,
				  const void *data,
				  int (*match)(struct device *dev, const void *data))
{
	struct klist_iter i;
	struct device *dev;

	if (!drv || !drv->p)
		return NULL;
	klist_iter_init_node(&drv->p->klist_devices, &i,
			     start ? &start->p->knode_driver : NULL);
	while ((dev = next_bound(&i)))
		if (match(dev, data) && get_device(dev))
			break;
	klist_iter_exit(&i);
	return dev;
}
