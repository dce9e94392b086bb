// SPDX-License-Identifier: GPL-2.0-only
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/task_work.h>
#include <linux/wait.h>
#include <kshim/user.h>
#include "ktest.h"

static DECLARE_COMPLETION(started);
static DECLARE_COMPLETION(finished);
static DECLARE_COMPLETION(never);
static long result;
static int killed[2], order[4];
static atomic_t n;

KTEST(kill_errors)
{
	KEXPECT_EQ(kshim_sys_kill(9999, SIGTERM), -ESRCH);
	KEXPECT_EQ(kshim_sys_kill(kshim_current_pid(), 65), -EINVAL);
	KEXPECT_EQ(kshim_sys_kill(kshim_current_pid(), -1), -EINVAL);
	KEXPECT_EQ(kshim_sys_kill(kshim_current_pid(), 0), 0);
	KEXPECT(!signal_pending(current));
}

KTEST(signal_is_gone_after_its_handler)
{
	KEXPECT_EQ(send_sig(SIGTERM, current, 0), 0);
	KEXPECT(signal_pending(current));
	KEXPECT(!fatal_signal_pending(current));
	kshim_return_to_user();
	KEXPECT(!signal_pending(current));
	KEXPECT(!kshim_user_killed());
}

KTEST(interrupted_call_gives_eintr)
{
	KEXPECT_EQ(kshim_syscall_exit(-ERESTARTSYS), -EINTR);
	KEXPECT_EQ(kshim_syscall_exit(-ERESTARTNOINTR), -EINTR);
	KEXPECT_EQ(kshim_syscall_exit(-ENOENT), -ENOENT);
	KEXPECT_EQ(kshim_syscall_exit(5), 5);
}

static void thread(void *data)
{
	long i = (long)data;

	complete(&started);
	wait_for_completion_killable(&never);
	kshim_return_to_user();
	killed[i] = kshim_user_killed();
	complete(&finished);
}

/* SIGKILL is for all threads of a process, whoever it was sent to. */
KTEST(kill_ends_all_threads)
{
	struct kshim_process *p = kshim_process_new("victim");
	int pid = kshim_thread_start(p, "a", thread, (void *)0L);
	int tid = kshim_thread_start(p, "b", thread, (void *)1L);

	KEXPECT(pid > 0 && tid > 0 && pid != tid);
	wait_for_completion(&started);
	wait_for_completion(&started);
	KEXPECT_EQ(kshim_sys_kill(tid, SIGKILL), 0);
	wait_for_completion(&finished);
	wait_for_completion(&finished);
	KEXPECT(killed[0] && killed[1]);
	msleep(20);
	KEXPECT_EQ(kshim_task_state(pid)[0], 'X');
	KEXPECT_EQ(kshim_sys_kill(pid, 0), -ESRCH);
}

static void two_states(void *unused)
{
	complete(&started);
	result = wait_for_completion_interruptible(&never);
	complete(&finished);
}

KTEST(task_states_are_visible)
{
	int pid = kshim_thread_start(kshim_process_new("s"), "sleeper", two_states, NULL);

	wait_for_completion(&started);
	msleep(20);
	KEXPECT_EQ(kshim_task_state(pid)[0], 'S');
	KEXPECT_EQ(kshim_task_comm(pid)[0], 's');
	KEXPECT_EQ(kshim_task_state(kshim_current_pid())[0], 'R');
	kshim_sys_kill(pid, SIGINT);
	wait_for_completion(&finished);
	KEXPECT_EQ(result, -ERESTARTSYS);
}

static int kthread_ignores(void *unused)
{
	complete(&started);
	result = wait_for_completion_interruptible_timeout(&never, 100);
	return 0;
}

KTEST(kernel_threads_ignore_signals)
{
	struct task_struct *t = kthread_run(kthread_ignores, NULL, "kt");

	wait_for_completion(&started);
	KEXPECT_EQ(send_sig(SIGKILL, t, 1), 0);
	kthread_stop(t);
	KEXPECT_EQ(result, 0);
}

struct work {
	struct callback_head head;
	int id;
};

static void work_fn(struct callback_head *head)
{
	order[atomic_inc_return(&n) - 1] = container_of(head, struct work, head)->id;
}

KTEST(task_work_runs_on_return_last_first)
{
	struct work w[3];
	int i;

	for (i = 0; i < 3; i++) {
		w[i].id = i;
		init_task_work(&w[i].head, work_fn);
		KEXPECT_EQ(task_work_add(current, &w[i].head, TWA_RESUME), 0);
	}
	KEXPECT_EQ(atomic_read(&n), 0);
	kshim_return_to_user();
	KEXPECT_EQ(atomic_read(&n), 3);
	KEXPECT_EQ(order[0], 2);
	KEXPECT_EQ(order[2], 0);
	kshim_return_to_user();
	KEXPECT_EQ(atomic_read(&n), 3);
}

static struct work exit_work;
static struct task_struct *exiting;

static void exits(void *unused)
{
	exiting = current;
	init_task_work(&exit_work.head, work_fn);
	task_work_add(current, &exit_work.head, TWA_RESUME);
	complete(&started);
}

KTEST(task_work_runs_on_exit_then_no_more)
{
	struct work late;

	kshim_thread_start(kshim_process_new("exits"), NULL, exits, NULL);
	wait_for_completion(&started);
	msleep(20);
	KEXPECT_EQ(atomic_read(&n), 1);
	init_task_work(&late.head, work_fn);
	KEXPECT_EQ(task_work_add(exiting, &late.head, TWA_RESUME), -ESRCH);
}
