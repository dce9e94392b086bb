// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomic counters, xchg() and cmpxchg(). Mirrors asm/atomic.h and
 * lib/atomic64.c.
 *
 * The kernel guarantees: each operation is indivisible; those that return a
 * value are fully ordered, the others not at all; overflow wraps.
 * Given: all of that, and full order for every one of them; data-race detection
 * is told what the kernel promises and no more. Not given: the reorderings that
 * weaker operations would allow, and order by fences without an operation.
 */
#include <linux/atomic.h>
#include "lib/rmw.h"

/* The value that an operation leaves is computed by @expr from "old". */
#define LOOP(v, U, stop, expr)						\
({									\
	U old, got = (U)READ_ONCE((v)->counter);			\
	do {								\
		old = got;						\
		if (stop)						\
			break;						\
		got = kshim_rmw_cmpxchg((U *)&(v)->counter, old, (U)(expr)); \
	} while (got != old);						\
	old;								\
})

/* What data-race detection is told; the operations themselves have full order. */
enum {
	RELAXED = KSHIM_ORDER_RELAXED, ACQUIRE = KSHIM_ORDER_ACQUIRE,
	RELEASE = KSHIM_ORDER_RELEASE, FULL = KSHIM_ORDER_FULL
};

static __always_inline void ordered(const volatile void *v, int order)
{
	if (order & ACQUIRE)
		kshim_hb_acquire((const void *)v);
	if (order & RELEASE)
		kshim_hb_release((const void *)v);
}

