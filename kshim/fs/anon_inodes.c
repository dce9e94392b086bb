// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files without a path that share one inode.
 *
 * The kernel guarantees: the file holds the module of its operations;
 * anon_inode_getfd() publishes the number as its last step.
 *
 * We give the same.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include "engine/engine.h"
#include "fs/internal.h"

static struct inode anon_inode = {
	.i_mode = S_IRUSR | S_IWUSR,
	.i_mapping = &anon_inode.i_data,
	.i_data = { .host = &anon_inode },
	.i_count = ATOMIC_INIT(1),
	.i_devices = LIST_HEAD_INIT(anon_inode.i_devices),
};

/**
 * anon_inode_getfile() - an open file without a path (fs/anon_inodes.c)
 * @name:	shown as anon_inode:NAME; not copied
 * @fops:	its operations; their module is held
 * @priv:	becomes file->private_data
 * @flags:	access mode and O_NONBLOCK
 *
 * Context: may sleep.
 * Return: file, ERR_PTR(-ENOENT) when the module is going, -ENOMEM.
 */
struct file *anon_inode_getfile(const char *name,
				const struct file_operations *fops,
				void *priv, int flags)
{
	struct file *file;

	if (fops->owner && !try_module_get(fops->owner))
		return ERR_PTR(-ENOENT);
	ihold(&anon_inode);
	file = alloc_file_pseudo(&anon_inode, NULL, name,
				 flags & (O_ACCMODE | O_NONBLOCK), fops);
	if (IS_ERR(file)) {
		iput(&anon_inode);
		module_put(fops->owner);
		return file;
	}
	file->private_data = priv;
	return file;
}

/* The same, with more mode bits set before anybody sees the file. */
struct file *anon_inode_getfile_fmode(const char *name,
				      const struct file_operations *fops,
				      void *priv, int flags, fmode_t f_mode)
{
	struct file *file = anon_inode_getfile(name, fops, priv, flags);

	if (!IS_ERR(file))
		file->f_mode |= f_mode;
	return file;
}

/**
 * anon_inode_getfd() - the same with a number, published (fs/anon_inodes.c)
 * @name:	as above
 * @fops:	as above
 * @priv:	as above
 * @flags:	as above, and O_CLOEXEC
 *
 * Return: number, or an error.
 */
int anon_inode_getfd(const char *name, const struct file_operations *fops,
		     void *priv, int flags)
{
	int fd = get_unused_fd_flags(flags);
	struct file *file;

	if (fd < 0)
		return fd;
	file = anon_inode_getfile(name, fops, priv, flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}
