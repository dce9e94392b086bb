/* SPDX-License-Identifier: GPL-2.0-only */
/* A character device for tests, and threads to use it. */
#ifndef KTEST_FS_HELPER_H
#define KTEST_FS_HELPER_H

#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <kshim/devnode.h>
#include <kshim/inspect_fs.h>
#include <kshim/user.h>
#include "ktest.h"

/* One cdev with one number and one node; 0 on success. */
static inline int ktest_dev_add(struct cdev *cdev, const char *name,
				const struct file_operations *fops,
				unsigned short mode)
{
	dev_t devt;
	int err = alloc_chrdev_region(&devt, 0, 1, name);

	if (err)
		return err;
	cdev_init(cdev, fops);
	cdev->owner = fops->owner;
	err = cdev_add(cdev, devt, 1);
	return err ? err : kshim_devnode_add(name, devt, mode);
}

static inline void ktest_dev_del(struct cdev *cdev, const char *name)
{
	dev_t devt = cdev->dev;

	kshim_devnode_del(name);
	cdev_del(cdev);
	unregister_chrdev_region(devt, 1);
}

struct ktest_thread {
	void (*fn)(void *arg);
	void *arg;
	struct completion done;
};

static inline void ktest_thread_main(void *p)
{
	struct ktest_thread *t = p;

	t->fn(t->arg);
	complete(&t->done);
}

/* Start a thread whose end can be waited for (its exit still follows). */
static inline void ktest_thread_run(struct ktest_thread *t, struct kshim_process *p,
				    void (*fn)(void *), void *arg)
{
	t->fn = fn;
	t->arg = arg;
	init_completion(&t->done);
	KEXPECT(kshim_thread_start(p, "t", ktest_thread_main, t) > 0);
}

static inline void ktest_thread_join(struct ktest_thread *t)
{
	wait_for_completion(&t->done);
}

#endif
