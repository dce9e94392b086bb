/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/bitops.h. The atomic ones are in kshim/lib/bitops.c, a point
 * each; those with two underscores and the arithmetic are plain C.
 */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

#include <asm/barrier.h>
#include <asm/types.h>
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/types.h>

#ifndef BITS_PER_TYPE
#define BITS_PER_TYPE(type)	(sizeof(type) * BITS_PER_BYTE)
#endif
#ifndef BITS_TO_LONGS
#define BITS_TO_LONGS(nr)	(((nr) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#endif
#define BITS_TO_U64(nr)		(((nr) + 63) / 64)
#define BITS_TO_U32(nr)		(((nr) + 31) / 32)
#define BITS_TO_BYTES(nr)	(((nr) + 7) / 8)

void set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);
void change_bit(long nr, volatile unsigned long *addr);
bool test_and_set_bit(long nr, volatile unsigned long *addr);
bool test_and_clear_bit(long nr, volatile unsigned long *addr);
bool test_and_change_bit(long nr, volatile unsigned long *addr);
#define test_and_set_bit_lock	test_and_set_bit
void clear_bit_unlock(long nr, volatile unsigned long *addr);

static __always_inline bool test_bit(long nr, const volatile unsigned long *addr)
{
	return (addr[BIT_WORD(nr)] >> (nr % BITS_PER_LONG)) & 1;
}

static __always_inline bool test_bit_acquire(long nr, const volatile unsigned long *addr)
{
	bool set = test_bit(nr, addr);

	kshim_smp_acquired(addr + BIT_WORD(nr));
	return set;
}

static __always_inline void __set_bit(long nr, volatile unsigned long *addr)
{
	unsigned long *p = (unsigned long *)addr + BIT_WORD(nr);

	*p |= BIT_MASK(nr);
}

static __always_inline void __clear_bit(long nr, volatile unsigned long *addr)
{
	unsigned long *p = (unsigned long *)addr + BIT_WORD(nr);

	*p &= ~BIT_MASK(nr);
}

static __always_inline void __change_bit(long nr, volatile unsigned long *addr)
{
	unsigned long *p = (unsigned long *)addr + BIT_WORD(nr);

	*p ^= BIT_MASK(nr);
}

static __always_inline bool __test_and_set_bit(long nr, volatile unsigned long *addr)
{
	bool was = test_bit(nr, (unsigned long *)addr);

	__set_bit(nr, addr);
	return was;
}

static __always_inline bool __test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	bool was = test_bit(nr, (unsigned long *)addr);

	__clear_bit(nr, addr);
	return was;
}

#define __clear_bit_unlock	clear_bit_unlock
#define assign_bit(nr, addr, v)	((v) ? set_bit(nr, addr) : clear_bit(nr, addr))
#define __assign_bit(nr, addr, v)					\
	((v) ? __set_bit(nr, addr) : __clear_bit(nr, addr))

/* ffs and fls count from 1 and give 0 for no bit; the __ forms count from 0. */
static __always_inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

static __always_inline unsigned long __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

static __always_inline int ffs(int x)
{
	return __builtin_ffs(x);
}

static __always_inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static __always_inline int fls64(__u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

static __always_inline unsigned int fls_long(unsigned long l)
{
	return fls64(l);
}

static __always_inline unsigned long __ffs64(u64 word)
{
	return __builtin_ctzll(word);
}

#define ffz(x)	__ffs(~(x))

#define hweight8(w)	((unsigned int)__builtin_popcount((u8)(w)))
#define hweight16(w)	((unsigned int)__builtin_popcount((u16)(w)))
#define hweight32(w)	((unsigned int)__builtin_popcount((u32)(w)))
#define hweight64(w)	((unsigned long)__builtin_popcountll(w))
#define hweight_long(w)	((unsigned long)__builtin_popcountl(w))

static inline int get_count_order(unsigned int count)
{
	return count ? fls(count - 1) : -1;
}

static inline int get_count_order_long(unsigned long l)
{
	return l ? (int)fls_long(l - 1) : -1;
}

static inline __u32 rol32(__u32 word, unsigned int shift)
{
	return (word << (shift & 31)) | (word >> (-shift & 31));
}

static inline __u32 ror32(__u32 word, unsigned int shift)
{
	return (word >> (shift & 31)) | (word << (-shift & 31));
}

static inline __u64 rol64(__u64 word, unsigned int shift)
{
	return (word << (shift & 63)) | (word >> (-shift & 63));
}

static __always_inline __s32 sign_extend32(__u32 value, int index)
{
	return (__s32)(value << (31 - index)) >> (31 - index);
}

static __always_inline __s64 sign_extend64(__u64 value, int index)
{
	return (__s64)(value << (63 - index)) >> (63 - index);
}

#include <linux/find.h>

#endif
