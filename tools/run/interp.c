// SPDX-License-Identifier: GPL-2.0-only
/*
 * Executes the steps of a scenario inside tasks of the simulated machine.
 *
 * A step is one system call or one write to a file below /sys, as its user
 * would do it. Results and flags are the harness's: a schedule cannot change
 * them by accident, and interp_restore() puts them back.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kshim/inspect.h"
#include "kshim/slab.h"
#include "kshim/user.h"
#include "lifecycle.h"
#include "live.h"
#include "machine.h"

#define NOT_RUN		OUTCOME_NONE

struct interp run_interp;

static long *saved_result;
static unsigned char *saved_flags;
static struct kshim_process *processes[64];
static unsigned int nr_processes KSHIM_RUN_STATE;	/* entries of it that may be set */
static unsigned int main_threads KSHIM_RUN_STATE;	/* of process "main" that still run */
static struct kshim_task *waiters[SCN_MAX_TASKS + 2] KSHIM_RUN_STATE;
static unsigned int nr_waiters KSHIM_RUN_STATE;
static char scratch[SCN_MAX_TASKS + 2][SCRATCH_SIZE];

/* Tasks without file steps are the administrator's: a process of their own. */
static bool task_has_files(const struct scn_task *t)
{
	unsigned int i;

	for (i = 0; i < t->nsteps; i++) {
		switch (run_interp.scn->steps[t->first + i].verb) {
		case SCN_OPEN: case SCN_CLOSE: case SCN_DUP: case SCN_IOCTL:
		case SCN_READ: case SCN_WRITE: case SCN_PREAD: case SCN_PWRITE:
		case SCN_LSEEK: case SCN_MMAP: case SCN_FORK:
		case SCN_MMAP_ANON: case SCN_MUNMAP: case SCN_MEMLOCK: case SCN_HOLD:
			return true;
		default:
			break;
		}
	}
	return false;
}

/* What a step has put into its user memory before it enters the kernel. */
static size_t prepared(const struct scenario *scn)
{
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++)
		if (scn->steps[i].nargs > 2 && scn->steps[i].arg[2].str &&
		    strlen(scn->steps[i].arg[2].str) >= IOCTL_FILL_SIZE)
			return SCRATCH_SIZE;
	return IOCTL_FILL_SIZE;
}

/* What an execution changes here and no variable holds. */
static void name_state(const struct scenario *scn)
{
	size_t part = prepared(scn);
	unsigned int i;

	kshim_checkpoint_forget();
	kshim_checkpoint_range(run_interp.result, scn->nsteps * sizeof(long));
	kshim_checkpoint_range(run_interp.flags, scn->nsteps);
	kshim_checkpoint_range(run_interp.pid, scn->ntasks * sizeof(int));
	kshim_checkpoint_range(run_interp.signals, scn->ntasks * sizeof(int));
	kshim_checkpoint_range(processes, (scn->nprocesses + 1) * sizeof(processes[0]));
	live_name_state(scn);
	for (i = 0; i < scn->ntasks; i++)
		kshim_checkpoint_range(scratch[i], part);
}

int interp_open(const struct scenario *scn)
{
	size_t n = scn->nsteps ? scn->nsteps : 1;

	run_interp.scn = scn;
	run_interp.result = calloc(n, sizeof(long));
	run_interp.flags = calloc(n, 1);
	run_interp.pid = calloc(scn->ntasks + 1, sizeof(int));
	run_interp.signals = calloc(scn->ntasks + 1, sizeof(int));
	saved_result = calloc(n, sizeof(long));
	saved_flags = calloc(n, 1);
	if (!run_interp.result || !run_interp.flags || !run_interp.pid ||
	    !run_interp.signals || !saved_result || !saved_flags)
		return -ENOMEM;
	for (n = 0; n < scn->nsteps; n++)
		run_interp.result[n] = NOT_RUN;
	name_state(scn);
	interp_save();
	return 0;
}

