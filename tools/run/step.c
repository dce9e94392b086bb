// SPDX-License-Identifier: GPL-2.0-only
/* One step of a task: a system call, or a write to a file below /sys. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "kshim/inspect.h"
#include "kshim/module.h"
#include "kshim/sysfs.h"
#include "kshim/user.h"
#include "live.h"
#include "machine.h"

static long fd_of(const struct scn_arg *a)
{
	if (a->kind == SCN_ARG_STEP)
		return run_interp.result[a->index] == OUTCOME_NONE ? -1 :
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

static long step_open(const struct scn_step *s)
{
	char path[160];
	int flags = s->nargs > 1 ? (int)s->arg[1].num : O_RDWR;
	int n = scn_path_expand(run_interp.scn, s->arg[0].str, path, sizeof(path),
				world_group_id, (void *)run_interp.scn);

	return n < 0 ? -ENOENT : kshim_sys_open(path, flags);
}

/**
 * step_run() - do it
 * @s:		step
 * @slot:	of its task
 * @mem:	user memory of the task: SCRATCH_SIZE bytes
 *
 * Return: what the system call returns.
 */
long step_run(const struct scn_step *s, unsigned int slot, char *mem)
{
	static const char *const api[] = { "init", "register", "unregister", "add", "del",
					   "get", "put", "forget" };
	const struct scn_arg *a = s->arg;
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
		return interp_fork(s);
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
		interp_wait(slot, a[0].index);
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
