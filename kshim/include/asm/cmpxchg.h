/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors asm/cmpxchg.h: xchg() and cmpxchg() on any scalar of 1, 2, 4 or 8
 * bytes; see kshim/lib/atomic.c.
 */
#ifndef _ASM_CMPXCHG_H
#define _ASM_CMPXCHG_H

#include <linux/types.h>

unsigned long kshim_xchg(volatile void *p, unsigned long v, unsigned int size);
unsigned long kshim_cmpxchg(volatile void *p, unsigned long old,
			    unsigned long v, unsigned int size);

#define xchg(ptr, v)							\
	((__typeof__(*(ptr)))kshim_xchg(ptr,				\
		(unsigned long)(__typeof__(*(ptr)))(v), sizeof(*(ptr))))
#define cmpxchg(ptr, old, v)						\
	((__typeof__(*(ptr)))kshim_cmpxchg(ptr,				\
		(unsigned long)(__typeof__(*(ptr)))(old),		\
		(unsigned long)(__typeof__(*(ptr)))(v), sizeof(*(ptr))))
#define try_cmpxchg(ptr, oldp, v)					\
({									\
	__typeof__(*(ptr)) ___want = *(oldp);				\
	__typeof__(*(ptr)) ___was = cmpxchg(ptr, ___want, v);		\
	if (___was != ___want)						\
		*(oldp) = ___was;					\
	___was == ___want;						\
})

#define xchg_relaxed		xchg
#define xchg_acquire		xchg
#define xchg_release		xchg
#define cmpxchg_relaxed		cmpxchg
#define cmpxchg_acquire		cmpxchg
#define cmpxchg_release		cmpxchg
#define cmpxchg64		cmpxchg
#define cmpxchg_local		cmpxchg
#define try_cmpxchg_relaxed	try_cmpxchg
#define try_cmpxchg_acquire	try_cmpxchg
#define try_cmpxchg_release	try_cmpxchg

#endif
