/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What user space can do: processes, threads, signals and system calls.
 * Plain C types only: for host code and for kernel code.
 */
#ifndef KSHIM_USER_H
#define KSHIM_USER_H

#include <kshim/user_fs.h>

struct kshim_process;

/**
 * kshim_process_new() - make a process without any thread
 * @comm:	name of the process, copied
 *
 * It gets an empty table of file descriptors and all capabilities. It ends
 * when its last thread ends.
 *
 * Return: the process, NULL when there are too many.
 */
struct kshim_process *kshim_process_new(const char *comm);

/**
 * kshim_process_fork() - make a process from the caller's
 * @comm:	name of the new process, copied
 *
 * The new process shares the open files, in a table of its own, and has no
 * thread yet. Called by a user thread.
 *
 * Return: the process, NULL when there are too many or no memory.
 */
struct kshim_process *kshim_process_fork(const char *comm);

/**
 * kshim_thread_start() - add a thread to a process
 * @p:		process
 * @comm:	name of the task, NULL: that of the process
 * @fn:		its user code; returning from it ends the thread
 * @arg:	handed to @fn
 *
 * The first thread's number is the process's number.
 *
 * Return: pid, or -EAGAIN when there are too many tasks.
 */
int kshim_thread_start(struct kshim_process *p, const char *comm,
		       void (*fn)(void *arg), void *arg);

/**
 * kshim_process_hold() - let the caller's process outlive its threads
 *
 * Its only thread calls this before it ends: open files stay open until the
 * next thread of the process, which takes them over, has ended too.
 */
void kshim_process_hold(void);

/**
 * kshim_process_main() - the caller's process gets a main thread
 *
 * It never runs, and is the group leader of the caller and of all threads
 * that are started from now on, until the last of them has ended: as when
 * main() waits for the threads that it has created. One process can have it.
 */
void kshim_process_main(void);

/* Number of the calling task, 0 outside any. */
int kshim_current_pid(void);

/* Number of the calling task's process. */
int kshim_current_tgid(void);

/**
 * kshim_sys_kill() - send a signal
 * @pid:	of any task; the signal goes to its process, that task first
 * @sig:	1..64, or 0 to see whether @pid exists
 *
 * Every signal but SIGKILL is taken to have a handler without SA_RESTART.
 *
 * Return: 0, -ESRCH, -EINVAL.
 */
long kshim_sys_kill(int pid, int sig);

/**
 * kshim_sys_nanosleep() - sleep in virtual time
 * @ns:		how long
 *
 * Return: 0, or -EINTR after a signal.
 */
long kshim_sys_nanosleep(unsigned long long ns);

/**
 * kshim_sys_pause() - sleep until somebody has a reason to wake the caller
 * @ns:		at most so long, or KSHIM_FOREVER
 * @over:	tested before each sleep: true ends it; may be NULL
 * @arg:	handed to @over
 *
 * As poll(2) on something that only @over knows. The sleep is by choice: no
 * hang or deadlock is about the caller.
 *
 * Return: 1 when @over said so, 0 when the time was up, -EINTR after a signal.
 */
long kshim_sys_pause(unsigned long long ns, int (*over)(void *arg), void *arg);

/* Let a task in kshim_sys_pause() test again. */
void kshim_pause_wake(int pid);

/* sched_yield(2): lets others run, always 0. */
long kshim_sys_yield(void);

/**
 * kshim_return_to_user() - the end of every system call
 *
 * Runs task work (deferred file releases), checks that no lock is held and
 * delivers signals: handlers run (the signal is gone), SIGKILL marks the
 * thread, see kshim_user_killed().
 */
void kshim_return_to_user(void);

/**
 * kshim_syscall_exit() - kshim_return_to_user() for a result
 * @ret:	of the system call, >= 0 or -errno
 *
 * Return: @ret as user space sees it: an interrupted call gives -EINTR.
 */
long kshim_syscall_exit(long ret);

/* Was the calling thread killed? Then its code must return. */
int kshim_user_killed(void);

/**
 * kshim_task_waited() - did the caller sleep?
 *
 * Return: number of sleeps other than on locks since the last call.
 */
int kshim_task_waited(void);

/**
 * kshim_task_state() - what a task is doing
 * @pid:	its number
 *
 * Return: "R" (runs or could), "S" (interruptible sleep), "D" (other sleep,
 * locks included), "X" (ended or never was).
 */
const char *kshim_task_state(int pid);

/* Signals that a task's handlers have got so far. */
int kshim_task_signals(int pid);

/* Name of a task, "?" when there is none with this number. */
const char *kshim_task_comm(int pid);

/**
 * kshim_sched_reset() - forget all tasks
 *
 * For the start of a run, in a mode that restores no snapshot.
 */
void kshim_sched_reset(void);

#endif
