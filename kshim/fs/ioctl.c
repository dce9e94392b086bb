// SPDX-License-Identifier: GPL-2.0-only
/*
 * ioctl(2).
 *
 * The kernel guarantees: the file is held while the handler runs, so that
 * release() cannot overlap it; an unknown request is -ENOTTY.
 *
 * We give the same. The requests that the kernel answers itself for every
 * file (FIONBIO, FIOCLEX, ...) go to the driver here.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <kshim/user.h>
#include "engine/engine.h"
#include "fs/internal.h"

/**
 * vfs_ioctl() - call the handler of an open file (fs/ioctl.c)
 * @filp:	file
 * @cmd:	request
 * @arg:	its argument
 *
 * Return: what the handler says; -ENOTTY without one or when it does not know.
 */
long vfs_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	long error = -ENOTTY;

	if (!filp->f_op->unlocked_ioctl)
		return error;
	error = filp->f_op->unlocked_ioctl(filp, cmd, arg);
	return error == -ENOIOCTLCMD ? -ENOTTY : error;
}

long kshim_sys_ioctl(int fd, unsigned int cmd, unsigned long arg)
{
	long ret = -EBADF;
	struct fd f;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	f = fdget(fd);
	if (fd_file(f)) {
		ret = vfs_ioctl(fd_file(f), cmd, arg);
		fdput(f);
	}
	return kshim_syscall_exit(ret);
}
