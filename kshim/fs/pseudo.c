// SPDX-License-Identifier: GPL-2.0-only
/*
 * File systems of a driver's own that have no place in the tree of paths:
 * they exist to give each device an inode, and with it an address space.
 *
 * The kernel guarantees: the first pin mounts the file system and holds its
 * module, the last release calls ->kill_sb().
 *
 * We give that. Super blocks hold nothing.
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/pseudo_fs.h>
#include <linux/slab.h>
#include "engine/engine.h"

struct super_block {
	struct file_system_type *s_type;
};

struct pseudo_fs_context *init_pseudo(struct fs_context *fc, unsigned long magic)
{
	fc->pseudo.magic = magic;
	return &fc->pseudo;
}

/* Nothing but the super block itself to free; simple_release_fs() does. */
void kill_anon_super(struct super_block *sb)
{
}

static struct vfsmount *mount(struct file_system_type *type)
{
	struct fs_context fc = { .fs_type = type };
	struct vfsmount *mnt;
	int err;

	if (!try_module_get(type->owner))
		return ERR_PTR(-ENODEV);
	mnt = kzalloc(sizeof(*mnt) + sizeof(*mnt->mnt_sb), GFP_KERNEL);
	err = mnt ? type->init_fs_context(&fc) : -ENOMEM;
	if (err) {
		kfree(mnt);
		module_put(type->owner);
		return ERR_PTR(err);
	}
	mnt->mnt_sb = (struct super_block *)(mnt + 1);
	mnt->mnt_sb->s_type = type;
	return mnt;
}

static void unmount(struct vfsmount *mnt)
{
	struct file_system_type *type = mnt->mnt_sb->s_type;

	type->kill_sb(mnt->mnt_sb);
	kfree(mnt);
	module_put(type->owner);
}

/**
 * simple_pin_fs() - mount unless it is mounted, and count (fs/libfs.c)
 * @type:	file system
 * @mnt:	shared by all users, filled by the first
 * @count:	of users
 *
 * Return: 0 or an error.
 */
int simple_pin_fs(struct file_system_type *type, struct vfsmount **mnt, int *count)
{
	struct vfsmount *new = NULL;

	kshim_point(KSHIM_ATOMIC, count, sizeof(*count));
	if (!*mnt) {
		new = mount(type);
		if (IS_ERR(new))
			return PTR_ERR(new);
	}
	kshim_obj_lock_ordered(count);
	if (new && !*mnt) {
		*mnt = new;
		new = NULL;
	}
	++*count;
	kshim_obj_unlock(count);
	if (new)
		unmount(new);
	return 0;
}

/* Undo simple_pin_fs() (fs/libfs.c). */
void simple_release_fs(struct vfsmount **mnt, int *count)
{
	struct vfsmount *old = NULL;

	kshim_point(KSHIM_ATOMIC, count, sizeof(*count));
	kshim_obj_lock_ordered(count);
	if (!--*count) {
		old = *mnt;
		*mnt = NULL;
	}
	kshim_obj_unlock(count);
	if (old)
		unmount(old);
}

/**
 * alloc_anon_inode() - an inode without a name (fs/libfs.c)
 * @sb:		of a pseudo file system
 *
 * Return: inode with one reference, or ERR_PTR(-ENOMEM).
 */
struct inode *alloc_anon_inode(struct super_block *sb)
{
	struct inode *inode = kzalloc(sizeof(*inode), GFP_KERNEL);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_mode = S_IRUSR | S_IWUSR;
	inode->i_mapping = &inode->i_data;
	inode->i_data.host = inode;
	inode->i_sb = sb;
	atomic_set(&inode->i_count, 1);
	INIT_LIST_HEAD(&inode->i_devices);
	return inode;
}
