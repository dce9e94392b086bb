/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Read-modify-write for kshim itself: plain where one task runs at a time,
 * really atomic on the parallel engine. No point.
 */
#ifndef KSHIM_LIB_RMW_H
#define KSHIM_LIB_RMW_H

#include <linux/compiler.h>
#include "engine/engine.h"

#define KSHIM_FETCH(p, expr, builtin, i)				\
({									\
	__typeof__(*(p)) old;						\
	if (likely(!kshim_hot.parallel)) {				\
		old = *(p);						\
		*(p) = (expr);						\
	} else {							\
		old = builtin(p, i, __ATOMIC_SEQ_CST);			\
	}								\
	old;								\
})

#define kshim_rmw_add(p, i)	KSHIM_FETCH(p, old + (i), __atomic_fetch_add, i)
#define kshim_rmw_and(p, i)	KSHIM_FETCH(p, old & (i), __atomic_fetch_and, i)
#define kshim_rmw_or(p, i)	KSHIM_FETCH(p, old | (i), __atomic_fetch_or, i)
#define kshim_rmw_xor(p, i)	KSHIM_FETCH(p, old ^ (i), __atomic_fetch_xor, i)
#define kshim_rmw_xchg(p, i)	KSHIM_FETCH(p, i, __atomic_exchange_n, i)

/* The new value. */
#define kshim_rmw_inc(p)	({ __auto_type up = kshim_rmw_add(p, 1); up + 1; })
#define kshim_rmw_dec(p)	({ __auto_type up = kshim_rmw_add(p, -1); up - 1; })

#define kshim_rmw_store(p, v)						\
do {									\
	if (likely(!kshim_hot.parallel))				\
		*(p) = (v);						\
	else								\
		__atomic_store_n(p, v, __ATOMIC_SEQ_CST);		\
} while (0)

/* Gives what was there; done when that is what was wanted. */
#define kshim_rmw_cmpxchg(p, want, new)					\
({									\
	__auto_type was = (want);						\
	if (likely(!kshim_hot.parallel)) {				\
		was = *(p);						\
		if (was == (want))					\
			*(p) = (new);					\
	} else {							\
		__atomic_compare_exchange_n(p, &was, new, 0,		\
					    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	}								\
	was;								\
})

/* True: *@wantp was there, and now it is @new; else *@wantp is what was there. */
#define kshim_rmw_try_cmpxchg(p, wantp, new)				\
({									\
	bool done;							\
	if (likely(!kshim_hot.parallel)) {				\
		done = *(p) == *(wantp);				\
		if (done)						\
			*(p) = (new);					\
		else							\
			*(wantp) = *(p);				\
	} else {							\
		done = __atomic_compare_exchange_n(p, wantp, new, 0,	\
						   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	}								\
	done;								\
})

#endif
