// SPDX-License-Identifier: GPL-2.0-only
/* Files without a path. */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/module.h>
#include "fs_helper.h"

static struct module owner = { .name = "ktest_owner", .refcnt = ATOMIC_INIT(1) };
static int released;

static int note_release(struct inode *inode, struct file *file)
{
	released++;
	KEXPECT(file->private_data == &released);
	return 0;
}

static ssize_t count_read(struct file *f, char __user *b, size_t n, loff_t *pos)
{
	return n;
}

static const struct file_operations fops = {
	.owner = &owner,
	.read = count_read,
	.release = note_release,
};

KTEST(anon_getfd)
{
	char c;

	owner.state = MODULE_STATE_LIVE;
	released = 0;
	KEXPECT_EQ(anon_inode_getfd("[x]", &fops, &released, O_RDWR | O_CLOEXEC), 3);
	KEXPECT_EQ(module_refcount(&owner), 1);
	KEXPECT_EQ(kshim_sys_read(3, &c, 1), 1);
	KEXPECT_EQ(kshim_sys_write(3, &c, 1), -EINVAL);
	KEXPECT_EQ(kshim_sys_pread(3, &c, 1, 0), -ESPIPE);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(released, 1);
	KEXPECT_EQ(module_refcount(&owner), 0);
}

/* A driver may make positions possible before it publishes the file. */
KTEST(anon_getfile)
{
	struct file *file;
	char c;
	int fd;

	owner.state = MODULE_STATE_LIVE;
	released = 0;
	fd = get_unused_fd_flags(O_CLOEXEC);
	KEXPECT_EQ(fd, 3);
	file = anon_inode_getfile("[x]", &fops, &released, O_RDONLY);
	KEXPECT(!IS_ERR(file));
	KEXPECT_EQ(file_count(file), 1);
	KEXPECT_EQ(kshim_sys_read(3, &c, 1), -EBADF);
	file->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	fd_install(fd, file);
	KEXPECT_EQ(kshim_sys_pread(3, &c, 1, 0), 1);
	KEXPECT_EQ(kshim_sys_pwrite(3, &c, 1, 0), -EBADF);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(released, 1);
}

KTEST(anon_failures)
{
	long before = kshim_nr_open_files();
	struct file *file;

	owner.state = MODULE_STATE_LIVE;
	ktest_fail_nth(1);
	file = anon_inode_getfile("[x]", &fops, &released, O_RDWR);
	ktest_fail_nth(0);
	KEXPECT_EQ(PTR_ERR(file), -ENOMEM);
	KEXPECT_EQ(module_refcount(&owner), 0);
	owner.state = MODULE_STATE_GOING;
	file = anon_inode_getfile("[x]", &fops, &released, O_RDWR);
	KEXPECT_EQ(PTR_ERR(file), -ENOENT);
	KEXPECT_EQ(anon_inode_getfd("[x]", &fops, &released, O_RDWR), -ENOENT);
	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_nr_open_files(), before);
}

/* A file that was never published is released like any other. */
KTEST(anon_fput_unpublished)
{
	struct file *file;

	owner.state = MODULE_STATE_LIVE;
	released = 0;
	file = anon_inode_getfile("[x]", &fops, &released, O_RDWR);
	KEXPECT(!IS_ERR(file));
	fput(file);
	KEXPECT_EQ(released, 0);
	KEXPECT_EQ(kshim_sys_yield(), 0);
	KEXPECT_EQ(released, 1);
}
