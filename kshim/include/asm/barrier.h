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

/* For data-race detection, in lib/atomic.c: no point lies before them. */
void kshim_smp_acquired(const volatile void *p);
void kshim_smp_released(const volatile void *p);

#define smp_store_release(p, v)						\
do {									\
	__typeof__(p) ___p = (p);					\
	smp_mb();							\
	WRITE_ONCE(*___p, v);						\
	kshim_smp_released(___p);					\
} while (0)
#define smp_load_acquire(p)					\
({								\
	__typeof__(p) ___p = (p);				\
	__typeof__(*___p) ___v = READ_ONCE(*___p);		\
	smp_mb();						\
	kshim_smp_acquired(___p);				\
	___v;							\
})
#define smp_store_mb(var, value) do { WRITE_ONCE(var, value); smp_mb(); } while (0)

#endif
