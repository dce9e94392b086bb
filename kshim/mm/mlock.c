// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the accounting of locked memory in mm/util.c.
 *
 * The kernel guarantees: locked_vm of an address space changes under its
 * mmap_lock, held for writing; it stays below the owner's RLIMIT_MEMLOCK
 * unless the caller may bypass that; taking away more than is there warns.
 *
 * We give the same. A limit belongs to the thread group's leader; it starts as
 * the kernel's own default (64 KiB, from 5.16 on 8 MiB) and fork() does not
 * hand on a changed one. Other limits are infinite.
 */
#include <linux/bug.h>
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <kshim/user.h>
#include <kshim/user_fs.h>
#include "engine/engine.h"

/* A limit in its unit, e.g. bytes (linux/sched/signal.h). */
unsigned long task_rlimit(const struct task_struct *task, unsigned int limit)
{
	const struct task_struct *t = task->group_leader ?: task;

	if (limit != RLIMIT_MEMLOCK)
		return RLIM_INFINITY;
	/* Stored plus one, so that 0 can be meant. */
	return t->rlim_memlock ? READ_ONCE(t->rlim_memlock) - 1 : KSHIM_MLOCK_LIMIT;
}

unsigned long rlimit(unsigned int limit)
{
	return task_rlimit(current, limit);
}

long kshim_sys_set_memlock(unsigned long bytes)
{
	struct task_struct *t = current->group_leader ?: current;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	WRITE_ONCE(t->rlim_memlock, bytes + 1 ?: bytes);
	return kshim_syscall_exit(0);
}

/**
 * __account_locked_vm() - charge an address space for locked pages
 * @mm:			mmap_lock held for writing
 * @pages:		how many
 * @inc:		more or less
 * @task:		whose limit counts
 * @bypass_rlim:	no limit
 *
 * Return: 0, -ENOMEM beyond the limit.
 */
int __account_locked_vm(struct mm_struct *mm, unsigned long pages, bool inc,
			struct task_struct *task, bool bypass_rlim)
{
	unsigned long locked_vm, limit;

	kshim_point(KSHIM_WRITE, mm, sizeof(*mm));
	WARN_ON_ONCE(!rwsem_is_locked(&mm->mmap_lock));
	locked_vm = mm->locked_vm;
	if (!inc) {
		WARN_ON_ONCE(pages > locked_vm);
		mm->locked_vm = locked_vm - pages;
	} else {
		limit = task_rlimit(task, RLIMIT_MEMLOCK) >> PAGE_SHIFT;
		if (!bypass_rlim && locked_vm + pages > limit)
			return -ENOMEM;
		mm->locked_vm = locked_vm + pages;
	}
	kshim_note("locked_vm", mm, locked_vm, mm->locked_vm);
	return 0;
}

/* The same for the calling task, who takes the lock. */
int account_locked_vm(struct mm_struct *mm, unsigned long pages, bool inc)
{
	int ret;

	if (!pages || !mm)
		return 0;
	mmap_write_lock(mm);
	ret = __account_locked_vm(mm, pages, inc, current, capable(CAP_IPC_LOCK));
	mmap_write_unlock(mm);
	return ret;
}
