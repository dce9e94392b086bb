// SPDX-License-Identifier: GPL-2.0-only
/*
 * WARN(), BUG() and panic(). Mirrors kernel/panic.c and lib/bug.c.
 *
 * The kernel guarantees: WARN() prints and goes on, and gives its condition
 * back; BUG() ends the task (and, in effect, the machine under test).
 *
 * We give: both as reports of an oracle; a WARN that the scenario allows goes
 * on. We do not give: taint flags beyond a note, panic_on_warn (see --strict).
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/stdarg.h>

#include "engine/engine.h"

KSHIM_ORACLE(kshim_oracle_warn, "warn", "WARN(), WARN_ON(), dev_WARN()");
KSHIM_ORACLE(kshim_oracle_bug, "bug", "BUG(), BUG_ON(), panic()");

void __kshim_bug(const char *file, int line, const void *pc)
{
	kshim_die(&kshim_oracle_bug, "kernel BUG at %s:%d!", file, line);
}

void __kshim_warn(const char *file, int line, const char *fmt, ...)
{
	char text[256];
	va_list ap;
	int n;

	text[0] = 0;
	if (fmt) {
		va_start(ap, fmt);
		n = vscnprintf(text, sizeof(text), fmt, ap);
		va_end(ap);
		while (n > 0 && text[n - 1] == '\n')
			text[--n] = 0;
	}
	kshim_report(&kshim_oracle_warn, 0, "WARNING: at %s:%d%s%s", file, line,
		     text[0] ? ": " : "", text);
}

void panic(const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vscnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	kshim_die(&kshim_oracle_bug, "Kernel panic - not syncing: %s", text);
}

void add_taint(unsigned int flag, enum lockdep_ok ok)
{
	kshim_note("taint", NULL, 0, flag);
}
