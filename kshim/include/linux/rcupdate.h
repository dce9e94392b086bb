/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/rcupdate.h, see kshim/kernel/rcu.c. */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/types.h>
#include <asm/barrier.h>

void rcu_read_lock(void);
void rcu_read_unlock(void);
void synchronize_rcu(void);
void call_rcu(struct rcu_head *head, rcu_callback_t func);
void rcu_barrier(void);
void kshim_kfree_rcu(struct rcu_head *head, void *p);
void kshim_kfree_rcu_mightsleep(const void *p);
int rcu_read_lock_held(void);

/*
 * Library code that is built into no module frees its nodes this way all the
 * time: where no reader exists they are freed at once, which saves a task and
 * its schedules. A module's callbacks always run on their own task.
 */
void kshim_call_rcu_lib(struct rcu_head *head, rcu_callback_t func);
#if !defined(KSHIM_MODULE) && !defined(KSHIM_CORE)
#define call_rcu(head, func)	kshim_call_rcu_lib(head, func)
#endif

#define call_rcu_hurry(head, func)	call_rcu(head, func)
#define synchronize_rcu_expedited()	synchronize_rcu()
#define synchronize_net()		synchronize_rcu()
#define rcu_read_lock_sched()		rcu_read_lock()
#define rcu_read_unlock_sched()		rcu_read_unlock()
#define rcu_read_lock_bh()		rcu_read_lock()
#define rcu_read_unlock_bh()		rcu_read_unlock()
#define rcu_read_lock_any_held()	rcu_read_lock_held()
#define rcu_read_lock_sched_held()	rcu_read_lock_held()
#define rcu_is_watching()		true

#define KSHIM_KFREE_RCU_2(p, field)					\
do {									\
	__typeof__(p) __kf = (p);					\
	if (__kf)							\
		kshim_kfree_rcu(&__kf->field, __kf);			\
} while (0)
#define KSHIM_KFREE_RCU_1(p)	kshim_kfree_rcu_mightsleep(p)
#define KSHIM_KFREE_RCU_N(a, b, fn, ...)	fn
#define kfree_rcu(...)							\
	KSHIM_KFREE_RCU_N(__VA_ARGS__, KSHIM_KFREE_RCU_2, KSHIM_KFREE_RCU_1)(__VA_ARGS__)
#define kvfree_rcu(...)			kfree_rcu(__VA_ARGS__)
#define kfree_rcu_mightsleep(p)		kshim_kfree_rcu_mightsleep(p)

#define RCU_INITIALIZER(v)		(__typeof__(*(v)) __force __rcu *)(v)
#define RCU_INIT_POINTER(p, v)		WRITE_ONCE(p, RCU_INITIALIZER(v))
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), RCU_INITIALIZER(v))
#define rcu_replace_pointer(p, v, c)					\
({									\
	__typeof__(p) __old = (p);					\
	rcu_assign_pointer((p), (v));					\
	__old;								\
})
#define rcu_access_pointer(p)		READ_ONCE(p)
/* What the pointer leads to was written before it was assigned. */
#define rcu_dereference_raw(p)						\
({									\
	__typeof__(p) *___pp = &(p);					\
	__typeof__(p) ___v = READ_ONCE(*___pp);				\
	kshim_smp_acquired(___pp);					\
	___v;								\
})
#define rcu_dereference_check(p, c)	rcu_dereference_raw(p)
#define rcu_dereference(p)		rcu_dereference_raw(p)
#define rcu_dereference_sched(p)	rcu_dereference_raw(p)
#define rcu_dereference_bh(p)		rcu_dereference_raw(p)
#define rcu_dereference_protected(p, c)	((__typeof__(*(p)) __force *)(p))
#define rcu_dereference_raw_check(p)	rcu_dereference_raw(p)
#define rcu_pointer_handoff(p)		(p)
#define RCU_LOCKDEP_WARN(c, s)		do { } while (0)
#define rcu_sleep_check()		do { } while (0)
#define rcu_head_init(rhp)		do { } while (0)
#define init_rcu_head(rhp)		do { } while (0)
#define destroy_rcu_head(rhp)		do { } while (0)

#endif
