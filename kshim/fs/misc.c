// SPDX-License-Identifier: GPL-2.0-only
/*
 * Misc devices: minors of major 10, one driver each.
 *
 * The kernel guarantees: the driver's open() runs under misc_mtx, so it never
 * overlaps registration; the file holds the driver's module; the name in /dev
 * and its mode are the driver's choice.
 *
 * We give the same, with dynamic minors from 127 downwards.
 *
 * We do not give module loading for unknown minors: -ENODEV.
 */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"
#include "fs/internal.h"

#define DYNAMIC_MINORS	128

static LIST_HEAD(misc_list);
static DEFINE_MUTEX(misc_mtx);
static unsigned char minor_used[DYNAMIC_MINORS];
static struct class *misc_class;

static struct miscdevice *find(int minor)
{
	struct miscdevice *c;

	list_for_each_entry(c, &misc_list, list)
		if (c->minor == minor)
			return c;
	return NULL;
}

static int misc_open(struct inode *inode, struct file *file)
{
	const struct file_operations *new_fops = NULL;
	struct miscdevice *c;
	int err = -ENODEV;

	mutex_lock(&misc_mtx);
	c = find(iminor(inode));
	if (c)
		new_fops = fops_get(c->fops);
	if (new_fops) {
		file->private_data = c;
		err = 0;
		replace_fops(file, new_fops);
		if (file->f_op->open)
			err = file->f_op->open(inode, file);
	}
	mutex_unlock(&misc_mtx);
	return err;
}

static const struct file_operations misc_fops = {
	.owner = THIS_MODULE,
	.open = misc_open,
	.llseek = noop_llseek,
};

static int minor_alloc(void)
{
	int i;

	for (i = DYNAMIC_MINORS - 1; i >= 0; i--)
		if (!minor_used[i]) {
			minor_used[i] = 1;
			return i;
		}
	return -EBUSY;
}

static void minor_free(int minor)
{
	if (minor >= 0 && minor < DYNAMIC_MINORS)
		minor_used[minor] = 0;
}

/**
 * misc_register() - make a misc device and its node (drivers/char/misc.c)
 * @misc:	stays the driver's; minor may be MISC_DYNAMIC_MINOR
 *
 * Context: may sleep.
 * Return: 0, -EBUSY when the minor is taken or none is free, or the error of
 * making the device.
 */
int misc_register(struct miscdevice *misc)
{
	bool dynamic = misc->minor == MISC_DYNAMIC_MINOR;
	int err = 0;

	if (WARN_ON(!misc_class))
		return -ENODEV;
	INIT_LIST_HEAD(&misc->list);
	mutex_lock(&misc_mtx);
	if (dynamic) {
		err = minor_alloc();
		if (err >= 0)
			misc->minor = err;
	} else if (find(misc->minor)) {
		err = -EBUSY;
	}
	if (err < 0)
		goto out;
	err = 0;
	misc->this_device = device_create_with_groups(misc_class, misc->parent,
						      MKDEV(MISC_MAJOR, misc->minor),
						      misc, misc->groups, "%s",
						      misc->name);
	if (IS_ERR(misc->this_device)) {
		if (dynamic) {
			minor_free(misc->minor);
			misc->minor = MISC_DYNAMIC_MINOR;
		}
		err = PTR_ERR(misc->this_device);
		goto out;
	}
	list_add(&misc->list, &misc_list);
out:
	mutex_unlock(&misc_mtx);
	return err;
}

/**
 * misc_deregister() - undo misc_register() (drivers/char/misc.c)
 * @misc:	files that are open stay open
 */
void misc_deregister(struct miscdevice *misc)
{
	if (WARN_ON(list_empty(&misc->list)))
		return;
	mutex_lock(&misc_mtx);
	list_del(&misc->list);
	device_destroy(misc_class, MKDEV(MISC_MAJOR, misc->minor));
	minor_free(misc->minor);
	mutex_unlock(&misc_mtx);
}

static char *misc_devnode(kshim_const_dev struct device *dev, umode_t *mode)
{
	const struct miscdevice *c = dev_get_drvdata(dev);

	if (mode && c->mode)
		*mode = c->mode;
	return c->nodename ? kstrdup(c->nodename, GFP_KERNEL) : NULL;
}

void misc_init(void)
{
	struct class *cls;

	if (misc_class)
		return;
	cls = kshim_class_create(THIS_MODULE, "misc");
	if (IS_ERR(cls) || register_chrdev(MISC_MAJOR, "misc", &misc_fops))
		panic("misc: no class or no major");
	cls->devnode = misc_devnode;
	misc_class = cls;
}
