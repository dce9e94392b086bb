// SPDX-License-Identifier: GPL-2.0-only
/* iommu groups: membership, references, listeners. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/iommu.h>
#include <linux/kthread.h>
#include "bus_helper.h"

static void freed(void *data)
{
	tb_say("data-freed");
}

KTEST(iommu_group_lives_while_it_is_used)
{
	struct iommu_group *g = iommu_group_alloc(), *h;
	struct tb_dev *d;

	KEXPECT(!IS_ERR(g));
	KEXPECT_EQ(iommu_group_id(g), 0);
	KEXPECT_EQ(kshim_refs_iommu_group(0), 1);
	iommu_group_set_iommudata(g, g, freed);
	KEXPECT(iommu_group_get_iommudata(g) == g);
	KEXPECT_EQ(bus_register(&tb_bus), 0);
	d = tb_add("dev0");
	KEXPECT(!iommu_group_get(&d->dev));
	KEXPECT_EQ(kshim_device_group("dev0"), -ENOENT);
	KEXPECT_EQ(iommu_group_add_device(g, &d->dev), 0);
	KEXPECT_EQ(kshim_device_group("dev0"), 0);
	KEXPECT_EQ(kshim_refs_iommu_group(0), 2);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/kernel/iommu_groups/0/devices/dev0"), 1);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/bus/tb/devices/dev0/iommu_group/type"), 1);
	KEXPECT(ktest_log_has("tb dev0: Adding to iommu group 0"));
	h = iommu_group_get_by_id(0);
	KEXPECT(h == g);
	iommu_group_put(h);
	KEXPECT(!iommu_group_get_by_id(1));
	iommu_group_put(g);
	TB_EXPECT_LOG("");
	iommu_group_remove_device(&d->dev);
	TB_EXPECT_LOG("data-freed ");
	KEXPECT_EQ(kshim_refs_iommu_group(0), -ENOENT);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/kernel/iommu_groups/0"), -ENOENT);
	iommu_group_remove_device(&d->dev);	/* in none: nothing */
	device_unregister(&d->dev);
	bus_unregister(&tb_bus);
}

KTEST(iommu_group_ids_are_reused)
{
	struct iommu_group *a = iommu_group_alloc(), *b = iommu_group_alloc();

	KEXPECT_EQ(iommu_group_id(b), 1);
	iommu_group_put(a);
	a = iommu_group_alloc();
	KEXPECT_EQ(iommu_group_id(a), 0);
	KEXPECT_EQ(iommu_group_set_name(a, "left"), 0);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/kernel/iommu_groups/0/name"), 1);
	KEXPECT_EQ(iommu_group_set_name(a, NULL), 0);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/kernel/iommu_groups/0/name"), -ENOENT);
	iommu_group_put(a);
	iommu_group_put(b);
}

static int count(struct device *dev, void *data)
{
	++*(int *)data;
	return 0;
}

KTEST(iommu_group_walks_its_devices)
{
	struct iommu_group *g = iommu_group_alloc();
	struct tb_dev *a, *b;
	int n = 0;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	a = tb_add("dev0");
	b = tb_add("dev1");
	KEXPECT_EQ(iommu_group_add_device(g, &a->dev), 0);
	KEXPECT_EQ(iommu_group_add_device(g, &b->dev), 0);
	KEXPECT_EQ(iommu_group_for_each_dev(g, &n, count), 0);
	KEXPECT_EQ(n, 2);
	iommu_group_remove_device(&a->dev);
	iommu_group_remove_device(&b->dev);
	iommu_group_put(g);
	device_unregister(&a->dev);
	device_unregister(&b->dev);
	bus_unregister(&tb_bus);
}

KTEST(iommu_group_alloc_can_fail)
{
	struct iommu_group *g = NULL;
	unsigned int n;

	for (n = 1; n < 20; n++) {
		ktest_fail_nth(n);
		g = iommu_group_alloc();
		ktest_fail_nth(0);
		if (!IS_ERR(g))
			break;
		KEXPECT_EQ(PTR_ERR(g), -ENOMEM);
		KEXPECT_EQ(kshim_refs_iommu_group(0), -ENOENT);
	}
	KEXPECT(n > 3 && n < 20);
	KEXPECT_EQ(iommu_group_id(g), 0);
	iommu_group_put(g);
}

/* An IOMMU that puts each device of the bus into a group of its own. */
static struct iommu_device hw;

static struct iommu_device *hw_probe(struct device *dev)
{
	return strcmp(dev_name(dev), "none") ? &hw : ERR_PTR(-ENODEV);
}

static void hw_release(struct device *dev)
{
}

static int in_group_remove(struct device *dev)
{
	if (!strcmp(dev_name(dev), "dev1"))
		tb_say(dev->iommu_group ? "remove" : "remove-without-group");
	return 0;
}

static struct device_driver member = {
	.name = "dmember", .bus = &tb_bus, .remove = in_group_remove,
};

static struct iommu_ops hw_ops = {
	.probe_device = hw_probe,
	.release_device = hw_release,
	.device_group = generic_device_group,
};

