// SPDX-License-Identifier: GPL-2.0-only
/*
 * The simulated machine around a scenario: boot, modules, devices, and how it
 * is switched off again.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "kshim/boot.h"
#include "kshim/inspect.h"
#include "kshim/module.h"
#include "kshim/slab.h"
#include "kshim/sysfs.h"
#include "kshim/user.h"
#include "machine.h"
#include "oracle/oracle.h"

extern char __start_guest_data[], __stop_guest_data[];
extern char __start_guest_text[], __stop_guest_text[];
extern char __start_guest_bss[] __attribute__((weak));
extern char __stop_guest_bss[] __attribute__((weak));

const struct scenario *machine_scn;
static long group_ids[64];
static char setup_error[256];
static unsigned long boot_objects;

static void fail_setup(const char *fmt, ...)
{
	va_list ap;

	if (setup_error[0])
		return;
	va_start(ap, fmt);
	vsnprintf(setup_error, sizeof(setup_error), fmt, ap);
	va_end(ap);
}

/* Run one function as a process of its own, undisturbed. */
enum kshim_end machine_alone(const char *name, void (*fn)(void *), void *arg)
{
	struct kshim_process *p = kshim_process_new(name);

	kshim_thread_start(p, name, fn, arg);
	return kshim_run();
}

static void boot_task(void *unused)
{
	(void)unused;
	kshim_boot();
}

/**
 * machine_insmod() - load a module with parameters
 * @name:	of the module
 * @params:	KEY=VALUE
 * @n:		how many
 *
 * Return: 0 or -errno.
 */
int machine_insmod(const char *name, const struct scn_param *params, unsigned int n)
{
	char text[256] = "", *p = text;
	unsigned int i;

	for (i = 0; i < n && p < text + sizeof(text) - 64; i++)
		if (params[i].str)
			p += sprintf(p, "%s%.40s=%.16s", i ? " " : "", params[i].key,
				     params[i].str);
		else
			p += sprintf(p, "%s%.40s=%ld", i ? " " : "", params[i].key,
				     params[i].num);
	return kshim_module_load(name, n ? text : NULL);
}

static const struct scn_module *declared(const struct scenario *scn, const char *name)
{
	unsigned int i;

	for (i = 0; scn && i < scn->nmodules; i++)
		if (!strcmp(scn->modules[i].name, name))
			return &scn->modules[i];
	return NULL;
}

static void load_module(const char *name)
{
	const struct scn_module *m = declared(machine_scn, name);
	int ret = machine_insmod(name, m ? m->params : NULL, m ? m->nparams : 0);

	if (ret && ret != -17)	/* -EEXIST */
		fail_setup("module %s: init failed: %d", name, ret);
}

/* The bus is hardware: there from the start, never unloaded. */
static void hardware(void *unused)
{
	(void)unused;
	load_module("simbus");
}

static bool wants(const struct scenario *scn, const char *module, bool def)
{
	const struct scn_module *m = declared(scn, module);

	return m ? m->load : def;
}

static void core_module(void *unused)
{
	(void)unused;
	if (wants(machine_scn, "vfio", true))
		load_module("vfio");
}

static bool uses_driver(const struct scenario *scn, const char *name)
{
	unsigned int i, j;

	for (i = 0; i < scn->ndevices; i++)
		if (scn->devices[i].driver && !strcmp(scn->devices[i].driver, name))
			return true;
	for (i = 0; i < scn->nsteps; i++) {
		if (scn->steps[i].verb == SCN_API && !strcmp(name, "manual"))
			return true;
		for (j = 0; j < scn->steps[i].nargs; j++)
			if (scn->steps[i].arg[j].kind == SCN_ARG_DRIVER &&
			    scn->steps[i].arg[j].str && !strcmp(scn->steps[i].arg[j].str, name))
				return true;
	}
	return false;
}

static void setup_modules(const struct scenario *scn)
{
	const char *name;
	unsigned int i;

	for (i = 0; (name = kshim_module_name(i, NULL)); i++) {
		/* Only one of the two: they offer the same. */
		bool iommu = !strcmp(name, "sim_iommu") &&
			     !wants(scn, "vfio_iommu_type1", false);

		if (!strcmp(name, "vfio") || !strcmp(name, "simbus"))
			continue;
		if (wants(scn, name, iommu || uses_driver(scn, name)))
			load_module(name);
	}
}

