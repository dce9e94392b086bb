/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/types.h>

#define __init
#define __exit
#define __initdata
#define __exitdata
#define __initconst
#define __ref
#define __refdata
#define __setup(str, fn)
#define core_initcall(fn)	int kshim_initcall_##fn(void) { return fn(); }
#define subsys_initcall(fn)	core_initcall(fn)

#endif
