/* SPDX-License-Identifier: GPL-2.0-only */
/* Between machine.c, world.c and the interpreter. */
#ifndef RUN_MACHINE_H
#define RUN_MACHINE_H

#include "run.h"

extern struct kshim_oracle kshim_oracle_leak;
extern const struct scenario *machine_scn;

/* Map, boot the shim; no module is loaded yet. */
bool machine_boot(const struct cmdline *cl, char **why);

/* Load modules, plug devices, run the setup steps; a run of its own. */
bool machine_up(const struct scenario *scn, char **why);

/* Close what the setup opened, unbind and unplug everything. */
enum kshim_end machine_halt(void);

/* Unload every module; what is left then is a leak. */
enum kshim_end machine_unload(void);

/* Run one function as a process of its own, undisturbed. */
enum kshim_end machine_alone(const char *name, void (*fn)(void *), void *arg);

/* interp.c */
struct kshim_process *interp_process(unsigned int i);
/* What the setup has left open is closed, as nobody is there to do it. */
bool interp_close_main(void);
void interp_forget_processes(bool all);
long world_plug(const struct scenario *scn, const struct scn_device *d);

/* counters.c */
void world_exclude_counters(void);

int machine_insmod(const char *name, const struct scn_param *params, unsigned int n);

#endif
