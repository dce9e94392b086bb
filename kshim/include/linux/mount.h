/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/mount.h: a mount is only something to hold a super block by. */
#ifndef _LINUX_MOUNT_H
#define _LINUX_MOUNT_H

#include <linux/types.h>

struct super_block;

struct vfsmount {
	struct super_block *mnt_sb;
};

#endif
