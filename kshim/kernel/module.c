// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors kernel/module: loading, unloading and pinning modules.
 *
 * The kernel: a module counts its users from a base of one; unloading takes
 * the base away if nobody uses it, and from then on the module cannot be
 * pinned any more, while its exit function still runs. While the init
 * function runs it can be pinned already.
 *
 * Given: that, for the modules linked into the program. Their references
 * are counted like refcounts: too many puts are a WARN.
 * Not given: fresh memory for a module that is loaded again (its variables
 * keep their values), freeing of code: use of a module that is gone is not an
 * access that faults. Which modules a module needs is the build's word, not that
 * of its symbols. No helper loads modules on request.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/string.h>
#include <kshim/module.h>
#include <kshim/user.h>
#include "engine/engine.h"
#include "lib/rmw.h"
#include "kernel/module_internal.h"

extern const struct kshim_module_entry *const
__start_kshim_modules[] __attribute__((weak));
extern const struct kshim_module_entry *const
__stop_kshim_modules[] __attribute__((weak));

#define for_each_entry(e) \
	for (e = __start_kshim_modules; e < __stop_kshim_modules; e++)

static struct module *find_module(const char *name)
{
	const struct kshim_module_entry *const *e;
	struct module *mod = NULL;

	for_each_entry(e) {
		if (!(*e)->mod || strcmp((*e)->mod->name, name))
			continue;
		mod = (*e)->mod;
		if ((*e)->init)
			mod->init = (*e)->init;
		if ((*e)->exit)
			mod->exit = (*e)->exit;
	}
	return mod;
}

/**
 * try_module_get() - pin a module if it is not going away
 * @module:	NULL: built in, always there
 *
 * Return: whether it is pinned.
 */
static long total_refs;		/* of all modules, for kshim_module_refs_total() */

bool try_module_get(struct module *module)
{
	int c;

	if (!module)
		return true;
	kshim_point(KSHIM_ATOMIC, &module->refcnt, sizeof(module->refcnt));
	if (__atomic_load_n(&module->state, __ATOMIC_ACQUIRE) == MODULE_STATE_GOING)
		return false;
	c = __atomic_load_n(&module->refcnt.counter, __ATOMIC_RELAXED);
	do {
		if (!c)
			return false;
	} while (!kshim_rmw_try_cmpxchg(&module->refcnt.counter, &c, c + 1));
	kshim_hb_both(&module->refcnt);
	kshim_touch(KSHIM_GET, &module->refcnt, sizeof(module->refcnt));
	kshim_rmw_add(&total_refs, 1);
	kshim_note("module refs", module, c - KSHIM_MODULE_REF_BASE,
		   c + 1 - KSHIM_MODULE_REF_BASE);
	return true;
}

/* Pin a module that the caller knows to be pinned. */
void __module_get(struct module *module)
{
	int c;

	if (!module)
		return;
	kshim_point(KSHIM_ATOMIC, &module->refcnt, sizeof(module->refcnt));
	c = kshim_rmw_add(&module->refcnt.counter, 1);
	kshim_touch(KSHIM_GET, &module->refcnt, sizeof(module->refcnt));
	kshim_rmw_add(&total_refs, 1);
	kshim_note("module refs", module, c - KSHIM_MODULE_REF_BASE,
		   c + 1 - KSHIM_MODULE_REF_BASE);
}

void module_put(struct module *module)
{
	int c;

	if (!module)
		return;
	kshim_point(KSHIM_ATOMIC, &module->refcnt, sizeof(module->refcnt));
	c = __atomic_load_n(&module->refcnt.counter, __ATOMIC_RELAXED);
	do {
		if (WARN_ON(c <= 0))
			return;
	} while (!kshim_rmw_try_cmpxchg(&module->refcnt.counter, &c, c - 1));
	kshim_hb_both(&module->refcnt);
	kshim_touch(KSHIM_PUT, &module->refcnt, sizeof(module->refcnt));
	kshim_rmw_add(&total_refs, -1);
	kshim_note("module refs", module, c - KSHIM_MODULE_REF_BASE,
		   c - 1 - KSHIM_MODULE_REF_BASE);
}

long kshim_module_refs_total(void)
{
	return total_refs;
}

/* Users of a module; -1 while it is being unloaded. */
int module_refcount(struct module *module)
{
	return __atomic_load_n(&module->refcnt.counter, __ATOMIC_RELAXED) -
	       KSHIM_MODULE_REF_BASE;
}

