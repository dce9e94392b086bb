/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H

/*
 * One task runs at a time on the explore engine: order is program order
 * there, for the compiler. On the parallel engine these are real fences.
 */
void kshim_fence(void);

/* In the shim itself a call would be felt. */
#ifdef KSHIM_CORE
#include "engine/engine.h"
static inline __attribute__((always_inline)) void kshim_fence_inline(void)
{
	if (__builtin_expect(kshim_hot.parallel, 0))
		__sync_synchronize();
	else
		__asm__ volatile("" : : : "memory");
}
#define kshim_fence()	kshim_fence_inline()
#endif

#define smp_mb()	kshim_fence()
#define smp_rmb()	kshim_fence()
#define smp_wmb()	kshim_fence()
#define mb()		kshim_fence()
#define rmb()		kshim_fence()
#define wmb()		kshim_fence()

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
