// SPDX-License-Identifier: GPL-2.0-only
/* Strict number parsing. */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include "ktest.h"

KTEST(kstrtox_unsigned)
{
	unsigned long long v = 99;
	unsigned int u = 99;
	u8 b;

	KEXPECT_EQ(kstrtoull("0", 0, &v), 0);
	KEXPECT_EQ(v, 0);
	KEXPECT_EQ(kstrtoull("0x1F\n", 0, &v), 0);
	KEXPECT_EQ(v, 31);
	KEXPECT_EQ(kstrtoull("017", 0, &v), 0);
	KEXPECT_EQ(v, 15);
	KEXPECT_EQ(kstrtoull("+12", 10, &v), 0);
	KEXPECT_EQ(v, 12);
	KEXPECT_EQ(kstrtoull("18446744073709551615", 10, &v), 0);
	KEXPECT(v == ULLONG_MAX);
	KEXPECT_EQ(kstrtoull("18446744073709551616", 10, &v), -ERANGE);
	KEXPECT(v == ULLONG_MAX);
	KEXPECT_EQ(kstrtoull("", 10, &v), -EINVAL);
	KEXPECT_EQ(kstrtoull("-1", 10, &v), -EINVAL);
	KEXPECT_EQ(kstrtoull("1 ", 10, &v), -EINVAL);
	KEXPECT_EQ(kstrtoull("1\n\n", 10, &v), -EINVAL);
	KEXPECT_EQ(kstrtoull("0x", 16, &v), -EINVAL);
	KEXPECT_EQ(kstrtoull("8", 8, &v), -EINVAL);
	KEXPECT_EQ(kstrtouint("4294967296", 10, &u), -ERANGE);
	KEXPECT_EQ(u, 99);
	KEXPECT_EQ(kstrtou8("255", 10, &b), 0);
	KEXPECT_EQ(kstrtou8("256", 10, &b), -ERANGE);
}

KTEST(kstrtox_signed)
{
	long long v;
	int i = 7;

	KEXPECT_EQ(kstrtoll("-9223372036854775808", 10, &v), 0);
	KEXPECT(v == LLONG_MIN);
	KEXPECT_EQ(kstrtoll("-9223372036854775809", 10, &v), -ERANGE);
	KEXPECT_EQ(kstrtoll("9223372036854775808", 10, &v), -ERANGE);
	KEXPECT_EQ(kstrtoint("-2147483648", 10, &i), 0);
	KEXPECT_EQ(i, INT_MIN);
	KEXPECT_EQ(kstrtoint("2147483648", 10, &i), -ERANGE);
	KEXPECT_EQ(kstrtoint("--1", 10, &i), -EINVAL);
}

KTEST(kstrtox_bool)
{
	bool b = false;

	KEXPECT(!kstrtobool("y", &b) && b);
	KEXPECT(!kstrtobool("N\n", &b) && !b);
	KEXPECT(!kstrtobool("1", &b) && b);
	KEXPECT(!kstrtobool("off", &b) && !b);
	KEXPECT(!kstrtobool("On", &b) && b);
	KEXPECT_EQ(kstrtobool("o", &b), -EINVAL);
	KEXPECT_EQ(kstrtobool("", &b), -EINVAL);
	KEXPECT_EQ(kstrtobool(NULL, &b), -EINVAL);
	KEXPECT(b);
}
