// SPDX-License-Identifier: GPL-2.0-only
/* Classes: devices by number, nodes, look-up. */
#include <linux/err.h>
#include <kshim/devnode.h>
#include <kshim/slab.h>
#include "bus_helper.h"

static struct class *make(void)
{
#if KSHIM_KVER < 0x060400
	return class_create(THIS_MODULE, "tc");
#else
	return class_create("tc");
#endif
}

static char *tc_devnode(kshim_const_dev struct device *dev, umode_t *mode)
{
	if (mode)
		*mode = 0666;
	return kasprintf(GFP_KERNEL, "tc/%s", dev_name(dev));
}

KTEST(class_device_has_a_node)
{
	struct class *cls = make();
	unsigned short mode;
	unsigned int devt;
	struct device *dev;

	KEXPECT(!IS_ERR(cls));
	cls->devnode = tc_devnode;
	dev = device_create(cls, NULL, MKDEV(250, 3), cls, "%d", 3);
	KEXPECT(!IS_ERR(dev));
	KEXPECT(dev_get_drvdata(dev) == cls);
	KEXPECT_EQ(kshim_devnode_lookup("tc/3", &devt, &mode), 0);
	KEXPECT_EQ(devt, MKDEV(250, 3));
	KEXPECT_EQ(mode & 0777, 0666);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/class/tc/3"), 1);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/devices/virtual/tc/3"), 1);
	device_destroy(cls, MKDEV(250, 4));	/* no such device: nothing */
	KEXPECT_EQ(kshim_devnode_lookup("tc/3", NULL, NULL), 0);
	device_destroy(cls, MKDEV(250, 3));
	KEXPECT_EQ(kshim_devnode_lookup("tc/3", NULL, NULL), -ENOENT);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/class/tc/3"), -ENOENT);
	class_destroy(cls);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/class/tc"), -ENOENT);
}

KTEST(class_device_without_number_has_no_node)
{
	struct class *cls = make();
	struct device *dev = device_create(cls, NULL, 0, NULL, "plain");

	KEXPECT(!IS_ERR(dev));
	KEXPECT_EQ(kshim_devnode_lookup("plain", NULL, NULL), -ENOENT);
	device_unregister(dev);
	class_destroy(cls);
}

KTEST(class_node_name_is_the_device_name)
{
	struct class *cls = make();
	struct device *dev = device_create(cls, NULL, MKDEV(250, 1), NULL, "a!b");

	KEXPECT(!IS_ERR(dev));
	KEXPECT_EQ(kshim_devnode_lookup("a/b", NULL, NULL), 0);
	device_destroy(cls, MKDEV(250, 1));
	KEXPECT_EQ(kshim_devnode_lookup("a/b", NULL, NULL), -ENOENT);
	class_destroy(cls);
}

KTEST(class_finds_its_devices)
{
	struct class *cls = make();
	struct device *a = device_create(cls, NULL, MKDEV(250, 1), NULL, "a");
	struct device *b = device_create(cls, NULL, MKDEV(250, 2), NULL, "b");
	struct device *dev;

	dev = class_find_device_by_devt(cls, MKDEV(250, 2));
	KEXPECT(dev == b);
	put_device(dev);
	dev = class_find_device_by_name(cls, "a");
	KEXPECT(dev == a);
	put_device(dev);
	KEXPECT(!class_find_device_by_name(cls, "c"));
	device_destroy(cls, MKDEV(250, 1));
	device_destroy(cls, MKDEV(250, 2));
	class_destroy(cls);
}

static DEVICE_ATTR(extra, 0644, driver_override_show, driver_override_store);
static struct attribute *extra_attrs[] = { &dev_attr_extra.attr, NULL };
ATTRIBUTE_GROUPS(extra);

KTEST(class_device_create_can_fail)
{
	struct class *cls = make();
	unsigned long live = kshim_slab_live();
	unsigned int n;

	for (n = 1; n < 40; n++) {
		struct device *dev;

		ktest_fail_nth(n);
		dev = device_create_with_groups(cls, NULL, MKDEV(250, 1), NULL,
						extra_groups, "a");
		ktest_fail_nth(0);
		if (!IS_ERR(dev))
			break;
		KEXPECT_EQ(PTR_ERR(dev), -ENOMEM);
		KEXPECT_EQ(kshim_slab_live(), live);
		KEXPECT_EQ(kshim_sysfs_exists("/sys/class/tc/a"), -ENOENT);
	}
	KEXPECT(n > 3 && n < 40);
	device_destroy(cls, MKDEV(250, 1));
	KEXPECT_EQ(kshim_slab_live(), live);
	class_destroy(cls);
	KEXPECT_EQ(PTR_ERR(device_create(NULL, NULL, 0, NULL, "x")), -ENODEV);
}
