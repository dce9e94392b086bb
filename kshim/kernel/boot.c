// SPDX-License-Identifier: GPL-2.0-only
/*
 * Boot. Mirrors init/main.c's order of subsystems.
 *
 * The kernel guarantees: driver core and VFS are up before any module's init
 * function runs. We give: the same; subsystems without state of their own at
 * start need no call. We do not give: an init process, a root file system.
 */
#include <linux/radix-tree.h>
#include <kshim/boot.h>
#include <kshim/user_fs.h>
#include "kernel/module_internal.h"

void kshim_boot(void)
{
	radix_tree_init();
	kshim_fs_init();
	kshim_params_init();
}
