// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors kernel/printk: the log.
 *
 * The kernel: a message begins with its level (4 by default) and ends with a
 * newline, or is continued by the next one.
 *
 * Given: debugging messages are off or on, for all modules at once.
 * Given: each line goes to the engine's log with its level, only while
 * somebody reads it.
 * Not given: continuation across calls (a continued line is a line of its
 * own), rate limits, consoles, time stamps.
 */
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include <kshim/boot.h>
#include "engine/engine.h"

#define DEFAULT_LEVEL	4

int kshim_dynamic_debug;

/* A function: instrumented callers shall not see a shared access. */
int kshim_dyndbg(void)
{
	return kshim_dynamic_debug;
}

/* "\001" and a digit or 'c', any number of times; the last digit counts. */
static const char *level_of(const char *s, int *level)
{
	while (s[0] == KERN_SOH[0] && s[1]) {
		if (s[1] >= '0' && s[1] <= '7')
			*level = s[1] - '0';
		s += 2;
	}
	return s;
}

static void log_lines(int level, char *s)
{
	char *end;

	while ((end = strchr(s, '\n'))) {
		*end = 0;
		kshim_log(level, s);
		s = end + 1;
	}
	if (*s)
		kshim_log(level, s);
}

/**
 * printk() - write to the log
 * @fmt:	KERN_* level, then a format as the kernel knows it
 *
 * Return: characters written; 0 while nobody reads the log.
 */
int printk(const char *fmt, ...)
{
	char buf[1024];
	int level = DEFAULT_LEVEL;
	const char *text;
	va_list args;
	int len;

	if (!kshim_hot.detail)
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	text = level_of(buf, &level);
	log_lines(level, buf + (text - buf));
	return len;
}
