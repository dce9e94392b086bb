// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine around a scenario: boot, modules, devices, and what one
 * execution consists of.
 *
 *	boot once -> set up once -> snapshot -> { restore, tasks, teardown }*
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "kshim/boot.h"
#include "kshim/inspect.h"
#include "kshim/module.h"
#include "kshim/sysfs.h"
#include "kshim/user.h"
#include "oracle/oracle.h"
#include "run.h"

unsigned int run_kver;
const char *run_kversion = "unknown";

extern char __start_guest_data[], __stop_guest_data[];
extern char __start_guest_bss[] __attribute__((weak));
extern char __stop_guest_bss[] __attribute__((weak));

KSHIM_ORACLE(kshim_oracle_scenario, "scenario",
	     "a never or finally clause, or a step's expectation, of the scenario");

struct kshim_process *interp_process(unsigned int i);
void interp_forget_processes(bool all);
long world_plug(const struct scenario *scn, const struct scn_device *d);
void world_exclude_counters(void);

static const struct scenario *scn_now;
static long group_ids[64];
static char setup_error[256];
/* Fingerprints of ends that were found clean, see settle(). */
#define SETTLED_SIZE	8192
static unsigned long settled[SETTLED_SIZE];
static unsigned int nr_settled;
static bool have_teardown_leak;
static bool reads_log;		/* some clause has log() */
static unsigned long points;

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
static enum kshim_end run_alone(const char *name, void (*fn)(void *), void *arg)
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

static void load_module(const char *name)
{
	int ret = kshim_module_load(name, NULL);

	if (ret && ret != -17)	/* -EEXIST */
		fail_setup("module %s: init failed: %d", name, ret);
}

/* What a booted machine has before anybody asks: the bus and the core. */
static void base_modules(void *unused)
{
	(void)unused;
	load_module("vfio");
	load_module("simbus");
}

