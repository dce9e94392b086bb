// SPDX-License-Identifier: GPL-2.0-only
/*
 * File descriptors.
 *
 * The kernel guarantees: the lowest free number is given out; a number that
 * is reserved but not installed looks closed; fd_install() publishes, so that
 * another thread may close the file before the caller goes on; fdget() takes
 * a real reference as soon as the table is shared and none while one task
 * owns it. How tables come and go is in fdtable_life.c.
 *
 * We give the same. The table's inside is protected by kshim_obj_lock(), so
 * the kernel's lock-free lookup is one atomic step here. Numbers 0, 1 and 2
 * are taken in every process and have no file behind them.
 *
 * We do not give close-on-exec (there is no exec), nor a limit other than
 * 1024 descriptors.
 */
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"
#include "fs/internal.h"

#define KSHIM_NR_OPEN	1024

/* Kernel threads share this one, as they share init's in the kernel. */
static struct files_struct init_files = {
	.count = ATOMIC_INIT(2),
	.max_fds = KSHIM_FDS_EMBEDDED,
	.next_fd = 3,
	.fd = init_files.fd_array,
	.used = init_files.used_array,
	.used_array = { 1, 1, 1 },
};

struct files_struct *kshim_current_files(void)
{
	struct task_struct *t = current;

	return t && t->files ? t->files : &init_files;
}

/**
 * kshim_expand_files() - make room for a number
 * @files:	table, its lock is not held
 * @nr:		number
 *
 * Return: 0, -EMFILE, -ENOMEM.
 */
int kshim_expand_files(struct files_struct *files, unsigned int nr)
{
	unsigned int max, old_max, i;
	struct file **fd, **old_fd;
	unsigned char *used;

	if (nr >= KSHIM_NR_OPEN)
		return -EMFILE;
	for (max = KSHIM_FDS_EMBEDDED; max <= nr;)
		max *= 2;
	fd = kzalloc(max * (sizeof(*fd) + sizeof(*used)), GFP_KERNEL);
	if (!fd)
		return -ENOMEM;
	used = (unsigned char *)(fd + max);

	kshim_touch(KSHIM_WRITE, files->fd, files->max_fds * sizeof(*files->fd));
	kshim_obj_lock(files);
	old_max = files->max_fds;
	old_fd = files->fd;
	if (old_max < max) {
		for (i = 0; i < old_max; i++) {
			fd[i] = old_fd[i];
			used[i] = files->used[i];
		}
		files->fd = fd;
		files->used = used;
		files->max_fds = max;
		fd = old_fd;
	}
	kshim_obj_unlock(files);
	if (fd != files->fd_array)
		kfree(fd);
	return 0;
}

static int alloc_fd(struct files_struct *files)
{
	unsigned int nr;
	int err;

	kshim_table_point(files);
	for (;;) {
		kshim_table_touch_free(files);
		kshim_raw_lock(files);
		for (nr = files->next_fd; nr < files->max_fds; nr++)
			if (!files->used[nr])
				break;
		if (nr < files->max_fds) {
			files->used[nr] = 1;
			files->next_fd = nr + 1;
			kshim_table_unlock(files);
			return nr;
		}
		kshim_table_unlock(files);
		err = kshim_expand_files(files, nr);
		if (err)
			return err;
	}
}

static void __put_unused_fd(struct files_struct *files, unsigned int fd)
{
	files->used[fd] = 0;
	if (fd < files->next_fd)
		files->next_fd = fd;
}

/**
 * get_unused_fd_flags() - reserve a number (fs/file.c)
 * @flags:	O_CLOEXEC or 0
 *
 * Context: process, may sleep.
 * Return: lowest free number, -EMFILE, -ENOMEM.
 */
int get_unused_fd_flags(unsigned int flags)
{
	return alloc_fd(kshim_current_files());
}

/**
 * put_unused_fd() - give back a number that was never installed (fs/file.c)
 * @fd:		from get_unused_fd_flags()
 */
void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = kshim_current_files();

	kshim_table_point(files);
	kshim_table_touch_free(files);
	kshim_raw_lock(files);
	__put_unused_fd(files, fd);
	kshim_table_unlock(files);
}

/**
 * fd_install() - publish a file under a reserved number (fs/file.c)
 * @fd:		from get_unused_fd_flags()
 * @file:	the caller's reference goes to the table
 *
 * From here on other threads can close it.
 */
