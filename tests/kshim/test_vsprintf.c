// SPDX-License-Identifier: GPL-2.0-only
/* Formatting and scanning. */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "ktest.h"

static char out[80];

#pragma GCC diagnostic ignored "-Wformat"
#define EXPECT_FMT(want, fmt...)					\
do {									\
	KEXPECT_EQ(snprintf(out, sizeof(out), fmt), strlen(want));	\
	if (strcmp(out, want))						\
		ktest_fail(__FILE__, __LINE__, "\"%s\", not \"%s\"", out, want); \
} while (0)

KTEST(vsprintf_numbers)
{
	EXPECT_FMT("-5 4294967291 fffffffb", "%d %u %x", -5, -5, -5);
	EXPECT_FMT("[  42][42  ][0042]", "[%4d][%-4d][%04d]", 42, 42, 42);
	EXPECT_FMT("+7  7 0x1f 0X1F 017", "%+d % d %#x %#X %#o", 7, 7, 31, 31, 15);
	EXPECT_FMT("[ 007][0x0001]", "[%4.3d][%#06x]", 7, 1);
	EXPECT_FMT("-1 18446744073709551615", "%lld %llu", -1LL, -1LL);
	EXPECT_FMT("-1 255 -2 65534", "%hhd %hhu %hd %hu", 255, 255, 65534, 65534);
	EXPECT_FMT("12 -3", "%zu %ld", (size_t)12, -3L);
	EXPECT_FMT("[-0005][5    ]", "[%05d][%*d]", -5, -5, 5);
	EXPECT_FMT("0 100%", "%d 100%%", 0);
}

KTEST(vsprintf_strings)
{
	EXPECT_FMT("[ab][   ab][ab   ][a]", "[%s][%5s][%-5s][%.1s]", "ab", "ab", "ab", "ab");
	EXPECT_FMT("(null) (efault) xyz", "%s %s %c%c%c", NULL, (char *)8, 'x', 'y', 'z');
	EXPECT_FMT("[xyz]", "[%.*s]", 3, "xyzzy");
	EXPECT_FMT("(efault)", "%s", (char *)ERR_PTR(-5));
}

KTEST(vsprintf_sizes)
{
	char buf[4] = "###";

	KEXPECT_EQ(snprintf(NULL, 0, "%d", 12345), 5);
	KEXPECT_EQ(snprintf(buf, 4, "%d", 12345), 5);
	KEXPECT(!strcmp(buf, "123"));
	KEXPECT_EQ(scnprintf(buf, 4, "%d", 12345), 3);
	KEXPECT_EQ(scnprintf(buf, 4, "ab"), 2);
	KEXPECT_EQ(scnprintf(buf, 0, "ab"), 0);
	KEXPECT_EQ(sprintf(buf, "%s", "abc"), 3);
}

static void vaf_print(const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list ap;

	va_start(ap, fmt);
	vaf.va = &ap;
	EXPECT_FMT("<a 1> 2", "<%pV> %d", &vaf, 2);
	va_end(ap);
}

KTEST(vsprintf_pointers)
{
	static const u8 id[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff };
	u64 phys = 0x1000;
	DECLARE_BITMAP(map, 70);

	EXPECT_FMT("0000000000001234 0000000000001234", "%p %px", (void *)0x1234, (void *)0x1234);
	EXPECT_FMT("0000000040000010!", "%pS!", (void *)0x40000010);
	EXPECT_FMT("-EBUSY -ENODEV", "%pe %pe", ERR_PTR(-16), ERR_PTR(-19));
	EXPECT_FMT("0x0000000000001000 x", "%pa x", &phys);
	EXPECT_FMT("00 01 02|00:01|0001", "%*ph|%*phC|%*phN", 3, id, 2, id, 2, id);
	EXPECT_FMT("00010203-0405-0607-0809-0a0b0c0d0eff", "%pUb", id);
	EXPECT_FMT("03020100-0504-0706-0809-0A0B0C0D0EFF.", "%pUL.", id);
	bitmap_zero(map, 70);
	bitmap_set(map, 1, 3);
	__set_bit(69, map);
	EXPECT_FMT("1-3,69 20,00000000,0000000e", "%*pbl %*pb", 70, map, 70, map);
	vaf_print("%s %d", "a", 1);
}

KTEST(vsprintf_allocating)
{
	char *p = kasprintf(GFP_KERNEL, "%s-%d", "name", 7);

	KEXPECT(!strcmp(p, "name-7"));
	kfree(p);
	ktest_fail_nth(1);
	KEXPECT(!kasprintf(GFP_KERNEL, "x"));
}

KTEST(vsprintf_reads_no_freed_string)
{
	char *p = kasprintf(GFP_KERNEL, "gone");

	kfree(p);
	ktest_expect_report("kasan", "use-after-free");
	snprintf(out, sizeof(out), "%s", p);
}

KTEST(vsprintf_sscanf)
{
	unsigned int a, b, c;
	unsigned long long big;
	char word[8], ch;
	int n = 0;

	KEXPECT_EQ(sscanf("8086:1a 0x10", "%x:%x %i%n", &a, &b, &c, &n), 3);
	KEXPECT_EQ(a, 0x8086);
	KEXPECT_EQ(b, 0x1a);
	KEXPECT_EQ(c, 16);
	KEXPECT_EQ(n, 12);
	KEXPECT_EQ(sscanf("word  -3 q", "%7s %d %c", word, &a, &ch), 3);
	KEXPECT(!strcmp(word, "word") && (int)a == -3 && ch == 'q');
	KEXPECT_EQ(sscanf("12345", "%2d%3d", &a, &b), 2);
	KEXPECT(a == 12 && b == 345);
	KEXPECT_EQ(sscanf("x", "%d", &a), 0);
	KEXPECT_EQ(sscanf("18446744073709551615", "%llu", &big), 1);
	KEXPECT(big == ~0ULL);
	KEXPECT_EQ(sscanf("1 2", "%*d %d", &a), 1);
	KEXPECT_EQ(a, 2);
}
