// SPDX-License-Identifier: GPL-2.0-only
/*
 * open(2), close(2), dup(2) and the helpers that drivers' open() calls.
 *
 * The kernel guarantees: the number is reserved before the file is opened and
 * published after; a file whose open() failed is freed without release().
 *
 * We give the same for character device nodes below /dev, the only paths
 * there are. Nodes belong to root: a task without CAP_DAC_OVERRIDE is
 * anybody else, and needs the permission bits of others.
 */
#include <linux/capability.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <kshim/user.h>
#include "engine/engine.h"
#include "fs/internal.h"

/* No seeking and no positions on this file (fs/open.c). */
int nonseekable_open(struct inode *inode, struct file *filp)
{
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	return 0;
}

/* A stream: no position at all (fs/open.c). */
int stream_open(struct inode *inode, struct file *filp)
{
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	filp->f_mode |= FMODE_STREAM;
	return 0;
}

int simple_open(struct inode *inode, struct file *file)
{
	if (inode->i_private)
		file->private_data = inode->i_private;
	return 0;
}

static int may_open(const struct inode *inode, const struct file *f)
{
	umode_t want = 0;

	if (f->f_mode & FMODE_READ)
		want |= S_IROTH;
	if (f->f_mode & FMODE_WRITE)
		want |= S_IWOTH;
	if ((inode->i_mode & want) == want || capable(CAP_DAC_OVERRIDE))
		return 0;
	return -EACCES;
}

/* Takes over the caller's reference to the inode, also on failure. */
static int do_dentry_open(struct file *f, struct inode *inode)
{
	int err;

	f->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	f->f_inode = inode;
	f->f_mapping = inode->i_mapping;
	err = may_open(inode, f);
	if (!err)
		err = chrdev_open(inode, f);
	if (!err) {
		kshim_set_rw_modes(f);
		if (!f->f_op->llseek)
			f->f_mode &= ~FMODE_LSEEK;
		f->f_flags &= ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
		return 0;
	}
	fops_put(f->f_op);
	f->f_op = NULL;
	f->f_inode = NULL;
	f->f_mapping = NULL;
	iput(inode);
	return err;
}

static struct file *do_filp_open(const char *path, int flags)
{
	struct inode *inode;
	struct file *f;
	int err;

	if (strncmp(path, "/dev/", 5))
		return ERR_PTR(-ENOENT);
	f = alloc_empty_file(flags);
	if (IS_ERR(f))
		return f;
	inode = kshim_devnode_inode(path + 5);
	err = inode ? do_dentry_open(f, inode) : -ENOENT;
	if (!err)
		return f;
	fput(f);
	return ERR_PTR(err);
}

static long do_sys_open(const char *path, int flags)
{
	int fd = get_unused_fd_flags(flags);
	struct file *f;

	if (fd < 0)
		return fd;
	f = do_filp_open(path, flags);
	if (IS_ERR(f)) {
		put_unused_fd(fd);
		return PTR_ERR(f);
	}
	fd_install(fd, f);
	return fd;
}

long kshim_sys_open(const char *path, int flags)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_sys_open(path, flags));
}

long kshim_sys_close(int fd)
{
	long ret;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	ret = __close_fd(kshim_current_files(), fd);
	/* The number is gone: restarting would close somebody else's. */
	if (ret == -ERESTARTSYS || ret == -ERESTARTNOINTR ||
	    ret == -ERESTARTNOHAND || ret == -ERESTART_RESTARTBLOCK)
		ret = -EINTR;
	return kshim_syscall_exit(ret);
}

long kshim_sys_dup(int fd)
{
	struct file *file;
	long ret = -EBADF;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	file = fget(fd);
	if (file) {
		ret = get_unused_fd_flags(0);
		if (ret >= 0)
			fd_install(ret, file);
		else
			fput(file);
	}
	return kshim_syscall_exit(ret);
}

long kshim_sys_dup3(int oldfd, int newfd, int flags)
{
	long ret;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	if ((flags & ~O_CLOEXEC) || oldfd == newfd)
		ret = -EINVAL;
	else
		ret = kshim_dup_to(kshim_current_files(), oldfd, newfd);
	return kshim_syscall_exit(ret);
}

long kshim_sys_dup2(int oldfd, int newfd)
{
	struct file *file;

	if (oldfd != newfd)
		return kshim_sys_dup3(oldfd, newfd, 0);
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	file = fget(oldfd);
	if (file)
		fput(file);
	return kshim_syscall_exit(file ? oldfd : -EBADF);
}

long kshim_sys_drop_caps(void)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	current->cap_effective = 0;
	return kshim_syscall_exit(0);
}

void kshim_fs_init(void)
{
	files_init();
	misc_init();
	mem_init();
}