/* s: suffix of the names, order: what it promises */
#define DEFINE_ORDER(p, T, I, U, s, order)				\
I p##_fetch_add##s(I i, T *v)						\
{									\
	U was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = kshim_rmw_add((U *)&v->counter, (U)i);			\
	ordered(v, order);						\
	kshim_note(#p, v, (I)was, (I)(was + (U)i));			\
	return (I)was;							\
}									\
I p##_fetch_and##s(I i, T *v)						\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	ordered(v, order);						\
	return kshim_rmw_and(&v->counter, i);				\
}									\
I p##_fetch_or##s(I i, T *v)						\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	ordered(v, order);						\
	return kshim_rmw_or(&v->counter, i);				\
}									\
I p##_fetch_xor##s(I i, T *v)						\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	ordered(v, order);						\
	return kshim_rmw_xor(&v->counter, i);				\
}									\
I p##_xchg##s(T *v, I i)						\
{									\
	I was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = kshim_rmw_xchg(&v->counter, i);				\
	ordered(v, order);						\
	kshim_note(#p, v, was, i);					\
	return was;							\
}									\
I p##_cmpxchg##s(T *v, I want, I new)					\
{									\
	I got;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	got = kshim_rmw_cmpxchg(&v->counter, want, new);		\
	if (got == want) {						\
		ordered(v, order);					\
		kshim_note(#p, v, got, new);				\
	}								\
	return got;							\
}

#define DEFINE_FAMILY(p, T, I, U)					\
I p##_read(const T *v)							\
{									\
	kshim_point(KSHIM_MARKED_READ, v, sizeof(*v));			\
	return READ_ONCE(v->counter);					\
}									\
I p##_read_acquire(const T *v)						\
{									\
	kshim_point(KSHIM_MARKED_READ, v, sizeof(*v));			\
	ordered(v, ACQUIRE);						\
	return READ_ONCE(v->counter);					\
}									\
void p##_set(T *v, I i)							\
{									\
	kshim_point(KSHIM_MARKED_WRITE, v, sizeof(*v));			\
	kshim_hb_store(v, 0);						\
	kshim_note(#p, v, v->counter, i);				\
	WRITE_ONCE(v->counter, i);					\
}									\
void p##_set_release(T *v, I i)						\
{									\
	kshim_point(KSHIM_MARKED_WRITE, v, sizeof(*v));			\
	kshim_hb_store(v, 1);						\
	kshim_note(#p, v, v->counter, i);				\
	WRITE_ONCE(v->counter, i);					\
}									\
DEFINE_ORDER(p, T, I, U, , FULL)					\
DEFINE_ORDER(p, T, I, U, _acquire, ACQUIRE)				\
DEFINE_ORDER(p, T, I, U, _release, RELEASE)				\
DEFINE_ORDER(p, T, I, U, _relaxed, RELAXED)				\
I p##_fetch_add_unless(T *v, I a, I u)					\
{									\
	I was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = (I)LOOP(v, U, (I)old == u, old + (U)a);			\
	if (was != u) {							\
		ordered(v, FULL);					\
		kshim_note(#p, v, was, (I)((U)was + (U)a));		\
	}								\
	return was;							\
}									\
I p##_dec_if_positive(T *v)						\
{									\
	I was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = (I)LOOP(v, U, (I)(old - 1) < 0, old - 1);			\
	if ((I)((U)was - 1) >= 0) {					\
		ordered(v, FULL);					\
		kshim_note(#p, v, was, was - 1);			\
	}								\
	return (I)((U)was - 1);						\
}									\
bool p##_inc_unless_negative(T *v)					\
{									\
	bool done;							\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	done = (I)LOOP(v, U, (I)old < 0, old + 1) >= 0;			\
	ordered(v, done ? FULL : RELAXED);				\
	return done;							\
}									\
bool p##_dec_unless_positive(T *v)					\
{									\
	bool done;							\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	done = (I)LOOP(v, U, (I)old > 0, old - 1) <= 0;			\
	ordered(v, done ? FULL : RELAXED);				\
	return done;							\
}

DEFINE_FAMILY(atomic, atomic_t, int, unsigned int)
DEFINE_FAMILY(atomic64, atomic64_t, s64, u64)

/**
 * kshim_xchg() - xchg() of any scalar
 * @p:		where
 * @v:		new value
 * @size:	1, 2, 4 or 8 bytes
 * @order:	KSHIM_ORDER_*
 *
 * Return: the old value.
 */
unsigned long kshim_xchg(volatile void *p, unsigned long v, unsigned int size, int order)
{
	kshim_point(KSHIM_ATOMIC, (const void *)p, size);
	ordered(p, order);
	switch (size) {
	case 1:
		return kshim_rmw_xchg((volatile u8 *)p, (u8)v);
	case 2:
		return kshim_rmw_xchg((volatile u16 *)p, (u16)v);
	case 4:
		return kshim_rmw_xchg((volatile u32 *)p, (u32)v);
	default:
		return kshim_rmw_xchg((volatile u64 *)p, (u64)v);
	}
}

static __always_inline unsigned long do_cmpxchg(volatile void *p, unsigned long old,
						unsigned long v, unsigned int size)
{
	switch (size) {
	case 1:
		return kshim_rmw_cmpxchg((volatile u8 *)p, (u8)old, (u8)v);
	case 2:
		return kshim_rmw_cmpxchg((volatile u16 *)p, (u16)old, (u16)v);
	case 4:
		return kshim_rmw_cmpxchg((volatile u32 *)p, (u32)old, (u32)v);
	default:
		return kshim_rmw_cmpxchg((volatile u64 *)p, (u64)old, (u64)v);
	}
}

/**
 * kshim_cmpxchg() - cmpxchg() of any scalar
 * @p:		where
 * @old:	value that must be there
 * @v:		new value
 * @size:	1, 2, 4 or 8 bytes
 * @order:	KSHIM_ORDER_*, when the exchange is done
 *
 * Return: the value that was there; the exchange is done when it is @old.
 */
unsigned long kshim_cmpxchg(volatile void *p, unsigned long old, unsigned long v,
			    unsigned int size, int order)
{
	unsigned long was, mask = size < 8 ? (1UL << 8 * size) - 1 : ~0UL;

	kshim_point(KSHIM_ATOMIC, (const void *)p, size);
	was = do_cmpxchg(p, old, v, size);
	if (!((was ^ old) & mask))
		ordered(p, order);
	return was;
}

/* Behind smp_load_acquire(), smp_store_release() and their like. */
void kshim_smp_acquired(const volatile void *p)
{
	kshim_hb_acquire((const void *)p);
}

void kshim_smp_released(const volatile void *p)
{
	kshim_hb_store((const void *)p, 1);
}

void (kshim_fence)(void)
{
	kshim_fence_inline();
}
