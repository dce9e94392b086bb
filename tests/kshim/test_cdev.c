// SPDX-License-Identifier: GPL-2.0-only
/* Character devices: numbers, references, life after cdev_del(). */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "fs_helper.h"

static struct cdev dev, dev2;
static struct module owner = { .name = "ktest_owner", .refcnt = ATOMIC_INIT(1) };

static int minor_open(struct inode *inode, struct file *file)
{
	file->private_data = (void *)(long)iminor(inode);
	return 0;
}

static long minor_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return (long)file->private_data;
}

static const struct file_operations fops = {
	.owner = &owner,
	.open = minor_open,
	.unlocked_ioctl = minor_ioctl,
};

static const struct file_operations free_fops = {
	.open = minor_open,
	.unlocked_ioctl = minor_ioctl,
};

KTEST(chrdev_regions)
{
	dev_t a, b, c;

	KEXPECT_EQ(alloc_chrdev_region(&a, 0, 1 << MINORBITS, "a"), 0);
	KEXPECT_EQ(alloc_chrdev_region(&b, 5, 10, "b"), 0);
	KEXPECT_EQ(MAJOR(a), 254);
	KEXPECT_EQ(MINOR(a), 0);
	KEXPECT_EQ(MAJOR(b), 253);
	KEXPECT_EQ(MINOR(b), 5);
	KEXPECT_EQ(register_chrdev_region(MKDEV(253, 14), 5, "c"), -EBUSY);
	KEXPECT_EQ(register_chrdev_region(MKDEV(253, 15), 5, "c"), 0);
	KEXPECT_EQ(register_chrdev_region(MKDEV(512, 0), 1, "d"), -EINVAL);
	KEXPECT_EQ(alloc_chrdev_region(&c, 1, 1 << MINORBITS, "e"), -EINVAL);
	unregister_chrdev_region(a, 1 << MINORBITS);
	KEXPECT_EQ(alloc_chrdev_region(&a, 0, 1, "a"), 0);
	KEXPECT_EQ(MAJOR(a), 254);
	unregister_chrdev_region(a, 1);
	unregister_chrdev_region(b, 10);
	unregister_chrdev_region(MKDEV(253, 15), 5);
	ktest_fail_nth(1);
	KEXPECT_EQ(alloc_chrdev_region(&a, 0, 1, "a"), -ENOMEM);
	ktest_fail_nth(0);
}

