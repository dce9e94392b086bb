/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of kshim/fs share with each other. */
#ifndef KSHIM_FS_INTERNAL_H
#define KSHIM_FS_INTERNAL_H

#include <linux/fdtable.h>
#include <linux/fs.h>
#include "engine/engine.h"
#include "lib/rmw.h"

/* file_table.c */
void files_init(void);
struct file *alloc_empty_file(int flags);
void kshim_set_rw_modes(struct file *f);
int filp_close(struct file *filp, fl_owner_t id);

/*
 * Take a reference unless the last one is gone. No point: for callers that
 * hold kshim_obj_lock() of whatever points to the file.
 */
static inline bool kshim_get_file_rcu(struct file *f)
{
	long v = __atomic_load_n(&f->f_count.counter, __ATOMIC_RELAXED);

	do {
		if (v <= 0) {
			kshim_touch(KSHIM_READ, &f->f_count, sizeof(f->f_count));
			return false;
		}
	} while (!kshim_rmw_try_cmpxchg(&f->f_count.counter, &v, v + 1));
	kshim_touch(KSHIM_GET, &f->f_count, sizeof(f->f_count));
	return true;
}

/* fdtable.c */
struct files_struct *kshim_current_files(void);
int kshim_expand_files(struct files_struct *files, unsigned int nr);
long kshim_dup_to(struct files_struct *files, unsigned int from, unsigned int to);

/*
 * Nobody else can see a table that one task owns: no point then. What two
 * users of a table do with different numbers is independent, unless both
 * look for a free one.
 */
static inline void kshim_table_point(struct files_struct *files)
{
	if (__atomic_load_n(&files->count.counter, __ATOMIC_ACQUIRE) != 1)
		kshim_point(KSHIM_CALL, files, sizeof(*files));
}

static inline void kshim_table_lock(struct files_struct *files, enum kshim_op op, unsigned int fd)
{
	if (fd < files->max_fds)
		kshim_touch(op, &files->fd[fd], sizeof(files->fd[0]));
	kshim_raw_lock(files);
}

static inline void kshim_table_unlock(struct files_struct *files)
{
	kshim_raw_unlock(files);
}

static inline void kshim_table_touch_free(struct files_struct *files)
{
	kshim_touch(KSHIM_ATOMIC, &files->next_fd, sizeof(files->next_fd));
}

/* devtmpfs.c: the inode of a node with a reference taken, or NULL */
struct inode *kshim_devnode_inode(const char *name);

/* char_dev.c, misc.c */
int chrdev_open(struct inode *inode, struct file *filp);
void misc_init(void);

/* mem.c */
void mem_init(void);

/* Counts that are touched by more than one task at once. */
static inline void kshim_count(atomic_t *v, int i)
{
	kshim_rmw_add(&v->counter, i);
}

#endif
