/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/cred.h and sched/user.h as far as drivers look. */
#ifndef _LINUX_CRED_H
#define _LINUX_CRED_H

#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/refcount.h>
#include <linux/types.h>

struct user_namespace {
	int level;
};

/* One for the whole system: every task belongs to it. */
struct user_struct {
	refcount_t __count;
	atomic_long_t locked_vm;
};

struct cred {
	struct user_struct *user;
	struct user_namespace *user_ns;
};

extern struct user_struct root_user;
extern const struct cred init_cred;

#define current_user()		(&root_user)
#define current_cred()		(&init_cred)
#define current_user_ns()	(&init_user_ns)

static inline const struct cred *get_cred(const struct cred *cred)
{
	return cred;
}

static inline void put_cred(const struct cred *cred)
{
}

struct user_struct *get_uid(struct user_struct *u);
void free_uid(struct user_struct *u);

#endif