static void set_state(struct module *mod, enum module_state state)
{
	__atomic_store_n(&mod->state, state, __ATOMIC_RELEASE);
}

static void put_needed(struct module *mod, unsigned int n)
{
	while (n--)
		module_put(find_module(mod->needs[n]));
}

static unsigned int nr_needed(const struct module *mod)
{
	unsigned int n = 0;

	while (n < ARRAY_SIZE(mod->needs) && mod->needs[n])
		n++;
	return n;
}

/* A module keeps those whose symbols it uses. Return: 0 or -ENOENT. */
static int get_needed(struct module *mod)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(mod->needs) && mod->needs[n]; n++) {
		struct module *other = find_module(mod->needs[n]);

		if (other && other->loaded && try_module_get(other))
			continue;
		pr_warn("%s: Unknown symbol of %s (err -2)\n", mod->name, mod->needs[n]);
		put_needed(mod, n);
		return -ENOENT;
	}
	return 0;
}

static int do_load(const char *name, const char *params)
{
	struct module *mod = find_module(name);
	int err;

	if (!mod)
		return -ENOENT;
	kshim_obj_lock_ordered(mod);
	err = mod->loaded ? -EEXIST : 0;
	mod->loaded = true;
	kshim_obj_unlock(mod);
	if (err)
		return err;
	err = get_needed(mod);
	if (err) {
		mod->loaded = false;
		return err;
	}
	set_state(mod, MODULE_STATE_COMING);
	/* the base, and one for the load itself */
	__atomic_store_n(&mod->refcnt.counter, KSHIM_MODULE_REF_BASE + 1, __ATOMIC_RELEASE);
	kshim_rmw_add(&total_refs, 1);
	err = kshim_parse_params(mod, params);
	if (!err)
		err = kshim_params_add(mod);
	if (!err && mod->init)
		err = mod->init();
	if (err) {
		kshim_params_remove(mod);
		set_state(mod, MODULE_STATE_GOING);
		module_put(mod);
		set_state(mod, MODULE_STATE_UNFORMED);
		__atomic_store_n(&mod->refcnt.counter, 0, __ATOMIC_RELEASE);
		put_needed(mod, nr_needed(mod));
		mod->loaded = false;
		return err < 0 ? err : 0;
	}
	set_state(mod, MODULE_STATE_LIVE);
	module_put(mod);
	return 0;
}

static int do_unload(const char *name)
{
	struct module *mod = find_module(name);
	int c = KSHIM_MODULE_REF_BASE;

	if (!mod || !mod->loaded)
		return -ENOENT;
	if (mod->state != MODULE_STATE_LIVE)
		return -EBUSY;
	if (mod->init && !mod->exit)
		return -EBUSY;
	kshim_point(KSHIM_ATOMIC, &mod->refcnt, sizeof(mod->refcnt));
	if (!kshim_rmw_try_cmpxchg(&mod->refcnt.counter, &c, 0))
		return mod->state == MODULE_STATE_LIVE ? -EWOULDBLOCK : -EBUSY;
	kshim_hb_acquire(&mod->refcnt);
	set_state(mod, MODULE_STATE_GOING);
	if (mod->exit)
		mod->exit();
	kshim_params_remove(mod);
	set_state(mod, MODULE_STATE_UNFORMED);
	kshim_hb_release(mod);
	put_needed(mod, nr_needed(mod));
	mod->loaded = false;
	return 0;
}

int kshim_module_load(const char *name, const char *params)
{
	if (!kshim_self())
		return do_load(name, params);	/* while booting */
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_load(name, params));
}

int kshim_module_unload(const char *name)
{
	if (!kshim_self())
		return do_unload(name);
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_unload(name));
}

int kshim_module_refs(const char *name)
{
	struct module *mod = find_module(name);

	return mod && mod->loaded ? module_refcount(mod) : -ENOENT;
}

const char *kshim_module_name(unsigned int i, int *loaded)
{
	const struct kshim_module_entry *const *e, *const *f;

	for_each_entry(e) {
		struct module *mod = (*e)->mod;

		for (f = __start_kshim_modules; f < e; f++)
			if ((*f)->mod == mod)
				break;
		if (!mod || f < e || i--)
			continue;
		if (loaded)
			*loaded = mod->loaded;
		return mod->name;
	}
	return NULL;
}

int __request_module(bool wait, const char *fmt, ...)
{
	kshim_stub("__request_module");
	return -ENOENT;
}