static bool wants(const struct scenario *scn, const char *module, bool def)
{
	unsigned int i;

	for (i = 0; i < scn->nmodules; i++)
		if (!strcmp(scn->modules[i].name, module))
			return scn->modules[i].load;
	return def;
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
		bool iommu = !strcmp(name, "sim_iommu");

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
	const struct scenario *scn = scn_now;
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
	return scn_now->devices[arg->index].addr;
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

		if (scn_path_expand(scn_now, arg->str, path, sizeof(path), world_group_id,
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

bool world_boot(const struct cmdline *cl, char **why)
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
	verdict_reset(NULL);
	contract_init();
	kshim_guest_range(__start_guest_data, __stop_guest_data);
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
	run_alone("swapper", boot_task, NULL);
	run_alone("init", base_modules, NULL);
	kshim_run_end();
	kshim_sched_reset();
	if (run_verdict.oracle || setup_error[0]) {
		if (asprintf(why, "boot failed: %s", setup_error[0] ? setup_error :
			     run_verdict.text) < 0)
			*why = NULL;
		return false;
	}
	return true;
}

static bool uses_log(const struct scenario *scn)
{
	struct scn_observable obs[64];
	size_t n = scn_observables(scn, obs, 64);

	while (n--)
		if (obs[n].kind == SCN_E_FUNC && obs[n].func == SCN_F_LOG)
			return true;
	return false;
}

bool world_setup(const struct scenario *scn, char **why)
{
	struct kshim_process *main_process;

	scn_now = scn;
	reads_log = uses_log(scn);
	memset(settled, 0, sizeof(settled));
	nr_settled = 0;
	setup_error[0] = 0;
	interp_forget_processes(true);
	kshim_run_begin(NULL);
	verdict_reset(scn);
	run_alone("setup", setup_task, (void *)scn);
	if (!run_verdict.oracle && !setup_error[0] && scn->setup.nsteps) {
		main_process = interp_process(0);
		kshim_thread_start(main_process, "setup", interp_setup, NULL);
		kshim_run();
	}
	kshim_run_end();
	kshim_sched_reset();
	if (run_verdict.oracle || setup_error[0]) {
		if (asprintf(why, "setup failed: %s", setup_error[0] ? setup_error :
			     run_verdict.text) < 0)
			*why = NULL;
		return false;
	}
	interp_save();
	contract_save();
	kshim_snapshot_take();

	/* The same without the scenario's tasks: what may be left at the end. */
	have_teardown_leak = false;
	world_execute(NULL);
	have_teardown_leak = !run_verdict.oracle;
	return true;
}

static void check_clauses(const struct scenario *scn)
{
	struct scn_env env = {
		.result = run_interp.result, .flags = run_interp.flags, .func = world_func,
	};
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++)
		if (scn->steps[i].expect.set && run_interp.flags[i] & SCN_STEP_DONE &&
		    !scn_expect_ok(&scn->steps[i], run_interp.result[i])) {
			verdict_add(&kshim_oracle_scenario, "step %s: result %ld is not expected",
				    scn->steps[i].text, run_interp.result[i]);
			return;
		}
	for (i = 0; i < scn->nclauses; i++) {
		const struct scn_clause *c = &scn->clauses[i];

		if (c->kind == SCN_SOMETIMES)
			continue;
		if (scn_eval(c->expr, &env) != (c->kind == SCN_FINALLY)) {
			record_values(scn, c->expr);
			verdict_add(&kshim_oracle_scenario, "%s %s",
				    c->kind == SCN_NEVER ? "never" : "finally", c->text);
			return;
		}
	}
}

unsigned long world_points(void)
{
	return points;
}

/*
 * Switching the machine off costs as much as a short scenario. It is skipped
 * when an execution with the same outcome left the machine in the same state
 * by all that leak_fingerprint() sees, and that one was clean to the end.
 */

static unsigned long *settled_slot(unsigned long h)
{
	unsigned int i = (h ^ h >> 29) % SETTLED_SIZE;

	while (settled[i] && settled[i] != h)
		i = (i + 1) % SETTLED_SIZE;
	return &settled[i];
}

/* Close, unbind and unplug everything, then look what is left. */
static enum kshim_end settle(bool baseline)
{
	unsigned long h = outcomes_hash() * 31 + leak_fingerprint();
	unsigned long *slot = settled_slot(h | 1);
	enum kshim_end end = KSHIM_END_OK;

	if (!baseline && *slot && !kshim_hot.slow && !kshim_hot.parallel)
		return end;
	/* Processes that only the setup ran in end now. */
	if (scn_now->setup.nsteps) {
		kshim_thread_start(interp_process(0), "exit", nothing, NULL);
		end = kshim_run();
	}
	if (end == KSHIM_END_OK && !run_verdict.oracle)
		end = run_alone("halt", teardown_task, NULL);
	if (end != KSHIM_END_OK || run_verdict.oracle)
		return end;
	if (baseline) {
		leak_baseline();
		return end;
	}
	if (have_teardown_leak)
		leak_check();
	contract_end();
	if (!run_verdict.oracle && !*slot && nr_settled < SETTLED_SIZE / 2) {
		*slot = h | 1;
		nr_settled++;
	}
	return end;
}

static void mark_blocked(const struct scenario *scn)
{
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++)
		if ((run_interp.flags[i] & (SCN_STEP_STARTED | SCN_STEP_DONE)) ==
		    SCN_STEP_STARTED)
			run_interp.flags[i] |= SCN_STEP_BLOCKED;
}

enum kshim_end world_execute(struct search *s)
{
	const struct scenario *scn = scn_now;
	enum kshim_end end = KSHIM_END_OK;

	kshim_snapshot_restore();
	interp_restore();
	interp_forget_processes(!scn->setup.nsteps);
	contract_restore();
	verdict_reset(scn);
	if (reads_log && !kshim_hot.slow)
		record_log_only();
	kshim_run_begin(s ? &s->policy : NULL);
	if (s) {
		interp_start();
		end = kshim_run();
	}
	points = kshim_hot.npoints;
	if (end == KSHIM_END_OK && !run_verdict.oracle) {
		mark_blocked(scn);
		kshim_run_policy(NULL);
		if (s && scn->teardown.nsteps)
			{
			interp_teardown();
			end = kshim_run();
		}
		if (s)
			check_clauses(scn);
		outcomes_sample();
		if (end == KSHIM_END_OK && !run_verdict.oracle)
			end = settle(!s);
	} else {
		outcomes_sample();
	}
	kshim_run_end();
	return end;
}
