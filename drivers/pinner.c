// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that pins its user's memory when the user asks for it, and lets go
 * when the memory is unmapped, when it is asked to, and at the last close: as
 * drivers of mediated devices do. It must be clean in every scenario.
 */
#include <linux/list.h>
#include <linux/mutex.h>

#include "faulty.h"
#include "pinner.h"
#include "vfio-pin-compat.h"

struct pinner {
	struct faulty f;
	struct mutex open_lock;		/* users; outside of lock */
	struct mutex lock;		/* pins; dma_unmap() takes it */
	unsigned int users;
	struct pin_compat pc;
	struct list_head pins;
};

struct pin {
	struct list_head node;
	u64 iova;
	u64 npages;
};

static struct pinner *to_pinner(vfio_cb *arg)
{
	return container_of(to_faulty(arg), struct pinner, f);
}

static int pinner_init(struct vfio_device *vdev)
{
	struct pinner *p = container_of(vdev, struct pinner, f.vdev);

	mutex_init(&p->open_lock);
	mutex_init(&p->lock);
	INIT_LIST_HEAD(&p->pins);
	return faulty_init(vdev);
}

static void drop(struct pinner *p, struct pin *pin)
{
	list_del(&pin->node);
	pin_compat_unpin(&p->pc, pin->iova, pin->npages);
	kfree(pin);
}

/* All pins that touch the range. */
static int drop_range(struct pinner *p, u64 iova, u64 len)
{
	struct pin *pin, *next;
	int n = 0;

	list_for_each_entry_safe(pin, next, &p->pins, node) {
		if (pin->iova >= iova + len || iova >= pin->iova + pin->npages * PAGE_SIZE)
			continue;
		drop(p, pin);
		n++;
	}
	return n;
}

static void pinner_dma_unmap(struct vfio_device *vdev, u64 iova, u64 len)
{
	struct pinner *p = container_of(vdev, struct pinner, f.vdev);

	mutex_lock(&p->lock);
	drop_range(p, iova, len);
	mutex_unlock(&p->lock);
}

static int pinner_open(vfio_cb *data)
{
	struct pinner *p = to_pinner(data);
	int ret = 0;

	trace_vfio_contract(p->f.dev, CONTRACT_OPEN, 0);
	mutex_lock(&p->open_lock);
	if (!p->users)
		ret = pin_compat_open(&p->pc, &p->f.vdev, pinner_dma_unmap);
	if (!ret)
		p->users++;
	mutex_unlock(&p->open_lock);
	trace_vfio_contract(p->f.dev, CONTRACT_OPENED, ret);
	return ret;
}

static void pinner_close(vfio_cb *data)
{
	struct pinner *p = to_pinner(data);
	struct pin *pin, *next;

	trace_vfio_contract(p->f.dev, CONTRACT_RELEASE, 0);
	mutex_lock(&p->open_lock);
	if (!--p->users) {
		mutex_lock(&p->lock);
		list_for_each_entry_safe(pin, next, &p->pins, node)
			drop(p, pin);
		mutex_unlock(&p->lock);
		/* Not under the lock: it waits for a running notification. */
		pin_compat_close(&p->pc);
	}
	mutex_unlock(&p->open_lock);
	trace_vfio_contract(p->f.dev, CONTRACT_RELEASED, 0);
}

static int pinner_pin(struct pinner *p, const struct pinner_range *r)
{
	struct pin *pin;
	int ret;

	if (!r->npages || r->npages > PINNER_MAX)
		return -EINVAL;
	pin = kzalloc(sizeof(*pin), GFP_KERNEL);
	if (!pin)
		return -ENOMEM;
	pin->iova = r->iova;
	pin->npages = r->npages;
	mutex_lock(&p->lock);
	ret = pin_compat_pin(&p->pc, r->iova, r->npages);
	if (ret == r->npages)
		list_add_tail(&pin->node, &p->pins);
	mutex_unlock(&p->lock);
	if (ret == r->npages)
		return 0;
	kfree(pin);
	return ret < 0 ? ret : -EFAULT;
}

static int pinner_unpin(struct pinner *p, const struct pinner_range *r)
{
	int n;

	mutex_lock(&p->lock);
	n = drop_range(p, r->iova, r->npages * PAGE_SIZE);
	mutex_unlock(&p->lock);
	return n ? 0 : -ENOENT;
}

static long pinner_ioctl(vfio_cb *data, unsigned int cmd, unsigned long arg)
{
	struct pinner *p = to_pinner(data);
	struct pinner_range r;
	long ret;

	trace_vfio_contract(p->f.dev, CONTRACT_CALL, cmd);
	if (cmd != PINNER_PIN && cmd != PINNER_UNPIN)
		ret = device_ops_ioctl(cmd, arg);
	else if (copy_from_user(&r, (void __user *)arg, sizeof(r)))
		ret = -EFAULT;
	else
		ret = cmd == PINNER_PIN ? pinner_pin(p, &r) : pinner_unpin(p, &r);
	trace_vfio_contract(p->f.dev, CONTRACT_CALLED, ret);
	return ret;
}

/* The device's name, and a word of our own that is always an error. */
static int pinner_match(vfio_cb *data, char *buf)
{
	if (!strcmp(buf, "pinner is busy"))
		return -EBUSY;
	return !strcmp(dev_name(to_pinner(data)->f.dev), buf);
}

static const struct vfio_device_ops pinner_ops = {
	.name = "pinner",
	VFIO_COMPAT_OPS(pinner_init, faulty_release)
	VFIO_COMPAT_DMA_UNMAP(pinner_dma_unmap)
	.open_device = pinner_open,
	.close_device = pinner_close,
	.ioctl = pinner_ioctl,
	.request = faulty_request,
	.match = pinner_match,
};

static int pinner_probe(struct device *dev)
{
	struct pinner *p;
	int ret;

	p = vfio_compat_alloc(sizeof(*p), dev, &pinner_ops, pinner_init);
	if (IS_ERR(p))
		return PTR_ERR(p);
	trace_vfio_contract(dev, CONTRACT_INIT, 0);
	vfio_compat_set_data(dev, p);
	ret = faulty_register(&p->f);
	if (ret)
		vfio_compat_put(&p->f.vdev, faulty_release);
	return ret;
}

static int pinner_remove(struct device *dev)
{
	struct pinner *p = vfio_compat_data(dev);

	faulty_unregister(&p->f);
	vfio_compat_put(&p->f.vdev, faulty_release);
	return 0;
}

static struct sim_driver pinner_driver = {
	.driver = {
		.name = "pinner",
		.probe = pinner_probe,
		.remove = pinner_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(pinner_driver);