static long write_sysfs(const char *text, const char *fmt, const char *a)
{
	char path[160];

	snprintf(path, sizeof(path), fmt, a);
	return kshim_sysfs_write(path, text, strlen(text));
}

static void learn_groups(const struct scenario *scn)
{
	unsigned int i;

	for (i = 0; i < scn->ndevices; i++) {
		int id = kshim_device_group(scn->devices[i].addr);

		if (scn->devices[i].group >= 0 && id >= 0)
			group_ids[scn->devices[i].group] = id;
	}
}

static void setup_devices(const struct scenario *scn)
{
	unsigned int i;
	long ret;

	for (i = 0; i < scn->ndevices; i++) {
		ret = world_plug(scn, &scn->devices[i]);
		if (ret < 0)
			fail_setup("device %s cannot be plugged: %ld", scn->devices[i].addr, ret);
	}
	for (i = 0; i < scn->ndevices; i++) {
		const struct scn_device *d = &scn->devices[i];
		const char *drv = d->driver;

		if (!drv)
			continue;
		if (!strcmp(drv, "stub"))
			drv = "pci-stub";
		ret = write_sysfs(drv, "/sys/bus/sim/devices/%s/driver_override", d->addr);
		if (ret > 0 && !d->override)
			ret = write_sysfs(d->addr, "/sys/bus/sim/drivers/%s/bind", drv);
		if (ret < 0)
			fail_setup("device %s cannot be bound to %s: %ld", d->addr, drv, ret);
	}
}

static void setup_task(void *arg)
{
	const struct scenario *scn = arg;

	setup_modules(scn);
	setup_devices(scn);
	learn_groups(scn);
}

/* Does the scenario load or unload modules itself? */
static bool uses_modules(const struct scenario *scn)
{
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++)
		if (scn->steps[i].verb == SCN_INSMOD || scn->steps[i].verb == SCN_RMMOD)
			return true;
	return false;
}

/* Then the end is compared without them: which are left is its own affair. */
static void unload_modules(void)
{
	const char *name;
	unsigned int i;

	for (i = 0; (name = kshim_module_name(i, NULL)); i++)
		if (strcmp(name, "vfio") && strcmp(name, "simbus"))
			kshim_module_unload(name);
}

/* Unbind and unplug everything, as a machine that is switched off. */
static void teardown_task(void *unused)
{
	const struct scenario *scn = machine_scn;
	unsigned int i;

	(void)unused;
	for (i = 0; i < scn->ndevices; i++) {
		const char *addr = scn->devices[i].addr;

		if (uses_driver(scn, "manual"))
			write_sysfs(addr, "/sys/bus/sim/drivers/%s/forget", "manual");
		write_sysfs(addr, "/sys/bus/sim/%s", "del_device");
	}
	if (uses_modules(scn))
		unload_modules();
}

static void nothing(void *unused)
{
	(void)unused;
}

long world_group_id(void *scn, unsigned int group)
{
	(void)scn;
	return group_ids[group];
}

static const char *dev_addr(const struct scn_arg *arg)
{
	return machine_scn->devices[arg->index].addr;
}

long world_func(void *ctx, enum scn_func f, const struct scn_arg *arg)
{
	long n;

	(void)ctx;
	switch (f) {
	case SCN_F_REFS:
		n = arg->kind == SCN_ARG_GROUP ?
			kshim_refs_iommu_group((int)group_ids[arg->index]) :
			kshim_refs_device(dev_addr(arg));
		return n < 0 ? 0 : n;
	case SCN_F_MODREFS:
		return kshim_module_refs(arg->str);
	case SCN_F_REQUESTS:
		return contract_requests(dev_addr(arg));
	case SCN_F_OPENS:
		return contract_opens(dev_addr(arg));
	case SCN_F_RELEASES:
		return contract_releases(dev_addr(arg));
	case SCN_F_LOG:
		return record_log_has(arg->str);
	case SCN_F_EXISTS: {
		char path[160];

		if (scn_path_expand(machine_scn, arg->str, path, sizeof(path), world_group_id,
				    NULL) < 0)
			return 0;
		if (!strncmp(path, "/sys/", 5))
			return kshim_sysfs_exists(path) > 0;
		return world_node_exists(path);
	}
	case SCN_F_TIME:
		return (long)(kshim_now() / 1000000000ULL);
	case SCN_F_BOUND:
		return kshim_device_driver(dev_addr(arg)) != NULL;
	case SCN_NR_FUNCS:
		break;
	}
	return 0;
}

