// SPDX-License-Identifier: GPL-2.0-only
/*
 * eventfd: a counter behind a descriptor.
 *
 * The kernel guarantees: the context outlives its file while somebody holds
 * it; waiters are woken with the wait queue's lock held and EPOLLIN as key,
 * with EPOLLHUP when the file is released; a writer blocks instead of
 * overflowing, a signal saturates at ULLONG_MAX.
 *
 * We give the same.
 *
 * We do not give the guard against signals from within a wake-up function.
 */
#include <linux/anon_inodes.h>
#include <linux/eventfd.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/limits.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <kshim/user.h>
#include "engine/engine.h"

struct eventfd_ctx {
	struct kref kref;
	wait_queue_head_t wqh;
	__u64 count;
	unsigned int flags;
};

static void eventfd_free(struct kref *kref)
{
	kfree(container_of(kref, struct eventfd_ctx, kref));
}

/* Give back a reference to the context (fs/eventfd.c). */
void eventfd_ctx_put(struct eventfd_ctx *ctx)
{
	kref_put(&ctx->kref, eventfd_free);
}

static __u64 add_and_wake(struct eventfd_ctx *ctx, __u64 n, __poll_t mask)
{
	unsigned long flags;

	spin_lock_irqsave(&ctx->wqh.lock, flags);
	if (ULLONG_MAX - ctx->count < n)
		n = ULLONG_MAX - ctx->count;
	ctx->count += n;
	if (waitqueue_active(&ctx->wqh))
		wake_up_locked_poll(&ctx->wqh, EPOLLIN | mask);
	spin_unlock_irqrestore(&ctx->wqh.lock, flags);
	return n;
}

#if KSHIM_HAS_EVENTFD_SIGNAL_ONE
/* Add one to the counter; any context (fs/eventfd.c). */
void eventfd_signal_mask(struct eventfd_ctx *ctx, __poll_t mask)
{
	add_and_wake(ctx, 1, mask);
}

void eventfd_signal(struct eventfd_ctx *ctx)
{
	add_and_wake(ctx, 1, 0);
}
#else
/**
 * eventfd_signal() - add to the counter (fs/eventfd.c)
 * @ctx:	context
 * @n:		how much
 *
 * Context: any, also atomic.
 * Return: how much was added.
 */
__u64 eventfd_signal(struct eventfd_ctx *ctx, __u64 n)
{
	return add_and_wake(ctx, n, 0);
}
#endif

static __poll_t eventfd_poll(struct file *file, poll_table *wait)
{
	struct eventfd_ctx *ctx = file->private_data;
	__poll_t events = 0;
	u64 count;

	poll_wait(file, &ctx->wqh, wait);
	count = READ_ONCE(ctx->count);
	if (count > 0)
		events |= EPOLLIN;
	if (count == ULLONG_MAX)
		events |= EPOLLERR;
	if (ULLONG_MAX - 1 > count)
		events |= EPOLLOUT;
	return events;
}

/* Take the counter, or one of it; the caller holds wqh.lock. */
void eventfd_ctx_do_read(struct eventfd_ctx *ctx, __u64 *cnt)
{
	*cnt = (ctx->flags & EFD_SEMAPHORE) && ctx->count ? 1 : ctx->count;
	ctx->count -= *cnt;
}

/**
 * eventfd_ctx_remove_wait_queue() - stop listening and take what is left
 * @ctx:	context
 * @wait:	entry on its queue
 * @cnt:	filled with the counter, which becomes 0
 *
 * Return: 0, -EAGAIN when the counter was 0 (fs/eventfd.c).
 */
int eventfd_ctx_remove_wait_queue(struct eventfd_ctx *ctx,
				  wait_queue_entry_t *wait, __u64 *cnt)
{
	unsigned long flags;

	spin_lock_irqsave(&ctx->wqh.lock, flags);
	eventfd_ctx_do_read(ctx, cnt);
	__remove_wait_queue(&ctx->wqh, wait);
	if (*cnt != 0 && waitqueue_active(&ctx->wqh))
		wake_up_locked_poll(&ctx->wqh, EPOLLOUT);
	spin_unlock_irqrestore(&ctx->wqh.lock, flags);
	return *cnt != 0 ? 0 : -EAGAIN;
}

/*
 * Sleep until @ready says so; called and left with wqh.lock held, which is
 * the wait queue's own.
 */
static int eventfd_wait(struct eventfd_ctx *ctx, __u64 n,
			bool (*ready)(const struct eventfd_ctx *ctx, __u64 n))
{
	DECLARE_WAITQUEUE(wait, current);
	int err = 0;

	__add_wait_queue(&ctx->wqh, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (ready(ctx, n))
			break;
		if (signal_pending(current)) {
			err = -ERESTARTSYS;
			break;
		}
		spin_unlock_irq(&ctx->wqh.lock);
		schedule();
		spin_lock_irq(&ctx->wqh.lock);
	}
	__remove_wait_queue(&ctx->wqh, &wait);
	__set_current_state(TASK_RUNNING);
	return err;
}