KTEST(cdev_ranges)
{
	dev_t devt;

	KEXPECT_EQ(alloc_chrdev_region(&devt, 0, 16, "r"), 0);
	KEXPECT_EQ(kshim_devnode_add("r/3", devt + 3, 0600), 0);
	KEXPECT_EQ(kshim_devnode_add("r/3", devt + 3, 0600), -EEXIST);
	KEXPECT_EQ(kshim_devnode_add("r/9", devt + 9, 0600), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/r/3", O_RDWR), -ENXIO);
	cdev_init(&dev, &free_fops);
	KEXPECT_EQ(cdev_add(&dev, devt, 8), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/r/3", O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_open("/dev/r/9", O_RDWR), -ENXIO);
	KEXPECT_EQ(kshim_sys_ioctl(3, 0, 0), 3);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_devnode_del("r/3"), 0);
	KEXPECT_EQ(kshim_devnode_del("r/3"), -ENOENT);
	KEXPECT_EQ(kshim_devnode_del("r/9"), 0);
	cdev_del(&dev);
	unregister_chrdev_region(devt, 16);
}

KTEST(cdev_add_without_memory)
{
	cdev_init(&dev, &free_fops);
	ktest_fail_nth(1);
	KEXPECT_EQ(cdev_add(&dev, MKDEV(60, 0), 1), -ENOMEM);
	ktest_fail_nth(0);
	kobject_put(&dev.kobj);
}

/* An open file holds its modules: that of the cdev and of the operations. */
KTEST(cdev_holds_module)
{
	owner.state = MODULE_STATE_LIVE;
	KEXPECT_EQ(ktest_dev_add(&dev, "m", &fops, 0666), 0);
	KEXPECT_EQ(module_refcount(&owner), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/m", O_RDWR), 3);
	KEXPECT_EQ(module_refcount(&owner), 2);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(module_refcount(&owner), 0);
	owner.state = MODULE_STATE_GOING;
	KEXPECT_EQ(kshim_sys_open("/dev/m", O_RDWR), -ENXIO);
	KEXPECT_EQ(module_refcount(&owner), 0);
	owner.state = MODULE_STATE_LIVE;
	ktest_dev_del(&dev, "m");
}

struct holder {
	struct kobject kobj;
	struct cdev cdev;
};

static int holders_released;

static void holder_release(struct kobject *kobj)
{
	holders_released++;
	kfree(container_of(kobj, struct holder, kobj));
}

static const struct kobj_type holder_type = { .release = holder_release };

/* The file holds the cdev, the cdev the object that embeds it. */
KTEST(cdev_pins_parent)
{
	struct holder *h = kzalloc(sizeof(*h), GFP_KERNEL);
	dev_t devt;

	KEXPECT(h);
	holders_released = 0;
	kobject_init(&h->kobj, (struct kobj_type *)&holder_type);
	cdev_init(&h->cdev, &free_fops);
	cdev_set_parent(&h->cdev, &h->kobj);
	KEXPECT_EQ(alloc_chrdev_region(&devt, 0, 1, "h"), 0);
	KEXPECT_EQ(cdev_add(&h->cdev, devt, 1), 0);
	KEXPECT_EQ(kshim_devnode_add("h", devt, 0600), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/h", O_RDWR), 3);
	/* gone from the map, but the inode remembers it while it is held */
	cdev_del(&h->cdev);
	kobject_put(&h->kobj);
	KEXPECT_EQ(holders_released, 0);
	KEXPECT_EQ(kshim_sys_open("/dev/h", O_RDWR), 4);
	KEXPECT_EQ(kshim_devnode_del("h"), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/h", O_RDWR), -ENOENT);
	KEXPECT_EQ(kshim_sys_ioctl(3, 0, 0), 0);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(holders_released, 0);
	KEXPECT_EQ(kshim_sys_close(4), 0);
	KEXPECT_EQ(holders_released, 1);
	unregister_chrdev_region(devt, 1);
}

/* After the last file is closed the inode has forgotten the cdev. */
KTEST(cdev_purged_from_inode)
{
	struct cdev *p = cdev_alloc();
	dev_t devt;

	KEXPECT(p);
	p->ops = &free_fops;
	KEXPECT_EQ(alloc_chrdev_region(&devt, 0, 1, "p"), 0);
	KEXPECT_EQ(cdev_add(p, devt, 1), 0);
	KEXPECT_EQ(kshim_devnode_add("p", devt, 0600), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/p", O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	cdev_del(p);
	KEXPECT_EQ(kshim_sys_open("/dev/p", O_RDWR), -ENXIO);
	cdev_init(&dev2, &free_fops);
	KEXPECT_EQ(cdev_add(&dev2, devt, 1), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/p", O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_devnode_del("p"), 0);
	cdev_del(&dev2);
	unregister_chrdev_region(devt, 1);
}

static struct device *the_device;
static int devices_released;

static void device_released(struct device *d)
{
	devices_released++;
	kfree(d);
}

KTEST(cdev_with_device)
{
	dev_t devt;

	devices_released = 0;
	KEXPECT_EQ(alloc_chrdev_region(&devt, 0, 1, "d"), 0);
	the_device = kzalloc(sizeof(*the_device), GFP_KERNEL);
	KEXPECT(the_device);
	device_initialize(the_device);
	the_device->release = device_released;
	the_device->devt = devt;
	KEXPECT_EQ(dev_set_name(the_device, "ktestd"), 0);
	cdev_init(&dev, &free_fops);
	KEXPECT_EQ(cdev_device_add(&dev, the_device), 0);
	KEXPECT_EQ(kshim_devnode_add("d", devt, 0600), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/d", O_RDWR), 3);
	KEXPECT_EQ(kshim_devnode_del("d"), 0);
	cdev_device_del(&dev, the_device);
	put_device(the_device);
	KEXPECT_EQ(devices_released, 0);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(devices_released, 1);
	unregister_chrdev_region(devt, 1);
}
