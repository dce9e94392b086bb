/* SPDX-License-Identifier: GPL-2.0-only */
/* Every access of the code under test is checked anyway: nothing here. */
#ifndef _LINUX_KASAN_CHECKS_H
#define _LINUX_KASAN_CHECKS_H

#define kasan_check_read(p, size)	do { (void)(p); } while (0)
#define kasan_check_write(p, size)	do { (void)(p); } while (0)

#endif
