// SPDX-License-Identifier: GPL-2.0-only
/* Steps that look at the machine, as a program in it could, and change nothing. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "kshim/devnode.h"
#include "kshim/inspect.h"
#include "kshim/module.h"
#include "kshim/sysfs.h"
#include "kshim/user.h"
#include "oracle/oracle.h"
#include "run.h"

/* The link that sysfs has for it: it goes first when a driver is unbound. */
static long has_driver(const char *addr)
{
	char path[96];

	snprintf(path, sizeof(path), "/sys/bus/sim/devices/%s/driver", addr);
	return kshim_sysfs_exists(path) > 0;
}

static long change_mode(const struct scn_step *s)
{
	char path[160];

	if (scn_path_expand(run_interp.scn, s->arg[0].str, path, sizeof(path),
			    world_group_id, (void *)run_interp.scn) || strncmp(path, "/dev/", 5))
		return -ENOENT;
	return kshim_devnode_chmod(path + 5, (unsigned short)s->arg[1].num);
}

/* Mode and device number in one: the mode in the lowest 12 bits. */
static long stat_path(const struct scn_step *s)
{
	unsigned short mode = 0;
	unsigned int devt = 0;
	char path[160];
	int ret;

	if (scn_path_expand(run_interp.scn, s->arg[0].str, path, sizeof(path),
			    world_group_id, (void *)run_interp.scn))
		return -ENOENT;
	if (!strncmp(path, "/sys/", 5))
		return kshim_sysfs_exists(path) > 0 ? 0 : -ENOENT;
	if (strncmp(path, "/dev/", 5))
		return -ENOENT;
	ret = kshim_devnode_lookup(path + 5, &devt, &mode);
	return ret ? ret : (long)devt << 12 | mode;
}

/**
 * step_look() - execute such a step
 * @s:	step
 *
 * Return: its result, see doc/scenario.md.
 */
long step_look(const struct scn_step *s)
{
	const struct scn_arg *a = &s->arg[0];
	const char *addr = a->kind == SCN_ARG_DEV ?
		run_interp.scn->devices[a->index].addr : NULL;

	switch (s->verb) {
	case SCN_STATE:
		return kshim_task_state(run_interp.pid[a->index])[0];
	case SCN_CHECK:
		return run_interp.flags[a->index] & SCN_STEP_DONE ? 1 : 0;
	case SCN_MODREFS:
		return kshim_module_refs(a->str);
	case SCN_REQUESTS:
		return contract_requests(addr);
	case SCN_DRIVER:
		return has_driver(addr);
	case SCN_STAT:
		return stat_path(s);
	case SCN_CHMOD:
		return change_mode(s);
	default:
		return 0;
	}
}
