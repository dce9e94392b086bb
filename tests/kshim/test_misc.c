// SPDX-License-Identifier: GPL-2.0-only
/* Misc devices: minors, nodes, modules. */
#include <linux/miscdevice.h>
#include <linux/module.h>
#include "fs_helper.h"

static struct module owner = { .name = "ktest_owner", .refcnt = ATOMIC_INIT(1) };

static int see_misc(struct inode *inode, struct file *file)
{
	struct miscdevice *m = file->private_data;

	KEXPECT_EQ(m->minor, iminor(inode));
	return 0;
}

static const struct file_operations fops = {
	.owner = &owner,
	.open = see_misc,
	.llseek = noop_llseek,
};

static struct miscdevice fixed = {
	.minor = 200, .name = "fixed", .fops = &fops,
	.nodename = "dir/fixed", .mode = 0666,
};
static struct miscdevice same = { .minor = 200, .name = "same", .fops = &fops };
static struct miscdevice dyn = { .minor = MISC_DYNAMIC_MINOR, .name = "dyn", .fops = &fops };
static struct miscdevice dyn2 = { .minor = MISC_DYNAMIC_MINOR, .name = "dyn2", .fops = &fops };

KTEST(misc_node)
{
	unsigned short mode;
	unsigned int devt;

	owner.state = MODULE_STATE_LIVE;
	KEXPECT_EQ(misc_register(&fixed), 0);
	KEXPECT(fixed.this_device);
	KEXPECT_EQ(kshim_devnode_lookup("dir/fixed", &devt, &mode), 0);
	KEXPECT_EQ(devt, MKDEV(10, 200));
	KEXPECT_EQ(mode, 0666);
	KEXPECT_EQ(kshim_devnode_lookup("fixed", &devt, &mode), -ENOENT);
	KEXPECT_EQ(misc_register(&same), -EBUSY);
	KEXPECT_EQ(kshim_sys_open("/dev/dir/fixed", O_RDWR), 3);
	KEXPECT_EQ(module_refcount(&owner), 1);
	KEXPECT_EQ(kshim_sys_lseek(3, 5, SEEK_SET), 0);
	/* open files survive the device */
	misc_deregister(&fixed);
	KEXPECT_EQ(kshim_sys_open("/dev/dir/fixed", O_RDWR), -ENOENT);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(module_refcount(&owner), 0);
}

KTEST(misc_dynamic)
{
	unsigned short mode;

	KEXPECT_EQ(misc_register(&dyn), 0);
	KEXPECT_EQ(misc_register(&dyn2), 0);
	KEXPECT_EQ(dyn.minor, 127);
	KEXPECT_EQ(dyn2.minor, 126);
	KEXPECT_EQ(kshim_devnode_lookup("dyn", NULL, &mode), 0);
	KEXPECT_EQ(mode, 0600);
	misc_deregister(&dyn);
	dyn.minor = MISC_DYNAMIC_MINOR;
	KEXPECT_EQ(misc_register(&dyn), 0);
	KEXPECT_EQ(dyn.minor, 127);
	misc_deregister(&dyn);
	misc_deregister(&dyn2);
}

KTEST(misc_module_going)
{
	owner.state = MODULE_STATE_LIVE;
	KEXPECT_EQ(misc_register(&fixed), 0);
	owner.state = MODULE_STATE_GOING;
	KEXPECT_EQ(kshim_sys_open("/dev/dir/fixed", O_RDWR), -ENODEV);
	owner.state = MODULE_STATE_LIVE;
	misc_deregister(&fixed);
}

KTEST(misc_node_without_driver)
{
	KEXPECT_EQ(kshim_devnode_add("orphan", MKDEV(10, 77), 0600), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/orphan", O_RDWR), -ENODEV);
	KEXPECT_EQ(kshim_devnode_del("orphan"), 0);
}

/* Whichever allocation fails, nothing is left behind. */
KTEST(misc_register_without_memory)
{
	int n, err = -1;

	owner.state = MODULE_STATE_LIVE;
	for (n = 1; err && n < 50; n++) {
		ktest_fail_nth(n);
		dyn.minor = MISC_DYNAMIC_MINOR;
		err = misc_register(&dyn);
		ktest_fail_nth(0);
		if (err) {
			KEXPECT_EQ(err, -ENOMEM);
			KEXPECT_EQ(dyn.minor, MISC_DYNAMIC_MINOR);
			KEXPECT_EQ(kshim_devnode_lookup("dyn", NULL, NULL), -ENOENT);
		}
	}
	KEXPECT_EQ(err, 0);
	KEXPECT(n > 2);
	misc_deregister(&dyn);
}
