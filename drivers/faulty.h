/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the drivers with a planted mistake share: an embedded vfio_device and
 * plain callbacks that report to the contract.
 */
#ifndef DRIVERS_FAULTY_H
#define DRIVERS_FAULTY_H

#include <linux/slab.h>
#include <linux/vfio.h>

#include "contract.h"
#include "device-ops.h"
#include "sim.h"

struct faulty {
	struct vfio_device vdev;
	struct device *dev;
	u32 *regs;
};

static inline int faulty_open(void *data)
{
	struct faulty *f = data;

	trace_vfio_contract(f->dev, CONTRACT_OPEN, 0);
	f->regs[0] |= 1;
	trace_vfio_contract(f->dev, CONTRACT_OPENED, 0);
	return 0;
}

static inline void faulty_release(void *data)
{
	struct faulty *f = data;

	trace_vfio_contract(f->dev, CONTRACT_RELEASE, 0);
	trace_vfio_contract(f->dev, CONTRACT_RELEASED, 0);
}

static inline void faulty_request(void *data, unsigned int count)
{
	struct faulty *f = data;

	trace_vfio_contract(f->dev, CONTRACT_REQUEST, count);
	trace_vfio_contract(f->dev, CONTRACT_REQUESTED, count);
}

static inline struct faulty *faulty_alloc(struct device *dev,
					  const struct vfio_device_ops *ops)
{
	struct faulty *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return NULL;
	f->dev = dev;
	vfio_init_group_dev(&f->vdev, dev, ops, f);
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
	trace_vfio_contract(f->dev, CONTRACT_FREE, 0);
	kfree(f->regs);
	kfree(f);
}

#endif
