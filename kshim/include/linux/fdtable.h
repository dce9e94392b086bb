/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/fdtable.h: the table that the threads of a process share. */
#ifndef _LINUX_FDTABLE_H
#define _LINUX_FDTABLE_H

#include <linux/atomic.h>
#include <linux/file.h>
#include <linux/types.h>

#define KSHIM_FDS_EMBEDDED	16

struct task_struct;

struct files_struct {
	atomic_t count;			/* tasks that share it */
	unsigned int max_fds;		/* room in fd[] and in used[] */
	unsigned int next_fd;		/* nothing is free below */
	struct file **fd;
	unsigned char *used;		/* one byte per number: reserved or open */
	struct file *fd_array[KSHIM_FDS_EMBEDDED];
	unsigned char used_array[KSHIM_FDS_EMBEDDED];
};

/* The life of a table: fork and exit call these, kshim/fs/fdtable.c. */
struct files_struct *kshim_files_new(void);
struct files_struct *dup_fd(struct files_struct *old, int *errorp);
struct files_struct *get_files_struct(struct files_struct *files);
void put_files_struct(struct files_struct *files);
void exit_files(struct task_struct *tsk);

int __close_fd(struct files_struct *files, unsigned int fd);

#endif
