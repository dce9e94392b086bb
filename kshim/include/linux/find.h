/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/find.h: searches in bitmaps, pure. What is not found gives
 * the size. The names are macros so that the tree's lib/find_bit.c, should it
 * be built, defines nothing of its own.
 */
#ifndef _LINUX_FIND_H
#define _LINUX_FIND_H

#include <linux/types.h>

/* From 5.10 to 7.x offsets beyond @size give @size. @flip: look for zeroes. */
unsigned long kshim_find_next(const unsigned long *addr1,
			      const unsigned long *addr2, unsigned long size,
			      unsigned long offset, unsigned long flip);
unsigned long kshim_find_last(const unsigned long *addr, unsigned long size);

#define find_next_bit(a, size, off)	kshim_find_next(a, NULL, size, off, 0)
#define find_next_zero_bit(a, size, off) kshim_find_next(a, NULL, size, off, ~0UL)
#define find_next_and_bit(a, b, size, off) kshim_find_next(a, b, size, off, 0)
#define find_first_bit(a, size)		kshim_find_next(a, NULL, size, 0, 0)
#define find_first_zero_bit(a, size)	kshim_find_next(a, NULL, size, 0, ~0UL)
#define find_first_and_bit(a, b, size)	kshim_find_next(a, b, size, 0, 0)
#define find_last_bit(a, size)		kshim_find_last(a, size)

#define for_each_set_bit(bit, addr, size)				\
	for ((bit) = find_first_bit(addr, size); (bit) < (size);	\
	     (bit) = find_next_bit(addr, size, (bit) + 1))
#define for_each_set_bit_from(bit, addr, size)				\
	for ((bit) = find_next_bit(addr, size, bit); (bit) < (size);	\
	     (bit) = find_next_bit(addr, size, (bit) + 1))
#define for_each_clear_bit(bit, addr, size)				\
	for ((bit) = find_first_zero_bit(addr, size); (bit) < (size);	\
	     (bit) = find_next_zero_bit(addr, size, (bit) + 1))

#endif
