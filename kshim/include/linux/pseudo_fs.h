/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/pseudo_fs.h: file systems that are never in the tree of paths. */
#ifndef _LINUX_PSEUDO_FS_H
#define _LINUX_PSEUDO_FS_H

#include <linux/fs.h>

struct pseudo_fs_context {
	unsigned long magic;
};

struct fs_context {
	struct file_system_type *fs_type;
	struct pseudo_fs_context pseudo;
};

struct pseudo_fs_context *init_pseudo(struct fs_context *fc, unsigned long magic);

#endif
