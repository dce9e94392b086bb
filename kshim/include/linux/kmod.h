/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/kmod.h: no user space helper exists to load a module. */
#ifndef __LINUX_KMOD_H__
#define __LINUX_KMOD_H__

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>

__printf(2, 3)
int __request_module(bool wait, const char *name, ...);
#define request_module(mod...)		__request_module(true, mod)
#define request_module_nowait(mod...)	__request_module(false, mod)
#define try_then_request_module(x, mod...)				\
	((x) ?: (__request_module(true, mod), (x)))

#endif
