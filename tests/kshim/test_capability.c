// SPDX-License-Identifier: GPL-2.0-only
/* Capabilities and the permission bits of nodes. */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/kthread.h>
#include "fs_helper.h"

static struct cdev dev, open_dev;
static const struct file_operations fops;
static struct completion done;

KTEST(capability_root)
{
	KEXPECT_EQ(capable(CAP_SYS_RAWIO), 1);
	KEXPECT_EQ(capable(CAP_LAST_CAP), 1);
	KEXPECT_EQ(ns_capable(&init_user_ns, CAP_SYS_ADMIN), 1);
	KEXPECT_EQ(kshim_sys_drop_caps(), 0);
	KEXPECT_EQ(capable(CAP_SYS_RAWIO), 0);
	KEXPECT_EQ(ns_capable(&init_user_ns, CAP_SYS_ADMIN), 0);
}

static int in_kthread(void *unused)
{
	KEXPECT_EQ(capable(CAP_SYS_ADMIN), 1);
	complete(&done);
	return 0;
}

KTEST(capability_kthread)
{
	init_completion(&done);
	KEXPECT_EQ(kshim_sys_drop_caps(), 0);
	KEXPECT(!IS_ERR(kthread_run(in_kthread, NULL, "cap")));
	wait_for_completion(&done);
}

KTEST(capability_node_mode)
{
	KEXPECT_EQ(ktest_dev_add(&dev, "priv", &fops, 0600), 0);
	KEXPECT_EQ(ktest_dev_add(&open_dev, "pub", &fops, 0664), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/priv", O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_drop_caps(), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/priv", O_RDWR), -EACCES);
	KEXPECT_EQ(kshim_sys_open("/dev/priv", O_RDONLY), -EACCES);
	KEXPECT_EQ(kshim_sys_open("/dev/pub", O_RDWR), -EACCES);
	KEXPECT_EQ(kshim_sys_open("/dev/pub", O_RDONLY), 4);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_sys_close(4), 0);
	ktest_dev_del(&dev, "priv");
	ktest_dev_del(&open_dev, "pub");
}
