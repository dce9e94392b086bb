// SPDX-License-Identifier: GPL-2.0-only
/* Descriptors and the life of open files: kshim/fs/{fdtable,file_table,open}.c. */
#include <linux/anon_inodes.h>
#include <linux/delay.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include "fs_helper.h"

#define DEV	"/dev/ktest"

/* Requests of the test device. */
enum {
	GET_COUNT = 1,		/* f_count as the handler sees it */
	CLOSE_ARG,		/* close the number under a lock */
	BLOCK,			/* until the gate opens */
	MAKE_FD,		/* publish a new file, then wait at the gate */
};

static struct cdev dev;
static struct completion entered, gate;
static DEFINE_MUTEX(lock);
static int released, order[8];
static bool released_in_lock;

static int dev_release(struct inode *inode, struct file *file)
{
	order[released++ & 7] = (int)(long)file->private_data;
	released_in_lock = mutex_is_locked(&lock);
	return 0;
}

static long dev_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

static const struct file_operations fops = {
	.unlocked_ioctl = dev_ioctl,
	.release = dev_release,
};

static long dev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long ret = 0;

	switch (cmd) {
	case GET_COUNT:
		return file_count(file);
	case CLOSE_ARG:
		mutex_lock(&lock);
		ret = __close_fd(current->files, arg);
		KEXPECT_EQ(released, 0);
		mutex_unlock(&lock);
		return ret;
	case BLOCK:
		complete(&entered);
		wait_for_completion(&gate);
		KEXPECT_EQ(released, 0);
		return 0;
	case MAKE_FD:
		ret = anon_inode_getfd("[ktest]", &fops, NULL, O_RDWR);
		if (ret >= 0) {
			complete(&entered);
			wait_for_completion(&gate);
		}
		return ret;
	}
	return -ENOIOCTLCMD;
}

static void setup(void)
{
	released = 0;
	init_completion(&entered);
	init_completion(&gate);
	KEXPECT_EQ(ktest_dev_add(&dev, "ktest", &fops, 0666), 0);
}

static void teardown(void)
{
	ktest_dev_del(&dev, "ktest");
}

KTEST(file_lowest_number)
{
	long before = kshim_nr_open_files();

	setup();
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 4);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 5);
	KEXPECT_EQ(kshim_nr_open_files() - before, 3);
	KEXPECT_EQ(kshim_sys_close(4), 0);
	KEXPECT_EQ(kshim_sys_close(4), -EBADF);
	KEXPECT_EQ(kshim_sys_dup(3), 4);
	KEXPECT_EQ(kshim_sys_dup(3), 6);
	KEXPECT_EQ(kshim_sys_close(-1), -EBADF);
	KEXPECT_EQ(kshim_sys_close(0), -EBADF);
	KEXPECT_EQ(kshim_sys_dup(77), -EBADF);
	KEXPECT_EQ(kshim_sys_open("/dev/nothing", O_RDWR), -ENOENT);
	KEXPECT_EQ(kshim_sys_open("/etc/passwd", O_RDONLY), -ENOENT);
	KEXPECT_EQ(released, 1);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_sys_close(4), 0);
	KEXPECT_EQ(released, 1);
	KEXPECT_EQ(kshim_sys_close(6), 0);
	KEXPECT_EQ(released, 2);
	KEXPECT_EQ(kshim_sys_close(5), 0);
	KEXPECT_EQ(released, 3);
	KEXPECT_EQ(kshim_nr_open_files(), before);
	teardown();
}

KTEST(file_dup2)
{
	setup();
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 4);
	KEXPECT_EQ(kshim_sys_dup2(3, 40), 40);
	KEXPECT_EQ(kshim_sys_dup2(3, 3), 3);
	KEXPECT_EQ(kshim_sys_dup3(3, 3, 0), -EINVAL);
	KEXPECT_EQ(kshim_sys_dup2(9, 9), -EBADF);
	KEXPECT_EQ(kshim_sys_dup2(9, 3), -EBADF);
	KEXPECT_EQ(kshim_sys_dup2(3, 5000), -EBADF);
	KEXPECT_EQ(released, 0);
	KEXPECT_EQ(kshim_sys_dup2(40, 4), 4);
	KEXPECT_EQ(released, 1);
	KEXPECT_EQ(kshim_sys_ioctl(4, GET_COUNT, 0), 3);
	teardown();
}

KTEST(file_limit)
{
	int fd, n = 0;

	setup();
	fd = kshim_sys_open(DEV, O_RDWR);
	while (kshim_sys_dup(fd) >= 0)
		n++;
	KEXPECT_EQ(n, 1024 - 4);
	KEXPECT_EQ(kshim_sys_dup(fd), -EMFILE);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), -EMFILE);
	KEXPECT_EQ(kshim_sys_close(500), 0);
	KEXPECT_EQ(kshim_sys_dup(fd), 500);
	teardown();
}

KTEST(file_open_without_memory)
{
	setup();
	ktest_fail_nth(1);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), -ENOMEM);
	ktest_fail_nth(0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	teardown();
}

/* The release never runs inside the caller of the last fput(). */
KTEST(file_release_is_deferred)
{
	setup();
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 4);
	KEXPECT_EQ(kshim_sys_ioctl(3, CLOSE_ARG, 4), 0);
	KEXPECT_EQ(released, 1);
	KEXPECT_EQ(released_in_lock, 0);
	/* also when an ioctl closes its own file */
	KEXPECT_EQ(kshim_sys_dup(3), 4);
	KEXPECT_EQ(kshim_sys_close(4), 0);
	KEXPECT_EQ(released, 1);
	teardown();
}

