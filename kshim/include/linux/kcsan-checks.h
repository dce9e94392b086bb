/* SPDX-License-Identifier: GPL-2.0-only */
/* The instrumentation sees every access: nothing to declare here. */
#ifndef _LINUX_KCSAN_CHECKS_H
#define _LINUX_KCSAN_CHECKS_H

/* For data_race() of linux/compiler.h. */
#define __kcsan_disable_current()	do { } while (0)
#define __kcsan_enable_current()	do { } while (0)

#define kcsan_check_read(p, s)		do { (void)(p); } while (0)
#define kcsan_check_atomic_read(p, s)	do { (void)(p); } while (0)
#define kcsan_check_atomic_write(p, s)	do { (void)(p); } while (0)
#define ASSERT_EXCLUSIVE_WRITER(var)	do { } while (0)
#define ASSERT_EXCLUSIVE_ACCESS(var)	do { } while (0)

#endif
