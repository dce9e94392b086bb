// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files: allocation, references and the last fput().
 *
 * The kernel guarantees that ->release() never runs inside the caller of the
 * last fput(): it is put off to the task's return to user space (task work),
 * for kernel threads to a delayed work. It runs once, in sleepable context,
 * before the references to cdev, module and inode are dropped.
 *
 * We give the same, on the same two paths. Files come from the cache "filp",
 * so that a forgotten one is a leak.
 *
 * We do not give the RCU delay before the memory of a file is freed: nobody
 * outside of kshim/fs looks at a file without holding a reference.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/task_work.h>
#include <linux/workqueue.h>
#include <kshim/inspect_fs.h>
#include "engine/engine.h"
#include "fs/internal.h"
#include "lib/rmw.h"

static struct kmem_cache *filp_cachep;
static atomic_t nr_files;

/* Files whose last reference was dropped where no task work is possible. */
static struct callback_head *delayed_list;

static void delayed_fput(struct work_struct *unused);
static DECLARE_DELAYED_WORK(delayed_fput_work, delayed_fput);

void files_init(void)
{
	if (!filp_cachep)
		filp_cachep = kmem_cache_create("filp", sizeof(struct file), 0,
						SLAB_HWCACHE_ALIGN | SLAB_PANIC,
						NULL);
}

long kshim_nr_open_files(void)
{
	return __atomic_load_n(&nr_files.counter, __ATOMIC_RELAXED);
}

/**
 * alloc_empty_file() - a file that was not opened yet (fs/file_table.c)
 * @flags:	O_*
 *
 * Context: may sleep.
 * Return: file with one reference, or ERR_PTR(-ENOMEM).
 */
struct file *alloc_empty_file(int flags)
{
	struct file *f;

	files_init();
	f = kmem_cache_zalloc(filp_cachep, GFP_KERNEL);
	if (!f)
		return ERR_PTR(-ENOMEM);
	kshim_count(&nr_files, 1);
	atomic_long_set(&f->f_count, 1);
	f->f_flags = flags;
	f->f_mode = OPEN_FMODE(flags);
	return f;
}

static void file_free(struct file *f)
{
	kshim_count(&nr_files, -1);
	kmem_cache_free(filp_cachep, f);
}

/* Which transfers the operations can do at all; only known once opened. */
void kshim_set_rw_modes(struct file *f)
{
	if ((f->f_mode & FMODE_READ) && (f->f_op->read || f->f_op->read_iter))
		f->f_mode |= FMODE_CAN_READ;
	if ((f->f_mode & FMODE_WRITE) && (f->f_op->write || f->f_op->write_iter))
		f->f_mode |= FMODE_CAN_WRITE;
	f->f_mode |= FMODE_OPENED;
}

/**
 * alloc_file_pseudo() - an open file without a path (fs/file_table.c)
 * @inode:	the caller's reference goes to the file, not on failure
 * @mnt:	not looked at
 * @name:	for those who print it; not copied
 * @flags:	O_*
 * @fops:	the reference to their module is the caller's to take
 *
 * Context: may sleep.
 * Return: file or ERR_PTR(-ENOMEM).
 */
struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt,
			       const char *name, int flags,
			       const struct file_operations *fops)
{
	struct file *f = alloc_empty_file(flags);

	if (IS_ERR(f))
		return f;
	f->f_path.name = name;
	f->f_inode = inode;
	f->f_mapping = inode->i_mapping;
	f->f_op = fops;
	kshim_set_rw_modes(f);
	return f;
}

/*
 * The holder of the only reference is alone with the count; what others may
 * notice is the release, and that has points of its own.
 */
static inline void count_point(struct file *f)
{
	if (unlikely(!kshim_addressable(f, sizeof(*f))))
		kshim_bad_access(&f->f_count, sizeof(f->f_count), 1,
				 __builtin_return_address(0));
	if (__atomic_load_n(&f->f_count.counter, __ATOMIC_RELAXED) != 1)
		kshim_point(KSHIM_ATOMIC, &f->f_count, sizeof(f->f_count));
}

/**
 * get_file() - one more reference for somebody who has one (linux/fs.h)
 * @f:		file
 *
 * Return: @f.
 */
struct file *get_file(struct file *f)
{
	long v;

	count_point(f);
	v = kshim_rmw_inc(&f->f_count.counter);
	kshim_touch(KSHIM_GET, &f->f_count, sizeof(f->f_count));
	kshim_note("f_count", f, v - 1, v);
	return f;
}

static void __fput(struct file *file)
{
	struct inode *inode = file->f_inode;

	might_sleep();
	if (file->f_mode & FMODE_OPENED) {
		if (file->f_op->release)
			file->f_op->release(inode, file);
		if (S_ISCHR(inode->i_mode) && inode->i_cdev)
			cdev_put(inode->i_cdev);
		fops_put(file->f_op);
		iput(inode);
	}
	file_free(file);
}

static void ____fput(struct callback_head *work)
{
	__fput(container_of(work, struct file, f_work));
}

static void delayed_fput(struct work_struct *unused)
{
	struct callback_head *list, *next;

	list = kshim_rmw_xchg(&delayed_list, NULL);
	kshim_hb_acquire(&delayed_list);
	for (; list; list = next) {
		next = list->next;
		____fput(list);
	}
}

static void fput_later(struct file *file)
{
	struct callback_head *first;

	kshim_hb_release(&delayed_list);
	first = __atomic_load_n(&delayed_list, __ATOMIC_RELAXED);
	do {
		file->f_work.next = first;
	} while (!kshim_rmw_try_cmpxchg(&delayed_list, &first, &file->f_work));
	if (!first)
		schedule_delayed_work(&delayed_fput_work, 1);
}

/**
 * fput() - drop a reference to an open file (fs/file_table.c)
 * @file:	file
 *
 * The release that follows the last reference never runs in here.
 *
 * Context: any.
 */
void fput(struct file *file)
{
	struct task_struct *task = current;
	long v;

	count_point(file);
	v = kshim_rmw_dec(&file->f_count.counter);
	kshim_touch(KSHIM_PUT, &file->f_count, sizeof(file->f_count));
	kshim_note("f_count", file, v + 1, v);
	kshim_hb_release(&file->f_count);
	if (v)
		return;
	kshim_hb_acquire(&file->f_count);
	if (task && !(task->flags & PF_KTHREAD)) {
		init_task_work(&file->f_work, ____fput);
		if (!task_work_add(task, &file->f_work, TWA_RESUME))
			return;
	}
	fput_later(file);
}

/**
 * filp_close() - take a file out of a table of descriptors (fs/open.c)
 * @filp:	file; the table's reference is dropped
 * @id:		the table
 *
 * Return: 0 or what ->flush() says.
 */
int filp_close(struct file *filp, fl_owner_t id)
{
	int ret = 0;

	if (!file_count(filp)) {
		pr_err("VFS: Close: file count is 0\n");
		return 0;
	}
	if (filp->f_op->flush)
		ret = filp->f_op->flush(filp, id);
	fput(filp);
	return ret;
}
