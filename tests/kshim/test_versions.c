// SPDX-License-Identifier: GPL-2.0-only
/* What kernels of different ages do differently, or do only from some day on. */
#include <linux/anon_inodes.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/pm_runtime.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/task_work.h>
#include <linux/wait.h>
#include <asm/div64.h>
#include <kshim/sysfs.h>
#include "fs_helper.h"

struct thing {
	int a;
	int n;
	long tail[];
};

KTEST(alloc_by_type)
{
	struct thing *t = kzalloc_obj(*t);
	struct thing *u = kmalloc_obj(struct thing, GFP_ATOMIC);
	struct thing *f = kzalloc_flex(*f, tail, 3);
	long *l = kzalloc_objs(*l, 4);

	KEXPECT(t && u && f && l);
	KEXPECT_EQ(t->a, 0);
	KEXPECT_EQ(ksize(t), ksize(u));
	KEXPECT(ksize(f) >= sizeof(*f) + 3 * sizeof(long));
	KEXPECT(ksize(l) >= 4 * sizeof(long));
	KEXPECT_EQ(f->tail[2] + l[3], 0);
	KEXPECT(!kmalloc_objs(struct thing, ~0UL / 2));
	kfree(t);
	kfree(u);
	kfree(f);
	kfree(l);
	ktest_fail_nth(1);
	t = kzalloc_obj(*t);
	KEXPECT(!t);
}

KTEST(do_div_64)
{
	u64 n = 10000000019ULL;
	u32 rem = do_div(n, 1000);

	KEXPECT_EQ(rem, 19);
	KEXPECT_EQ(n, 10000000);
}

KTEST(pm_runtime_counts)
{
	static struct device dev;

	KEXPECT_EQ(pm_runtime_resume_and_get(&dev), 0);
	KEXPECT_EQ(pm_runtime_get_sync(&dev), 1);
	KEXPECT_EQ(atomic_read(&dev.power.usage_count), 2);
	pm_runtime_put(&dev);
	pm_runtime_put_noidle(&dev);
	KEXPECT_EQ(atomic_read(&dev.power.usage_count), 0);
}

static int works;

static void work(struct callback_head *head)
{
	works++;
}

KTEST(task_work_cancelled)
{
	static struct callback_head one, two;

	works = 0;
	init_task_work(&one, work);
	init_task_work(&two, work);
	KEXPECT_EQ(task_work_add(current, &one, TWA_RESUME), 0);
	KEXPECT_EQ(task_work_add(current, &two, TWA_RESUME), 0);
#if KSHIM_HAS_CANCEL_BY_HEAD
	KEXPECT(task_work_cancel(current, &one));
	KEXPECT(!task_work_cancel(current, &one));
#else
	KEXPECT(task_work_cancel(current, work) == &two);
	KEXPECT(!task_work_cancel(current, (task_work_func_t)NULL));
#endif
	task_work_run();
	KEXPECT_EQ(works, 1);
}

#if KSHIM_HAS_PREPARE_WAS_EMPTY
KTEST(prepare_exclusive_says_first)
{
	DECLARE_WAIT_QUEUE_HEAD(wq);
	DEFINE_WAIT(a);
	DEFINE_WAIT(b);

	KEXPECT(prepare_to_wait_exclusive(&wq, &a, TASK_UNINTERRUPTIBLE));
	KEXPECT(!prepare_to_wait_exclusive(&wq, &b, TASK_UNINTERRUPTIBLE));
	finish_wait(&wq, &b);
	finish_wait(&wq, &a);
}
#endif

static int releases;

static int count_release(struct inode *inode, struct file *file)
{
	releases++;
	return 0;
}

static const struct file_operations count_fops = { .release = count_release };

static struct file *new_file(void)
{
	struct file *file = anon_inode_getfile("[ktest]", &count_fops, NULL, O_RDWR);

	KEXPECT(!IS_ERR(file));
	return file;
}

KTEST(fdget_names_the_file)
{
	struct file *file = new_file();
	int fd = get_unused_fd_flags(O_CLOEXEC);
	struct fd f;

	fd_install(fd, file);
	f = fdget(fd);
	KEXPECT(fd_file(f) == file);
	fdput(f);
	f = fdget(fd + 1);
	KEXPECT(!fd_file(f));
	fdput(f);
	KEXPECT_EQ(kshim_sys_close(fd), 0);
	KEXPECT_EQ(releases, 1);
}

#if KSHIM_HAS_CLOSE_FD
KTEST(close_fd_of_own_table)
{
	int fd = get_unused_fd_flags(O_CLOEXEC);

	fd_install(fd, new_file());
	KEXPECT_EQ(close_fd(fd), 0);
	KEXPECT_EQ(close_fd(fd), -EBADF);
	task_work_run();
	KEXPECT_EQ(releases, 1);
}
#endif

#ifdef take_fd
KTEST(fd_class_puts_what_it_got)
{
	int fd = get_unused_fd_flags(O_CLOEXEC);

	fd_install(fd, new_file());
	{
		CLASS(fd, f)(fd);

		KEXPECT(fd_file(f));
	}
	{
		CLASS(get_unused_fd, unused)(O_CLOEXEC);

		KEXPECT_EQ(unused, fd + 1);
	}
	KEXPECT_EQ(get_unused_fd_flags(O_CLOEXEC), fd + 1);
	put_unused_fd(fd + 1);
	KEXPECT_EQ(kshim_sys_close(fd), 0);
	KEXPECT_EQ(releases, 1);
}
#endif

#ifdef FD_ADD
KTEST(fd_add_installs_or_gives_back)
{
	int fd = FD_ADD(O_CLOEXEC, new_file());

	KEXPECT(fd >= 0);
	KEXPECT_EQ(FD_ADD(O_CLOEXEC, (struct file *)ERR_PTR(-ENOMEM)), -ENOMEM);
	KEXPECT_EQ(get_unused_fd_flags(O_CLOEXEC), fd + 1);
	put_unused_fd(fd + 1);
	KEXPECT_EQ(kshim_sys_close(fd), 0);
	KEXPECT_EQ(releases, 1);
}
#endif

#if KSHIM_HAS_DEFAULT_ATTRS
static struct attribute plain = { .name = "plain", .mode = 0444 };
static struct attribute *plain_attrs[] = { &plain, NULL };
static ssize_t plain_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	return sprintf(buf, "x\n");
}
static const struct sysfs_ops plain_ops = { .show = plain_show };
static void plain_release(struct kobject *kobj)
{
	releases++;
}
static struct kobj_type plain_type = {
	.sysfs_ops = &plain_ops, .default_attrs = plain_attrs, .release = plain_release,
};

KTEST(kobject_default_attrs)
{
	static struct kobject kobj;

	KEXPECT_EQ(kobject_init_and_add(&kobj, &plain_type, NULL, "ktestobj"), 0);
	KEXPECT(kshim_sysfs_exists("/sys/ktestobj/plain") > 0);
	kobject_put(&kobj);
	KEXPECT_EQ(releases, 1);
	KEXPECT(kshim_sysfs_exists("/sys/ktestobj/plain") <= 0);
}
#endif
