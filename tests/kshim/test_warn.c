// SPDX-License-Identifier: GPL-2.0-only
/* Complaints: WARN() and BUG(), assertions about locks, messages of devices. */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "ktest.h"

KTEST(warn_gives_its_condition)
{
	ktest_expect_report("warn", "WARNING: at");
	KEXPECT_EQ(WARN_ON(0), 0);
	KEXPECT_EQ(ktest_reports("warn"), 0);
	KEXPECT_EQ(WARN_ON(5), 1);
	KEXPECT_EQ(WARN(1, "with %d words\n", 3), 1);
	KEXPECT_EQ(ktest_reports("warn"), 2);
}

static int again(void)
{
	return WARN_ON_ONCE(1) + 2 * WARN_ONCE(1, "only %s", "once");
}

KTEST(warn_once)
{
	ktest_expect_report("warn", "test_warn.c");
	KEXPECT_EQ(again(), 3);
	KEXPECT_EQ(again(), 3);
	KEXPECT_EQ(ktest_reports("warn"), 2);
}

KTEST(bug_on_ends_it)
{
	BUG_ON(0);
	ktest_expect_report("bug", "kernel BUG at tests/kshim/test_warn.c");
	BUG_ON(1);
	KEXPECT(0);
}

KTEST(taint_goes_on)
{
	add_taint(TAINT_USER, LOCKDEP_STILL_OK);
}

static DECLARE_RWSEM(static_sem);

KTEST(lockdep_knows_what_is_held)
{
	struct rw_semaphore sem;
	struct mutex m;
	spinlock_t s;

	mutex_init(&m);
	init_rwsem(&sem);
	spin_lock_init(&s);
	down_write(&static_sem);
	lockdep_assert_held(&static_sem);
	up_write(&static_sem);
	mutex_lock(&m);
	down_read(&sem);
	spin_lock(&s);
	lockdep_assert_held(&m);
	lockdep_assert_held(&sem);
	lockdep_assert_held(&s);
	spin_unlock(&s);
	up_read(&sem);
	mutex_unlock(&m);
	ktest_expect_report("warn", "WARNING");
	lockdep_assert_held(&m);
	KEXPECT_EQ(ktest_reports("warn"), 1);
}

KTEST(messages_name_the_device)
{
	static struct device_driver drv = { .name = "the-driver" };
	struct device dev = { .init_name = "the-device" };

	dev_notice(&dev, "first\n");
	dev.driver = &drv;
	dev_info_ratelimited(&dev, "second %d\n", 2);
	dev_warn(&dev, "third\n");
	dev_dbg(&dev, "never\n");
	pr_info("plain\n");
	pr_warn("louder\n");
	KEXPECT(ktest_log_has(" the-device: first\n"));
	KEXPECT(ktest_log_has("the-driver the-device: second 2\n"));
	KEXPECT(ktest_log_has("the-driver the-device: third\n"));
	KEXPECT(ktest_log_has("plain\nlouder\n"));
	KEXPECT(!ktest_log_has("never"));
	KEXPECT(!strcmp(dev_driver_string(&dev), "the-driver"));
	ktest_expect_report("warn", "the-driver the-device: fourth");
	dev_WARN(&dev, "fourth");
	KEXPECT_EQ(ktest_reports("warn"), 1);
}
