/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H

/*
 * One task runs at a time on the explore engine: order is program order
 * there. On the parallel engine these are real fences.
 */
#define smp_mb()	__sync_synchronize()
#define smp_rmb()	__sync_synchronize()
#define smp_wmb()	__sync_synchronize()
#define mb()		__sync_synchronize()
#define rmb()		__sync_synchronize()
#define wmb()		__sync_synchronize()

#define smp_mb__before_atomic()	smp_mb()
#define smp_mb__after_atomic()	smp_mb()

#define smp_store_release(p, v)	do { smp_mb(); WRITE_ONCE(*(p), v); } while (0)
#define smp_load_acquire(p)					\
({								\
	__typeof__(*(p)) ___v = READ_ONCE(*(p));		\
	smp_mb();						\
	___v;							\
})
#define smp_store_mb(var, value) do { WRITE_ONCE(var, value); smp_mb(); } while (0)

#endif
