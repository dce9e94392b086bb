/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/atomic.h and its generated families. The operations that a
 * family is made of are functions in kshim/lib/atomic.c, a point each; what
 * the kernel derives from them is derived here. Every operation is fully
 * ordered; the _relaxed, _acquire and _release forms differ in what data-race
 * detection is told.
 */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

#ifndef ATOMIC_INIT
#define ATOMIC_INIT(i)		{ (i) }
#endif
#ifndef ATOMIC64_INIT
#define ATOMIC64_INIT(i)	{ (i) }
#endif
#define ATOMIC_LONG_INIT(i)	ATOMIC64_INIT(i)

typedef atomic64_t atomic_long_t;

/*
 * p: prefix of the names, T: the type, I: what it counts in, U: unsigned I,
 * s: suffix that says what is ordered
 */
#define KSHIM_ATOMIC_ORDER(p, T, I, U, s)				\
I p##_fetch_add##s(I i, T *v);						\
I p##_fetch_and##s(I i, T *v);						\
I p##_fetch_or##s(I i, T *v);						\
I p##_fetch_xor##s(I i, T *v);						\
I p##_xchg##s(T *v, I i);						\
I p##_cmpxchg##s(T *v, I old, I new);					\
static __always_inline I p##_fetch_sub##s(I i, T *v)			\
{ return p##_fetch_add##s((I)(0 - (U)i), v); }				\
static __always_inline I p##_fetch_andnot##s(I i, T *v)			\
{ return p##_fetch_and##s(~i, v); }					\
static __always_inline I p##_fetch_inc##s(T *v)				\
{ return p##_fetch_add##s(1, v); }					\
static __always_inline I p##_fetch_dec##s(T *v)				\
{ return p##_fetch_add##s(-1, v); }					\
static __always_inline I p##_add_return##s(I i, T *v)			\
{ return (I)((U)p##_fetch_add##s(i, v) + (U)i); }			\
static __always_inline I p##_sub_return##s(I i, T *v)			\
{ return (I)((U)p##_fetch_sub##s(i, v) - (U)i); }			\
static __always_inline I p##_inc_return##s(T *v)			\
{ return p##_add_return##s(1, v); }					\
static __always_inline I p##_dec_return##s(T *v)			\
{ return p##_add_return##s(-1, v); }					\
static __always_inline bool p##_try_cmpxchg##s(T *v, I *old, I new)	\
{									\
	I was = p##_cmpxchg##s(v, *old, new);				\
	bool done = was == *old;					\
									\
	if (!done)							\
		*old = was;						\
	return done;							\
}

#define KSHIM_ATOMIC_FAMILY(p, T, I, U)					\
KSHIM_ATOMIC_ORDER(p, T, I, U, )					\
KSHIM_ATOMIC_ORDER(p, T, I, U, _acquire)				\
KSHIM_ATOMIC_ORDER(p, T, I, U, _release)				\
KSHIM_ATOMIC_ORDER(p, T, I, U, _relaxed)				\
I p##_read(const T *v);							\
I p##_read_acquire(const T *v);						\
void p##_set(T *v, I i);						\
void p##_set_release(T *v, I i);					\
I p##_fetch_add_unless(T *v, I a, I u);					\
I p##_dec_if_positive(T *v);						\
bool p##_inc_unless_negative(T *v);					\
bool p##_dec_unless_positive(T *v);					\
static __always_inline void p##_add(I i, T *v)				\
{ (void)p##_fetch_add_relaxed(i, v); }					\
static __always_inline void p##_sub(I i, T *v)				\
{ (void)p##_fetch_sub_relaxed(i, v); }					\
static __always_inline void p##_inc(T *v)				\
{ (void)p##_fetch_add_relaxed(1, v); }					\
static __always_inline void p##_dec(T *v)				\
{ (void)p##_fetch_add_relaxed(-1, v); }					\
static __always_inline void p##_and(I i, T *v)				\
{ (void)p##_fetch_and_relaxed(i, v); }					\
static __always_inline void p##_or(I i, T *v)				\
{ (void)p##_fetch_or_relaxed(i, v); }					\
static __always_inline void p##_xor(I i, T *v)				\
{ (void)p##_fetch_xor_relaxed(i, v); }					\
static __always_inline void p##_andnot(I i, T *v)			\
{ (void)p##_fetch_andnot_relaxed(i, v); }				\
static __always_inline bool p##_sub_and_test(I i, T *v)			\
{ return p##_sub_return(i, v) == 0; }					\
static __always_inline bool p##_dec_and_test(T *v)			\
{ return p##_dec_return(v) == 0; }					\
static __always_inline bool p##_inc_and_test(T *v)			\
{ return p##_inc_return(v) == 0; }					\
static __always_inline bool p##_add_negative(I i, T *v)			\
{ return p##_add_return(i, v) < 0; }					\
static __always_inline bool p##_add_unless(T *v, I a, I u)		\
{ return p##_fetch_add_unless(v, a, u) != u; }				\
static __always_inline bool p##_inc_not_zero(T *v)			\
{ return p##_add_unless(v, 1, 0); }

KSHIM_ATOMIC_FAMILY(atomic, atomic_t, int, unsigned int)
KSHIM_ATOMIC_FAMILY(atomic64, atomic64_t, s64, u64)

/* long and s64 have the same bits but not the same printf letter. */
#define atomic_long_read(v)		((long)atomic64_read(v))
#define atomic_long_set(v, i)		atomic64_set(v, i)
#define atomic_long_add(i, v)		atomic64_add(i, v)
#define atomic_long_sub(i, v)		atomic64_sub(i, v)
#define atomic_long_inc(v)		atomic64_inc(v)
#define atomic_long_dec(v)		atomic64_dec(v)
#define atomic_long_add_return(i, v)	((long)atomic64_add_return(i, v))
#define atomic_long_sub_return(i, v)	((long)atomic64_sub_return(i, v))
#define atomic_long_inc_return(v)	((long)atomic64_inc_return(v))
#define atomic_long_dec_return(v)	((long)atomic64_dec_return(v))
#define atomic_long_fetch_add(i, v)	((long)atomic64_fetch_add(i, v))
#define atomic_long_fetch_sub(i, v)	((long)atomic64_fetch_sub(i, v))
#define atomic_long_xchg(v, i)		((long)atomic64_xchg(v, i))
#define atomic_long_cmpxchg(v, o, n)	((long)atomic64_cmpxchg(v, o, n))
#define atomic_long_try_cmpxchg(v, o, n) atomic64_try_cmpxchg(v, (s64 *)(o), n)
#define atomic_long_inc_not_zero(v)	atomic64_inc_not_zero(v)
#define atomic_long_add_unless(v, a, u)	atomic64_add_unless(v, a, u)
#define atomic_long_dec_and_test(v)	atomic64_dec_and_test(v)
#define atomic_long_sub_and_test(i, v)	atomic64_sub_and_test(i, v)

#define atomic_cond_read_acquire(v, cond)				\
({									\
	int VAL;							\
	while (VAL = atomic_read_acquire(v), !(cond))				\
		cpu_relax();						\
	VAL;								\
})

#endif
