// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables of file descriptors: how processes get, share and lose them.
 *
 * The kernel guarantees: fork shares the open files, not the table; the last
 * task that leaves a table closes what is open, lowest number first.
 *
 * We give the same.
 */
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "engine/engine.h"
#include "fs/internal.h"
#include "lib/rmw.h"

/**
 * kshim_files_new() - the table of a new process
 *
 * Return: table with one user, NULL without memory.
 */
struct files_struct *kshim_files_new(void)
{
	struct files_struct *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return NULL;
	atomic_set(&f->count, 1);
	f->max_fds = KSHIM_FDS_EMBEDDED;
	f->next_fd = 3;
	f->fd = f->fd_array;
	f->used = f->used_array;
	f->used[0] = f->used[1] = f->used[2] = 1;
	return f;
}

/**
 * dup_fd() - the table of a forked process (fs/file.c)
 * @old:	the parent's
 * @errorp:	-ENOMEM on failure
 *
 * Every open file gets one more reference; numbers that are only reserved
 * are free in the new table.
 *
 * Return: table with one user, or NULL.
 */
struct files_struct *dup_fd(struct files_struct *old, int *errorp)
{
	struct files_struct *new = kshim_files_new();
	unsigned int i, max;

	*errorp = -ENOMEM;
	if (!new)
		return NULL;
	kshim_table_point(old);
	do {
		max = __atomic_load_n(&old->max_fds, __ATOMIC_RELAXED);
		if (max > new->max_fds && kshim_expand_files(new, max - 1)) {
			put_files_struct(new);
			return NULL;
		}
		kshim_touch(KSHIM_READ, old->fd, old->max_fds * sizeof(*old->fd));
		kshim_obj_lock(old);
		if (old->max_fds == max)
			break;
		kshim_obj_unlock(old);
	} while (1);
	for (i = 0; i < max; i++) {
		struct file *f = old->fd[i];

		if (f && kshim_get_file_rcu(f)) {
			new->fd[i] = f;
			new->used[i] = 1;
		}
	}
	kshim_obj_unlock(old);
	*errorp = 0;
	return new;
}

/* One more task shares the table. */
struct files_struct *get_files_struct(struct files_struct *files)
{
	kshim_table_point(files);
	kshim_rmw_inc(&files->count.counter);
	kshim_touch(KSHIM_GET, &files->count, sizeof(files->count));
	return files;
}

/**
 * put_files_struct() - one task less shares the table (fs/file.c)
 * @files:	table; the last one closes every file, lowest number first
 */
void put_files_struct(struct files_struct *files)
{
	unsigned int i;
	int left;

	kshim_table_point(files);
	kshim_hb_both(&files->count);
	left = kshim_rmw_dec(&files->count.counter);
	kshim_touch(KSHIM_PUT, &files->count, sizeof(files->count));
	if (left)
		return;
	kshim_touch(KSHIM_WRITE, files->fd, files->max_fds * sizeof(*files->fd));
	for (i = 0; i < files->max_fds; i++) {
		struct file *f = files->fd[i];

		if (likely(!f))
			continue;
		files->fd[i] = NULL;
		filp_close(f, files);
	}
	if (files->fd != files->fd_array)
		kfree(files->fd);
	kfree(files);
}

/**
 * exit_files() - an exiting task leaves its table (kernel/exit.c)
 * @tsk:	task
 */
void exit_files(struct task_struct *tsk)
{
	struct files_struct *files = tsk->files;

	if (files) {
		tsk->files = NULL;
		put_files_struct(files);
	}
}
