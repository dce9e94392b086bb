// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers, finds that something later in its probe fails, and unregisters
 * again: legal, and its probe always ends with -EIO.
 */
#include "faulty.h"

static const struct vfio_device_ops failprobe_ops = {
	.name = "failprobe",
	.open = faulty_open,
	.release = faulty_release,
	.request = faulty_request,
};

static int failprobe_probe(struct device *dev)
{
	struct faulty *f = faulty_alloc(dev, &failprobe_ops);
	int ret = -ENOMEM;

	if (!f)
		return ret;
	f->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	if (!f->regs)
		goto err_free;
	ret = faulty_register(f);
	if (ret)
		goto err_free;
	ret = -EIO;
	faulty_unregister(f);
err_free:
	faulty_free(f);
	return ret;
}

static int failprobe_remove(struct device *dev)
{
	return 0;
}

static struct device_driver failprobe_driver = {
	.name = "failprobe",
	.probe = failprobe_probe,
	.remove = failprobe_remove,
};
module_sim_driver(failprobe_driver);