static int kthread_fput(void *p)
{
	fput(p);
	complete(&entered);
	return 0;
}

KTEST(file_fput_in_kthread)
{
	struct file *file;

	setup();
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	file = fget(3);
	KEXPECT(file);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(released, 0);
	KEXPECT(!IS_ERR(kthread_run(kthread_fput, file, "fput")));
	wait_for_completion(&entered);
	msleep(100);
	KEXPECT_EQ(released, 1);
	teardown();
}

static void block_in_ioctl(void *unused)
{
	KEXPECT_EQ(kshim_sys_ioctl(3, BLOCK, 0), 0);
}

static void open_two_threads(void *unused)
{
	struct ktest_thread t;

	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_ioctl(3, GET_COUNT, 0), 1);
	ktest_thread_run(&t, unused, block_in_ioctl, NULL);
	wait_for_completion(&entered);
	/* the ioctl that is under way holds the file */
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(released, 0);
	KEXPECT_EQ(kshim_sys_ioctl(3, GET_COUNT, 0), -EBADF);
	complete(&gate);
	ktest_thread_join(&t);
	KEXPECT_EQ(released, 1);
}

KTEST(file_ioctl_holds)
{
	struct kshim_process *p = kshim_process_new("two");
	struct ktest_thread t;

	setup();
	ktest_thread_run(&t, p, open_two_threads, p);
	ktest_thread_join(&t);
	teardown();
}

static void count_shared(void *unused)
{
	complete(&entered);
	wait_for_completion(&gate);
}

static void open_and_count(void *p)
{
	struct ktest_thread t;

	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_ioctl(3, GET_COUNT, 0), 1);
	ktest_thread_run(&t, p, count_shared, NULL);
	wait_for_completion(&entered);
	KEXPECT_EQ(kshim_sys_ioctl(3, GET_COUNT, 0), 2);
	complete(&gate);
	ktest_thread_join(&t);
}

/* fdget() takes a reference when the table is shared, and only then. */
KTEST(file_fdget_reference)
{
	struct kshim_process *p = kshim_process_new("shared");
	struct ktest_thread t;

	setup();
	ktest_thread_run(&t, p, open_and_count, p);
	ktest_thread_join(&t);
	teardown();
}

static long made;

static void make_fd(void *unused)
{
	made = kshim_sys_ioctl(3, MAKE_FD, 0);
}

static void close_early(void *p)
{
	struct ktest_thread t;

	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	ktest_thread_run(&t, p, make_fd, NULL);
	wait_for_completion(&entered);
	KEXPECT_EQ(kshim_sys_close(4), 0);
	KEXPECT_EQ(released, 1);
	complete(&gate);
	ktest_thread_join(&t);
	KEXPECT_EQ(made, 4);
	KEXPECT_EQ(kshim_sys_close(4), -EBADF);
}

/* A number is closed by another thread before the maker has returned. */
KTEST(file_install_publishes)
{
	struct kshim_process *p = kshim_process_new("publish");
	struct ktest_thread t;

	setup();
	ktest_thread_run(&t, p, close_early, p);
	ktest_thread_join(&t);
	teardown();
}

static void child_closes(void *unused)
{
	KEXPECT_EQ(kshim_sys_ioctl(3, GET_COUNT, 0), 2);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(released, 0);
	/* a number that was only reserved is free here */
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 4);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 6);
}

KTEST(file_fork)
{
	struct kshim_process *p;
	struct ktest_thread t;

	setup();
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(get_unused_fd_flags(0), 4);
	KEXPECT_EQ(kshim_sys_dup(3), 5);
	KEXPECT_EQ(kshim_sys_close(5), 0);
	KEXPECT_EQ(kshim_sys_dup2(3, 5), 5);
	KEXPECT_EQ(kshim_sys_close(5), 0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 5);
	p = kshim_process_fork("child");
	KEXPECT(p);
	ktest_thread_run(&t, p, child_closes, NULL);
	ktest_thread_join(&t);
	msleep(10);
	KEXPECT_EQ(released, 3);
	put_unused_fd(4);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_sys_close(5), 0);
	KEXPECT_EQ(released, 5);
	teardown();
}

static int close_order[8], nr_closed;

static int note_flush(struct file *file, fl_owner_t id)
{
	close_order[nr_closed++ & 7] = (int)(long)file->private_data;
	return 0;
}

static const struct file_operations ordered_fops = {
	.flush = note_flush,
	.release = dev_release,
};

static void leave_open(void *unused)
{
	long i;

	for (i = 1; i <= 3; i++)
		KEXPECT_EQ(anon_inode_getfd("[o]", &ordered_fops, (void *)i, O_RDWR), i + 2);
	KEXPECT_EQ(kshim_sys_dup2(3, 20), 20);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	nr_closed = 0;
}

/* Exit closes in order of the numbers; the releases run last in, first out. */
KTEST(file_exit_order)
{
	struct kshim_process *p = kshim_process_new("exits");

	released = 0;
	KEXPECT(kshim_thread_start(p, "exits", leave_open, NULL) > 0);
	msleep(10);
	KEXPECT_EQ(nr_closed, 3);
	KEXPECT_EQ(close_order[0], 2);
	KEXPECT_EQ(close_order[1], 3);
	KEXPECT_EQ(close_order[2], 1);
	KEXPECT_EQ(released, 3);
	KEXPECT_EQ(order[0], 1);
	KEXPECT_EQ(order[1], 3);
	KEXPECT_EQ(order[2], 2);
}
