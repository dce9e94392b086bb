/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/kernel.h: the catch-all. */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/page.h>
/* What newer trees took out of this header; they bring it with them. */
#if __has_include(<linux/container_of.h>)
#include <linux/container_of.h>
#endif
#if __has_include(<linux/array_size.h>)
#include <linux/array_size.h>
#endif
#if __has_include(<linux/math.h>)
#include <linux/math.h>
#endif

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#endif

#ifndef container_of
#define container_of(ptr, type, member)					\
	((type *)((char *)(ptr) - offsetof(type, member)))
#endif

#ifndef ALIGN
#define ALIGN(x, a)		(((x) + (a) - 1) & ~((__typeof__(x))(a) - 1))
#endif
#define ALIGN_DOWN(x, a)	((x) & ~((__typeof__(x))(a) - 1))
#define IS_ALIGNED(x, a)	(((x) & ((__typeof__(x))(a) - 1)) == 0)
#define PTR_ALIGN(p, a)		((__typeof__(p))ALIGN((unsigned long)(p), (a)))
#define PAGE_ALIGN(x)		ALIGN(x, PAGE_SIZE)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

#ifndef DIV_ROUND_UP
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#endif
#ifndef round_up
#define round_up(x, y)		((((x) - 1) | ((__typeof__(x))((y) - 1))) + 1)
#define round_down(x, y)	((x) & ~((__typeof__(x))((y) - 1)))
#endif

#ifndef abs
#define abs(x)	({ __typeof__(x) __abs = (x); __abs < 0 ? -__abs : __abs; })
#endif

#define upper_32_bits(n)	((u32)(((n) >> 16) >> 16))
#define lower_32_bits(n)	((u32)((n) & 0xffffffff))
#define u64_to_user_ptr(x)	((void __user *)(uintptr_t)(u64)(x))

/* A hint that the caller may block: checked where it matters, see sched. */
void __might_sleep(const char *file, int line);
#ifdef KSHIM_CORE
#define might_sleep()							\
do {									\
	if (unlikely(current->preempt_count | current->rcu_read_lock_nesting)) \
		__might_sleep(__FILE__, __LINE__);			\
} while (0)
#else
#define might_sleep()		__might_sleep(__FILE__, __LINE__)
#endif
#define might_sleep_if(cond)	do { if (cond) might_sleep(); } while (0)
#define might_fault()		might_sleep()

void panic(const char *fmt, ...) __attribute__((noreturn));

#define TAINT_USER			6
#define TAINT_WARN			9
#define TAINT_OOT_MODULE		12
enum lockdep_ok { LOCKDEP_STILL_OK, LOCKDEP_NOW_UNRELIABLE };
void add_taint(unsigned int flag, enum lockdep_ok ok);

#endif
