// SPDX-License-Identifier: GPL-2.0-only
/* eventfd and poll(2). */
#include <linux/delay.h>
#include <linux/eventfd.h>
#include <linux/file.h>
#include <linux/jiffies.h>
#include <linux/poll.h>
#include <linux/signal.h>
#include "fs_helper.h"

static struct completion started;
static u64 got;
static long result;

#if KSHIM_KVER >= 0x060800
#define SIGNAL(ctx)	eventfd_signal(ctx)
#else
#define SIGNAL(ctx)	KEXPECT_EQ(eventfd_signal(ctx, 1), 1)
#endif

KTEST(eventfd_counter)
{
	u64 v;

	KEXPECT_EQ(kshim_sys_eventfd(5, EFD_NONBLOCK), 3);
	KEXPECT_EQ(kshim_sys_read(3, &v, 8), 8);
	KEXPECT_EQ(v, 5);
	KEXPECT_EQ(kshim_sys_read(3, &v, 8), -EAGAIN);
	KEXPECT_EQ(kshim_sys_read(3, &v, 7), -EINVAL);
	v = 3;
	KEXPECT_EQ(kshim_sys_write(3, &v, 8), 8);
	KEXPECT_EQ(kshim_sys_write(3, &v, 8), 8);
	KEXPECT_EQ(kshim_sys_read(3, &v, 8), 8);
	KEXPECT_EQ(v, 6);
	v = ~0ULL;
	KEXPECT_EQ(kshim_sys_write(3, &v, 8), -EINVAL);
	v = ~0ULL - 1;
	KEXPECT_EQ(kshim_sys_write(3, &v, 8), 8);
	v = 1;
	KEXPECT_EQ(kshim_sys_write(3, &v, 8), -EAGAIN);
	KEXPECT_EQ(kshim_sys_pread(3, &v, 8, 0), -ESPIPE);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_sys_eventfd(0, 0x40), -EINVAL);
}

KTEST(eventfd_semaphore)
{
	u64 v;

	KEXPECT_EQ(kshim_sys_eventfd(2, EFD_NONBLOCK | EFD_SEMAPHORE), 3);
	KEXPECT_EQ(kshim_sys_read(3, &v, 8), 8);
	KEXPECT_EQ(v, 1);
	KEXPECT_EQ(kshim_sys_read(3, &v, 8), 8);
	KEXPECT_EQ(kshim_sys_read(3, &v, 8), -EAGAIN);
	KEXPECT_EQ(kshim_sys_close(3), 0);
}

/* The context outlives the file. */
KTEST(eventfd_context)
{
	struct eventfd_ctx *ctx;

	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	ctx = eventfd_ctx_fdget(3);
	KEXPECT(!IS_ERR(ctx));
	KEXPECT_EQ(PTR_ERR(eventfd_ctx_fdget(4)), -EBADF);
	SIGNAL(ctx);
	KEXPECT_EQ(kshim_sys_poll(3, EPOLLIN | EPOLLOUT, 0), EPOLLIN | EPOLLOUT);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	SIGNAL(ctx);
	eventfd_ctx_put(ctx);
}

static void read_one(void *unused)
{
	result = kshim_sys_read(3, &got, 8);
}

static void wait_and_signal(void *p)
{
	struct eventfd_ctx *ctx;
	struct ktest_thread t;

	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	ctx = eventfd_ctx_fdget(3);
	ktest_thread_run(&t, p, read_one, NULL);
	msleep(20);
	SIGNAL(ctx);
	ktest_thread_join(&t);
	KEXPECT_EQ(result, 8);
	KEXPECT_EQ(got, 1);
	eventfd_ctx_put(ctx);
}

KTEST(eventfd_read_waits)
{
	struct kshim_process *p = kshim_process_new("waits");
	struct ktest_thread t;

	ktest_thread_run(&t, p, wait_and_signal, p);
	ktest_thread_join(&t);
}

static int reader_pid;

static void read_pid(void *unused)
{
	reader_pid = kshim_current_pid();
	complete(&started);
	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	result = kshim_sys_read(3, &got, 8);
	KEXPECT_EQ(kshim_sys_poll(3, EPOLLIN, 40), 0);
}

KTEST(eventfd_read_interrupted)
{
	struct kshim_process *p = kshim_process_new("intr");
	struct ktest_thread t;

	init_completion(&started);
	ktest_thread_run(&t, p, read_pid, NULL);
	wait_for_completion(&started);
	msleep(20);
	KEXPECT_EQ(kshim_sys_kill(reader_pid, SIGUSR1), 0);
	ktest_thread_join(&t);
	KEXPECT_EQ(result, -EINTR);
}

static void poll_one(void *unused)
{
	result = kshim_sys_poll(3, EPOLLIN, -1);
}

static void poll_and_write(void *p)
{
	struct ktest_thread t;
	u64 one = 1;

	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	ktest_thread_run(&t, p, poll_one, NULL);
	msleep(20);
	KEXPECT_EQ(kshim_sys_write(3, &one, 8), 8);
	ktest_thread_join(&t);
	KEXPECT_EQ(result, EPOLLIN);
}

KTEST(poll_waits)
{
	struct kshim_process *p = kshim_process_new("polls");
	struct ktest_thread t;

	ktest_thread_run(&t, p, poll_and_write, p);
	ktest_thread_join(&t);
}

KTEST(poll_timeout)
{
	unsigned long before;

	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	KEXPECT_EQ(kshim_sys_poll(3, EPOLLIN, 0), 0);
	before = jiffies;
	KEXPECT_EQ(kshim_sys_poll(3, EPOLLIN, 100), 0);
	KEXPECT(jiffies - before >= msecs_to_jiffies(100));
	KEXPECT_EQ(kshim_sys_close(3), 0);
}

static u64 seen_key;

static int see_key(struct wait_queue_entry *w, unsigned int mode, int sync, void *key)
{
	seen_key |= key_to_poll(key);
	return 0;
}

struct watch {
	poll_table pt;
	struct wait_queue_entry wait;
	struct wait_queue_head *head;
};

static void watch_queue(struct file *file, struct wait_queue_head *head, poll_table *pt)
{
	struct watch *w = container_of(pt, struct watch, pt);

	w->head = head;
	add_wait_queue(head, &w->wait);
}

/* A wake-up function of a driver sees EPOLLIN, and EPOLLHUP on release. */
KTEST(eventfd_wake_keys)
{
	struct eventfd_ctx *ctx;
	struct watch w;
	struct file *f;
	u64 cnt;

	seen_key = 0;
	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	ctx = eventfd_ctx_fdget(3);
	init_waitqueue_func_entry(&w.wait, see_key);
	init_poll_funcptr(&w.pt, watch_queue);
	f = fget(3);
	KEXPECT_EQ(vfs_poll(f, &w.pt), EPOLLOUT);
	fput(f);
	SIGNAL(ctx);
	KEXPECT_EQ(seen_key, EPOLLIN);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(seen_key, EPOLLIN | EPOLLHUP);
	KEXPECT_EQ(eventfd_ctx_remove_wait_queue(ctx, &w.wait, &cnt), 0);
	KEXPECT_EQ(cnt, 1);
	eventfd_ctx_put(ctx);
}
