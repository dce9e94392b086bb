// SPDX-License-Identifier: GPL-2.0-only
/*
 * Character devices: the map from device numbers to struct cdev, and open.
 *
 * The kernel guarantees: an open file holds its cdev (a kobject, whose parent
 * may be the object that embeds it) and the modules of the cdev and of its
 * operations; after cdev_del() no new number look-up finds the cdev, but an
 * inode that remembers it can open it again as long as somebody holds it.
 *
 * We give the same. The map is a short list; the narrowest matching range
 * wins, as in kobj_lookup().
 *
 * We do not give module loading on open of an unknown number: -ENXIO.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "engine/engine.h"
#include "fs/internal.h"
#include "lib/rmw.h"

struct probe {
	struct probe *next;
	dev_t dev;
	unsigned long range;
	struct cdev *cdev;
};

static struct probe *cdev_map;

/* A reference unless the last one is gone; no point, see kref. */
static bool get_unless_zero(struct kobject *kobj)
{
	int *v = &kobj->kref.refcount.refs.counter;
	int old = __atomic_load_n(v, __ATOMIC_RELAXED);

	do {
		if (!old)
			return false;
	} while (!kshim_rmw_try_cmpxchg(v, &old, old + 1));
	return true;
}

/**
 * cdev_put() - give back what chrdev_open() took (fs/char_dev.c)
 * @p:		NULL is fine
 */
void cdev_put(struct cdev *p)
{
	if (p) {
		struct module *owner = p->owner;

		kobject_put(&p->kobj);
		module_put(owner);
	}
}

static int cdev_map_add(dev_t dev, unsigned long range, struct cdev *p)
{
	struct probe *n = kmalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return -ENOMEM;
	n->dev = dev;
	n->range = range;
	n->cdev = p;
	kshim_point(KSHIM_WRITE, &cdev_map, sizeof(cdev_map));
	kshim_obj_lock_ordered(&cdev_map);
	n->next = cdev_map;
	cdev_map = n;
	kshim_obj_unlock(&cdev_map);
	return 0;
}

static void cdev_map_del(struct cdev *p)
{
	struct probe **link, *n;

	kshim_point(KSHIM_WRITE, &cdev_map, sizeof(cdev_map));
	kshim_obj_lock_ordered(&cdev_map);
	for (link = &cdev_map; (n = *link); link = &n->next)
		if (n->cdev == p) {
			*link = n->next;
			break;
		}
	kshim_obj_unlock(&cdev_map);
	kfree(n);
}

/*
 * The cdev of an inode with a kobject reference, or NULL. What the inode
 * remembers comes first; every list that inodes are on is protected with the
 * map, as by cdev_lock in the kernel.
 */
static struct cdev *cdev_lookup(struct inode *inode)
{
	unsigned long best = ~0UL;
	struct probe *n;
	struct cdev *p;

	kshim_point(KSHIM_ATOMIC, &inode->i_cdev, sizeof(inode->i_cdev));
	kshim_obj_lock_ordered(&cdev_map);
	p = inode->i_cdev;
	if (p) {
		if (!get_unless_zero(&p->kobj))
			p = NULL;
	} else {
		for (n = cdev_map; n; n = n->next) {
			if (inode->i_rdev - n->dev >= n->range || n->range >= best)
				continue;
			best = n->range;
			p = n->cdev;
		}
		if (p && !get_unless_zero(&p->kobj))
			p = NULL;
		if (p) {
			inode->i_cdev = p;
			inode->i_devices.next = p->list.next;
			inode->i_devices.prev = &p->list;
			p->list.next->prev = &inode->i_devices;
			p->list.next = &inode->i_devices;
		}
	}
	kshim_obj_unlock(&cdev_map);
	return p;
}

static void forget_locked(struct inode *inode)
{
	if (!inode->i_cdev)
		return;
	inode->i_devices.next->prev = inode->i_devices.prev;
	inode->i_devices.prev->next = inode->i_devices.next;
	INIT_LIST_HEAD(&inode->i_devices);
	inode->i_cdev = NULL;
}

