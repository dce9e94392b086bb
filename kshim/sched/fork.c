// SPDX-License-Identifier: GPL-2.0-only
/*
 * Processes and user threads: how they begin and how they end.
 *
 * The kernel: the threads of a process share its open files and its address
 * space; whoever exits last gives both back; the releases of files that this
 * causes run as task work, still in the exiting thread, when its other
 * resources are gone.
 *
 * Here: the same order: address space, files, task work. A process is an
 * entry of a small table, so that making one cannot fail half way for want
 * of an entry; files and address space are allocated as in the kernel.
 *
 * Not here: exec, wait(), parents, credentials other than capabilities.
 */
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/task_work.h>
#include <kshim/user.h>

#include "lib/rmw.h"
#include "sched/process.h"
#include "sched/sched.h"

#define MAX_PROCESSES	24

struct kshim_process {
	bool used;
	bool held;			/* lives on without a thread, see hold */
	int nr_threads;			/* not ended */
	int nr_mm;			/* of these, with an address space */
	pid_t tgid;			/* 0: no thread yet */
	struct task_struct *leader;
	struct task_struct *main;	/* group leader that does not run, or NULL */
	struct mm_struct **leader_mm;	/* of a leader that has ended */
	struct files_struct *files;	/* until the first thread takes it */
	struct mm_struct *mm;
	u64 cap_effective;
	char comm[TASK_COMM_LEN];
};

static struct kshim_process processes[MAX_PROCESSES] KSHIM_COUNTED_ARRAY;
static unsigned int nr_processes;	/* that were ever used */
KSHIM_COUNTED(processes, nr_processes, 1);
static struct task_struct main_thread;

static struct kshim_process *process_get(const char *comm)
{
	struct kshim_process *p;

	kshim_raw_lock(processes);
	for (p = processes; p < processes + nr_processes; p++)
		if (!p->used)
			break;
	if (p == processes + MAX_PROCESSES) {
		kshim_raw_unlock(processes);
		return NULL;
	}
	if (p == processes + nr_processes)
		nr_processes++;
	memset(p, 0, sizeof(*p));
	p->used = true;
	kshim_raw_unlock(processes);
	strscpy(p->comm, comm, sizeof(p->comm));
	return p;
}

static struct kshim_process *process_fill(struct kshim_process *p, struct files_struct *files,
					  u64 caps)
{
	p->files = files;
	p->mm = files ? mm_alloc() : NULL;
	p->cap_effective = caps;
	if (p->mm)
		return p;
	if (files)
		put_files_struct(files);
	WRITE_ONCE(p->used, false);
	return NULL;
}

struct kshim_process *kshim_process_new(const char *comm)
{
	struct kshim_process *p = process_get(comm);

	return p ? process_fill(p, kshim_files_new(), ~0ULL) : NULL;
}

struct kshim_process *kshim_process_fork(const char *comm)
{
	struct task_struct *me = kshim_current();
	struct kshim_process *p;
	int err;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	if (!me->process)
		return NULL;
	p = process_get(comm);
	if (p)
		p = process_fill(p, dup_fd(me->files, &err), me->cap_effective);
	kshim_return_to_user();
	return p;
}

static void thread_main(void *unused)
{
	struct task_struct *me = kshim_task_begin();

	me->thread_fn(me->thread_arg);
	kshim_exit_task(me, 0);
}

