// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pattern that VFIO asks of a bus driver: embed the vfio_device, init it,
 * set everything up, register last; on remove unregister first, then tear
 * down and free. This driver must be clean in every scenario.
 */
#include <linux/atomic.h>
#include <linux/slab.h>

#include "contract.h"
#include "device-ops.h"
#include "sim.h"
#include "vfio-compat.h"

struct sample {
	struct vfio_device vdev;
	struct device *dev;
	atomic_t users;
	u32 *regs;
};

static struct sample *to_sample(vfio_cb *arg)
{
	return container_of(to_vdev(arg), struct sample, vdev);
}

static int sample_init(struct vfio_device *vdev)
{
	struct sample *s = container_of(vdev, struct sample, vdev);

	s->dev = vdev->dev;
	s->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	return s->regs ? 0 : -ENOMEM;
}

static void sample_release(struct vfio_device *vdev)
{
	struct sample *s = container_of(vdev, struct sample, vdev);

	kfree(s->regs);
	trace_vfio_contract(s->dev, CONTRACT_FREE, 0);
	vfio_compat_free(vdev);
}

static int sample_open(vfio_cb *data)
{
	struct sample *s = to_sample(data);

	trace_vfio_contract(s->dev, CONTRACT_OPEN, 0);
	if (!vfio_compat_pin(THIS_MODULE)) {
		trace_vfio_contract(s->dev, CONTRACT_OPENED, -ENODEV);
		return -ENODEV;
	}
	atomic_inc(&s->users);
	s->regs[0] |= 1;
	trace_vfio_contract(s->dev, CONTRACT_OPENED, 0);
	return 0;
}

static void sample_close(vfio_cb *data)
{
	struct sample *s = to_sample(data);

	trace_vfio_contract(s->dev, CONTRACT_RELEASE, 0);
	if (atomic_dec_and_test(&s->users))
		s->regs[0] = 0;
	vfio_compat_unpin(THIS_MODULE);
	trace_vfio_contract(s->dev, CONTRACT_RELEASED, 0);
}

static long sample_ioctl(vfio_cb *data, unsigned int cmd, unsigned long arg)
{
	struct sample *s = to_sample(data);
	long ret;

	trace_vfio_contract(s->dev, CONTRACT_CALL, cmd);
	ret = device_ops_ioctl(cmd, arg);
	trace_vfio_contract(s->dev, CONTRACT_CALLED, ret);
	return ret;
}

static ssize_t sample_read(vfio_cb *data, char __user *buf, size_t count, loff_t *ppos)
{
	struct sample *s = to_sample(data);
	ssize_t ret;

	trace_vfio_contract(s->dev, CONTRACT_CALL, 0);
	ret = device_ops_read(s->regs, buf, count, ppos);
	trace_vfio_contract(s->dev, CONTRACT_CALLED, ret);
	return ret;
}

static ssize_t sample_write(vfio_cb *data, const char __user *buf, size_t count,
			    loff_t *ppos)
{
	struct sample *s = to_sample(data);
	ssize_t ret;

	trace_vfio_contract(s->dev, CONTRACT_CALL, 0);
	ret = device_ops_write(s->regs, buf, count, ppos);
	trace_vfio_contract(s->dev, CONTRACT_CALLED, ret);
	return ret;
}

static void sample_request(vfio_cb *data, unsigned int count)
{
	struct sample *s = to_sample(data);

	trace_vfio_contract(s->dev, CONTRACT_REQUEST, count);
	if (count % 10 == 0)
		dev_notice(s->dev, "Relaying device request to user (#%u)\n", count);
	trace_vfio_contract(s->dev, CONTRACT_REQUESTED, count);
}

static const struct vfio_device_ops sample_ops = {
	.name = "sample",
	VFIO_COMPAT_OPS(sample_init, sample_release)
	.open_device = sample_open,
	.close_device = sample_close,
	.ioctl = sample_ioctl,
	.read = sample_read,
	.write = sample_write,
	.request = sample_request,
};

static int sample_probe(struct device *dev)
{
	struct sample *s;
	int ret;

	if (!vfio_compat_group_get(dev))
		return -EINVAL;
	s = vfio_compat_alloc(sizeof(*s), dev, &sample_ops, sample_init);
	if (IS_ERR(s)) {
		ret = PTR_ERR(s);
		goto err_group;
	}
	trace_vfio_contract(dev, CONTRACT_INIT, 0);
	vfio_compat_set_data(dev, s);

	trace_vfio_contract(dev, CONTRACT_REGISTER, 0);
	ret = vfio_register_group_dev(&s->vdev);
	trace_vfio_contract(dev, CONTRACT_REGISTERED, ret);
	if (!ret)
		return 0;
	vfio_compat_set_data(dev, NULL);
	vfio_compat_put(&s->vdev, sample_release);
err_group:
	vfio_compat_group_put(dev);
	return ret;
}

static int sample_remove(struct device *dev)
{
	struct sample *s = vfio_compat_data(dev);

	trace_vfio_contract(dev, CONTRACT_UNREGISTER, 0);
	vfio_unregister_group_dev(&s->vdev);
	trace_vfio_contract(dev, CONTRACT_UNREGISTERED, 0);
	vfio_compat_put(&s->vdev, sample_release);
	vfio_compat_group_put(dev);
	return 0;
}

static struct sim_driver sample_driver = {
	.driver = {
		.name = "sample",
		.probe = sample_probe,
		.remove = sample_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(sample_driver);
