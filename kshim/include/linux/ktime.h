/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/ktime.h and timekeeping.h: virtual time, see kshim/sched/time.c. */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

#include <linux/jiffies.h>
#include <linux/time.h>
#include <linux/types.h>

typedef s64 ktime_t;
#define KTIME_MAX	((s64)~((u64)1 << 63))

ktime_t ktime_get(void);
#define ktime_get_boottime()	ktime_get()
#define ktime_get_raw()		ktime_get()
#define ktime_get_ns()		((u64)ktime_get())
#define ktime_get_boottime_ns()	((u64)ktime_get())

#define ktime_add(a, b)		((a) + (b))
#define ktime_sub(a, b)		((a) - (b))
#define ktime_add_ns(kt, ns)	((kt) + (ktime_t)(ns))
#define ktime_add_us(kt, us)	((kt) + (ktime_t)(us) * NSEC_PER_USEC)
#define ktime_add_ms(kt, ms)	((kt) + (ktime_t)(ms) * NSEC_PER_MSEC)
#define ktime_after(a, b)	((a) > (b))
#define ktime_before(a, b)	((a) < (b))
#define ktime_compare(a, b)	(((a) > (b)) - ((a) < (b)))
#define ktime_to_ns(kt)		(kt)
#define ktime_to_us(kt)		((kt) / NSEC_PER_USEC)
#define ktime_to_ms(kt)		((kt) / NSEC_PER_MSEC)
#define ktime_us_delta(a, b)	ktime_to_us(ktime_sub(a, b))
#define ktime_ms_delta(a, b)	ktime_to_ms(ktime_sub(a, b))
#define ns_to_ktime(ns)		((ktime_t)(ns))
#define ms_to_ktime(ms)		((ktime_t)(ms) * NSEC_PER_MSEC)
#define us_to_ktime(us)		((ktime_t)(us) * NSEC_PER_USEC)

#endif
