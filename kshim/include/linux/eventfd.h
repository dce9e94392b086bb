/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/eventfd.h. */
#ifndef _LINUX_EVENTFD_H
#define _LINUX_EVENTFD_H

#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/kref.h>
#include <linux/types.h>
#include <linux/wait.h>

#ifndef EFD_SEMAPHORE
#define EFD_SEMAPHORE	(1 << 0)
#define EFD_CLOEXEC	O_CLOEXEC
#define EFD_NONBLOCK	O_NONBLOCK
#endif

struct eventfd_ctx;
struct file;

void eventfd_ctx_put(struct eventfd_ctx *ctx);
struct file *eventfd_fget(int fd);
struct eventfd_ctx *eventfd_ctx_fdget(int fd);
struct eventfd_ctx *eventfd_ctx_fileget(struct file *file);
int eventfd_ctx_remove_wait_queue(struct eventfd_ctx *ctx,
				  wait_queue_entry_t *wait, __u64 *cnt);
void eventfd_ctx_do_read(struct eventfd_ctx *ctx, __u64 *cnt);

#define KSHIM_HAS_EVENTFD_SIGNAL_ONE	(KSHIM_KVER >= 0x060800)	/* no count */
#if KSHIM_HAS_EVENTFD_SIGNAL_ONE
void eventfd_signal_mask(struct eventfd_ctx *ctx, __poll_t mask);
void eventfd_signal(struct eventfd_ctx *ctx);
#else
__u64 eventfd_signal(struct eventfd_ctx *ctx, __u64 n);
#endif

#endif
