// SPDX-License-Identifier: GPL-2.0-only
/* File systems without paths, and helpers around files, classes and text. */
#include <linux/anon_inodes.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/eventfd.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/pseudo_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <kshim/slab.h>
#include <kshim/sysfs.h>
#include "fs_helper.h"

static int killed;

static int pfs_init(struct fs_context *fc)
{
	return init_pseudo(fc, 0x1234) ? 0 : -ENOMEM;
}

static void pfs_kill(struct super_block *sb)
{
	killed++;
	kill_anon_super(sb);
}

static struct file_system_type pfs = {
	.name = "pfs", .init_fs_context = pfs_init, .kill_sb = pfs_kill,
};

KTEST(pseudo_fs_is_mounted_once)
{
	unsigned long live = kshim_slab_live();
	struct vfsmount *mnt = NULL;
	struct inode *inode, *other;
	int count = 0;

	KEXPECT_EQ(simple_pin_fs(&pfs, &mnt, &count), 0);
	KEXPECT_EQ(simple_pin_fs(&pfs, &mnt, &count), 0);
	KEXPECT_EQ(count, 2);
	inode = alloc_anon_inode(mnt->mnt_sb);
	other = alloc_anon_inode(mnt->mnt_sb);
	KEXPECT(!IS_ERR(inode) && !IS_ERR(other) && inode != other);
	KEXPECT(inode->i_mapping == &inode->i_data);
	KEXPECT(inode->i_sb == mnt->mnt_sb);
	iput(inode);
	iput(other);
	iput(NULL);
	simple_release_fs(&mnt, &count);
	KEXPECT_EQ(killed, 0);
	simple_release_fs(&mnt, &count);
	KEXPECT_EQ(killed, 1);
	KEXPECT(!mnt);
	KEXPECT_EQ(kshim_slab_live(), live);
	ktest_fail_nth(1);
	KEXPECT_EQ(simple_pin_fs(&pfs, &mnt, &count), -ENOMEM);
	KEXPECT_EQ(count, 0);
}

static const struct file_operations none_fops;

KTEST(anon_file_with_a_mode)
{
	struct file *f = anon_inode_getfile_fmode("[x]", &none_fops, NULL, O_RDWR,
						  FMODE_PREAD | FMODE_PWRITE);
	struct fd fd;
	int n;

	KEXPECT(!IS_ERR(f));
	KEXPECT_EQ(f->f_mode & (FMODE_PREAD | FMODE_PWRITE), FMODE_PREAD | FMODE_PWRITE);
	get_file(f);
	n = get_unused_fd_flags(O_CLOEXEC);
	fd_install(n, f);
	KEXPECT_EQ(kshim_sys_close(n), 0);
	/* The other reference keeps it. */
	KEXPECT_EQ(file_count(f), 1);
	fput(f);
	fd = fdget(n);
	KEXPECT(!fd_file(fd));
#if KSHIM_KVER >= 0x060c00
	KEXPECT(fd_empty(fd));
#endif
}

KTEST(eventfd_from_its_file)
{
	long fd = kshim_sys_eventfd(3, 0);
	struct file *f = eventfd_fget((int)fd);
	struct eventfd_ctx *ctx;
	__u64 n = 0;

	KEXPECT(!IS_ERR(f));
	ctx = eventfd_ctx_fileget(f);
	KEXPECT(!IS_ERR(ctx));
	fput(f);
	KEXPECT_EQ(kshim_sys_close((int)fd), 0);
	/* The context outlives the file. */
	eventfd_ctx_do_read(ctx, &n);
	KEXPECT_EQ(n, 3);
	eventfd_ctx_do_read(ctx, &n);
	KEXPECT_EQ(n, 0);
	eventfd_ctx_put(ctx);
	f = anon_inode_getfile("[x]", &none_fops, NULL, 0);
	KEXPECT_EQ(PTR_ERR(eventfd_ctx_fileget(f)), -EINVAL);
	fput(f);
}

KTEST(seq_file_collects)
{
	char buf[8];
	struct seq_file m = { .buf = buf, .size = sizeof(buf) };

	seq_printf(&m, "%d,", 12);
	seq_puts(&m, "ab");
	KEXPECT_EQ(m.count, 5);
	KEXPECT(!memcmp(buf, "12,ab", 5));
	seq_puts(&m, "too much");
	KEXPECT(m.count <= m.size);
}

KTEST(debugfs_is_configured_out)
{
	struct dentry *d = debugfs_create_dir("x", NULL);

	KEXPECT_EQ(PTR_ERR(d), -ENODEV);
	debugfs_create_devm_seqfile(NULL, "y", d, NULL);
	debugfs_remove(d);
	debugfs_remove_recursive(d);
}

static struct class own = { .name = "own" };

KTEST(class_of_the_callers)
{
	unsigned long live = kshim_slab_live();
	struct device *dev;
	char *path;

	KEXPECT_EQ(class_register(&own), 0);
	dev = device_create(&own, NULL, 0, NULL, "one");
	KEXPECT(!IS_ERR(dev));
	dev_set_drvdata(dev, &own);
	KEXPECT(dev_get_drvdata(dev) == &own);
	path = kobject_get_path(&dev->kobj, GFP_KERNEL);
	if (!path || strcmp(path, "/devices/virtual/own/one"))
		ktest_fail(__FILE__, __LINE__, "path is %s", path ?: "NULL");
	kfree(path);
	device_unregister(dev);
	class_unregister(&own);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/class/own"), -ENOENT);
	KEXPECT(kshim_slab_live() <= live + 2);
}
