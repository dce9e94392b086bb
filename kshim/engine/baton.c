// SPDX-License-Identifier: GPL-2.0-only
/*
 * Baton: one pthread per task, and only the holder of the baton runs. Slow,
 * but every task is a thread that gdb and the libraries understand; the same
 * seed must give the same trace as on fibers.
 *
 * Threads are kept between runs. A task that is abandoned jumps out of the
 * guest back to its thread's loop; nothing is unwound.
 */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "task.h"

struct runner {
	pthread_t thread;
	int go;			/* futex: 1 when this thread holds the baton */
	int dropped;		/* leave the task when woken */
	int busy;		/* inside a task */
	struct etask *task;
	sigjmp_buf loop;
};

static struct runner controller;
static __thread struct runner *self;	/* host state, never the guest's */

static void baton_give(struct runner *r)
{
	__atomic_store_n(&r->go, 1, __ATOMIC_RELEASE);
	syscall(SYS_futex, &r->go, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void baton_take(struct runner *r)
{
	while (!__atomic_load_n(&r->go, __ATOMIC_ACQUIRE))
		syscall(SYS_futex, &r->go, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	__atomic_store_n(&r->go, 0, __ATOMIC_RELAXED);
}

static void *baton_thread(void *arg)
{
	struct runner *r = arg;

	self = r;
	kshim_altstack_here();
	if (sigsetjmp(r->loop, 1)) {
		r->busy = 0;
		r->dropped = 0;
		baton_give(&controller);
	}
	for (;;) {
		baton_take(r);
		if (r->dropped)
			siglongjmp(r->loop, 1);
		r->busy = 1;
		kshim_task_entry(r->task);
	}
	return NULL;
}

static void baton_start(struct etask *t)
{
	struct runner *r = t->backend;
	pthread_attr_t attr;

	t->sp = NULL;
	if (r) {
		r->task = t;
		return;
	}
	r = calloc(1, sizeof(*r));
	if (!r)
		abort();
	r->task = t;
	t->backend = r;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 256 * 1024);
	if (pthread_create(&r->thread, &attr, baton_thread, r))
		abort();
	pthread_attr_destroy(&attr);
}

static void baton_swap(struct etask *from, struct etask *to)
{
	struct runner *me = from ? from->backend : &controller;

	if (from)
		from->sp = __builtin_frame_address(0);
	baton_give(to ? to->backend : &controller);
	baton_take(me);
	if (me->dropped)
		siglongjmp(me->loop, 1);
}

/* Called by the controller while every task waits for the baton. */
static void baton_drop(struct etask *t)
{
	struct runner *r = t->backend;

	if (!r || !r->busy)
		return;
	r->dropped = 1;
	baton_give(r);
	baton_take(&controller);
}

const struct ctx_ops kshim_ctx_baton = {
	.name = "baton",
	.start = baton_start,
	.swap = baton_swap,
	.drop = baton_drop,
};
