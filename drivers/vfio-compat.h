/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver API of VFIO as newer kernels have it, on all of them.
 *
 * A driver embeds a struct vfio_device as its first member, named vdev, and
 * has init and release callbacks for the memory, open_device and close_device
 * for its users. Whatever a tree does otherwise is dealt with here, going by
 * what core/features.cmake finds in that tree's headers.
 */
#ifndef DRIVERS_VFIO_COMPAT_H
#define DRIVERS_VFIO_COMPAT_H

#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vfio.h>

/* What a callback gets: to_vdev() makes the device of it. */
#ifdef HAVE_VFIO_DEVICE_DATA
typedef void vfio_cb;
#else
typedef struct vfio_device vfio_cb;
#endif

static inline struct vfio_device *to_vdev(vfio_cb *arg)
{
	return arg;
}

/*
 * Before init and register there were vfio_add_group_dev() and
 * vfio_del_group_dev() only, with a vfio_device that no driver sees and that
 * has drvdata to itself. What a driver embeds there is ours.
 */
#if defined(HAVE_VFIO_ADD_GROUP_DEV) && !defined(HAVE_VFIO_INIT_GROUP_DEV)
struct vfio_device {
	struct device *dev;
	const struct vfio_device_ops *ops;
};

static inline void vfio_init_group_dev(struct vfio_device *vdev, struct device *dev,
				       const struct vfio_device_ops *ops, void *data)
{
	vdev->dev = dev;
	vdev->ops = ops;
}

static inline int vfio_register_group_dev(struct vfio_device *vdev)
{
	return vfio_add_group_dev(vdev->dev, vdev->ops, vdev);
}

static inline void vfio_unregister_group_dev(struct vfio_device *vdev)
{
	vfio_del_group_dev(vdev->dev);
}

static inline void vfio_compat_set_data(struct device *dev, void *data)
{
	dev->platform_data = data;
}

static inline void *vfio_compat_data(struct device *dev)
{
	return dev->platform_data;
}
#else
static inline void vfio_compat_set_data(struct device *dev, void *data)
{
	dev_set_drvdata(dev, data);
}

static inline void *vfio_compat_data(struct device *dev)
{
	return dev_get_drvdata(dev);
}
#endif

/* Older trees call these for every file descriptor. */
#ifndef HAVE_VFIO_OPEN_DEVICE
#define open_device	open
#define close_device	release
#endif

/*
 * VFIO_COMPAT_OPS(init, release) - the members of vfio_device_ops that only
 * newer trees have
 */
#ifdef HAVE_VFIO_DETACH_IOAS
#define VFIO_COMPAT_DETACH	.detach_ioas = vfio_iommufd_physical_detach_ioas,
#else
#define VFIO_COMPAT_DETACH
#endif
#ifdef HAVE_VFIO_BIND_IOMMUFD
#define VFIO_COMPAT_IOMMUFD						\
	.bind_iommufd = vfio_iommufd_physical_bind,			\
	.unbind_iommufd = vfio_iommufd_physical_unbind,			\
	.attach_ioas = vfio_iommufd_physical_attach_ioas,		\
	VFIO_COMPAT_DETACH
#else
#define VFIO_COMPAT_IOMMUFD
#endif
#ifdef HAVE_VFIO_ALLOC_DEVICE
#define VFIO_COMPAT_OPS(init_fn, release_fn)				\
	.init = init_fn, .release = release_fn, VFIO_COMPAT_IOMMUFD
#else
#define VFIO_COMPAT_OPS(init_fn, release_fn)
#endif

/**
 * vfio_compat_alloc() - allocate and initialise a device of a driver
 * @size:	of the driver's structure; the vfio_device comes first in it
 * @dev:	the device on its bus
 * @ops:	with VFIO_COMPAT_OPS() of the same functions
 * @init:	sets up what the driver adds
 *
 * Return: zeroed and initialised memory that ends with vfio_compat_put(), or
 * an error pointer.
 */