KTEST(iommu_groups_follow_the_bus)
{
	struct tb_dev *a, *b, *c;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	a = tb_add("dev0");
	KEXPECT(!iommu_present(&tb_bus));
	KEXPECT_EQ(bus_set_iommu(&tb_bus, &hw_ops), 0);
	KEXPECT_EQ(bus_set_iommu(&tb_bus, &hw_ops), -EBUSY);
	KEXPECT(iommu_present(&tb_bus));
	KEXPECT_EQ(kshim_device_group("dev0"), 0);
	KEXPECT_EQ(driver_register(&member), 0);
	b = tb_add("dev1");
	KEXPECT_EQ(kshim_device_group("dev1"), 1);
	KEXPECT_EQ(kshim_refs_iommu_group(1), 1);
	c = tb_add("none");
	KEXPECT_EQ(kshim_device_group("none"), -ENOENT);
	/* it leaves the group behind remove() */
	device_unregister(&b->dev);
	TB_EXPECT_LOG("remove release ");
	KEXPECT_EQ(kshim_refs_iommu_group(1), -ENOENT);
	driver_unregister(&member);
	device_unregister(&a->dev);
	device_unregister(&c->dev);
}

#if KSHIM_KVER < 0x051300
static struct completion in_call, go_on, done;
static bool block;

static int listen(struct notifier_block *nb, unsigned long action, void *data)
{
	static const char * const words[] = {
		"?", "ADD", "DEL", "BIND", "BOUND", "UNBIND", "UNBOUND",
	};

	tb_say(words[action]);
	if (block) {
		complete(&in_call);
		wait_for_completion(&go_on);
	}
	return NOTIFY_OK;
}

static struct notifier_block nb = { .notifier_call = listen };
static struct device_driver drv = {
	.name = "drv", .bus = &tb_bus, .probe = tb_probe, .remove = tb_remove,
};

KTEST(iommu_group_listeners_hear_of_binding)
{
	struct iommu_group *g;
	struct tb_dev *d;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	KEXPECT_EQ(bus_set_iommu(&tb_bus, &hw_ops), 0);
	d = tb_add("dev0");
	g = iommu_group_get(&d->dev);
	KEXPECT_EQ(iommu_group_register_notifier(g, &nb), 0);
	KEXPECT_EQ(driver_register(&drv), 0);
	TB_EXPECT_LOG("BIND probe BOUND ");
	KEXPECT_EQ(tb_write("/sys/bus/tb/drivers/drv/unbind", "dev0"), 4);
	TB_EXPECT_LOG("UNBIND remove UNBOUND ");
	tb_probe_result = -EIO;
	KEXPECT(tb_write("/sys/bus/tb/drivers/drv/bind", "dev0") < 0);
	TB_EXPECT_LOG("BIND probe ");		/* and no UNBOUND */
	device_unregister(&d->dev);
	TB_EXPECT_LOG("DEL release ");
	KEXPECT_EQ(iommu_group_unregister_notifier(g, &nb), 0);
	driver_unregister(&drv);
	iommu_group_put(g);
}

static int adder(void *arg)
{
	struct tb_dev *d = arg;

	KEXPECT_EQ(iommu_group_add_device(iommu_group_get_by_id(0), &d->dev), 0);
	return 0;
}

static int leaver(void *arg)
{
	KEXPECT_EQ(iommu_group_unregister_notifier(arg, &nb), 0);
	complete(&done);
	return 0;
}

KTEST(iommu_group_unregister_waits_for_the_listener)
{
	struct iommu_group *g = iommu_group_alloc();
	struct tb_dev *d;

	ktest_oracle_off("lockdep");	/* all of this is one system call to it */
	init_completion(&in_call);
	init_completion(&go_on);
	init_completion(&done);
	KEXPECT_EQ(bus_register(&tb_bus), 0);
	d = tb_add("dev0");
	KEXPECT_EQ(iommu_group_register_notifier(g, &nb), 0);
	block = true;
	kthread_run(adder, d, "adder");
	wait_for_completion(&in_call);
	kthread_run(leaver, g, "leaver");
	msleep(100);
	KEXPECT(!completion_done(&done));
	complete(&go_on);
	wait_for_completion(&done);
}
#endif

#if KSHIM_KVER >= 0x051300
KTEST(iommu_group_dma_has_one_owner)
{
	struct iommu_group *g = iommu_group_alloc();
	struct tb_dev *d;
	int me, you;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	d = tb_add("dev0");
	KEXPECT_EQ(iommu_group_add_device(g, &d->dev), 0);
	KEXPECT_EQ(iommu_group_claim_dma_owner(g, &me), 0);
	KEXPECT_EQ(iommu_group_claim_dma_owner(g, &me), -EPERM);
	KEXPECT_EQ(iommu_device_claim_dma_owner(&d->dev, &you), -EPERM);
	KEXPECT_EQ(iommu_device_claim_dma_owner(&d->dev, &me), 0);
	KEXPECT_EQ(iommu_device_use_default_domain(&d->dev), -EBUSY);
	iommu_device_release_dma_owner(&d->dev);
	KEXPECT(iommu_group_dma_owner_claimed(g));
	iommu_group_release_dma_owner(g);
	KEXPECT(!iommu_group_dma_owner_claimed(g));
	KEXPECT_EQ(iommu_device_use_default_domain(&d->dev), 0);
	KEXPECT_EQ(iommu_group_claim_dma_owner(g, &me), -EPERM);
	iommu_device_unuse_default_domain(&d->dev);
	ktest_expect_report("warn", "owner.c");
	iommu_group_release_dma_owner(g);
}
#endif