int kshim_thread_start(struct kshim_process *p, const char *comm,
		       void (*fn)(void *arg), void *arg)
{
	struct task_struct *t;

	if (!p->used)
		return -ESRCH;
	t = kshim_task_new(comm ? comm : p->comm, 0, 0, thread_main);
	if (!t)
		return -EAGAIN;
	t->thread_fn = fn;
	t->thread_arg = arg;
	t->process = p;
	t->cap_effective = p->cap_effective;
	if (!p->leader) {
		p->leader = t;
		p->tgid = t->pid;
		t->files = p->files;
		t->mm = p->mm;
	} else {
		t->files = get_files_struct(p->files);
		t->mm = p->mm;
		mmget(t->mm);
	}
	p->held = false;
	t->active_mm = t->mm;
	t->group_leader = p->main ?: p->leader;
	t->tgid = p->tgid;
	kshim_rmw_inc(&p->nr_threads);
	kshim_rmw_inc(&p->nr_mm);
	kshim_hb_release(t);
	kshim_touch(KSHIM_GET, &p->nr_threads, sizeof(p->nr_threads));
	kshim_touch(KSHIM_GET, &p->nr_mm, sizeof(p->nr_mm));
	__atomic_store_n(&t->started, 1, __ATOMIC_RELEASE);
	/* The references above are points: it may be parked already. */
	kshim_unpark(t->ktask);
	return t->pid;
}

void kshim_process_main(void)
{
	struct task_struct *me = kshim_current();

	main_thread = (struct task_struct) {
		.flags = me->flags, .pid = me->pid, .tgid = me->tgid, .mm = me->mm,
		.active_mm = me->mm, .process = me->process, .usage = 1,
		.cap_effective = me->cap_effective, .group_leader = &main_thread,
	};
	strscpy(main_thread.comm, me->comm, sizeof(main_thread.comm));
	me->process->main = &main_thread;
	me->group_leader = &main_thread;
}

void kshim_process_hold(void)
{
	struct task_struct *me = kshim_current();
	struct kshim_process *p = me->process;

	get_files_struct(me->files);
	mmget(me->mm);
	kshim_touch(KSHIM_WRITE, &p->nr_threads, sizeof(p->nr_threads));
	p->leader = NULL;	/* the next thread takes the references over */
	p->tgid = 0;
	p->held = true;
}

struct task_struct *kshim_process_thread(pid_t tgid)
{
	struct task_struct *t;
	unsigned int i;

	for (i = 0; i < KSHIM_MAX_TASKS; i++) {
		t = kshim_find_task(KSHIM_FIRST_PID + i);
		if (t && t->process && t->tgid == tgid)
			return t;
	}
	return NULL;
}

static bool last_one(int *count)
{
	int left = kshim_rmw_dec(count);

	kshim_touch(KSHIM_PUT, count, sizeof(*count));
	return !left;
}

static void exit_mm(struct task_struct *me)
{
	struct kshim_process *p = me->process;
	struct mm_struct *mm = me->mm;

	if (p && me == p->leader)
		p->leader_mm = &me->mm;		/* as if it waited for the others */
	else
		me->mm = NULL;
	if (p && last_one(&p->nr_mm) && !p->held) {
		if (p->leader_mm)
			*p->leader_mm = NULL;
		if (p->main)
			p->main->mm = NULL;
	}
	if (mm && me->process)
		mmput(mm);
}

void kshim_exit_task(struct task_struct *me, long code)
{
	struct kshim_process *p = me->process;

	me->exit_code = code;
	kshim_set_current_state(TASK_RUNNING);
	kshim_point(KSHIM_EXIT, NULL, 0);
	if (unlikely(me->held.nr))
		kshim_held_check("exit");
	WRITE_ONCE(me->flags, me->flags | PF_EXITING);
	exit_mm(me);
	exit_files(me);
	task_work_run();
	if (me->kthread)
		kshim_kthread_exit(me);
	__kshim_state(me) = TASK_DEAD;
	kshim_touch(KSHIM_WRITE, &me->exited, 1);
	__atomic_store_n(&me->exited, 1, __ATOMIC_RELEASE);
	if (p && last_one(&p->nr_threads) && !p->held)
		__atomic_store_n(&p->used, false, __ATOMIC_RELEASE);
}

struct task_struct *get_task_struct(struct task_struct *t)
{
	kshim_rmw_inc(&t->usage);
	return t;
}

void put_task_struct(struct task_struct *t)
{
	kshim_rmw_dec(&t->usage);
}

void kshim_processes_reset(void)
{
	unsigned int i;

	for (i = 0; i < nr_processes; i++)
		processes[i].used = processes[i].held;
}
