// SPDX-License-Identifier: GPL-2.0-only
/*
 * read(2), write(2) and their likes, lseek(2).
 *
 * The kernel guarantees, in this order: -EBADF for a file that is not open
 * for the direction, -EINVAL for operations without the method, -EFAULT for a
 * buffer outside of user space, -EINVAL for a negative count or position;
 * pread and pwrite are -ESPIPE without FMODE_PREAD/FMODE_PWRITE, lseek
 * without FMODE_LSEEK or method; at most INT_MAX rounded down to pages moves.
 *
 * We give the same for .read and .write. The position of a char device or an
 * anonymous file is not locked, as in the kernel.
 *
 * We do not give .read_iter and .write_iter: -EOPNOTSUPP, and it is logged.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/uaccess.h>
#include <kshim/user.h>
#include "engine/engine.h"
#include "fs/internal.h"

#define MAX_RW_COUNT	(0x7fffffffUL & PAGE_MASK)

static ssize_t no_iter(const char *what)
{
	kshim_stub(what);
	return -EOPNOTSUPP;
}

static ssize_t check_rw(struct file *file, fmode_t mode, fmode_t can,
			const void __user *buf, size_t count, const loff_t *pos)
{
	if (!(file->f_mode & mode))
		return -EBADF;
	if (!(file->f_mode & can))
		return -EINVAL;
	if (!access_ok(buf, count))
		return -EFAULT;
	if ((ssize_t)count < 0 || (pos && *pos < 0))
		return -EINVAL;
	return 0;
}

static ssize_t vfs_read(struct file *file, void __user *buf, size_t count,
			loff_t *pos)
{
	ssize_t ret = check_rw(file, FMODE_READ, FMODE_CAN_READ, buf, count, pos);

	if (ret)
		return ret;
	if (count > MAX_RW_COUNT)
		count = MAX_RW_COUNT;
	if (!file->f_op->read)
		return no_iter("read_iter");
	return file->f_op->read(file, buf, count, pos);
}

static ssize_t vfs_write(struct file *file, const void __user *buf, size_t count,
			 loff_t *pos)
{
	ssize_t ret = check_rw(file, FMODE_WRITE, FMODE_CAN_WRITE, buf, count, pos);

	if (ret)
		return ret;
	if (count > MAX_RW_COUNT)
		count = MAX_RW_COUNT;
	if (!file->f_op->write)
		return no_iter("write_iter");
	return file->f_op->write(file, buf, count, pos);
}

/* One transfer at the file's own position; streams have none. */
static ssize_t rw_current(int fd, void *buf, size_t count, bool write)
{
	struct fd f = fdget(fd);
	struct file *file = fd_file(f);
	loff_t pos, *ppos = NULL;
	ssize_t ret;

	if (!file)
		return -EBADF;
	if (!(file->f_mode & FMODE_STREAM)) {
		pos = file->f_pos;
		ppos = &pos;
	}
	ret = write ? vfs_write(file, buf, count, ppos)
		    : vfs_read(file, buf, count, ppos);
	if (ret >= 0 && ppos)
		file->f_pos = pos;
	fdput(f);
	return ret;
}

static ssize_t rw_at(int fd, void *buf, size_t count, loff_t pos, bool write)
{
	fmode_t need = write ? FMODE_PWRITE : FMODE_PREAD;
	ssize_t ret = -ESPIPE;
	struct fd f;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!fd_file(f))
		return -EBADF;
	if (fd_file(f)->f_mode & need)
		ret = write ? vfs_write(fd_file(f), buf, count, &pos)
			    : vfs_read(fd_file(f), buf, count, &pos);
	fdput(f);
	return ret;
}

long kshim_sys_read(int fd, void *buf, unsigned long count)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(rw_current(fd, buf, count, false));
}

long kshim_sys_write(int fd, const void *buf, unsigned long count)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(rw_current(fd, (void *)buf, count, true));
}

long kshim_sys_pread(int fd, void *buf, unsigned long count, long long pos)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(rw_at(fd, buf, count, pos, false));
}

long kshim_sys_pwrite(int fd, const void *buf, unsigned long count, long long pos)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(rw_at(fd, (void *)buf, count, pos, true));
}

#if KSHIM_HAS_NO_LLSEEK
loff_t no_llseek(struct file *file, loff_t offset, int whence)
{
	return -ESPIPE;
}
#endif

/* Seeking is accepted and changes nothing (fs/read_write.c). */
loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}

/* Any position, none is beyond the end (fs/read_write.c). */
loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence == SEEK_END)
		offset += file_inode(file)->i_size;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

/**
 * vfs_llseek() - move the position of an open file (fs/read_write.c)
 * @file:	file
 * @offset:	by or to
 * @whence:	SEEK_*
 *
 * Return: new position, or -ESPIPE when the file has none.
 */
loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	if (!(file->f_mode & FMODE_LSEEK) || !file->f_op->llseek)
		return -ESPIPE;
	return file->f_op->llseek(file, offset, whence);
}

long kshim_sys_lseek(int fd, long long offset, int whence)
{
	long ret = -EBADF;
	struct fd f;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	f = fdget(fd);
	if (fd_file(f)) {
		ret = -EINVAL;
		if (whence >= 0 && whence <= SEEK_MAX)
			ret = vfs_llseek(fd_file(f), offset, whence);
		fdput(f);
	}
	return kshim_syscall_exit(ret);
}

/**
 * simple_read_from_buffer() - a whole answer, read piecewise (fs/libfs.c)
 * @to:		user buffer
 * @count:	its size
 * @ppos:	position, moved
 * @from:	kernel buffer
 * @available:	its size
 *
 * Return: bytes, -EINVAL, -EFAULT.
 */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos,
				const void *from, size_t available)
{
	loff_t pos = *ppos;
	size_t left;

	if (pos < 0)
		return -EINVAL;
	if (pos >= available || !count)
		return 0;
	if (count > available - pos)
		count = available - pos;
	left = copy_to_user(to, from + pos, count);
	if (left == count)
		return -EFAULT;
	*ppos = pos + count - left;
	return count - left;
}

/* The other direction (fs/libfs.c). */
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos,
			       const void __user *from, size_t count)
{
	loff_t pos = *ppos;
	size_t left;

	if (pos < 0)
		return -EINVAL;
	if (pos >= available || !count)
		return 0;
	if (count > available - pos)
		count = available - pos;
	left = copy_from_user(to + pos, from, count);
	if (left == count)
		return -EFAULT;
	*ppos = pos + count - left;
	return count - left;
}
