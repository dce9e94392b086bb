// SPDX-License-Identifier: GPL-2.0-only
/*
 * Capabilities.
 *
 * The kernel guarantees: capable() looks at the effective set of the running
 * task in the initial user namespace.
 *
 * We give that, with one namespace and one user. Kernel threads and code that
 * runs outside of any task start with every capability.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/sched.h>

struct user_namespace init_user_ns;
struct user_struct root_user = { .__count = REFCOUNT_INIT(1) };
const struct cred init_cred = { .user = &root_user, .user_ns = &init_user_ns };

/**
 * capable() - may the running task do this? (kernel/capability.c)
 * @cap:	CAP_*
 *
 * Return: true when it is in the effective set.
 */
bool capable(int cap)
{
	return current->cap_effective >> cap & 1;
}

bool ns_capable(struct user_namespace *ns, int cap)
{
	return capable(cap);
}

bool ns_capable_noaudit(struct user_namespace *ns, int cap)
{
	return capable(cap);
}

/* The opener's right; openers do not change their sets in between here. */
bool file_ns_capable(const struct file *file, struct user_namespace *ns, int cap)
{
	return capable(cap);
}

struct user_struct *get_uid(struct user_struct *u)
{
	refcount_inc(&u->__count);
	return u;
}

void free_uid(struct user_struct *u)
{
	refcount_dec(&u->__count);
}