void interp_close(void)
{
	kshim_checkpoint_forget();
	free(run_interp.result);
	free(run_interp.flags);
	free(run_interp.pid);
	free(run_interp.signals);
	free(saved_result);
	free(saved_flags);
	memset(&run_interp, 0, sizeof(run_interp));
}

void interp_save(void)
{
	size_t n = run_interp.scn->nsteps;

	memcpy(saved_result, run_interp.result, n * sizeof(long));
	memcpy(saved_flags, run_interp.flags, n);
}

void interp_restore(void)
{
	size_t n = run_interp.scn->nsteps;

	memcpy(run_interp.result, saved_result, n * sizeof(long));
	memcpy(run_interp.flags, saved_flags, n);
	if (nr_waiters)
		memset(waiters, 0, sizeof(waiters));
	nr_waiters = 0;
	run_interp.cleanup = false;
}

/* Steps of other tasks that have to be over: wait steps and order pins. */
void interp_wait(unsigned int slot, unsigned int step)
{
	kshim_touch(KSHIM_READ, &run_interp.result[step], 1);
	while (!(run_interp.flags[step] & SCN_STEP_DONE)) {
		waiters[slot] = kshim_self();
		nr_waiters++;
		kshim_park(KSHIM_FOREVER);
	}
	waiters[slot] = NULL;
	kshim_hb_acquire(&run_interp.flags[step]);
}

static void wake_waiters(void)
{
	unsigned int i;

	for (i = 0; nr_waiters && i < SCN_MAX_TASKS + 2; i++)
		if (waiters[i])
			kshim_unpark(waiters[i]);
}

static bool run_steps(const struct scn_task *t, unsigned int slot);

/* Round after round; false as run_steps(). */
static bool run_forever(const struct scn_task *t, unsigned int slot)
{
	do
		if (!run_steps(t, slot))
			return false;
	while (live_next_round(slot));
	return !kshim_user_killed();
}

static bool in_main(const struct scn_task *t)
{
	return !t->stopped && !t->process && task_has_files(t);
}

static void task_main(void *arg)
{
	const struct scn_task *t = arg;
	unsigned int slot = (unsigned int)(t - run_interp.scn->tasks);
	bool lives;

	if (t->user)
		kshim_sys_drop_caps();
	lives = t->forever ? run_forever(t, slot) : run_steps(t, slot);
	live_task_ends(slot);
	/* The teardown goes on with what the last thread of "main" leaves open. */
	if (!lives || !in_main(t))
		return;
	if (run_interp.scn->teardown.nsteps)
		kshim_touch(KSHIM_ATOMIC, &main_threads, sizeof(main_threads));
	if (!__atomic_sub_fetch(&main_threads, 1, __ATOMIC_ACQ_REL) && run_interp.scn->teardown.nsteps)
		kshim_process_hold();
}

long interp_fork(const struct scn_step *s)
{
	const struct scn_task *child = &run_interp.scn->tasks[s->arg[0].index];
	struct kshim_process *p = kshim_process_fork(child->name);

	if (!p)
		return -EAGAIN;
	live_task_begins(s->arg[0].index);
	run_interp.pid[s->arg[0].index] = kshim_thread_start(p, child->name, task_main,
							     (void *)child);
	if (run_interp.pid[s->arg[0].index] < 0)
		live_task_ends(s->arg[0].index);
	return run_interp.pid[s->arg[0].index];
}

