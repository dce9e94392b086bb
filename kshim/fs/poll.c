// SPDX-License-Identifier: GPL-2.0-only
/*
 * poll(2) on one file.
 *
 * The kernel guarantees: the caller is on the driver's wait queues before the
 * state is looked at, so that no event is lost; every queue entry holds the
 * file; POLLERR and POLLHUP are always reported; a file without ->poll() is
 * always ready.
 *
 * We give the same for one descriptor and at most four wait queues, in jiffies.
 *
 * We do not give several descriptors in one call, select(2) or epoll.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <kshim/user.h>
#include "engine/engine.h"
#include "fs/internal.h"

#define MAX_QUEUES	4

struct poll_entry {
	struct wait_queue_entry wait;
	struct wait_queue_head *head;
	struct file *file;
	unsigned int events;
};

struct poll_wqueues {
	poll_table pt;
	struct task_struct *task;
	bool triggered;
	int n;
	struct poll_entry entry[MAX_QUEUES];
};

/**
 * vfs_poll() - what is ready on a file (linux/poll.h)
 * @file:	file
 * @pt:		where to queue the caller; NULL: only ask
 *
 * Return: mask of EPOLL*.
 */
__poll_t vfs_poll(struct file *file, struct poll_table_struct *pt)
{
	if (!file->f_op->poll)
		return DEFAULT_POLLMASK;
	return file->f_op->poll(file, pt);
}

static int pollwake(struct wait_queue_entry *wait, unsigned int mode, int sync,
		    void *key)
{
	struct poll_entry *e = container_of(wait, struct poll_entry, wait);
	struct poll_wqueues *pwq = wait->private;

	if (key && !(key_to_poll(key) & e->events))
		return 0;
	__atomic_store_n(&pwq->triggered, true, __ATOMIC_RELEASE);
	return wake_up_process(pwq->task);
}

static void queue_proc(struct file *file, struct wait_queue_head *head,
		       poll_table *pt)
{
	struct poll_wqueues *pwq = container_of(pt, struct poll_wqueues, pt);
	struct poll_entry *e;

	if (WARN_ON(pwq->n == MAX_QUEUES))
		return;
	e = &pwq->entry[pwq->n++];
	e->file = get_file(file);
	e->head = head;
	e->events = pt->_key;
	init_waitqueue_func_entry(&e->wait, pollwake);
	e->wait.private = pwq;
	add_wait_queue(head, &e->wait);
}

static long do_poll(struct file *file, unsigned int events, int timeout_ms)
{
	long left = timeout_ms < 0 ? MAX_SCHEDULE_TIMEOUT
				   : msecs_to_jiffies(timeout_ms);
	struct poll_wqueues pwq;
	poll_table *pt = &pwq.pt;
	long mask;
	int i;

	pwq.n = 0;
	pwq.task = current;
	pwq.triggered = false;
	init_poll_funcptr(pt, queue_proc);
	events |= EPOLLERR | EPOLLHUP;
	pt->_key = events;
	if (!timeout_ms)
		pt->_qproc = NULL;
	for (;;) {
		mask = vfs_poll(file, pt) & events;
		pt->_qproc = NULL;
		if (mask || !left)
			break;
		if (signal_pending(current)) {
			mask = -EINTR;
			break;
		}
		set_current_state(TASK_INTERRUPTIBLE);
		if (!__atomic_load_n(&pwq.triggered, __ATOMIC_ACQUIRE))
			left = schedule_timeout(left);
		__set_current_state(TASK_RUNNING);
		__atomic_store_n(&pwq.triggered, false, __ATOMIC_RELEASE);
	}
	for (i = 0; i < pwq.n; i++) {
		remove_wait_queue(pwq.entry[i].head, &pwq.entry[i].wait);
		fput(pwq.entry[i].file);
	}
	return mask;
}

long kshim_sys_poll(int fd, unsigned int events, int timeout_ms)
{
	long ret = EPOLLNVAL;
	struct fd f;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	f = fdget(fd);
	if (fd_file(f)) {
		ret = do_poll(fd_file(f), events, timeout_ms);
		fdput(f);
	}
	return kshim_syscall_exit(ret);
}
