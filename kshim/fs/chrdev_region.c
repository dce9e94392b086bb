// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who owns which device numbers.
 *
 * The kernel guarantees: ranges do not overlap; a free major is looked for
 * from 254 downwards to 234, then from 511 to 384.
 *
 * We give the same over a list.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"
#include "fs/internal.h"

#define MAJOR_MAX	512

struct region {
	struct region *next;
	unsigned int major;
	unsigned int baseminor;
	unsigned int count;
	struct cdev *cdev;
	char name[64];
};

static struct region *regions;

static bool major_used(unsigned int major)
{
	const struct region *r;

	for (r = regions; r; r = r->next)
		if (r->major == major)
			return true;
	return false;
}

static int find_major(void)
{
	int m;

	for (m = 254; m >= 234; m--)
		if (!major_used(m))
			return m;
	for (m = 511; m >= 384; m--)
		if (!major_used(m))
			return m;
	return -EBUSY;
}

static bool overlaps(unsigned int major, unsigned int first, unsigned int count)
{
	const struct region *r;

	for (r = regions; r; r = r->next)
		if (r->major == major && first < r->baseminor + r->count &&
		    r->baseminor < first + count)
			return true;
	return false;
}

static struct region *region_add(unsigned int major, unsigned int baseminor,
				 unsigned int count, const char *name)
{
	struct region *r;
	int ret = 0;

	if (major >= MAJOR_MAX) {
		pr_err("CHRDEV \"%s\" major requested (%u) is greater than the maximum (%u)\n",
		       name, major, MAJOR_MAX - 1);
		return ERR_PTR(-EINVAL);
	}
	if (count > MINORMASK + 1 - baseminor) {
		pr_err("CHRDEV \"%s\" minor range requested (%u-%u) is out of range of maximum range (%u-%u) for a single major\n",
		       name, baseminor, baseminor + count - 1, 0, MINORMASK);
		return ERR_PTR(-EINVAL);
	}
	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return ERR_PTR(-ENOMEM);
	kshim_point(KSHIM_WRITE, &regions, sizeof(regions));
	kshim_obj_lock_ordered(&regions);
	if (!major) {
		ret = find_major();
		major = ret;
	}
	if (ret >= 0 && overlaps(major, baseminor, count))
		ret = -EBUSY;
	if (ret >= 0) {
		r->major = major;
		r->baseminor = baseminor;
		r->count = count;
		r->next = regions;
		regions = r;
	}
	kshim_obj_unlock(&regions);
	if (ret < 0) {
		kfree(r);
		return ERR_PTR(ret);
	}
	strscpy(r->name, name, sizeof(r->name));
	return r;
}

static struct region *region_del(unsigned int major, unsigned int baseminor,
				 unsigned int count)
{
	struct region *r, **link;

	kshim_point(KSHIM_WRITE, &regions, sizeof(regions));
	kshim_obj_lock_ordered(&regions);
	for (link = &regions; (r = *link); link = &r->next)
		if (r->major == major && r->baseminor == baseminor &&
		    r->count == count) {
			*link = r->next;
			break;
		}
	kshim_obj_unlock(&regions);
	return r;
}

/**
 * alloc_chrdev_region() - numbers of a free major (fs/char_dev.c)
 * @dev:	filled with the first
 * @baseminor:	its minor
 * @count:	how many
 * @name:	of the driver
 *
 * Return: 0, -EBUSY when every dynamic major is taken, -EINVAL, -ENOMEM.
 */
int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count,
			const char *name)
{
	struct region *r = region_add(0, baseminor, count, name);

	if (IS_ERR(r))
		return PTR_ERR(r);
	*dev = MKDEV(r->major, r->baseminor);
	return 0;
}

/* The part of [from, to) that lies in the major of @from ends here. */
static dev_t same_major_end(dev_t from, dev_t to)
{
	dev_t next = MKDEV(MAJOR(from) + 1, 0);

	return next < to ? next : to;
}

/**
 * register_chrdev_region() - these numbers (fs/char_dev.c)
 * @from:	first; its major must not be 0
 * @count:	how many, may cross majors
 * @name:	of the driver
 *
 * Return: 0, -EBUSY, -EINVAL, -ENOMEM.
 */
int register_chrdev_region(dev_t from, unsigned int count, const char *name)
{
	dev_t to = from + count, n, next;
	struct region *r;

	for (n = from; n < to; n = next) {
		next = same_major_end(n, to);
		r = region_add(MAJOR(n), MINOR(n), next - n, name);
		if (IS_ERR(r)) {
			unregister_chrdev_region(from, n - from);
			return PTR_ERR(r);
		}
	}
	return 0;
}

/* Give back what one of the two above took (fs/char_dev.c). */
void unregister_chrdev_region(dev_t from, unsigned int count)
{
	dev_t to = from + count, n, next;

	for (n = from; n < to; n = next) {
		next = same_major_end(n, to);
		kfree(region_del(MAJOR(n), MINOR(n), next - n));
	}
}

/**
 * __register_chrdev() - numbers and a cdev in one (fs/char_dev.c)
 * @major:	0: a free one
 * @baseminor:	first minor
 * @count:	how many
 * @name:	of the driver
 * @fops:	for all of them
 *
 * Return: the major when @major was 0, else 0; or an error.
 */
int __register_chrdev(unsigned int major, unsigned int baseminor,
		      unsigned int count, const char *name,
		      const struct file_operations *fops)
{
	struct region *r = region_add(major, baseminor, count, name);
	struct cdev *cdev;
	int err = -ENOMEM;

	if (IS_ERR(r))
		return PTR_ERR(r);
	cdev = cdev_alloc();
	if (cdev) {
		cdev->owner = fops->owner;
		cdev->ops = fops;
		err = cdev_add(cdev, MKDEV(r->major, baseminor), count);
		if (!err) {
			r->cdev = cdev;
			return major ? 0 : r->major;
		}
		kobject_put(&cdev->kobj);
	}
	kfree(region_del(r->major, baseminor, count));
	return err;
}

void __unregister_chrdev(unsigned int major, unsigned int baseminor,
			 unsigned int count, const char *name)
{
	struct region *r = region_del(major, baseminor, count);

	if (r && r->cdev)
		cdev_del(r->cdev);
	kfree(r);
}
