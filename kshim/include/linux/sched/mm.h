/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/sched/mm.h: references to address spaces. */
#ifndef _LINUX_SCHED_MM_H
#define _LINUX_SCHED_MM_H

#include <linux/gfp.h>
#include <linux/sched.h>
#include <linux/types.h>

struct mm_struct *mm_alloc(void);
void mmput(struct mm_struct *mm);
#define mmput_async(mm)		mmput(mm)
void __mmdrop(struct mm_struct *mm);

/* Out of line: mm_types.h needs what includes this header. */
void mmgrab(struct mm_struct *mm);
void mmdrop(struct mm_struct *mm);
void mmget(struct mm_struct *mm);
bool mmget_not_zero(struct mm_struct *mm);
struct mm_struct *get_task_mm(struct task_struct *task);

void kthread_use_mm(struct mm_struct *mm);
void kthread_unuse_mm(struct mm_struct *mm);

/* Allocation never reclaims here, so the scopes change nothing. */
static inline unsigned int memalloc_noio_save(void) { return 0; }
static inline void memalloc_noio_restore(unsigned int flags) { }
static inline unsigned int memalloc_nofs_save(void) { return 0; }
static inline void memalloc_nofs_restore(unsigned int flags) { }
static inline void might_alloc(gfp_t gfp_mask) { }

#endif
