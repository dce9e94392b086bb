/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the drivers with a planted mistake share: an embedded vfio_device and
 * plain callbacks that report to the contract.
 */
#ifndef DRIVERS_FAULTY_H
#define DRIVERS_FAULTY_H

#include <linux/slab.h>

#include "contract.h"
#include "device-ops.h"
#include "sim.h"
#include "vfio-compat.h"

struct faulty {
	struct vfio_device vdev;
	struct device *dev;
	u32 *regs;
};

static inline struct faulty *to_faulty(vfio_cb *arg)
{
	return container_of(to_vdev(arg), struct faulty, vdev);
}

static inline int faulty_init(struct vfio_device *vdev)
{
	struct faulty *f = container_of(vdev, struct faulty, vdev);

	f->dev = vdev->dev;
	return 0;
}

/* The same with its registers. */
static inline int faulty_init_regs(struct vfio_device *vdev)
{
	struct faulty *f = container_of(vdev, struct faulty, vdev);

	f->dev = vdev->dev;
	f->regs = kcalloc(DEVICE_NR_REGS, sizeof(u32), GFP_KERNEL);
	return f->regs ? 0 : -ENOMEM;
}

static inline void faulty_release(struct vfio_device *vdev)
{
	struct faulty *f = container_of(vdev, struct faulty, vdev);

	trace_vfio_contract(f->dev, CONTRACT_FREE, 0);
	kfree(f->regs);
	vfio_compat_free(vdev);
}

static inline int faulty_open(vfio_cb *data)
{
	struct faulty *f = to_faulty(data);

	trace_vfio_contract(f->dev, CONTRACT_OPEN, 0);
	f->regs[0] |= 1;
	trace_vfio_contract(f->dev, CONTRACT_OPENED, 0);
	return 0;
}

static inline void faulty_close(vfio_cb *data)
{
	struct faulty *f = to_faulty(data);

	trace_vfio_contract(f->dev, CONTRACT_RELEASE, 0);
	trace_vfio_contract(f->dev, CONTRACT_RELEASED, 0);
}

static inline void faulty_request(vfio_cb *data, unsigned int count)
{
	struct faulty *f = to_faulty(data);

	trace_vfio_contract(f->dev, CONTRACT_REQUEST, count);
	trace_vfio_contract(f->dev, CONTRACT_REQUESTED, count);
}

/* Return: the device, or an error pointer. @init is what @ops has. */
static inline struct faulty *faulty_alloc(struct device *dev,
					  const struct vfio_device_ops *ops,
					  int (*init)(struct vfio_device *vdev))
{
	struct faulty *f = vfio_compat_alloc(sizeof(*f), dev, ops, init);

	if (!IS_ERR(f))
		trace_vfio_contract(dev, CONTRACT_INIT, 0);
	return f;
}

static inline int faulty_register(struct faulty *f)
{
	int ret;

	trace_vfio_contract(f->dev, CONTRACT_REGISTER, 0);
	ret = vfio_register_group_dev(&f->vdev);
	trace_vfio_contract(f->dev, CONTRACT_REGISTERED, ret);
	return ret;
}

static inline void faulty_unregister(struct faulty *f)
{
	trace_vfio_contract(f->dev, CONTRACT_UNREGISTER, 0);
	vfio_unregister_group_dev(&f->vdev);
	trace_vfio_contract(f->dev, CONTRACT_UNREGISTERED, 0);
}

static inline void faulty_free(struct faulty *f)
{
	vfio_compat_put(&f->vdev, faulty_release);
}

/* A whole probe with nothing wrong in it, and its remove. */
static inline int faulty_probe(struct device *dev, const struct vfio_device_ops *ops,
			       int (*init)(struct vfio_device *vdev))
{
	struct faulty *f = faulty_alloc(dev, ops, init);
	int ret;

	if (IS_ERR(f))
		return PTR_ERR(f);
	vfio_compat_set_data(dev, f);
	ret = faulty_register(f);
	if (ret)
		faulty_free(f);
	return ret;
}

static inline int faulty_remove(struct device *dev)
{
	struct faulty *f = vfio_compat_data(dev);

	faulty_unregister(f);
	faulty_free(f);
	return 0;
}

#endif
