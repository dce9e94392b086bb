/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/bug.h, asm-generic/bug.h and linux/once.h's WARN side. */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/types.h>

void __kshim_bug(const char *file, int line, const void *pc)
	__attribute__((noreturn, cold));
void __kshim_warn(const char *file, int line, const char *fmt, ...)
	__attribute__((cold, format(printf, 3, 4)));

#define BUG()		__kshim_bug(__FILE__, __LINE__, NULL)
#define BUG_ON(cond)	do { if (unlikely(cond)) BUG(); } while (0)

#define WARN(cond, fmt...)						\
({									\
	int __ret_warn_on = !!(cond);					\
	if (unlikely(__ret_warn_on))					\
		__kshim_warn(__FILE__, __LINE__, fmt);			\
	unlikely(__ret_warn_on);					\
})
#define WARN_ON(cond)							\
({									\
	int __ret_warn_on = !!(cond);					\
	if (unlikely(__ret_warn_on))					\
		__kshim_warn(__FILE__, __LINE__, NULL);			\
	unlikely(__ret_warn_on);					\
})
/* The flag lives in the snapshot: "once" means once per schedule. */
#define WARN_ONCE(cond, fmt...)						\
({									\
	static bool __warned;						\
	int __ret_warn_once = !!(cond);					\
	if (unlikely(__ret_warn_once && !__warned)) {			\
		__warned = true;					\
		__kshim_warn(__FILE__, __LINE__, fmt);			\
	}								\
	unlikely(__ret_warn_once);					\
})
#define WARN_ON_ONCE(cond)	WARN_ONCE(cond, NULL)
#define WARN_TAINT(cond, taint, fmt...)	WARN(cond, fmt)

#endif
