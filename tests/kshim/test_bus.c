// SPDX-License-Identifier: GPL-2.0-only
/* Binding: probe, remove, failures, notifications, sysfs, serialisation. */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include "bus_helper.h"

#define DRIVERS	"/sys/bus/tb/drivers/"

static struct device_driver drv = {
	.name = "drv", .bus = &tb_bus, .probe = tb_probe, .remove = tb_remove,
};
static struct device_driver other = {
	.name = "other", .bus = &tb_bus, .probe = tb_probe, .remove = tb_remove,
};

static int tell(struct notifier_block *nb, unsigned long action, void *data)
{
	struct device *dev = data;

	switch (action) {
	case BUS_NOTIFY_ADD_DEVICE:
		tb_say("ADD");
		break;
	case BUS_NOTIFY_DEL_DEVICE:
		tb_say("DEL");
		break;
	case BUS_NOTIFY_REMOVED_DEVICE:
		tb_say("REMOVED");
		break;
	case BUS_NOTIFY_BIND_DRIVER:
		tb_say(mutex_is_locked(&dev->mutex) ? "BIND" : "bind-unlocked");
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
		tb_say(mutex_is_locked(&dev->mutex) ? "BOUND" : "bound-unlocked");
		break;
	case BUS_NOTIFY_UNBIND_DRIVER:
		tb_say(dev->driver ? "UNBIND" : "unbind-without-driver");
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		tb_say(!dev->driver && mutex_is_locked(&dev->mutex) ? "UNBOUND" : "bad");
		break;
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
		tb_say("NOT_BOUND");
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block nb = { .notifier_call = tell };

static void setup(void)
{
	KEXPECT_EQ(bus_register(&tb_bus), 0);
	KEXPECT_EQ(bus_register_notifier(&tb_bus, &nb), 0);
}

static void teardown(void)
{
	KEXPECT_EQ(bus_unregister_notifier(&tb_bus, &nb), 0);
	bus_unregister(&tb_bus);
}

KTEST(bus_notifies_in_order)
{
	struct tb_dev *d;

	setup();
	KEXPECT_EQ(driver_register(&drv), 0);
	d = tb_add("dev0");
	TB_EXPECT_LOG("ADD BIND probe BOUND ");
	KEXPECT(!strcmp(kshim_device_driver("dev0"), "drv"));
	device_unregister(&d->dev);
	TB_EXPECT_LOG("DEL UNBIND remove UNBOUND REMOVED release ");
	driver_unregister(&drv);
	teardown();
}

KTEST(bus_driver_gets_waiting_devices_and_gives_them_back)
{
	struct tb_dev *a, *b;

	setup();
	a = tb_add("dev0");
	b = tb_add("dev1");
	TB_EXPECT_LOG("ADD ADD ");
	KEXPECT_EQ(driver_register(&drv), 0);
	TB_EXPECT_LOG("BIND probe BOUND BIND probe BOUND ");
	KEXPECT_EQ(kshim_sysfs_exists(DRIVERS "drv/dev1"), 1);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/bus/tb/devices/dev1/driver/unbind"), 1);
	driver_unregister(&drv);
	TB_EXPECT_LOG("UNBIND remove UNBOUND UNBIND remove UNBOUND ");
	KEXPECT_EQ(kshim_sysfs_exists(DRIVERS "drv"), -ENOENT);
	device_unregister(&a->dev);
	device_unregister(&b->dev);
	TB_EXPECT_LOG("DEL REMOVED release DEL REMOVED release ");
	teardown();
}

KTEST(bus_failed_probe_leaves_nothing)
{
	struct tb_dev *d;

	setup();
	KEXPECT_EQ(driver_register(&drv), 0);
	tb_probe_result = -EIO;
	d = tb_add("dev0");
	TB_EXPECT_LOG("ADD BIND probe NOT_BOUND ");
	KEXPECT(!d->dev.driver);
	KEXPECT(!dev_get_drvdata(&d->dev));
	KEXPECT(!kshim_device_driver("dev0"));
	KEXPECT_EQ(kshim_sysfs_exists("/sys/bus/tb/devices/dev0/driver"), -ENOENT);
	KEXPECT(ktest_log_has("drv: probe of dev0 failed with error -5"));
	tb_probe_result = 0;
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), 4);
	TB_EXPECT_LOG("BIND probe BOUND ");
	device_unregister(&d->dev);
	driver_unregister(&drv);
	teardown();
}

KTEST(bus_bind_and_unbind_through_sysfs)
{
	struct tb_dev *d;

	setup();
	d = tb_add("dev0");
	KEXPECT_EQ(driver_register(&drv), 0);
	KEXPECT_EQ(driver_register(&other), 0);
	TB_EXPECT_LOG("ADD BIND probe BOUND ");
	KEXPECT_EQ(tb_write(DRIVERS "drv/unbind", "nosuch"), -ENODEV);
	KEXPECT_EQ(tb_write(DRIVERS "other/unbind", "dev0"), -ENODEV);
	KEXPECT_EQ(tb_write(DRIVERS "nosuch/unbind", "dev0"), -ENOENT);
	TB_EXPECT_LOG("");
	KEXPECT_EQ(tb_write(DRIVERS "drv/unbind", "dev0\n"), 5);
	TB_EXPECT_LOG("UNBIND remove UNBOUND ");
	KEXPECT(!dev_get_drvdata(&d->dev));
	KEXPECT_EQ(tb_write(DRIVERS "drv/unbind", "dev0"), -ENODEV);
	/* the other driver does not match */
	KEXPECT_EQ(tb_write(DRIVERS "other/bind", "dev0"), -ENODEV);
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), 4);
	TB_EXPECT_LOG("BIND probe BOUND ");
	/* bound already */
