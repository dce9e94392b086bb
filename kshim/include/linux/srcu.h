/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/srcu.h, see kshim/kernel/srcu.c. */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

struct srcu_struct {
	long readers[2];		/* by the index they read */
	unsigned int idx;
	struct task_struct *waiter;	/* one grace period at a time */
	struct mutex gp;
};

#define __SRCU_STRUCT_INIT(name)	{ .gp = __MUTEX_INITIALIZER(name.gp) }
#define DEFINE_SRCU(name)		struct srcu_struct name = __SRCU_STRUCT_INIT(name)
#define DEFINE_STATIC_SRCU(name)	static DEFINE_SRCU(name)

int init_srcu_struct(struct srcu_struct *ssp);
void cleanup_srcu_struct(struct srcu_struct *ssp);
int srcu_read_lock(struct srcu_struct *ssp);
void srcu_read_unlock(struct srcu_struct *ssp, int idx);
void synchronize_srcu(struct srcu_struct *ssp);
#define synchronize_srcu_expedited(ssp)	synchronize_srcu(ssp)
#define srcu_dereference(p, ssp)	rcu_dereference_raw(p)
#define srcu_dereference_check(p, ssp, c) rcu_dereference_raw(p)
#define srcu_barrier(ssp)		synchronize_srcu(ssp)

#endif
