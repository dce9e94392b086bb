/* SPDX-License-Identifier: GPL-2.0-only */
/* There is no 32-bit user space. */
#ifndef _LINUX_COMPAT_H
#define _LINUX_COMPAT_H

#include <linux/types.h>

typedef u32 compat_uptr_t;

static inline void __user *compat_ptr(compat_uptr_t uptr)
{
	return (void __user *)(unsigned long)uptr;
}

static inline bool in_compat_syscall(void)
{
	return false;
}

#endif
