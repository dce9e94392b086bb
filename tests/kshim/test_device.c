// SPDX-License-Identifier: GPL-2.0-only
/* struct device: its life, names, references, children, messages. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <kshim/slab.h>
#include "bus_helper.h"

KTEST(device_release_runs_on_the_last_put)
{
	struct tb_dev *d;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	d = tb_add("dev0");
	KEXPECT_EQ(kshim_refs_device("dev0") > 1, 1);
	get_device(&d->dev);
	device_unregister(&d->dev);
	TB_EXPECT_LOG("");
	KEXPECT_EQ(kshim_refs_device("dev0"), 1);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/devices/dev0"), -ENOENT);
	put_device(&d->dev);
	TB_EXPECT_LOG("release ");
	KEXPECT_EQ(kshim_refs_device("dev0"), -ENOENT);
	bus_unregister(&tb_bus);
}

KTEST(device_without_release_is_warned_about)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	device_initialize(dev);
	dev_set_name(dev, "orphan");
	ktest_expect_report("warn", "Device 'orphan' does not have a release() function");
	put_device(dev);
	kfree(dev);
}

KTEST(device_without_name_is_refused)
{
	struct tb_dev *d = kzalloc(sizeof(*d), GFP_KERNEL);

	device_initialize(&d->dev);
	d->dev.release = tb_release;
	KEXPECT_EQ(device_add(&d->dev), -EINVAL);
	put_device(&d->dev);
	TB_EXPECT_LOG("release ");
}

KTEST(device_names_are_unique_below_a_parent)
{
	struct tb_dev *a, *b, *c;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	a = tb_add("dev0");
	b = tb_new("dev0");
	KEXPECT_EQ(device_add(&b->dev), -EEXIST);
	KEXPECT(ktest_log_has("sysfs: cannot create duplicate filename '/devices/dev0'"));
	KEXPECT(ktest_log_has("kobject_add_internal failed for dev0 with -EEXIST"));
	put_device(&b->dev);
	TB_EXPECT_LOG("release ");
	c = tb_new("child");
	c->dev.parent = &a->dev;
	KEXPECT_EQ(device_add(&c->dev), 0);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/devices/dev0/child"), 1);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/bus/tb/devices/child"), 1);
	device_unregister(&c->dev);
	device_unregister(&a->dev);
	TB_EXPECT_LOG("release release ");
	bus_unregister(&tb_bus);
}

KTEST(device_child_pins_its_parent)
{
	struct tb_dev *a, *c;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	a = tb_add("dev0");
	c = tb_new("child");
	c->dev.parent = &a->dev;
	KEXPECT_EQ(device_add(&c->dev), 0);
	KEXPECT(kshim_refs_device("dev0") >= 3);
	device_unregister(&c->dev);
	TB_EXPECT_LOG("release ");
	device_unregister(&a->dev);
	TB_EXPECT_LOG("release ");
	bus_unregister(&tb_bus);
}

static int count_child(struct device *dev, void *data)
{
	++*(int *)data;
	return *(int *)data == 2 ? 7 : 0;
}

KTEST(device_for_each_child_stops_when_told)
{
	struct tb_dev *p, *c[3];
	int i, n = 0;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	p = tb_add("parent");
	for (i = 0; i < 3; i++) {
		char name[2] = { 'a' + i, 0 };

		c[i] = tb_new(name);
		c[i]->dev.parent = &p->dev;
		KEXPECT_EQ(device_add(&c[i]->dev), 0);
	}
	KEXPECT_EQ(device_for_each_child(&p->dev, &n, count_child), 7);
	KEXPECT_EQ(n, 2);
	for (i = 0; i < 3; i++)
		device_unregister(&c[i]->dev);
	n = 0;
	KEXPECT_EQ(device_for_each_child(&p->dev, &n, count_child), 0);
	KEXPECT_EQ(n, 0);
	device_unregister(&p->dev);
	bus_unregister(&tb_bus);
}

KTEST(device_messages_name_driver_and_device)
{
	static struct device_driver drv = { .name = "drv", .bus = &tb_bus };
	struct tb_dev *d;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	d = tb_add("dev0");
	dev_info(&d->dev, "no driver yet %d\n", 1);
	KEXPECT(ktest_log_has("tb dev0: no driver yet 1"));
	KEXPECT_EQ(driver_register(&drv), 0);
	dev_warn(&d->dev, "bound\n");
	KEXPECT(ktest_log_has("drv dev0: bound"));
	ktest_expect_report("warn", "drv dev0: it broke: 5");
	dev_WARN(&d->dev, "it broke: %d\n", 5);
	driver_unregister(&drv);
	device_unregister(&d->dev);
	bus_unregister(&tb_bus);
}

static DEVICE_ATTR(extra, 0644, driver_override_show, driver_override_store);
static struct attribute *extra_attrs[] = { &dev_attr_extra.attr, NULL };
ATTRIBUTE_GROUPS(extra);

KTEST(device_add_survives_failing_allocations)
{
	unsigned long live;
	unsigned int n;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	live = kshim_slab_live();
	for (n = 1; n < 40; n++) {
		struct tb_dev *d = tb_new("dev0");
		int err;

		d->dev.groups = extra_groups;
		d->dev.devt = MKDEV(250, 9);
		ktest_fail_nth(n);
		err = device_add(&d->dev);
		ktest_fail_nth(0);
		KEXPECT(err == 0 || err == -ENOMEM);
		KEXPECT_EQ(kshim_sysfs_exists("/sys/bus/tb/devices/dev0"),
			   err ? -ENOENT : 1);
		KEXPECT_EQ(kshim_sysfs_exists("/sys/devices/dev0"), err ? -ENOENT : 1);
		if (!err)
			device_del(&d->dev);
		put_device(&d->dev);
		TB_EXPECT_LOG("release ");
		KEXPECT_EQ(kshim_slab_live(), live);
		if (!err)
			break;
	}
	KEXPECT(n > 3 && n < 40);
	bus_unregister(&tb_bus);
}