/* Returns false when the task's process was ended or killed. */
static bool run_steps(const struct scn_task *t, unsigned int slot)
{
	const struct scenario *scn = run_interp.scn;
	unsigned int i, j;
	bool killed;

	for (i = t->first; i < t->first + t->nsteps; i++) {
		const struct scn_step *s = &scn->steps[i];
		bool faults = s->fail_nth && !kshim_fair_from, late;
		struct life_begun begun;

		if (t->forever && !live_goes_on(slot))
			return !kshim_user_killed();
		for (j = 0; j < scn->norders; j++)
			if (scn->orders[j].after == i)
				interp_wait(slot, scn->orders[j].before);
		if (s->verb == SCN_EXIT)
			return false;
		run_interp.flags[i] = SCN_STEP_STARTED;
		if (kshim_hot.slow)
			record_step(true, s, 0);
		kshim_task_waited();
		late = t->forever && live_is_late(s);
		if (lifecycle_steps)
			begun = lifecycle_step(i);
		if (faults)
			kshim_fail_nth(s->fail_nth);
		run_interp.result[i] = step_run(s, slot, scratch[slot]);
		if (faults)
			kshim_fail_nth(0);
		if (lifecycle_steps)
			lifecycle_answer(i, begun, run_interp.result[i]);
		if (late && run_interp.result[i] >= 0)
			live_late_open(s);
		kshim_touch(KSHIM_WRITE, &run_interp.result[i], 1);
		run_interp.flags[i] |= SCN_STEP_DONE;
		kshim_hb_release(&run_interp.flags[i]);
		if (kshim_task_waited() && s->verb != SCN_SLEEP && s->verb != SCN_WAIT &&
		    s->verb != SCN_HOLD)
			run_interp.flags[i] |= SCN_STEP_WAITED;
		killed = kshim_user_killed();
		if (killed)
			run_interp.flags[i] |= SCN_STEP_KILLED;
		if (kshim_hot.slow)
			record_step(false, s, run_interp.result[i]);
		if (run_steps_file && s->task >= 0)
			run_interp.signals[s->task] = kshim_task_signals(kshim_current_pid());
		if (run_steps_file && s->label)
			steps_print(s, run_interp.result[i], scratch[slot]);
		if (!t->forever || !kshim_fair_from)
			kshim_progress();
		wake_waiters();
		if (killed)
			return false;
	}
	return true;
}

void interp_setup(void *unused)
{
	(void)unused;
	kshim_process_main();
	run_steps(&run_interp.scn->setup, SCN_MAX_TASKS);
	kshim_process_hold();
}

struct kshim_process *interp_process(unsigned int i)
{
	if (i >= nr_processes)
		nr_processes = i + 1;
	if (!processes[i])
		processes[i] = kshim_process_new(run_interp.scn->processes[i].name);
	return processes[i];
}

static void teardown_main(void *unused)
{
	(void)unused;
	run_steps(&run_interp.scn->teardown, SCN_MAX_TASKS + 1);
}

/* In process "main", or in a new one when that has ended. */
void interp_teardown(void)
{
	if (kshim_thread_start(interp_process(0), "teardown", teardown_main, NULL) > 0)
		return;
	processes[0] = NULL;
	kshim_thread_start(interp_process(0), "teardown", teardown_main, NULL);
}

static void nothing(void *unused)
{
	(void)unused;
}

bool interp_close_main(void)
{
	const struct scenario *scn = run_interp.scn;

	/* With a teardown it is the scenario that says when. */
	return scn->setup.nsteps && !scn->teardown.nsteps && !main_threads &&
		kshim_thread_start(interp_process(0), "exit", nothing, NULL) > 0;
}

/* Processes made by a setup survive in the snapshot, all others do not. */
void interp_forget_processes(bool all)
{
	unsigned int i;

	for (i = all ? 0 : 1; i < nr_processes; i++)
		processes[i] = NULL;
	nr_processes = all ? 0 : 1;
}

void interp_start(void)
{
	const struct scenario *scn = run_interp.scn;
	unsigned int i;

	main_threads = 0;
	live_begin();
	for (i = 0; i < scn->ntasks; i++) {
		main_threads += in_main(&scn->tasks[i]);
		if (!scn->tasks[i].stopped)
			live_task_begins(i);
	}
	for (i = 0; i < scn->ntasks; i++) {
		const struct scn_task *t = &scn->tasks[i];
		struct kshim_process *p;

		if (t->stopped)
			continue;
		if (t->process || task_has_files(t))
			p = interp_process(t->process);
		else
			p = kshim_process_new(t->name);
		run_interp.pid[i] = kshim_thread_start(p, t->name, task_main, (void *)t);
	}
	kshim_environment_begin();
}
