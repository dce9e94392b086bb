// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers, finds that something later in its probe fails, and unregisters
 * again: legal, and its probe always ends with -EIO.
 */
#include "faulty.h"

static const struct vfio_device_ops failprobe_ops = {
	.name = "failprobe",
	VFIO_COMPAT_OPS(faulty_init_regs, faulty_release)
	.open_device = faulty_open,
	.close_device = faulty_close,
	.request = faulty_request,
};

static int failprobe_probe(struct device *dev)
{
	struct faulty *f = faulty_alloc(dev, &failprobe_ops, faulty_init_regs);
	int ret;

	if (IS_ERR(f))
		return PTR_ERR(f);
	ret = faulty_register(f);
	if (!ret) {
		ret = -EIO;
		faulty_unregister(f);
	}
	faulty_free(f);
	return ret;
}

static int failprobe_remove(struct device *dev)
{
	return 0;
}

static struct sim_driver failprobe_driver = {
	.driver = {
		.name = "failprobe",
		.probe = failprobe_probe,
		.remove = failprobe_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(failprobe_driver);