/* An inode goes away: it is no longer in the list of its cdev. */
void cd_forget(struct inode *inode)
{
	kshim_obj_lock_ordered(&cdev_map);
	forget_locked(inode);
	kshim_obj_unlock(&cdev_map);
}

/**
 * chrdev_open() - open a character device node (fs/char_dev.c)
 * @inode:	of the node
 * @filp:	fresh file; gets the operations of the driver
 *
 * Return: 0, -ENXIO when no driver answers to the number, or what the
 * driver's open() says. On success the file holds cdev and modules.
 */
int chrdev_open(struct inode *inode, struct file *filp)
{
	const struct file_operations *fops;
	struct cdev *p = cdev_lookup(inode);
	int ret = 0;

	if (!p)
		return -ENXIO;
	if (!try_module_get(p->owner)) {
		kobject_put(&p->kobj);
		return -ENXIO;
	}
	fops = fops_get(p->ops);
	if (!fops) {
		cdev_put(p);
		return -ENXIO;
	}
	replace_fops(filp, fops);
	if (filp->f_op->open)
		ret = filp->f_op->open(inode, filp);
	if (ret)
		cdev_put(p);
	return ret;
}

/**
 * cdev_add() - make a character device live (fs/char_dev.c)
 * @p:		initialised cdev
 * @dev:	first number
 * @count:	how many
 *
 * Return: 0 or -ENOMEM.
 */
int cdev_add(struct cdev *p, dev_t dev, unsigned int count)
{
	int err;

	p->dev = dev;
	p->count = count;
	err = cdev_map_add(dev, count, p);
	if (!err)
		kobject_get(p->kobj.parent);
	return err;
}

/* Let the cdev hold a kobject while it is live (fs/char_dev.c). */
void cdev_set_parent(struct cdev *p, struct kobject *kobj)
{
	WARN_ON(!kobj->state_initialized);
	p->kobj.parent = kobj;
}

/* cdev_add() and device_add() of the device that embeds it (fs/char_dev.c). */
int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	int rc;

	if (dev->devt) {
		cdev_set_parent(cdev, &dev->kobj);
		rc = cdev_add(cdev, dev->devt, 1);
		if (rc)
			return rc;
	}
	rc = device_add(dev);
	if (rc && dev->devt)
		cdev_del(cdev);
	return rc;
}

/* Undo cdev_device_add(): files that are open stay open (fs/char_dev.c). */
void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
	if (dev->devt)
		cdev_del(cdev);
}

/* No look-up finds the cdev any more; those who hold it go on. */
void cdev_del(struct cdev *p)
{
	cdev_map_del(p);
	kobject_put(&p->kobj);
}

static void cdev_release(struct kobject *kobj)
{
	struct cdev *p = container_of(kobj, struct cdev, kobj);
	struct kobject *parent = kobj->parent;

	kshim_obj_lock_ordered(&cdev_map);
	while (p->list.next != &p->list)
		forget_locked(container_of(p->list.next, struct inode, i_devices));
	kshim_obj_unlock(&cdev_map);
	if (p->dynamic)
		kfree(p);
	kobject_put(parent);
}

static const struct kobj_type ktype_cdev = {
	.release = cdev_release,
};

static void cdev_prepare(struct cdev *p, bool dynamic)
{
	INIT_LIST_HEAD(&p->list);
	p->dynamic = dynamic;
	kobject_init(&p->kobj, &ktype_cdev);
}

/**
 * cdev_init() - prepare a cdev that the driver embeds (fs/char_dev.c)
 * @p:		overwritten
 * @fops:	its operations
 */
void cdev_init(struct cdev *p, const struct file_operations *fops)
{
	kshim_point(KSHIM_WRITE, p, sizeof(*p));
	__builtin_memset(p, 0, sizeof(*p));
	cdev_prepare(p, false);
	p->ops = fops;
}

/* A cdev of its own memory, NULL without any (fs/char_dev.c). */
struct cdev *cdev_alloc(void)
{
	struct cdev *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (p)
		cdev_prepare(p, true);
	return p;
}
