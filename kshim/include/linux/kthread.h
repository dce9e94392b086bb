/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/kthread.h, see kshim/kernel/kthread.c. */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/sched.h>

struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data,
					   int node, const char namefmt[], ...)
	__attribute__((format(printf, 4, 5)));
#define kthread_create(threadfn, data, namefmt, arg...)			\
	kthread_create_on_node(threadfn, data, -1, namefmt, ##arg)
#define kthread_run(threadfn, data, namefmt, arg...)			\
({									\
	struct task_struct *__k =					\
		kthread_create(threadfn, data, namefmt, ##arg);		\
	if (!IS_ERR(__k))						\
		wake_up_process(__k);					\
	__k;								\
})

int kthread_stop(struct task_struct *k);
int kthread_stop_put(struct task_struct *k);
bool kthread_should_stop(void);
int kthread_park(struct task_struct *k);
void kthread_unpark(struct task_struct *k);
bool kthread_should_park(void);
void kthread_parkme(void);
void *kthread_data(struct task_struct *k);

#endif
