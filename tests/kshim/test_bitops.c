// SPDX-License-Identifier: GPL-2.0-only
/* Bit operations, bitmaps and searches. */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include "ktest.h"

KTEST(bitops_single_bits)
{
	unsigned long map[2] = { 0, 0 };

	set_bit(65, map);
	KEXPECT_EQ(map[1], 2);
	KEXPECT(test_bit(65, map) && !test_bit(1, map));
	KEXPECT(test_and_set_bit(65, map));
	KEXPECT(!test_and_set_bit(3, map));
	KEXPECT(test_and_clear_bit(3, map));
	KEXPECT(!test_and_clear_bit(3, map));
	change_bit(0, map);
	KEXPECT(test_and_change_bit(0, map));
	__set_bit(63, map);
	KEXPECT(__test_and_clear_bit(63, map));
	KEXPECT(!__test_and_set_bit(63, map));
	clear_bit(65, map);
	KEXPECT(map[0] == 1UL << 63 && !map[1]);
}

KTEST(bitops_arithmetic)
{
	KEXPECT_EQ(ffs(0), 0);
	KEXPECT_EQ(ffs(0x10), 5);
	KEXPECT_EQ(__ffs(0x10), 4);
	KEXPECT_EQ(fls(0), 0);
	KEXPECT_EQ(fls(0x80000000u), 32);
	KEXPECT_EQ(fls64(1ULL << 40), 41);
	KEXPECT_EQ(__fls(1UL << 40), 40);
	KEXPECT_EQ(ffz(0x7), 3);
	KEXPECT_EQ(hweight64(0xf0f0ULL), 8);
	KEXPECT_EQ(hweight8(0x1ff), 8);
	KEXPECT_EQ(get_count_order(5), 3);
	KEXPECT_EQ(rol32(0x80000001u, 1), 3);
	KEXPECT_EQ(sign_extend32(0x80, 7), -128);
}

KTEST(bitops_find)
{
	DECLARE_BITMAP(map, 200);
	unsigned long bit, n = 0;

	bitmap_zero(map, 200);
	KEXPECT(bitmap_empty(map, 200));
	KEXPECT_EQ(find_first_bit(map, 200), 200);
	bitmap_set(map, 60, 10);
	__set_bit(199, map);
	KEXPECT_EQ(find_first_bit(map, 200), 60);
	KEXPECT_EQ(find_next_bit(map, 200, 70), 199);
	KEXPECT_EQ(find_next_bit(map, 199, 70), 199);
	KEXPECT_EQ(find_next_bit(map, 150, 70), 150);
	KEXPECT_EQ(find_next_zero_bit(map, 200, 60), 70);
	KEXPECT_EQ(find_last_bit(map, 200), 199);
	KEXPECT_EQ(bitmap_weight(map, 200), 11);
	for_each_set_bit(bit, map, 200)
		n += bit;
	KEXPECT_EQ(n, 645 + 199);
	bitmap_clear(map, 61, 2);
	KEXPECT_EQ(bitmap_find_next_zero_area(map, 200, 55, 6, 0), 70);
	KEXPECT_EQ(bitmap_find_next_zero_area(map, 200, 64, 3, 15), 80);
	KEXPECT(bitmap_find_next_zero_area(map, 200, 75, 130, 0) > 200);
	bitmap_fill(map, 200);
	KEXPECT(bitmap_full(map, 200));
}

KTEST(bitops_maps)
{
	DECLARE_BITMAP(a, 130);
	DECLARE_BITMAP(b, 130);

	bitmap_zero(a, 130);
	__set_bit(3, a);
	__set_bit(126, a);
	bitmap_shift_left(b, a, 3, 130);
	KEXPECT(test_bit(6, b) && test_bit(129, b));
	KEXPECT_EQ(bitmap_weight(b, 130), 2);
	bitmap_shift_left(b, a, 64, 130);
	KEXPECT(test_bit(67, b));
	KEXPECT_EQ(bitmap_weight(b, 130), 1);
	bitmap_shift_right(b, a, 65, 130);
	KEXPECT(test_bit(61, b));
	KEXPECT_EQ(bitmap_weight(b, 130), 1);
	KEXPECT(!bitmap_and(b, a, b, 130));
	bitmap_copy(b, a, 130);
	KEXPECT(bitmap_equal(a, b, 130));
	/* What is behind the end does not count. */
	__set_bit(140, b);
	KEXPECT(bitmap_equal(a, b, 130));
	__set_bit(5, b);
	KEXPECT(!bitmap_equal(a, b, 130));
	KEXPECT(bitmap_subset(a, b, 130) && !bitmap_subset(b, a, 130));
	KEXPECT(bitmap_andnot(b, b, a, 130));
	KEXPECT(!bitmap_intersects(a, b, 130));
}
