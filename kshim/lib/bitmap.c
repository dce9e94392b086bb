// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bitmaps and searches in them. Mirrors lib/bitmap.c and lib/find_bit.c.
 *
 * The kernel guarantees: bits beyond the size are never looked at, and
 * nothing is atomic. Given: all of that; shared bitmaps need the bit
 * operations of linux/bitops.h.
 */
#include <linux/bitmap.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#define WORDS(n)	BITS_TO_LONGS(n)

unsigned long kshim_find_next(const unsigned long *a, const unsigned long *b,
			      unsigned long size, unsigned long off,
			      unsigned long flip)
{
	unsigned long w;

	for (; off < size; off = (off | (BITS_PER_LONG - 1)) + 1) {
		w = a[off / BITS_PER_LONG] ^ flip;
		if (b)
			w &= b[off / BITS_PER_LONG];
		w &= BITMAP_FIRST_WORD_MASK(off);
		if (w)
			return min_t(unsigned long, size,
				     (off & ~(BITS_PER_LONG - 1UL)) + __ffs(w));
	}
	return size;
}

unsigned long kshim_find_last(const unsigned long *a, unsigned long size)
{
	unsigned long i = size;

	while (i--)
		if (test_bit(i, a))
			return i;
	return size;
}

void __bitmap_set(unsigned long *map, unsigned int start, int len)
{
	for (; len > 0; len--)
		__set_bit(start++, map);
}

void __bitmap_clear(unsigned long *map, unsigned int start, int len)
{
	for (; len > 0; len--)
		__clear_bit(start++, map);
}

/* The mask of the bits of word @i that belong to a map of @nbits. */
static unsigned long word_mask(unsigned int i, unsigned int nbits)
{
	return (i + 1) * BITS_PER_LONG <= nbits ? ~0UL : BITMAP_LAST_WORD_MASK(nbits);
}

bool __bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	unsigned int i;

	for (i = 0; i < WORDS(nbits); i++)
		if ((a[i] ^ b[i]) & word_mask(i, nbits))
			return false;
	return true;
}

bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	unsigned int i;

	for (i = 0; i < WORDS(nbits); i++)
		if (a[i] & ~b[i] & word_mask(i, nbits))
			return false;
	return true;
}

bool __bitmap_intersects(const unsigned long *a, const unsigned long *b,
			 unsigned int nbits)
{
	return find_first_and_bit(a, b, nbits) < nbits;
}

int __bitmap_weight(const unsigned long *a, unsigned int nbits)
{
	unsigned int i;
	int n = 0;

	for (i = 0; i < WORDS(nbits); i++)
		n += hweight_long(a[i] & word_mask(i, nbits));
	return n;
}

bool __bitmap_and(unsigned long *dst, const unsigned long *a,
		  const unsigned long *b, unsigned int nbits)
{
	unsigned long any = 0;
	unsigned int i;

	for (i = 0; i < WORDS(nbits); i++)
		any |= (dst[i] = a[i] & b[i]) & word_mask(i, nbits);
	return any != 0;
}

bool __bitmap_andnot(unsigned long *dst, const unsigned long *a,
		     const unsigned long *b, unsigned int nbits)
{
	unsigned long any = 0;
	unsigned int i;

	for (i = 0; i < WORDS(nbits); i++)
		any |= (dst[i] = a[i] & ~b[i]) & word_mask(i, nbits);
	return any != 0;
}

void __bitmap_or(unsigned long *dst, const unsigned long *a,
		 const unsigned long *b, unsigned int nbits)
{
	unsigned int i;

	for (i = 0; i < WORDS(nbits); i++)
		dst[i] = a[i] | b[i];
}

void __bitmap_xor(unsigned long *dst, const unsigned long *a,
		  const unsigned long *b, unsigned int nbits)
{
	unsigned int i;

	for (i = 0; i < WORDS(nbits); i++)
		dst[i] = a[i] ^ b[i];
}

void __bitmap_complement(unsigned long *dst, const unsigned long *src,
			 unsigned int nbits)
{
	unsigned int i;

	for (i = 0; i < WORDS(nbits); i++)
		dst[i] = ~src[i];
}

/* Towards higher bits; zeroes come in, what leaves @nbits is lost. */
void __bitmap_shift_left(unsigned long *dst, const unsigned long *src,
			 unsigned int shift, unsigned int nbits)
{
	unsigned int skip = shift / BITS_PER_LONG, rest = shift % BITS_PER_LONG;
	unsigned int i = WORDS(nbits);

	while (i--) {
		unsigned long w = 0;

		if (i >= skip)
			w = src[i - skip] << rest;
		if (rest && i > skip)
			w |= src[i - skip - 1] >> (BITS_PER_LONG - rest);
		dst[i] = w;
	}
}

void __bitmap_shift_right(unsigned long *dst, const unsigned long *src,
			  unsigned int shift, unsigned int nbits)
{
	unsigned int skip = shift / BITS_PER_LONG, rest = shift % BITS_PER_LONG;
	unsigned int i, n = WORDS(nbits);

	for (i = 0; i < n; i++) {
		unsigned long lo = 0, hi = 0;

		if (i + skip < n)
			lo = src[i + skip] & word_mask(i + skip, nbits);
		if (i + skip + 1 < n)
			hi = src[i + skip + 1] & word_mask(i + skip + 1, nbits);
		dst[i] = lo >> rest;
		if (rest)
			dst[i] |= hi << (BITS_PER_LONG - rest);
	}
}

/**
 * bitmap_find_next_zero_area_off() - find a run of zeroes
 * @map:		the bitmap
 * @size:		bits
 * @start:		where to begin
 * @nr:			zeroes wanted
 * @align_mask:		the start plus @align_offset has none of these bits
 * @align_offset:	see @align_mask
 *
 * Return: the start, or more than @size - @nr when there is none.
 */
unsigned long bitmap_find_next_zero_area_off(unsigned long *map, unsigned long size,
					     unsigned long start, unsigned int nr,
					     unsigned long align_mask,
					     unsigned long align_offset)
{
	unsigned long at, one;

	for (;;) {
		at = find_next_zero_bit(map, size, start);
		at = ((at + align_offset + align_mask) & ~align_mask) - align_offset;
		if (at + nr > size)
			return at + nr;
		one = find_next_bit(map, at + nr, at);
		if (one >= at + nr)
			return at;
		start = one + 1;
	}
}

unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags)
{
	return kmalloc_array(WORDS(nbits), sizeof(unsigned long), flags);
}

unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags)
{
	return bitmap_alloc(nbits, flags | __GFP_ZERO);
}

void bitmap_free(const unsigned long *bitmap)
{
	kfree(bitmap);
}
