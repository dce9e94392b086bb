// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls the driver API one function at a time, as an administrator asks:
 *
 *	echo 0000:00:03.0 > /sys/bus/sim/drivers/manual/register
 *
 * The files are init, register, unregister, add, del, get and put. A write
 * gives the error of the function. There is no binding and no device_lock:
 * what goes wrong when they race is the driver's breach of contract.
 *
 * A device can be initialised twice; register takes the first of the two that
 * nobody has tried to register.
 */
#include <linux/mutex.h>

#include "faulty.h"

#define MANUAL_MAX	2

struct manual {
	struct faulty *f[MANUAL_MAX];
	bool used[MANUAL_MAX];		/* registered, or about to be */
	struct device *dev;
	struct vfio_device *got;
	struct list_head node;
};

static LIST_HEAD(manuals);
static DEFINE_MUTEX(manual_lock);

static const struct vfio_device_ops manual_ops = {
	.name = "manual",
	VFIO_COMPAT_OPS(faulty_init_regs, faulty_release)
	.open_device = faulty_open,
	.close_device = faulty_close,
	.request = faulty_request,
};

static struct manual *manual_find(const char *buf, size_t count)
{
	struct manual *m;
	struct device *dev;
	char name[32];

	if (sscanf(buf, "%31s", name) != 1)
		return NULL;
	mutex_lock(&manual_lock);
	list_for_each_entry(m, &manuals, node) {
		if (!strcmp(dev_name(m->dev), name)) {
			mutex_unlock(&manual_lock);
			return m;
		}
	}
	mutex_unlock(&manual_lock);
	dev = bus_find_device_by_name(&sim_bus, NULL, name);
	if (!dev)
		return NULL;
	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m) {
		put_device(dev);
		return NULL;
	}
	m->dev = dev;
	mutex_lock(&manual_lock);
	list_add(&m->node, &manuals);
	mutex_unlock(&manual_lock);
	return m;
}

static int manual_init(struct manual *m)
{
	struct faulty *f = faulty_alloc(m->dev, &manual_ops, faulty_init_regs);

	int i = m->f[0] ? 1 : 0;

	if (IS_ERR(f))
		return PTR_ERR(f);
	if (m->used[i]) {
		faulty_free(f);
		return -EBUSY;
	}
	if (m->f[i])
		faulty_free(m->f[i]);
	m->f[i] = f;
	return 0;
}

/* With nothing left to register, the first one is registered again. */
static int manual_register(struct manual *m)
{
	bool again = false;
	int i, ret;

	mutex_lock(&manual_lock);
	for (i = 0; i < MANUAL_MAX; i++)
		if (m->f[i] && !m->used[i])
			break;
	if (i == MANUAL_MAX) {
		again = true;
		i = 0;
	}
	if (m->f[i])
		m->used[i] = true;
	mutex_unlock(&manual_lock);
	if (!m->f[i])
		return -EINVAL;
	ret = faulty_register(m->f[i]);
	if (ret && !again)
		m->used[i] = false;
	return ret;
}

/* Of all that are registered. */
static int manual_unregister(struct manual *m)
{
	int i, ret = -EINVAL;

	for (i = 0; i < MANUAL_MAX; i++) {
		if (!m->used[i])
			continue;
		ret = 0;
		faulty_unregister(m->f[i]);
		faulty_free(m->f[i]);
		m->f[i] = NULL;
		m->used[i] = false;
	}
	return ret;
}

/* What manual_add() allocated: VFIO has a vfio_device of its own for it. */
static void manual_free(struct faulty *f)
{
	trace_vfio_contract(f->dev, CONTRACT_FREE, 0);
	kfree(f->regs);
	kfree(f);
}

static int manual_add(struct manual *m)
{
	struct faulty *f = kzalloc(sizeof(*f), GFP_KERNEL);
	int ret = -ENOMEM;

	if (!f)
		return ret;
	f->dev = m->dev;
	f->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	if (!f->regs)
		goto err_free;
	trace_vfio_contract(m->dev, CONTRACT_INIT, 0);
	trace_vfio_contract(m->dev, CONTRACT_REGISTER, 0);
	ret = vfio_compat_add(m->dev, &manual_ops, f);
	trace_vfio_contract(m->dev, CONTRACT_REGISTERED, ret);
	if (!ret)
		return 0;
err_free:
	manual_free(f);
	return ret;
}

static int manual_del(struct manual *m)
{
	struct faulty *f;

	if (!dev_get_drvdata(m->dev))
		return -ENODEV;
	trace_vfio_contract(m->dev, CONTRACT_UNREGISTER, 0);
	f = vfio_compat_del(m->dev);
	trace_vfio_contract(m->dev, CONTRACT_UNREGISTERED, 0);
	if (IS_ERR(f))
		return PTR_ERR(f);
	manual_free(f);
	return 0;
}

static int manual_get(struct manual *m)
{
	struct vfio_device *vdev = vfio_compat_get_from_dev(m->dev);

	if (!vdev)
		return -ENODEV;
	m->got = vdev;
	return 0;
}

static int manual_put(struct manual *m)
{
	if (!m->got)
		return -EINVAL;
	vfio_compat_put_from_dev(m->got);
	m->got = NULL;
	return 0;
}

#define MANUAL_ATTR(what)						\
static ssize_t what##_store(struct device_driver *drv, const char *buf,	\
			    size_t count)				\
{									\
	struct manual *m = manual_find(buf, count);			\
	int ret = m ? manual_##what(m) : -ENODEV;			\
									\
	return ret ?: count;						\
}									\
static DRIVER_ATTR_WO(what)

MANUAL_ATTR(init);
MANUAL_ATTR(register);
MANUAL_ATTR(unregister);
MANUAL_ATTR(add);
MANUAL_ATTR(del);
MANUAL_ATTR(get);
MANUAL_ATTR(put);

/* Forget a device, e.g. before it is unplugged. */
static int manual_forget(struct manual *m)
{
	int i;

	mutex_lock(&manual_lock);
	list_del(&m->node);
	mutex_unlock(&manual_lock);
	for (i = 0; i < MANUAL_MAX; i++)
		if (m->f[i])
			faulty_free(m->f[i]);
	put_device(m->dev);
	kfree(m);
	return 0;
}
MANUAL_ATTR(forget);

static struct attribute *manual_attrs[] = {
	&driver_attr_init.attr,
	&driver_attr_register.attr,
	&driver_attr_unregister.attr,
	&driver_attr_add.attr,
	&driver_attr_del.attr,
	&driver_attr_get.attr,
	&driver_attr_put.attr,
	&driver_attr_forget.attr,
	NULL,
};
ATTRIBUTE_GROUPS(manual);

static struct sim_driver manual_driver = {
	.driver = {
		.name = "manual",
		.groups = manual_groups,
	},
	.driver_managed_dma = true,
};
module_sim_driver(manual_driver);
