// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel threads.
 *
 * The kernel: a thread is created asleep and runs after its first wake-up;
 * kthread_stop() sets a flag, wakes the thread and waits until it has ended;
 * a thread that was stopped before it ever ran never calls its function and
 * gives -EINTR; a thread that ends by itself must not be stopped later unless
 * somebody kept a reference.
 *
 * Here: the same; stopping a thread that has ended is harmless, because its
 * structure stays for the whole run. Not here: affinity, per-CPU threads,
 * kthread workers.
 */
#include <linux/build_bug.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/stdarg.h>

#include "lib/rmw.h"
#include "sched/sched.h"

enum { SHOULD_STOP = 1, SHOULD_PARK = 2, PARKED = 4 };

/* Behind the task_struct, in the private area of the engine's task. */
struct kthread {
	unsigned int flags;
	int result;
	int (*fn)(void *data);
	void *data;
	void *exit_jmp[5];
	struct completion exited;
	struct completion parked;
};

static_assert(sizeof(struct task_struct) + sizeof(struct kthread) <= KSHIM_PRIV_SIZE);

static bool test_flag(const struct kthread *k, unsigned int flag)
{
	return __atomic_load_n(&k->flags, __ATOMIC_SEQ_CST) & flag;
}

static void kthread_main(void *unused)
{
	struct task_struct *me = kshim_task_begin();
	struct kthread *k = me->kthread;

	k->result = -EINTR;
	if (!__builtin_setjmp(k->exit_jmp) && !test_flag(k, SHOULD_STOP))
		k->result = k->fn(k->data);
	me = kshim_current();
	kshim_exit_task(me, me->kthread->result);
}

/* From kshim_exit_task(). */
void kshim_kthread_exit(struct task_struct *me)
{
	me->exited = 1;
	complete_all(&me->kthread->exited);
}

/**
 * do_exit() - end the calling kernel thread
 * @code:	result for kthread_stop()
 *
 * Context: a kernel thread; user threads end by returning to user space.
 */
void do_exit(long code)
{
	struct kthread *k = kshim_current()->kthread;

	BUG_ON(!k);
	k->result = code;
	__builtin_longjmp(k->exit_jmp, 1);
}

struct task_struct *kshim_kthread_create(int (*fn)(void *data), void *data,
					 unsigned int kflags, const char *comm)
{
	struct task_struct *t = kshim_task_new(comm, kflags, PF_KTHREAD, kthread_main);
	struct kthread *k;

	if (!t)
		return ERR_PTR(-EAGAIN);
	k = (struct kthread *)(t + 1);
	k->fn = fn;
	k->data = data;
	init_completion(&k->exited);
	init_completion(&k->parked);
	t->kthread = k;
	return t;
}

/**
 * kthread_create_on_node() - make a kernel thread, asleep
 * @threadfn:	its function
 * @data:	handed to @threadfn
 * @node:	not used
 * @namefmt:	printf format of its name
 *
 * Context: process, may sleep. Return: the task or an error pointer.
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data,
					   int node, const char namefmt[], ...)
{
	char comm[TASK_COMM_LEN];
	va_list args;

	va_start(args, namefmt);
	vsnprintf(comm, sizeof(comm), namefmt, args);
	va_end(args);
	return kshim_kthread_create(threadfn, data, 0, comm);
}

/**
 * kthread_stop() - stop a thread and wait for its end
 * @t:		task
 *
 * Context: process, may sleep. Return: what its function returned, -EINTR
 * when it never ran.
 */
int kthread_stop(struct task_struct *t)
{
	struct kthread *k = t->kthread;

	kshim_touch(KSHIM_ATOMIC, k, 1);
	kshim_rmw_or(&k->flags, SHOULD_STOP);
	kthread_unpark(t);
	wake_up_process(t);
	wait_for_completion(&k->exited);
	return k->result;
}

int kthread_stop_put(struct task_struct *t)
{
	int ret = kthread_stop(t);

	put_task_struct(t);
	return ret;
}

/**
 * kthread_should_stop() - was the caller asked to stop?
 *
 * Context: a kernel thread.
 */
bool kthread_should_stop(void)
{
	struct kthread *k = kshim_current()->kthread;

	kshim_point(KSHIM_MARKED_READ, k, 0);
	return test_flag(k, SHOULD_STOP);
}

bool kthread_should_park(void)
{
	struct kthread *k = kshim_current()->kthread;

	kshim_point(KSHIM_MARKED_READ, k, 0);
	return test_flag(k, SHOULD_PARK);
}

/* Stay here while somebody wants the caller parked. */
void kthread_parkme(void)
{
	struct kthread *k = kshim_current()->kthread;

	for (;;) {
		kshim_set_current_state(TASK_IDLE);
		if (!test_flag(k, SHOULD_PARK))
			break;
		kshim_rmw_or(&k->flags, PARKED);
		complete_all(&k->parked);
		schedule();
	}
	kshim_rmw_and(&k->flags, ~PARKED);
	kshim_set_current_state(TASK_RUNNING);
}

/**
 * kthread_park() - let a thread wait in kthread_parkme()
 * @t:		task
 *
 * Context: process, may sleep until it does. Return: 0; -ENOSYS when it has
 * ended, -EBUSY when it is parked already.
 */
int kthread_park(struct task_struct *t)
{
	struct kthread *k = t->kthread;

	if (READ_ONCE(t->exited))
		return -ENOSYS;
	if (test_flag(k, SHOULD_PARK))
		return -EBUSY;
	reinit_completion(&k->parked);
	kshim_rmw_or(&k->flags, SHOULD_PARK);
	if (t != kshim_current()) {
		wake_up_process(t);
		wait_for_completion(&k->parked);
	}
	return 0;
}

void kthread_unpark(struct task_struct *t)
{
	struct kthread *k = t->kthread;

	if (!test_flag(k, SHOULD_PARK))
		return;
	kshim_rmw_and(&k->flags, ~SHOULD_PARK);
	wake_up_state(t, TASK_UNINTERRUPTIBLE);
}

void *kthread_data(struct task_struct *t)
{
	return t->kthread->data;
}
