/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/sched.h: tasks as kernel code sees them, see kshim/sched/. */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <asm/current.h>
#include <asm/processor.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

struct cred;
struct files_struct;
struct kshim_process;
struct kshim_task;
struct kthread;
struct mm_struct;
struct nsproxy;

#define TASK_RUNNING		0x0000
#define TASK_INTERRUPTIBLE	0x0001
#define TASK_UNINTERRUPTIBLE	0x0002
#define TASK_DEAD		0x0080
#define TASK_WAKEKILL		0x0100
#define TASK_NOLOAD		0x0400
#define TASK_NEW		0x0800
#define TASK_KILLABLE		(TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_IDLE		(TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

#define TASK_COMM_LEN		16

#define PF_EXITING		0x00000004
#define PF_WQ_WORKER		0x00000020
#define PF_MEMALLOC_NOIO	0x00080000
#define PF_MEMALLOC_NOFS	0x00040000
#define PF_KTHREAD		0x00200000

#define MAX_SCHEDULE_TIMEOUT	LONG_MAX
#ifndef HZ
#define HZ			250
#endif

/* The locks that a task holds, innermost last; kept by locking/held.c. */
#define KSHIM_MAX_HELD		12
struct kshim_held {
	struct kshim_held_lock {
		const void *lock;	/* NULL: one that had no room */
		const void *pc;		/* where it was taken */
		unsigned long hash;	/* of the stack up to here */
		unsigned int class;	/* and the mode in the lowest bits */
	} lock[KSHIM_MAX_HELD];
	unsigned int nr;		/* may exceed the array: the rest is uncounted */
};

struct pid {
	int nr;
};

/*
 * Lives in the private area of its kshim_task, which is zeroed at creation
 * and stays for the whole run.
 */
struct task_struct {
#if KSHIM_KVER >= 0x050E00
	unsigned int __state;
#else
	volatile long state;
#endif
	unsigned int flags;		/* PF_* */
	int preempt_count;		/* spinlocks, preempt_disable() */
	int rcu_read_lock_nesting;
	unsigned int fail_nth;		/* counts down in kshim_should_fail() */
	unsigned int nr_waits;		/* sleeps other than on locks */
	unsigned int nr_handled;	/* signals that user code has handled */
	int lock_depth;
	int exit_code;
	unsigned char started;		/* first wake-up has come */
	unsigned char sigpending;	/* TIF_SIGPENDING */
	unsigned char killed;		/* user code must end, see kshim_user_killed() */
	unsigned char exited;
	pid_t pid;
	pid_t tgid;
	char comm[TASK_COMM_LEN];
	u64 pending;			/* bit n - 1: signal n */
	u64 cap_effective;
	unsigned long rlim_memlock;	/* of a group leader, see mm/mlock.c */
	int usage;
	struct files_struct *files;
	struct mm_struct *mm;
	struct mm_struct *active_mm;
	struct callback_head *task_works;
	struct task_struct *group_leader;
	struct kshim_process *process;	/* NULL: kernel thread */
	struct kshim_task *ktask;
	struct kthread *kthread;
	const struct cred *cred;
	void (*thread_fn)(void *arg);	/* of a user thread */
	void *thread_arg;
	void *journal_info;
	struct pid thread_pid;
	struct kshim_held held;
};

extern struct task_struct init_task;

#if KSHIM_KVER >= 0x050E00
#define __kshim_state(t)	((t)->__state)
#else
#define __kshim_state(t)	((t)->state)
#endif

/**
 * kshim_set_current_state() - announce the sleep state of the caller
 * @state:	TASK_*
 *
 * With the full barrier that set_current_state() promises.
 */
void kshim_set_current_state(unsigned int state);
#define set_current_state(s)	kshim_set_current_state(s)
#define __set_current_state(s)	kshim_set_current_state(s)
#define get_current_state()	((unsigned int)READ_ONCE(__kshim_state(current)))
#define task_is_running(t)	(READ_ONCE(__kshim_state(t)) == TASK_RUNNING)

void schedule(void);
long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_killable(long timeout);
long schedule_timeout_uninterruptible(long timeout);
void io_schedule(void);
void yield(void);
int kshim_cond_resched(void);
#define cond_resched()		kshim_cond_resched()
#define need_resched()		0

int wake_up_process(struct task_struct *p);
int wake_up_state(struct task_struct *p, unsigned int state);

static inline pid_t task_pid_nr(const struct task_struct *t)
{
	return t->pid;
}

static inline pid_t task_tgid_nr(const struct task_struct *t)
{
	return t->tgid;
}

#define task_pid_vnr(t)		task_pid_nr(t)
#define task_tgid_vnr(t)	task_tgid_nr(t)
#define get_task_comm(buf, t)	kshim_get_task_comm(buf, sizeof(buf), t)
char *kshim_get_task_comm(char *buf, size_t size, const struct task_struct *t);

#define raw_smp_processor_id()	0
#define smp_processor_id()	0
#define get_cpu()		({ preempt_disable(); 0; })
#define put_cpu()		preempt_enable()

/* The task with this number that still runs, or NULL. No reference taken. */
struct task_struct *kshim_find_task(pid_t pid);

#ifndef TASK_SIZE
#define TASK_SIZE		0x00007ffffffff000UL
#endif

#endif
