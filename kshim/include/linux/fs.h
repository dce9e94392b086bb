/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/fs.h: open files and the little of inodes that drivers see. */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/stat.h>
#include <linux/task_work.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <uapi/linux/fs.h>

struct cdev;
struct dentry;
struct file;
struct fs_context;
struct inode;
struct iov_iter;
struct kiocb;
struct module;
struct poll_table_struct;
struct seq_file;
struct super_block;
struct vfsmount;
struct vm_area_struct;

#define FMODE_READ	((__force fmode_t)0x1)
#define FMODE_WRITE	((__force fmode_t)0x2)
#define FMODE_LSEEK	((__force fmode_t)0x4)
#define FMODE_PREAD	((__force fmode_t)0x8)
#define FMODE_PWRITE	((__force fmode_t)0x10)
#define FMODE_EXEC	((__force fmode_t)0x20)
#define FMODE_CAN_READ	((__force fmode_t)0x20000)
#define FMODE_CAN_WRITE	((__force fmode_t)0x40000)
#define FMODE_OPENED	((__force fmode_t)0x80000)
#define FMODE_STREAM	((__force fmode_t)0x200000)

#define OPEN_FMODE(flags) ((__force fmode_t)(((flags) + 1) & O_ACCMODE))

struct address_space {
	struct inode *host;
};

struct inode {
	umode_t i_mode;
	dev_t i_rdev;
	const struct file_operations *i_fop;
	struct address_space *i_mapping;
	struct address_space i_data;
	loff_t i_size;
	atomic_t i_count;
	struct list_head i_devices;	/* in cdev->list */
	struct cdev *i_cdev;
	void *i_private;
	struct super_block *i_sb;
};

/* What a path names; only shown to those who want a name to print. */
struct path {
	const char *name;
};

struct file {
	const struct file_operations *f_op;
	struct inode *f_inode;
	struct address_space *f_mapping;
	void *private_data;
	atomic_long_t f_count;
	unsigned int f_flags;
	fmode_t f_mode;
	loff_t f_pos;
	struct path f_path;
	struct callback_head f_work;	/* of the deferred last fput() */
};

typedef int (*filldir_t)(void *ctx, const char *name, int len, loff_t off,
			 u64 ino, unsigned int type);
typedef void *fl_owner_t;

struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *, loff_t, int);
	ssize_t (*read)(struct file *, char __user *, size_t, loff_t *);
	ssize_t (*write)(struct file *, const char __user *, size_t, loff_t *);
	ssize_t (*read_iter)(struct kiocb *, struct iov_iter *);
	ssize_t (*write_iter)(struct kiocb *, struct iov_iter *);
	__poll_t (*poll)(struct file *, struct poll_table_struct *);
	long (*unlocked_ioctl)(struct file *, unsigned int, unsigned long);
	long (*compat_ioctl)(struct file *, unsigned int, unsigned long);
	int (*mmap)(struct file *, struct vm_area_struct *);
	int (*open)(struct inode *, struct file *);
	int (*flush)(struct file *, fl_owner_t id);
	int (*release)(struct inode *, struct file *);
	int (*fsync)(struct file *, loff_t, loff_t, int datasync);
	int (*fasync)(int, struct file *, int);
	void (*show_fdinfo)(struct seq_file *m, struct file *f);
};

static inline unsigned int iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}

static inline unsigned int imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}

static inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

struct file *get_file(struct file *f);
#define file_count(x)	atomic_long_read(&(x)->f_count)

bool try_module_get(struct module *module);
void module_put(struct module *module);

#define fops_get(fops)							\
({									\
	const struct file_operations *_fops = (fops);			\
	_fops && try_module_get(_fops->owner) ? _fops : NULL;		\
})
#define fops_put(fops)							\
do {									\
	const struct file_operations *_fops = (fops);			\
	if (_fops)							\
		module_put(_fops->owner);				\
} while (0)
/* The file must be fresh: nobody else may look at f_op yet. */
#define replace_fops(f, fops)						\
do {									\
	struct file *__file = (f);					\
	fops_put(__file->f_op);						\
	BUG_ON(!(__file->f_op = (fops)));				\
} while (0)

/* Character device numbers, kshim/fs/char_dev.c. */
int alloc_chrdev_region(dev_t *dev, unsigned int baseminor,
			unsigned int count, const char *name);
int register_chrdev_region(dev_t from, unsigned int count, const char *name);
void unregister_chrdev_region(dev_t from, unsigned int count);
int __register_chrdev(unsigned int major, unsigned int baseminor,
		      unsigned int count, const char *name,
		      const struct file_operations *fops);
void __unregister_chrdev(unsigned int major, unsigned int baseminor,
			 unsigned int count, const char *name);

static inline int register_chrdev(unsigned int major, const char *name,
				  const struct file_operations *fops)
{
	return __register_chrdev(major, 0, 256, name, fops);
}

static inline void unregister_chrdev(unsigned int major, const char *name)
{
	__unregister_chrdev(major, 0, 256, name);
}

int nonseekable_open(struct inode *inode, struct file *filp);
int stream_open(struct inode *inode, struct file *filp);
int simple_open(struct inode *inode, struct file *file);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t default_llseek(struct file *file, loff_t offset, int whence);
loff_t vfs_llseek(struct file *file, loff_t offset, int whence);
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos,
				const void *from, size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos,
			       const void __user *from, size_t count);
#define KSHIM_HAS_NO_LLSEEK	(KSHIM_KVER < 0x060000)
#if KSHIM_HAS_NO_LLSEEK
loff_t no_llseek(struct file *file, loff_t offset, int whence);
#elif KSHIM_KVER < 0x060c00
#define no_llseek	NULL
#endif

long vfs_ioctl(struct file *filp, unsigned int cmd, unsigned long arg);
#define compat_ptr_ioctl	NULL	/* no 32-bit user space here */

void ihold(struct inode *inode);
void iput(struct inode *inode);

/* Files without a path, kshim/fs/file_table.c and fs/pseudo.c. */
struct file_system_type {
	const char *name;
	int fs_flags;
	int (*init_fs_context)(struct fs_context *);
	void (*kill_sb)(struct super_block *);
	struct module *owner;
};

struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt,
			       const char *name, int flags,
			       const struct file_operations *fops);
struct inode *alloc_anon_inode(struct super_block *sb);
int simple_pin_fs(struct file_system_type *type, struct vfsmount **mount,
		  int *count);
void simple_release_fs(struct vfsmount **mount, int *count);
void kill_anon_super(struct super_block *sb);

#endif