void fd_install(unsigned int fd, struct file *file)
{
	struct files_struct *files = kshim_current_files();
	struct file *old;

	kshim_table_point(files);
	kshim_table_lock(files, KSHIM_WRITE, fd);
	old = files->fd[fd];
	if (!old)
		files->fd[fd] = file;
	kshim_hb_release((char *)file + 1);
	kshim_table_unlock(files);
	BUG_ON(old);
}

static struct file *lookup(struct files_struct *files, unsigned int fd, bool ref)
{
	struct file *file;

	kshim_table_lock(files, KSHIM_READ, fd);
	file = fd < files->max_fds ? files->fd[fd] : NULL;
	if (file && ref && !kshim_get_file_rcu(file))
		file = NULL;
	if (file)
		kshim_hb_acquire((char *)file + 1);
	kshim_table_unlock(files);
	return file;
}

/**
 * fget() - a reference to the file behind a number (fs/file.c)
 * @fd:		number
 *
 * Return: file, to be given back with fput(), or NULL.
 */
struct file *fget(unsigned int fd)
{
	struct files_struct *files = kshim_current_files();

	kshim_table_point(files);
	return lookup(files, fd, true);
}

/**
 * fdget() - the file behind a number, for the time of a system call (fs/file.c)
 * @fd:		number
 *
 * No reference is taken while the caller is the only user of its table:
 * nobody else could close the file.
 *
 * Return: to be given back with fdput(); its file may be NULL.
 */
struct fd fdget(unsigned int fd)
{
	struct files_struct *files = kshim_current_files();
	struct file *file;

	if (__atomic_load_n(&files->count.counter, __ATOMIC_ACQUIRE) == 1)
		return __kshim_fd(lookup(files, fd, false), 0);
	file = fget(fd);
	return __kshim_fd(file, file ? FDPUT_FPUT : 0);
}

/**
 * __close_fd() - close a number (fs/file.c)
 * @files:	table
 * @fd:		number
 *
 * Return: 0, -EBADF, or what ->flush() says.
 */
int __close_fd(struct files_struct *files, unsigned int fd)
{
	struct file *file;

	kshim_table_point(files);
	kshim_table_lock(files, KSHIM_WRITE, fd);
	file = fd < files->max_fds ? files->fd[fd] : NULL;
	if (file) {
		kshim_table_touch_free(files);
		files->fd[fd] = NULL;
		kshim_hb_acquire((char *)file + 1);
		__put_unused_fd(files, fd);
	}
	kshim_table_unlock(files);
	return file ? filp_close(file, files) : -EBADF;
}

#if KSHIM_HAS_CLOSE_FD
int close_fd(unsigned int fd)
{
	return __close_fd(kshim_current_files(), fd);
}
#endif

/**
 * kshim_dup_to() - the table's part of dup2(2)
 * @files:	table
 * @from:	open number
 * @to:		other number, closed first when it is open
 *
 * Return: @to, -EBADF, -EBUSY (reserved by an open that is under way),
 * -EMFILE, -ENOMEM.
 */
long kshim_dup_to(struct files_struct *files, unsigned int from, unsigned int to)
{
	struct file *file, *old = NULL;
	long ret = to;

	if (to >= KSHIM_NR_OPEN)
		return -EBADF;
	kshim_table_point(files);
	if (to >= files->max_fds) {
		ret = kshim_expand_files(files, to);
		if (ret)
			return ret;
		ret = to;
	}
	kshim_table_touch_free(files);
	kshim_touch(KSHIM_READ, &files->fd[from < files->max_fds ? from : 0], sizeof(*files->fd));
	kshim_touch(KSHIM_WRITE, &files->fd[to], sizeof(*files->fd));
	kshim_obj_lock(files);
	file = from < files->max_fds ? files->fd[from] : NULL;
	if (!file) {
		ret = -EBADF;
	} else if (!files->fd[to] && files->used[to] && to > 2) {
		ret = -EBUSY;
	} else {
		kshim_get_file_rcu(file);
		kshim_hb_both((char *)file + 1);
		old = files->fd[to];
		files->fd[to] = file;
		files->used[to] = 1;
	}
	kshim_obj_unlock(files);
	if (old)
		filp_close(old, files);
	return ret;
}
