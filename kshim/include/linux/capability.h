/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/capability.h: one user namespace, one effective set per task. */
#ifndef _LINUX_CAPABILITY_H
#define _LINUX_CAPABILITY_H

#include <linux/types.h>
#include <uapi/linux/capability.h>

struct file;
struct user_namespace;

extern struct user_namespace init_user_ns;

bool capable(int cap);
bool ns_capable(struct user_namespace *ns, int cap);
bool ns_capable_noaudit(struct user_namespace *ns, int cap);
bool file_ns_capable(const struct file *file, struct user_namespace *ns, int cap);

static inline bool perfmon_capable(void)
{
	return capable(CAP_SYS_ADMIN);
}

#endif
