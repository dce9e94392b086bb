// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors fs/kernfs/file.c and fs/sysfs/file.c from user space's side.
 *
 * The kernel: opening checks the mode and that the object has a callback of
 * that kind; each read or write takes an active reference around the
 * callback, on a buffer of the kernel's own.
 *
 * Given: one open-access-close per call, ending with the return to user
 * space like every system call.
 * Not given: files that stay open, offsets, writes larger than a page.
 */
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <kshim/sysfs.h>
#include <kshim/user.h>
#include "engine/engine.h"
#include "base/kernfs.h"

static const struct sysfs_ops *ops_of(const struct kernfs_node *kn)
{
	return kn->kobj && kn->kobj->ktype ? kn->kobj->ktype->sysfs_ops : NULL;
}

/* open(2): the node with a reference, or -errno through @err. */
static struct kernfs_node *sysfs_open(const char *path, bool write, long *err)
{
	struct kernfs_node *kn = kernfs_walk(path);
	const struct sysfs_ops *ops;

	*err = -ENOENT;
	if (!kn)
		return NULL;
	*err = -EISDIR;
	if (kn->type != KERNFS_FILE)
		goto out;
	*err = -EACCES;
	if (!(kn->mode & (write ? 0002 : 0004)) && !capable(CAP_DAC_OVERRIDE))
		goto out;
	*err = -ENODEV;
	if (!kernfs_get_active(kn))
		goto out;
	ops = ops_of(kn);
	kernfs_put_active(kn);
	*err = -EACCES;
	if (!ops || !(kn->mode & (write ? 0222 : 0444)))
		goto out;
	if (write ? !ops->store : !ops->show)
		goto out;
	return kn;
out:
	kernfs_put(kn);
	return NULL;
}

static long do_write(const char *path, const char *ubuf, unsigned long len)
{
	struct kernfs_node *kn;
	char *buf;
	long ret;

	kn = sysfs_open(path, true, &ret);
	if (!kn)
		return ret;
	if (len > PAGE_SIZE)
		len = PAGE_SIZE;
	buf = kmalloc(len + 1, GFP_KERNEL);
	if (!buf) {
		ret = -ENOMEM;
		goto out;
	}
	__builtin_memcpy(buf, ubuf, len);
	buf[len] = 0;
	ret = -ENODEV;
	if (kernfs_get_active(kn)) {
		/* write(2) of nothing calls nothing */
		ret = len ? ops_of(kn)->store(kn->kobj, (struct attribute *)kn->attr,
					      buf, len) : 0;
		kernfs_put_active(kn);
	}
	kfree(buf);
out:
	kernfs_put(kn);
	return ret;
}

static long do_read(const char *path, char *ubuf, unsigned long size)
{
	struct kernfs_node *kn;
	char *buf;
	long ret;

	kn = sysfs_open(path, false, &ret);
	if (!kn)
		return ret;
	buf = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (!buf) {
		ret = -ENOMEM;
		goto out;
	}
	ret = -ENODEV;
	if (kernfs_get_active(kn)) {
		ret = ops_of(kn)->show(kn->kobj, (struct attribute *)kn->attr, buf);
		kernfs_put_active(kn);
	}
	if (ret >= (long)PAGE_SIZE) {
		pr_warn("fill_read_buffer: %s returned bad count\n", kn->name);
		ret = PAGE_SIZE - 1;
	}
	if (ret > 0) {
		if (ret > size)
			ret = size;
		__builtin_memcpy(ubuf, buf, ret);
	}
	kfree(buf);
out:
	kernfs_put(kn);
	return ret;
}

long kshim_sysfs_write(const char *path, const char *buf, unsigned long len)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_write(path, buf, len));
}

long kshim_sysfs_read(const char *path, char *buf, unsigned long size)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_read(path, buf, size));
}

int kshim_sysfs_exists(const char *path)
{
	struct kernfs_node *kn = kernfs_walk(path);

	if (!kn)
		return -ENOENT;
	kernfs_put(kn);
	return 1;
}
