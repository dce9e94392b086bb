// SPDX-License-Identifier: GPL-2.0-only
/*
 * Executes the steps of a scenario inside tasks of the simulated machine.
 *
 * A step is one system call or one write to a file below /sys, as its user
 * would do it. Results and flags are the harness's: a schedule cannot change
 * them by accident, and interp_restore() puts them back.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "kshim/inspect.h"
#include "kshim/module.h"
#include "kshim/slab.h"
#include "kshim/sysfs.h"
#include "kshim/user.h"
#include "lifecycle.h"
#include "live.h"
#include "machine.h"

#define SCRATCH_SIZE	4096
#define NOT_RUN		OUTCOME_NONE

struct interp run_interp;

static long *saved_result;
static unsigned char *saved_flags;
static struct kshim_process *processes[64] KSHIM_RUN_STATE;
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
static void wait_step(unsigned int slot, unsigned int step)
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

static long fd_of(const struct scn_arg *a)
{
	if (a->kind == SCN_ARG_STEP)
		return run_interp.result[a->index] == NOT_RUN ? -1 :
			run_interp.result[a->index];
	return a->num;
}

static const char *driver_of(const char *name)
{
	return name && !strcmp(name, "stub") ? "pci-stub" : name;
}

/* @fmt holds at most one %s; printf() would be felt here. */
static long sysfs(const char *text, const char *fmt, const char *a)
{
	char path[160], *p = path;
	long ret;

	for (; *fmt && p < path + sizeof(path) - 64; fmt++) {
		if (fmt[0] != '%') {
			*p++ = *fmt;
			continue;
		}
		p = stpncpy(p, a, 60);
		fmt++;
	}
	*p = 0;
	ret = kshim_sysfs_write(path, text, strlen(text));
	return ret > 0 ? 0 : ret;
}

/* How long the memory is that a step has mapped. */
static unsigned long memory_size(const struct scn_arg *a)
{
	return a->kind == SCN_ARG_STEP ?
		(unsigned long)run_interp.scn->steps[a->index].arg[0].num : 4096;
}

static const struct scn_device *device_of(const struct scn_arg *a)
{
	return &run_interp.scn->devices[a->index];
}

static long step_bind(const struct scn_step *s)
{
	const struct scn_device *d = device_of(&s->arg[0]);
	const char *drv = driver_of(s->nargs > 1 && s->arg[1].str ? s->arg[1].str : d->driver);
	long ret;

	if (!drv)
		return -EINVAL;
	ret = sysfs(drv, "/sys/bus/sim/devices/%s/driver_override", d->addr);
	if (ret < 0)
		return ret;
	return sysfs(d->addr, "/sys/bus/sim/drivers/%s/bind", drv);
}

static long step_unbind(const struct scn_step *s)
{
	const struct scn_device *d = device_of(&s->arg[0]);
	const char *drv = kshim_device_driver(d->addr);

	return drv ? sysfs(d->addr, "/sys/bus/sim/drivers/%s/unbind", drv) : -ENODEV;
}

long world_plug(const struct scenario *scn, const struct scn_device *d)
{
	char text[96];

	snprintf(text, sizeof(text), "%s %s", d->addr,
		 d->group < 0 ? "none" : scn->groups[d->group].name);
	return sysfs(text, "/sys/bus/sim/new_device", NULL);
}

/* printf() would be felt here. */
static void put_string(char *mem, const char *s)
{
	size_t n = strnlen(s, SCRATCH_SIZE - 1);

	memcpy(mem, s, n);
	mem[n] = 0;
}

/* The third argument of an ioctl: a value, or the address of user memory. */
static unsigned long ioctl_arg(const struct scn_step *s, char *mem)
{
	const struct scn_arg *a = s->nargs > 2 ? &s->arg[2] : NULL;
	enum scn_ioctl_arg kind = s->ioctl ? s->ioctl->arg : SCN_IOC_INT;

	switch (kind) {
	case SCN_IOC_NONE:
		return a ? (unsigned long)a->num : 0;
	case SCN_IOC_INT:
		return !a ? 0 : a->kind == SCN_ARG_STEP ? (unsigned long)fd_of(a) :
			(unsigned long)a->num;
	case SCN_IOC_FD: {
		int fd = a ? (int)fd_of(a) : -1;

		memcpy(mem, &fd, sizeof(fd));
		return (unsigned long)mem;
	}
	case SCN_IOC_STR:
		if (!a)
			return 0;
		if (a->kind == SCN_ARG_INT)
			return (unsigned long)a->num;
		put_string(mem, a->str ? a->str : "");
		return (unsigned long)mem;
	default:
		ioctl_fill(s, mem);
		return (unsigned long)mem;
	}
	return 0;
}

