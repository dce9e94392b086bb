/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors asm/cmpxchg.h: xchg() and cmpxchg() on any scalar of 1, 2, 4 or 8
 * bytes; see kshim/lib/atomic.c.
 */
#ifndef _ASM_CMPXCHG_H
#define _ASM_CMPXCHG_H

#include <linux/types.h>

#define KSHIM_ORDER_RELAXED	0
#define KSHIM_ORDER_ACQUIRE	1
#define KSHIM_ORDER_RELEASE	2
#define KSHIM_ORDER_FULL	3

unsigned long kshim_xchg(volatile void *p, unsigned long v, unsigned int size, int order);
unsigned long kshim_cmpxchg(volatile void *p, unsigned long old, unsigned long v,
			    unsigned int size, int order);

#define kshim_xchg_as(ptr, v, order)					\
	((__typeof__(*(ptr)))kshim_xchg(ptr,				\
		(unsigned long)(__typeof__(*(ptr)))(v), sizeof(*(ptr)), order))
#define kshim_cmpxchg_as(ptr, old, v, order)				\
	((__typeof__(*(ptr)))kshim_cmpxchg(ptr,				\
		(unsigned long)(__typeof__(*(ptr)))(old),		\
		(unsigned long)(__typeof__(*(ptr)))(v), sizeof(*(ptr)), order))
#define kshim_try_cmpxchg_as(ptr, oldp, v, order)			\
({									\
	__typeof__(*(ptr)) ___want = *(oldp);				\
	__typeof__(*(ptr)) ___was = kshim_cmpxchg_as(ptr, ___want, v, order); \
	if (___was != ___want)						\
		*(oldp) = ___was;					\
	___was == ___want;						\
})

#define xchg(ptr, v)			kshim_xchg_as(ptr, v, KSHIM_ORDER_FULL)
#define xchg_relaxed(ptr, v)		kshim_xchg_as(ptr, v, KSHIM_ORDER_RELAXED)
#define xchg_acquire(ptr, v)		kshim_xchg_as(ptr, v, KSHIM_ORDER_ACQUIRE)
#define xchg_release(ptr, v)		kshim_xchg_as(ptr, v, KSHIM_ORDER_RELEASE)
#define cmpxchg(ptr, old, v)		kshim_cmpxchg_as(ptr, old, v, KSHIM_ORDER_FULL)
#define cmpxchg_relaxed(ptr, old, v)	kshim_cmpxchg_as(ptr, old, v, KSHIM_ORDER_RELAXED)
#define cmpxchg_acquire(ptr, old, v)	kshim_cmpxchg_as(ptr, old, v, KSHIM_ORDER_ACQUIRE)
#define cmpxchg_release(ptr, old, v)	kshim_cmpxchg_as(ptr, old, v, KSHIM_ORDER_RELEASE)
#define cmpxchg64(ptr, old, v)		cmpxchg(ptr, old, v)
#define cmpxchg_local(ptr, old, v)	cmpxchg_relaxed(ptr, old, v)
#define try_cmpxchg(ptr, oldp, v)	kshim_try_cmpxchg_as(ptr, oldp, v, KSHIM_ORDER_FULL)
#define try_cmpxchg_relaxed(ptr, oldp, v) \
	kshim_try_cmpxchg_as(ptr, oldp, v, KSHIM_ORDER_RELAXED)
#define try_cmpxchg_acquire(ptr, oldp, v) \
	kshim_try_cmpxchg_as(ptr, oldp, v, KSHIM_ORDER_ACQUIRE)
#define try_cmpxchg_release(ptr, oldp, v) \
	kshim_try_cmpxchg_as(ptr, oldp, v, KSHIM_ORDER_RELEASE)

#endif
