// SPDX-License-Identifier: GPL-2.0-only
/*
 * seq_file: what show functions print into.
 *
 * We give a buffer of fixed size; output beyond it is cut, where the kernel
 * would call the show function again with a larger one.
 */
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <linux/string.h>

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	m->count += vscnprintf(m->buf + m->count, m->size - m->count, fmt, args);
	va_end(args);
}

void seq_puts(struct seq_file *m, const char *s)
{
	seq_printf(m, "%s", s);
}

void seq_putc(struct seq_file *m, char c)
{
	seq_printf(m, "%c", c);
}