static long step_ioctl(const struct scn_step *s, char *mem)
{
	long ret = kshim_sys_ioctl((int)fd_of(&s->arg[0]),
				   s->ioctl ? s->ioctl->nr : (unsigned int)s->arg[1].num,
				   ioctl_arg(s, mem));

	return ioctl_result(s, ret, mem);
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

static long step_fork(const struct scn_step *s)
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

static long step_open(const struct scn_step *s)
{
	char path[160];
	int flags = s->nargs > 1 ? (int)s->arg[1].num : O_RDWR;
	int n = scn_path_expand(run_interp.scn, s->arg[0].str, path, sizeof(path),
				world_group_id, (void *)run_interp.scn);

	return n < 0 ? -ENOENT : kshim_sys_open(path, flags);
}

static long run_step(const struct scn_step *s, unsigned int slot)
{
	static const char *const api[] = { "init", "register", "unregister", "add", "del",
					   "get", "put", "forget" };
	const struct scn_arg *a = s->arg;
	char *mem = scratch[slot];
	long ret;

	switch (s->verb) {
	case SCN_OPEN:
		return step_open(s);
	case SCN_CLOSE:
		return kshim_sys_close((int)fd_of(&a[0]));
	case SCN_DUP:
		return kshim_sys_dup((int)fd_of(&a[0]));
	case SCN_IOCTL:
		return step_ioctl(s, mem);
	case SCN_READ:
		return kshim_sys_read((int)fd_of(&a[0]), mem, (unsigned long)a[1].num);
	case SCN_WRITE:
		return kshim_sys_write((int)fd_of(&a[0]), mem, (unsigned long)a[1].num);
	case SCN_PREAD:
		return kshim_sys_pread((int)fd_of(&a[0]), mem, (unsigned long)a[1].num, a[2].num);
	case SCN_PWRITE:
		return kshim_sys_pwrite((int)fd_of(&a[0]), mem, (unsigned long)a[1].num, a[2].num);
	case SCN_LSEEK:
		return kshim_sys_lseek((int)fd_of(&a[0]), a[1].num, SEEK_SET);
	case SCN_MMAP:
		ret = kshim_sys_mmap((unsigned long)a[1].num, PROT_READ | PROT_WRITE, MAP_SHARED,
				     (int)fd_of(&a[0]), 0);
		return ret > 0 ? 0 : ret;
	case SCN_MMAP_ANON:
		return kshim_sys_mmap_anon((unsigned long)a[0].num,
					   s->nargs > 1 ? PROT_READ : PROT_READ | PROT_WRITE);
	case SCN_MUNMAP:
		return kshim_sys_munmap((unsigned long)fd_of(&a[0]), s->nargs > 1 ?
					(unsigned long)a[1].num : memory_size(&a[0]));
	case SCN_MEMLOCK:
		return kshim_sys_set_memlock((unsigned long)a[0].num);
	case SCN_FORK:
		return step_fork(s);
	case SCN_BIND:
		return step_bind(s);
	case SCN_UNBIND:
		return step_unbind(s);
	case SCN_DRIVER_OVERRIDE:
		return sysfs(a[1].str ? driver_of(a[1].str) : "\n",
			     "/sys/bus/sim/devices/%s/driver_override", a[0].str);
	case SCN_REMOVE:
		return sysfs(a[0].str, "/sys/bus/sim/del_device", NULL);
	case SCN_ADD:
		return world_plug(run_interp.scn, device_of(&a[0]));
	case SCN_PROBE:
		return sysfs(a[0].str, "/sys/bus/sim/drivers_probe", NULL);
	case SCN_API:
		return sysfs(a[1].str, "/sys/bus/sim/drivers/manual/%s", api[a[0].num]);
	case SCN_INSMOD:
		return machine_insmod(a[0].str, s->params, s->nparams);
	case SCN_RMMOD:
		return kshim_module_unload(a[0].str);
	case SCN_SIGNAL:
		return kshim_sys_kill(run_interp.pid[a[0].index], (int)a[1].num);
	case SCN_KILL:
		return kshim_sys_kill(run_interp.pid[a[0].index], 9);
	case SCN_SLEEP:
		kshim_self()->flags |= KSHIM_TASK_SCRIPT;
		ret = kshim_sys_nanosleep((unsigned long long)a[0].num);
		kshim_self()->flags &= ~KSHIM_TASK_SCRIPT;
		return ret;
	case SCN_WAIT:
		wait_step(slot, a[0].index);
		return 0;
	case SCN_YIELD:
		return kshim_sys_yield();
	case SCN_HOLD:
		return live_hold(slot, s);
	case SCN_SYSFS:
		return sysfs(a[1].str, "%s", a[0].str);
	case SCN_SYSFS_READ:
		return kshim_sysfs_read(a[0].str, mem, SCRATCH_SIZE);
	case SCN_STATE: case SCN_CHECK: case SCN_MODREFS: case SCN_REQUESTS:
	case SCN_DRIVER: case SCN_STAT: case SCN_CHMOD:
		return step_look(s);
	case SCN_EXIT:
	case SCN_NR_VERBS:
		break;
	}
	return 0;
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
				wait_step(slot, scn->orders[j].before);
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
		run_interp.result[i] = run_step(s, slot);
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
}
