// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomic counters, xchg() and cmpxchg(). Mirrors asm/atomic.h and
 * lib/atomic64.c.
 *
 * The kernel guarantees: each operation is indivisible; those that return a
 * value are fully ordered, the others not at all; overflow wraps.
 * Given: all of that, and full order for every one of them. Not given: the
 * reorderings that weaker operations would allow.
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

#define DEFINE_FAMILY(p, T, I, U)					\
I p##_read(const T *v)							\
{									\
	kshim_point(KSHIM_MARKED_READ, v, sizeof(*v));			\
	return READ_ONCE(v->counter);					\
}									\
void p##_set(T *v, I i)							\
{									\
	kshim_point(KSHIM_MARKED_WRITE, v, sizeof(*v));			\
	kshim_note(#p, v, v->counter, i);				\
	WRITE_ONCE(v->counter, i);					\
}									\
I p##_fetch_add(I i, T *v)						\
{									\
	U was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = kshim_rmw_add((U *)&v->counter, (U)i);			\
	kshim_note(#p, v, (I)was, (I)(was + (U)i));			\
	return (I)was;							\
}									\
I p##_fetch_and(I i, T *v)						\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	return kshim_rmw_and(&v->counter, i);				\
}									\
I p##_fetch_or(I i, T *v)						\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	return kshim_rmw_or(&v->counter, i);				\
}									\
I p##_fetch_xor(I i, T *v)						\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	return kshim_rmw_xor(&v->counter, i);				\
}									\
I p##_xchg(T *v, I i)							\
{									\
	I was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = kshim_rmw_xchg(&v->counter, i);				\
	kshim_note(#p, v, was, i);					\
	return was;							\
}									\
I p##_cmpxchg(T *v, I want, I new)					\
{									\
	I got;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	got = kshim_rmw_cmpxchg(&v->counter, want, new);		\
	if (got == want)						\
		kshim_note(#p, v, got, new);				\
	return got;							\
}									\
I p##_fetch_add_unless(T *v, I a, I u)					\
{									\
	I was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = (I)LOOP(v, U, (I)old == u, old + (U)a);			\
	if (was != u)							\
		kshim_note(#p, v, was, (I)((U)was + (U)a));		\
	return was;							\
}									\
I p##_dec_if_positive(T *v)						\
{									\
	I was;								\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	was = (I)LOOP(v, U, (I)(old - 1) < 0, old - 1);			\
	if ((I)((U)was - 1) >= 0)					\
		kshim_note(#p, v, was, was - 1);			\
	return (I)((U)was - 1);						\
}									\
bool p##_inc_unless_negative(T *v)					\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	return (I)LOOP(v, U, (I)old < 0, old + 1) >= 0;			\
}									\
bool p##_dec_unless_positive(T *v)					\
{									\
	kshim_point(KSHIM_ATOMIC, v, sizeof(*v));			\
	return (I)LOOP(v, U, (I)old > 0, old - 1) <= 0;			\
}

DEFINE_FAMILY(atomic, atomic_t, int, unsigned int)
DEFINE_FAMILY(atomic64, atomic64_t, s64, u64)

/**
 * kshim_xchg() - xchg() of any scalar
 * @p:		where
 * @v:		new value
 * @size:	1, 2, 4 or 8 bytes
 *
 * Return: the old value.
 */
unsigned long kshim_xchg(volatile void *p, unsigned long v, unsigned int size)
{
	kshim_point(KSHIM_ATOMIC, (const void *)p, size);
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

/**
 * kshim_cmpxchg() - cmpxchg() of any scalar
 * @p:		where
 * @old:	value that must be there
 * @v:		new value
 * @size:	1, 2, 4 or 8 bytes
 *
 * Return: the value that was there; the exchange is done when it is @old.
 */
unsigned long kshim_cmpxchg(volatile void *p, unsigned long old,
			    unsigned long v, unsigned int size)
{
	kshim_point(KSHIM_ATOMIC, (const void *)p, size);
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
