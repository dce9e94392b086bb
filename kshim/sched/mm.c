// SPDX-License-Identifier: GPL-2.0-only
/*
 * References to address spaces: mm_users keeps what is mapped, mm_count keeps
 * the structure. As in the kernel; the life of the object itself is in
 * kshim/mm/mmap.c.
 */
#include <linux/atomic.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>

#include "lib/rmw.h"
#include "sched/sched.h"

void mmgrab(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_count);
	kshim_touch(KSHIM_GET, &mm->mm_count, sizeof(mm->mm_count));
}

void mmdrop(struct mm_struct *mm)
{
	bool last = atomic_dec_and_test(&mm->mm_count);

	kshim_touch(KSHIM_PUT, &mm->mm_count, sizeof(mm->mm_count));
	if (last)
		__mmdrop(mm);
}

void mmget(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_users);
	kshim_touch(KSHIM_GET, &mm->mm_users, sizeof(mm->mm_users));
}

bool mmget_not_zero(struct mm_struct *mm)
{
	return atomic_inc_not_zero(&mm->mm_users);
}

/**
 * get_task_mm() - a reference to a task's address space
 * @task:	task
 *
 * Return: NULL for kernel threads and for tasks that are exiting.
 */
struct mm_struct *get_task_mm(struct task_struct *task)
{
	struct mm_struct *mm;

	kshim_point(KSHIM_MARKED_READ, task, 0);
	mm = task->mm;
	if (!mm || task->flags & PF_KTHREAD)
		return NULL;
	kshim_rmw_inc(&mm->mm_users.counter);
	kshim_touch(KSHIM_GET, &mm->mm_users, sizeof(mm->mm_users));
	return mm;
}

void kthread_use_mm(struct mm_struct *mm)
{
	mmgrab(mm);
	current->active_mm = mm;
	current->mm = mm;
}

void kthread_unuse_mm(struct mm_struct *mm)
{
	current->mm = NULL;
	current->active_mm = NULL;
	mmdrop(mm);
}