bool machine_boot(const struct cmdline *cl, char **why)
{
	static const enum kshim_engine_kind kinds[] = {
		[CMD_ENGINE_FIBERS] = KSHIM_FIBERS, [CMD_ENGINE_UCONTEXT] = KSHIM_UCONTEXT,
		[CMD_ENGINE_BATON] = KSHIM_BATON, [CMD_ENGINE_PARALLEL] = KSHIM_PARALLEL,
	};

	if (kshim_engine_init(kinds[cl->engine])) {
		*why = strdup("the addresses of the simulated memory are taken in this process");
		return false;
	}
	verdict_init(cl);
	kshim_dynamic_debug = cl->steps;
	verdict_reset(NULL);
	contract_init();
	kshim_guest_range(__start_guest_data, __stop_guest_data);
	kshim_code_range(__start_guest_text, __stop_guest_text);
	kshim_snapshot_range(__start_guest_data, __stop_guest_data);
	if (__start_guest_bss) {
		kshim_snapshot_range(__start_guest_bss, __stop_guest_bss);
		if ((unsigned long)__start_guest_bss > (unsigned long)__start_guest_data)
			kshim_guest_range(__start_guest_data, __stop_guest_bss);
		else
			kshim_guest_range(__start_guest_bss, __stop_guest_data);
	}
	world_exclude_counters();
	kshim_run_begin(NULL);
	machine_alone("swapper", boot_task, NULL);
	machine_alone("bus", hardware, NULL);
	kshim_run_end();
	kshim_sched_reset();
	boot_objects = kshim_slab_live();
	if (run_verdict.oracle || setup_error[0]) {
		if (asprintf(why, "boot failed: %s", setup_error[0] ? setup_error :
			     run_verdict.text) < 0)
			*why = NULL;
		return false;
	}
	return true;
}

bool machine_up(const struct scenario *scn, char **why)
{
	machine_scn = scn;
	setup_error[0] = 0;
	interp_forget_processes(true);
	verdict_reset(scn);
	kshim_run_begin(NULL);
	machine_alone("init", core_module, NULL);
	machine_alone("setup", setup_task, (void *)scn);
	if (!run_verdict.oracle && !setup_error[0] && scn->setup.nsteps) {
		kshim_thread_start(interp_process(0), "setup", interp_setup, NULL);
		kshim_run();
	}
	kshim_run_end();
	kshim_sched_reset();
	if (!run_verdict.oracle && !setup_error[0])
		return true;
	if (asprintf(why, "setup failed: %s", setup_error[0] ? setup_error :
		     run_verdict.text) < 0)
		*why = NULL;
	return false;
}

enum kshim_end machine_halt(void)
{
	enum kshim_end end = KSHIM_END_OK;

	/* Processes that only the setup ran in end now. */
	if (machine_scn->setup.nsteps) {
		kshim_thread_start(interp_process(0), "exit", nothing, NULL);
		end = kshim_run();
	}
	if (end == KSHIM_END_OK && !run_verdict.oracle)
		end = machine_alone("halt", teardown_task, NULL);
	return end;
}

/* Users first: what is loaded last is in the way of what was loaded first. */
static void unload_task(void *unused)
{
	const char *name;
	unsigned int i, pass;
	int loaded, left = 1;

	(void)unused;
	for (pass = 0; left && pass < 4; pass++) {
		left = 0;
		for (i = 0; (name = kshim_module_name(i, &loaded)); i++)
			if (loaded && strcmp(name, "simbus") && kshim_module_unload(name))
				left++;
	}
}

enum kshim_end machine_unload(void)
{
	enum kshim_end end = machine_alone("rmmod", unload_task, NULL);
	const char *name;
	unsigned int i;
	int loaded;

	if (end != KSHIM_END_OK || run_verdict.oracle)
		return end;
	for (i = 0; (name = kshim_module_name(i, &loaded)); i++) {
		if (!loaded || !strcmp(name, "simbus"))
			continue;
		verdict_add(&kshim_oracle_leak, "leak: module %s cannot be unloaded: %d references",
			    name, kshim_module_refs(name));
		return end;
	}
	if (kshim_slab_live() != boot_objects)
		verdict_add(&kshim_oracle_leak,
			    "leak: %ld objects left when every module is unloaded",
			    (long)(kshim_slab_live() - boot_objects));
	return end;
}
