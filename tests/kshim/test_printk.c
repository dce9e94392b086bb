// SPDX-License-Identifier: GPL-2.0-only
/* The log: levels, lines, formats. */
#include <linux/kernel.h>
#include <linux/printk.h>
#include "ktest.h"

KTEST(printk_writes_lines)
{
	KEXPECT_EQ(printk("first %d\nsecond\n", 7), 15);
	KEXPECT(ktest_log_has("first 7\nsecond\n"));
	pr_err("%s: %#x\n", "text", 255);
	KEXPECT(ktest_log_has("\ntext: 0xff\n"));
	KEXPECT(!ktest_log_has("\001"));
	pr_debug("not %d\n", 1);
	KEXPECT(!ktest_log_has("not 1"));
}

KTEST(printk_once)
{
	int i;

	for (i = 0; i < 2; i++)
		pr_warn_once("round %d\n", i);
	KEXPECT(ktest_log_has("round 0"));
	KEXPECT(!ktest_log_has("round 1"));
}

KTEST(printk_long_line_is_cut)
{
	static char big[2000];
	unsigned int i;

	for (i = 0; i < sizeof(big) - 1; i++)
		big[i] = 'a';
	KEXPECT_EQ(printk("%s\n", big), 1023);
}
