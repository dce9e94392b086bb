// SPDX-License-Identifier: GPL-2.0-only
/*
 * Its match callback looks up the vfio_device of its own device, which no
 * documentation forbids.
 */
#include "faulty.h"

static int matcher_match(vfio_cb *data, char *buf)
{
	struct faulty *f = to_faulty(data);
	struct vfio_device *vdev = vfio_compat_get_from_dev(f->dev);

	if (!vdev)
		return 0;
	vfio_compat_put_from_dev(vdev);
	return !strcmp(dev_name(f->dev), buf);
}

static const struct vfio_device_ops matcher_ops = {
	.name = "matcher",
	VFIO_COMPAT_OPS(faulty_init_regs, faulty_release)
	.open_device = faulty_open,
	.close_device = faulty_close,
	.request = faulty_request,
	.match = matcher_match,
};

static int matcher_probe(struct device *dev)
{
	return faulty_probe(dev, &matcher_ops, faulty_init_regs);
}

static struct sim_driver matcher_driver = {
	.driver = {
		.name = "matcher",
		.probe = matcher_probe,
		.remove = faulty_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(matcher_driver);