static bool can_read(const struct eventfd_ctx *ctx, __u64 n)
{
	return ctx->count > 0;
}

static bool can_write(const struct eventfd_ctx *ctx, __u64 n)
{
	return ULLONG_MAX - ctx->count > n;
}

static ssize_t eventfd_read(struct file *file, char __user *buf, size_t size,
			    loff_t *ppos)
{
	struct eventfd_ctx *ctx = file->private_data;
	__u64 ucnt = 0;
	int err = 0;

	if (size < sizeof(ucnt))
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if (!can_read(ctx, 0))
		err = file->f_flags & O_NONBLOCK ? -EAGAIN
						 : eventfd_wait(ctx, 0, can_read);
	if (!err) {
		eventfd_ctx_do_read(ctx, &ucnt);
		if (waitqueue_active(&ctx->wqh))
			wake_up_locked_poll(&ctx->wqh, EPOLLOUT);
	}
	spin_unlock_irq(&ctx->wqh.lock);
	if (err)
		return err;
	return copy_to_user(buf, &ucnt, sizeof(ucnt)) ? -EFAULT : (ssize_t)sizeof(ucnt);
}

static ssize_t eventfd_write(struct file *file, const char __user *buf,
			     size_t size, loff_t *ppos)
{
	struct eventfd_ctx *ctx = file->private_data;
	__u64 ucnt;
	int err = 0;

	if (size < sizeof(ucnt))
		return -EINVAL;
	if (copy_from_user(&ucnt, buf, sizeof(ucnt)))
		return -EFAULT;
	if (ucnt == ULLONG_MAX)
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if (!can_write(ctx, ucnt))
		err = file->f_flags & O_NONBLOCK ? -EAGAIN
						 : eventfd_wait(ctx, ucnt, can_write);
	if (!err) {
		ctx->count += ucnt;
		if (waitqueue_active(&ctx->wqh))
			wake_up_locked_poll(&ctx->wqh, EPOLLIN);
	}
	spin_unlock_irq(&ctx->wqh.lock);
	return err ? err : (ssize_t)sizeof(ucnt);
}

static int eventfd_release(struct inode *inode, struct file *file)
{
	struct eventfd_ctx *ctx = file->private_data;

	wake_up_poll(&ctx->wqh, EPOLLHUP);
	eventfd_ctx_put(ctx);
	return 0;
}

static const struct file_operations eventfd_fops = {
	.release = eventfd_release,
	.poll = eventfd_poll,
	.read = eventfd_read,
	.write = eventfd_write,
	.llseek = noop_llseek,
};

/* The file behind a number, ERR_PTR(-EBADF or -EINVAL) (fs/eventfd.c). */
struct file *eventfd_fget(int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return ERR_PTR(-EBADF);
	if (file->f_op != &eventfd_fops) {
		fput(file);
		return ERR_PTR(-EINVAL);
	}
	return file;
}

/* A reference to the context, ERR_PTR(-EINVAL) for another kind of file. */
struct eventfd_ctx *eventfd_ctx_fileget(struct file *file)
{
	struct eventfd_ctx *ctx;

	if (file->f_op != &eventfd_fops)
		return ERR_PTR(-EINVAL);
	ctx = file->private_data;
	kref_get(&ctx->kref);
	return ctx;
}

/* The same for a number; also ERR_PTR(-EBADF) (fs/eventfd.c). */
struct eventfd_ctx *eventfd_ctx_fdget(int fd)
{
	struct eventfd_ctx *ctx;
	struct fd f = fdget(fd);

	if (!fd_file(f))
		return ERR_PTR(-EBADF);
	ctx = eventfd_ctx_fileget(fd_file(f));
	fdput(f);
	return ctx;
}

static long do_eventfd(unsigned int count, int flags)
{
	struct eventfd_ctx *ctx;
	int fd;

	if (flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
		return -EINVAL;
	ctx = kmalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	kref_init(&ctx->kref);
	init_waitqueue_head(&ctx->wqh);
	ctx->count = count;
	ctx->flags = flags;
	fd = anon_inode_getfd("[eventfd]", &eventfd_fops, ctx,
			      O_RDWR | (flags & (O_CLOEXEC | O_NONBLOCK)));
	if (fd < 0)
		kfree(ctx);
	return fd;
}

long kshim_sys_eventfd(unsigned int count, int flags)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_eventfd(count, flags));
}
