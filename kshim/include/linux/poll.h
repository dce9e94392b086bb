/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/poll.h. */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/eventpoll.h>
#include <linux/fs.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

struct poll_table_struct;

typedef void (*poll_queue_proc)(struct file *, wait_queue_head_t *,
				struct poll_table_struct *);

typedef struct poll_table_struct {
	poll_queue_proc _qproc;
	__poll_t _key;
} poll_table;

#define DEFAULT_POLLMASK (EPOLLIN | EPOLLOUT | EPOLLRDNORM | EPOLLWRNORM)

static inline void poll_wait(struct file *filp, wait_queue_head_t *wait_address,
			     poll_table *p)
{
	if (p && p->_qproc && wait_address)
		p->_qproc(filp, wait_address, p);
}

static inline void init_poll_funcptr(poll_table *pt, poll_queue_proc qproc)
{
	pt->_qproc = qproc;
	pt->_key = ~(__poll_t)0;
}

static inline bool file_can_poll(struct file *file)
{
	return file->f_op->poll;
}

__poll_t vfs_poll(struct file *file, struct poll_table_struct *pt);

#endif
