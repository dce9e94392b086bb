// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver on the self-allocating wrappers, vfio_add_group_dev() and
 * vfio_del_group_dev(): VFIO owns the vfio_device and uses drvdata for it.
 *
 * Needs: HAVE_VFIO_ADD_GROUP_DEV
 */
#include <linux/slab.h>

#include "contract.h"
#include "device-ops.h"
#include "sim.h"
#include "vfio-compat.h"

struct legacy {
	struct device *dev;
	u32 regs[DEVICE_NR_REGS];
};

static int legacy_open(vfio_cb *data)
{
	struct legacy *l = data;

	trace_vfio_contract(l->dev, CONTRACT_OPEN, 0);
	l->regs[0] |= 1;
	/* a driver that looks for its vfio_device there may not find it yet */
	if (!dev_get_drvdata(l->dev))
		dev_notice(l->dev, "opened before drvdata is set\n");
	trace_vfio_contract(l->dev, CONTRACT_OPENED, 0);
	return 0;
}

static void legacy_release(vfio_cb *data)
{
	struct legacy *l = data;

	trace_vfio_contract(l->dev, CONTRACT_RELEASE, 0);
	trace_vfio_contract(l->dev, CONTRACT_RELEASED, 0);
}

static long legacy_ioctl(vfio_cb *data, unsigned int cmd, unsigned long arg)
{
	struct legacy *l = data;
	long ret;

	trace_vfio_contract(l->dev, CONTRACT_CALL, cmd);
	ret = device_ops_ioctl(cmd, arg);
	trace_vfio_contract(l->dev, CONTRACT_CALLED, ret);
	return ret;
}

static void legacy_request(vfio_cb *data, unsigned int count)
{
	struct legacy *l = data;

	trace_vfio_contract(l->dev, CONTRACT_REQUEST, count);
	trace_vfio_contract(l->dev, CONTRACT_REQUESTED, count);
}

static const struct vfio_device_ops legacy_ops = {
	.name = "legacy",
	.open_device = legacy_open,
	.close_device = legacy_release,
	.ioctl = legacy_ioctl,
	.request = legacy_request,
};

static int legacy_probe(struct device *dev)
{
	struct legacy *l = kzalloc(sizeof(*l), GFP_KERNEL);
	int ret;

	if (!l)
		return -ENOMEM;
	l->dev = dev;
	trace_vfio_contract(dev, CONTRACT_INIT, 0);
	trace_vfio_contract(dev, CONTRACT_REGISTER, 0);
	ret = vfio_compat_add(dev, &legacy_ops, l);
	trace_vfio_contract(dev, CONTRACT_REGISTERED, ret);
	if (ret) {
		trace_vfio_contract(dev, CONTRACT_FREE, 0);
		kfree(l);
	}
	return ret;
}

static int legacy_remove(struct device *dev)
{
	struct legacy *l;

	trace_vfio_contract(dev, CONTRACT_UNREGISTER, 0);
	l = vfio_compat_del(dev);
	trace_vfio_contract(dev, CONTRACT_UNREGISTERED, 0);
	trace_vfio_contract(dev, CONTRACT_FREE, 0);
	kfree(l);
	return 0;
}

static struct sim_driver legacy_driver = {
	.driver = {
		.name = "legacy",
		.probe = legacy_probe,
		.remove = legacy_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(legacy_driver);
