// SPDX-License-Identifier: GPL-2.0-only
/* Strings and block operations. */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "ktest.h"

KTEST(string_strscpy)
{
	char buf[5];

	KEXPECT_EQ(strscpy(buf, "abcd", sizeof(buf)), 4);
	KEXPECT(!strcmp(buf, "abcd"));
	KEXPECT_EQ(strscpy(buf, "abcde"), -E2BIG);
	KEXPECT(!strcmp(buf, "abcd"));
	KEXPECT_EQ(strscpy(buf, "x", 0), -E2BIG);
	KEXPECT_EQ(strlcpy(buf, "abcdefg", sizeof(buf)), 7);
	KEXPECT(!strcmp(buf, "abcd"));
}

KTEST(string_trim_and_match)
{
	static const char * const words[] = { "one", "two", NULL, "four" };
	char s[] = " \t padded\n";

	KEXPECT(!strcmp(strim(s), "padded"));
	KEXPECT(!strcmp(skip_spaces("  x "), "x "));
	KEXPECT(sysfs_streq("on\n", "on") && sysfs_streq("on", "on\n"));
	KEXPECT(!sysfs_streq("on\n\n", "on") && !sysfs_streq("on", "one"));
	KEXPECT_EQ(match_string(words, 4, "two"), 1);
	KEXPECT_EQ(match_string(words, 4, "four"), -EINVAL);
	KEXPECT_EQ(__sysfs_match_string(words, 4, "one\n"), 0);
}

KTEST(string_memory)
{
	char *p = kmalloc(16, GFP_KERNEL), *q;

	memset(p, 7, 16);
	KEXPECT(!memchr_inv(p, 7, 16));
	p[9] = 8;
	KEXPECT(memchr_inv(p, 7, 16) == p + 9);
	q = kmemdup(p, 16, GFP_KERNEL);
	KEXPECT(!memcmp(p, q, 16));
	memmove(q + 1, q, 15);
	KEXPECT_EQ(q[10], 8);
	kfree(q);
	kfree(p);
}

KTEST(string_dup)
{
	char *p = kstrdup("hello", GFP_KERNEL);
	const char *c;

	KEXPECT(!strcmp(p, "hello"));
	c = kstrdup_const("literal", GFP_KERNEL);
	kfree_const(c);
	c = kstrdup_const(p, GFP_KERNEL);
	KEXPECT(c != p && !strcmp(c, p));
	kfree_const(c);
	kfree(p);
	p = kstrndup("hello", 2, GFP_KERNEL);
	KEXPECT(!strcmp(p, "he"));
	kfree(p);
	KEXPECT(!kstrdup(NULL, GFP_KERNEL));
	ktest_fail_nth(1);
	KEXPECT(!kstrdup("x", GFP_KERNEL));
}

KTEST(string_memcpy_checks)
{
	char *p = kmalloc(16, GFP_KERNEL), buf[16] = "";

	memcpy(p, buf, 16);
	kfree(p);
	ktest_expect_report("kasan", "use-after-free");
	memcpy(buf, p, 16);
}

KTEST(string_memset_checks_the_end)
{
	char *p = kmalloc(16, GFP_KERNEL);

	ktest_expect_report("kasan", "slab-out-of-bounds");
	memset(p, 0, 17);
}
