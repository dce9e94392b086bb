// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that takes open to mean "first user" and release to mean "last
 * user": it sets its state up on open and drops it on release. Right where
 * the core counts the users, wrong where every file descriptor calls both.
 */
#include "faulty.h"

static int session_open(vfio_cb *data)
{
	struct faulty *f = to_faulty(data);

	trace_vfio_contract(f->dev, CONTRACT_OPEN, 0);
	if (!f->regs)
		f->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	trace_vfio_contract(f->dev, CONTRACT_OPENED, f->regs ? 0 : -ENOMEM);
	return f->regs ? 0 : -ENOMEM;
}

static void session_close(vfio_cb *data)
{
	struct faulty *f = to_faulty(data);

	trace_vfio_contract(f->dev, CONTRACT_RELEASE, 0);
	kfree(f->regs);
	f->regs = NULL;
	trace_vfio_contract(f->dev, CONTRACT_RELEASED, 0);
}

static ssize_t session_read(vfio_cb *data, char __user *buf, size_t count, loff_t *ppos)
{
	struct faulty *f = to_faulty(data);
	ssize_t ret;

	trace_vfio_contract(f->dev, CONTRACT_CALL, 0);
	f->regs[1]++;
	ret = device_ops_read(f->regs, buf, count, ppos);
	trace_vfio_contract(f->dev, CONTRACT_CALLED, ret);
	return ret;
}

static const struct vfio_device_ops session_ops = {
	.name = "session",
	VFIO_COMPAT_OPS(faulty_init, faulty_release)
	.open_device = session_open,
	.close_device = session_close,
	.read = session_read,
	.request = faulty_request,
};

static int session_probe(struct device *dev)
{
	return faulty_probe(dev, &session_ops, faulty_init);
}

static struct sim_driver session_driver = {
	.driver = {
		.name = "session",
		.probe = session_probe,
		.remove = faulty_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(session_driver);
