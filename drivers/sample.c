// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pattern that VFIO asks of a bus driver: embed the vfio_device, init it,
 * set everything up, register last; on remove unregister first, then tear
 * down and free. This driver must be clean in every scenario.
 */
#include <linux/atomic.h>
#include <linux/slab.h>
#include <linux/vfio.h>

#include "contract.h"
#include "device-ops.h"
#include "sim.h"

struct sample {
	struct vfio_device vdev;
	struct device *dev;
	atomic_t users;
	u32 *regs;
};

static int sample_open(void *data)
{
	struct sample *s = data;

	trace_vfio_contract(s->dev, CONTRACT_OPEN, 0);
	atomic_inc(&s->users);
	s->regs[0] |= 1;
	trace_vfio_contract(s->dev, CONTRACT_OPENED, 0);
	return 0;
}

static void sample_release(void *data)
{
	struct sample *s = data;

	trace_vfio_contract(s->dev, CONTRACT_RELEASE, 0);
	if (atomic_dec_and_test(&s->users))
		s->regs[0] = 0;
	trace_vfio_contract(s->dev, CONTRACT_RELEASED, 0);
}

static long sample_ioctl(void *data, unsigned int cmd, unsigned long arg)
{
	struct sample *s = data;
	long ret;

	trace_vfio_contract(s->dev, CONTRACT_CALL, cmd);
	ret = device_ops_ioctl(cmd, arg);
	trace_vfio_contract(s->dev, CONTRACT_CALLED, ret);
	return ret;
}

static ssize_t sample_read(void *data, char __user *buf, size_t count, loff_t *ppos)
{
	struct sample *s = data;
	ssize_t ret;

	trace_vfio_contract(s->dev, CONTRACT_CALL, 0);
	ret = device_ops_read(s->regs, buf, count, ppos);
	trace_vfio_contract(s->dev, CONTRACT_CALLED, ret);
	return ret;
}

static ssize_t sample_write(void *data, const char __user *buf, size_t count,
			    loff_t *ppos)
{
	struct sample *s = data;
	ssize_t ret;

	trace_vfio_contract(s->dev, CONTRACT_CALL, 0);
	ret = device_ops_write(s->regs, buf, count, ppos);
	trace_vfio_contract(s->dev, CONTRACT_CALLED, ret);
	return ret;
}

static void sample_request(void *data, unsigned int count)
{
	struct sample *s = data;

	trace_vfio_contract(s->dev, CONTRACT_REQUEST, count);
	if (count % 10 == 0)
		dev_notice(s->dev, "Relaying device request to user (#%u)\n", count);
	trace_vfio_contract(s->dev, CONTRACT_REQUESTED, count);
}

static const struct vfio_device_ops sample_ops = {
	.name = "sample",
	.open = sample_open,
	.release = sample_release,
	.ioctl = sample_ioctl,
	.read = sample_read,
	.write = sample_write,
	.request = sample_request,
};

static int sample_probe(struct device *dev)
{
	struct sample *s;
	int ret;

	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->dev = dev;
	vfio_init_group_dev(&s->vdev, dev, &sample_ops, s);
	trace_vfio_contract(dev, CONTRACT_INIT, 0);

	s->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	if (!s->regs) {
		ret = -ENOMEM;
		goto err_free;
	}
	dev_set_drvdata(dev, s);

	trace_vfio_contract(dev, CONTRACT_REGISTER, 0);
	ret = vfio_register_group_dev(&s->vdev);
	trace_vfio_contract(dev, CONTRACT_REGISTERED, ret);
	if (ret)
		goto err_regs;
	return 0;

err_regs:
	dev_set_drvdata(dev, NULL);
	kfree(s->regs);
err_free:
	trace_vfio_contract(dev, CONTRACT_FREE, 0);
	kfree(s);
	return ret;
}

static int sample_remove(struct device *dev)
{
	struct sample *s = dev_get_drvdata(dev);

	trace_vfio_contract(dev, CONTRACT_UNREGISTER, 0);
	vfio_unregister_group_dev(&s->vdev);
	trace_vfio_contract(dev, CONTRACT_UNREGISTERED, 0);
	kfree(s->regs);
	trace_vfio_contract(dev, CONTRACT_FREE, 0);
	kfree(s);
	return 0;
}

static struct device_driver sample_driver = {
	.name = "sample",
	.probe = sample_probe,
	.remove = sample_remove,
};
module_sim_driver(sample_driver);
