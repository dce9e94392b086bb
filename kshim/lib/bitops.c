// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomic bit operations. Mirrors asm-generic/bitops/atomic.h and lock.h.
 *
 * The kernel guarantees: the word changes in one step; those that return the
 * old bit are ordered, the others are not. Given: that; data-race detection is
 * told no more than this.
 */
#include <linux/bitops.h>
#include "lib/rmw.h"

#define WORD(nr, addr)	((unsigned long *)(addr) + BIT_WORD(nr))

#define BIT_OP(name, op, mask)						\
void name(long nr, volatile unsigned long *addr)			\
{									\
	unsigned long *p = WORD(nr, addr);				\
									\
	kshim_point(KSHIM_ATOMIC, p, sizeof(*p));			\
	(void)op(p, mask);						\
}									\
bool test_and_##name(long nr, volatile unsigned long *addr)		\
{									\
	unsigned long *p = WORD(nr, addr);				\
									\
	kshim_point(KSHIM_ATOMIC, p, sizeof(*p));			\
	kshim_hb_both(p);						\
	return (op(p, mask) & BIT_MASK(nr)) != 0;			\
}

BIT_OP(set_bit, kshim_rmw_or, BIT_MASK(nr))
BIT_OP(clear_bit, kshim_rmw_and, ~BIT_MASK(nr))
BIT_OP(change_bit, kshim_rmw_xor, BIT_MASK(nr))

void clear_bit_unlock(long nr, volatile unsigned long *addr)
{
	unsigned long *p = WORD(nr, addr);

	kshim_point(KSHIM_ATOMIC, p, sizeof(*p));
	kshim_hb_release(p);
	(void)kshim_rmw_and(p, ~BIT_MASK(nr));
}