static inline void *vfio_compat_alloc(size_t size, struct device *dev,
				      const struct vfio_device_ops *ops,
				      int (*init)(struct vfio_device *vdev))
{
#ifdef HAVE_VFIO_ALLOC_DEVICE
	return _vfio_alloc_device(size, dev, ops);
#else
	struct vfio_device *vdev = kzalloc(size, GFP_KERNEL);
	int ret;

	if (!vdev)
		return ERR_PTR(-ENOMEM);
#ifdef HAVE_VFIO_DEVICE_DATA
	vfio_init_group_dev(vdev, dev, ops, vdev);
#else
	vfio_init_group_dev(vdev, dev, ops);
#endif
	ret = init(vdev);
	if (!ret)
		return vdev;
	kfree(vdev);
	return ERR_PTR(ret);
#endif
}

/**
 * vfio_compat_put() - the driver is done with a device that it allocated
 * @vdev:	not registered any more
 * @release:	what was given to VFIO_COMPAT_OPS()
 */
static inline void vfio_compat_put(struct vfio_device *vdev,
				   void (*release)(struct vfio_device *vdev))
{
#ifdef HAVE_VFIO_ALLOC_DEVICE
	vfio_put_device(vdev);
#else
#ifdef HAVE_VFIO_UNINIT_GROUP_DEV
	vfio_uninit_group_dev(vdev);
#endif
	release(vdev);
#endif
}

/*
 * Older trees leave it to drivers to have a group made for a device without an
 * IOMMU. With VFIO_NOIOMMU off there is none to be made, and where there is an
 * IOMMU neither: then no reference is taken, so that a scenario counts the same
 * references with every configuration.
 */
#if defined(HAVE_VFIO_IOMMU_GROUP_GET) && defined(CONFIG_VFIO_NOIOMMU)
static inline bool vfio_compat_group_get(struct device *dev)
{
	return iommu_present(dev->bus) || vfio_iommu_group_get(dev);
}

static inline void vfio_compat_group_put(struct device *dev)
{
	if (!iommu_present(dev->bus))
		vfio_iommu_group_put(dev->iommu_group, dev);
}
#else
static inline bool vfio_compat_group_get(struct device *dev)
{
	return true;
}

static inline void vfio_compat_group_put(struct device *dev)
{
}
#endif

/*
 * Where the core calls open for every file descriptor it leaves it to drivers
 * to keep their module meanwhile; later it does that itself.
 */
static inline bool vfio_compat_pin(struct module *owner)
{
#ifdef HAVE_VFIO_OPEN_DEVICE
	return true;
#else
	return try_module_get(owner);
#endif
}

static inline void vfio_compat_unpin(struct module *owner)
{
#ifndef HAVE_VFIO_OPEN_DEVICE
	module_put(owner);
#endif
}

/* The last thing that a release callback does. */
static inline void vfio_compat_free(struct vfio_device *vdev)
{
#if defined(HAVE_VFIO_FREE_DEVICE)
	vfio_free_device(vdev);
#elif !defined(HAVE_VFIO_ALLOC_DEVICE)
	kfree(vdev);
#endif
}

/**
 * vfio_compat_get_from_dev() - the vfio_device of a device; a reference
 * @dev:	whose driver data is its vfio_device
 *
 * Where VFIO does not look devices up any more, drivers go by their data.
 */
static inline struct vfio_device *vfio_compat_get_from_dev(struct device *dev)
{
#ifdef HAVE_VFIO_GET_FROM_DEV
	return vfio_device_get_from_dev(dev);
#else
	struct vfio_device *vdev = dev_get_drvdata(dev);

	if (vdev)
		get_device(&vdev->device);
	return vdev;
#endif
}

/* Gives back what vfio_compat_get_from_dev() gave. */
static inline void vfio_compat_put_from_dev(struct vfio_device *vdev)
{
#ifdef HAVE_VFIO_GET_FROM_DEV
	vfio_device_put(vdev);
#else
	put_device(&vdev->device);
#endif
}

/*
 * The self-allocating wrappers of older trees. A driver that is about nothing
 * else says "Needs: HAVE_VFIO_ADD_GROUP_DEV"; others get -EOPNOTSUPP.
 */
static inline int vfio_compat_add(struct device *dev, const struct vfio_device_ops *ops,
				  void *data)
{
#ifdef HAVE_VFIO_ADD_GROUP_DEV
	return vfio_add_group_dev(dev, ops, data);
#else
	return -EOPNOTSUPP;
#endif
}

static inline void *vfio_compat_del(struct device *dev)
{
#ifdef HAVE_VFIO_ADD_GROUP_DEV
	return vfio_del_group_dev(dev);
#else
	return ERR_PTR(-EOPNOTSUPP);
#endif
}

#endif
