// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors drivers/char/mem.c: /dev/null.
 *
 * The kernel guarantees: it is there from boot on, for everybody; reading
 * gives the end of the file, writing takes everything.
 *
 * We give that. Not given: the other devices of that major number.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <kshim/devnode.h>
#include "fs/internal.h"

#define MEM_MAJOR	1
#define NULL_MINOR	3

static ssize_t null_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return 0;
}

static ssize_t null_write(struct file *file, const char __user *buf, size_t count,
			  loff_t *ppos)
{
	return count;
}

static const struct file_operations null_fops = {
	.read = null_read,
	.write = null_write,
};

static struct cdev null_cdev;

void mem_init(void)
{
	dev_t dev = MKDEV(MEM_MAJOR, NULL_MINOR);

	if (register_chrdev_region(dev, 1, "mem"))
		return;
	cdev_init(&null_cdev, &null_fops);
	if (!cdev_add(&null_cdev, dev, 1))
		kshim_devnode_add("null", dev, 0666);
}
