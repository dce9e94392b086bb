// SPDX-License-Identifier: GPL-2.0-only
/*
 * Its match callback looks up the vfio_device of its own device, which no
 * documentation forbids.
 */
#include "faulty.h"

static int matcher_match(void *data, char *buf)
{
	struct faulty *f = data;
	struct vfio_device *vdev = vfio_device_get_from_dev(f->dev);

	if (!vdev)
		return 0;
	vfio_device_put(vdev);
	return !strcmp(dev_name(f->dev), buf);
}

static const struct vfio_device_ops matcher_ops = {
	.name = "matcher",
	.open = faulty_open,
	.release = faulty_release,
	.request = faulty_request,
	.match = matcher_match,
};

static int matcher_probe(struct device *dev)
{
	struct faulty *f = faulty_alloc(dev, &matcher_ops);
	int ret = -ENOMEM;

	if (!f)
		return ret;
	f->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	if (!f->regs)
		goto err_free;
	dev_set_drvdata(dev, f);
	ret = faulty_register(f);
	if (!ret)
		return 0;
err_free:
	faulty_free(f);
	return ret;
}

static int matcher_remove(struct device *dev)
{
	struct faulty *f = dev_get_drvdata(dev);

	faulty_unregister(f);
	faulty_free(f);
	return 0;
}

static struct device_driver matcher_driver = {
	.name = "matcher",
	.probe = matcher_probe,
	.remove = matcher_remove,
};
module_sim_driver(matcher_driver);
