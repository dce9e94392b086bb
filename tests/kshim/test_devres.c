// SPDX-License-Identifier: GPL-2.0-only
/* Managed resources: order and occasions of their release. */
#include "bus_helper.h"

static void one(void *data)
{
	tb_say("one");
}

static void two(void *data)
{
	tb_say("two");
}

static int dm_probe(struct device *dev)
{
	tb_say("probe");
	KEXPECT_EQ(devm_add_action(dev, one, NULL), 0);
	KEXPECT(devm_kzalloc(dev, 40, GFP_KERNEL));
	KEXPECT_EQ(devm_add_action(dev, two, NULL), 0);
	dev_set_drvdata(dev, dev);
	return tb_probe_result;
}

static struct device_driver drv = {
	.name = "drv", .bus = &tb_bus, .probe = dm_probe, .remove = tb_remove,
};

KTEST(devres_runs_in_reverse_after_remove)
{
	struct tb_dev *d;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	KEXPECT_EQ(driver_register(&drv), 0);
	d = tb_add("dev0");
	TB_EXPECT_LOG("probe ");
	device_release_driver(&d->dev);
	TB_EXPECT_LOG("remove two one ");
	device_unregister(&d->dev);
	TB_EXPECT_LOG("release ");
	driver_unregister(&drv);
	bus_unregister(&tb_bus);
}

KTEST(devres_runs_after_a_failed_probe)
{
	struct tb_dev *d;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	KEXPECT_EQ(driver_register(&drv), 0);
	tb_probe_result = -ENOMEM;
	d = tb_add("dev0");
	TB_EXPECT_LOG("probe two one ");
	device_unregister(&d->dev);
	TB_EXPECT_LOG("release ");
	driver_unregister(&drv);
	bus_unregister(&tb_bus);
}

KTEST(devres_before_probing_is_refused)
{
	struct tb_dev *d;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	d = tb_add("dev0");
	KEXPECT_EQ(devm_add_action(&d->dev, one, NULL), 0);
	KEXPECT_EQ(driver_register(&drv), 0);
	TB_EXPECT_LOG("");
	KEXPECT(ktest_log_has("Resources present before probing"));
	device_del(&d->dev);
	TB_EXPECT_LOG("one ");
	put_device(&d->dev);
	driver_unregister(&drv);
	bus_unregister(&tb_bus);
}

KTEST(devres_can_be_taken_back)
{
	struct tb_dev *d = tb_new("dev0");
	void *p = devm_kmalloc(&d->dev, 16, GFP_KERNEL);

	KEXPECT(p);
	KEXPECT_EQ(devm_add_action(&d->dev, one, p), 0);
	KEXPECT_EQ(devm_add_action(&d->dev, two, p), 0);
	devm_remove_action(&d->dev, one, p);
	devm_release_action(&d->dev, two, p);
	TB_EXPECT_LOG("two ");
	devm_kfree(&d->dev, p);
	ktest_expect_report("warn", "devres.c");
	devm_remove_action(&d->dev, one, p);
	put_device(&d->dev);
	TB_EXPECT_LOG("release ");
}