#if KSHIM_KVER < 0x050c00
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), -ENODEV);
#else
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), -EBUSY);
#endif
	KEXPECT_EQ(tb_write(DRIVERS "drv/unbind", "dev0"), 4);
	tb_log[0] = 0;
	tb_probe_result = -EPERM;
#if KSHIM_KVER < 0x050c00
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), -ENODEV);
#else
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), -EPERM);
#endif
	TB_EXPECT_LOG("BIND probe NOT_BOUND ");
	driver_unregister(&other);
	driver_unregister(&drv);
	device_unregister(&d->dev);
	teardown();
}

KTEST(bus_driver_override_chooses)
{
	struct tb_dev *d;
	char buf[16];

	setup();
	KEXPECT_EQ(driver_register(&drv), 0);
	KEXPECT_EQ(driver_register(&other), 0);
	d = tb_add("dev0");
	KEXPECT_EQ(tb_write("/sys/bus/tb/devices/dev0/driver_override", "other\n"), 6);
	KEXPECT_EQ(kshim_sysfs_read("/sys/bus/tb/devices/dev0/driver_override", buf, 16), 6);
	KEXPECT(!strncmp(buf, "other\n", 6));
	KEXPECT_EQ(tb_write(DRIVERS "drv/unbind", "dev0"), 4);
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), -ENODEV);
	KEXPECT_EQ(tb_write("/sys/bus/tb/drivers_probe", "dev0"), 4);
	KEXPECT(!strcmp(kshim_device_driver("dev0"), "other"));
	KEXPECT_EQ(tb_write("/sys/bus/tb/drivers_probe", "nosuch"), -ENODEV);
	device_unregister(&d->dev);
	driver_unregister(&other);
	driver_unregister(&drv);
	teardown();
}

KTEST(bus_without_autoprobe_waits_for_bind)
{
	struct tb_dev *d;

	setup();
	KEXPECT_EQ(tb_write("/sys/bus/tb/drivers_autoprobe", "0"), 1);
	d = tb_add("dev0");
	KEXPECT_EQ(driver_register(&drv), 0);
	TB_EXPECT_LOG("ADD ");
	KEXPECT_EQ(tb_write(DRIVERS "drv/bind", "dev0"), 4);
	TB_EXPECT_LOG("BIND probe BOUND ");
	driver_unregister(&drv);
	device_unregister(&d->dev);
	teardown();
}

KTEST(bus_refuses_a_second_driver_of_a_name)
{
	static struct device_driver twin = { .name = "drv", .bus = &tb_bus };

	setup();
	KEXPECT_EQ(driver_register(&drv), 0);
	KEXPECT_EQ(driver_register(&twin), -EBUSY);
	driver_unregister(&drv);
	teardown();
	KEXPECT_EQ(driver_register(&drv), -EINVAL);
}

/* Serialisation: probe and remove never overlap. */
static atomic_t inside;
static struct completion started, finish;

static int slow_probe(struct device *dev)
{
	KEXPECT_EQ(atomic_inc_return(&inside), 1);
	complete(&started);
	wait_for_completion(&finish);
	KEXPECT_EQ(atomic_dec_return(&inside), 0);
	return 0;
}

static int quick_remove(struct device *dev)
{
	KEXPECT_EQ(atomic_inc_return(&inside), 1);
	atomic_dec(&inside);
	return 0;
}

static struct device_driver slow = {
	.name = "dslow", .bus = &tb_bus, .probe = slow_probe, .remove = quick_remove,
};

static struct completion done[2];

static int binder(void *arg)
{
	KEXPECT_EQ(tb_write(DRIVERS "dslow/bind", "dev0"), 4);
	complete(&done[0]);
	return 0;
}

static int remover(void *arg)
{
	struct tb_dev *d = arg;

	device_unregister(&d->dev);
	complete(&done[1]);
	return 0;
}

KTEST(bus_remove_waits_for_probe)
{
	struct tb_dev *d;

	init_completion(&started);
	init_completion(&finish);
	init_completion(&done[0]);
	init_completion(&done[1]);
	KEXPECT_EQ(bus_register(&tb_bus), 0);
	d = tb_add("dev0");
	KEXPECT_EQ(tb_write("/sys/bus/tb/drivers_autoprobe", "0"), 1);
	KEXPECT_EQ(driver_register(&slow), 0);
	kthread_run(binder, NULL, "binder");
	wait_for_completion(&started);
	kthread_run(remover, d, "remover");
	msleep(100);
	KEXPECT(!completion_done(&done[1]));
	complete(&finish);
	wait_for_completion(&done[0]);
	wait_for_completion(&done[1]);
	driver_unregister(&slow);
	bus_unregister(&tb_bus);
}
