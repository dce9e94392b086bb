// SPDX-License-Identifier: GPL-2.0-only
/*
 * Deliberately wrong: registers first and sets itself up afterwards, so that
 * a user can call into a device that is not ready.
 */
#include "faulty.h"

static const struct vfio_device_ops early_ops = {
	.name = "early",
	VFIO_COMPAT_OPS(faulty_init, faulty_release)
	.open_device = faulty_open,
	.close_device = faulty_close,
	.request = faulty_request,
};

static int early_probe(struct device *dev)
{
	struct faulty *f = faulty_alloc(dev, &early_ops, faulty_init);
	int ret;

	if (IS_ERR(f))
		return PTR_ERR(f);
	vfio_compat_set_data(dev, f);
	ret = faulty_register(f);
	if (ret)
		goto err_free;
	f->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	if (f->regs)
		return 0;
	ret = -ENOMEM;
	faulty_unregister(f);
err_free:
	faulty_free(f);
	return ret;
}

static struct sim_driver early_driver = {
	.driver = {
		.name = "early",
		.probe = early_probe,
		.remove = faulty_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(early_driver);
