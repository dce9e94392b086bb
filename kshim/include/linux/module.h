/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/module.h: see kshim/kernel/module.c for what is promised. */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kmod.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stat.h>
#include <linux/stringify.h>
#include <linux/types.h>

enum module_state {
	MODULE_STATE_LIVE,
	MODULE_STATE_COMING,
	MODULE_STATE_GOING,
	MODULE_STATE_UNFORMED,
};

struct module {
	enum module_state state;
	bool loaded;
	atomic_t refcnt;		/* MODULE_REF_BASE included */
	const char *name;
	int (*init)(void);
	void (*exit)(void);
	void *params;			/* files in sysfs, see kernel/params_sysfs.c */
	const char *needs[4];		/* modules whose symbols it uses */
};

#define KSHIM_MODULE_REF_BASE	1

/**
 * struct kshim_module_entry - what module_init() or module_exit() says
 * @mod:	the module; NULL for code that belongs to none
 * @init:	set by module_init()
 * @exit:	set by module_exit()
 *
 * Two of them make a module; they are found through the section
 * "kshim_modules".
 */
struct kshim_module_entry {
	struct module *mod;
	int (*init)(void);
	void (*exit)(void);
};

#define __kshim_module_entry(fn, which)					\
	static const struct kshim_module_entry kshim_entry_##fn = {	\
		.mod = THIS_MODULE, .which = fn };			\
	static const struct kshim_module_entry *const kshim_entryp_##fn	\
	__attribute__((used, section("kshim_modules"))) = &kshim_entry_##fn;

#define module_init(initfn)	__kshim_module_entry(initfn, init)
#define module_exit(exitfn)	__kshim_module_entry(exitfn, exit)
#define device_initcall(fn)	module_init(fn)
#define late_initcall(fn)	module_init(fn)

/* The build generates one of these for each module; names of those that it needs. */
#define KSHIM_DEFINE_MODULE(m, ...)					\
	struct module __KSHIM_MODNAME(m) = {				\
		.state = MODULE_STATE_UNFORMED, .name = __stringify(m), \
		.needs = { __VA_ARGS__ } }

#define MODULE_LICENSE(x)
#define MODULE_AUTHOR(x)
#define MODULE_DESCRIPTION(x)
#define MODULE_VERSION(x)
#define MODULE_ALIAS(x)
#define MODULE_SOFTDEP(x)
#define MODULE_INFO(tag, x)
#define MODULE_FIRMWARE(x)
#define MODULE_IMPORT_NS(x)
#define MODULE_DEVICE_TABLE(type, name)

bool try_module_get(struct module *module);
void __module_get(struct module *module);
void module_put(struct module *module);
int module_refcount(struct module *module);

static inline bool module_is_live(struct module *mod)
{
	return mod->state != MODULE_STATE_GOING;
}

static inline const char *module_name(struct module *mod)
{
	return mod ? mod->name : "kernel";
}

/*
 * A symbol of another module, pinned. Everything is linked into one program:
 * a weak reference tells whether it exists, and which module it would pin
 * is not known, so none is.
 */
#define symbol_get(x)							\
	({ extern __typeof__(x) x __attribute__((weak)); &(x); })
#define symbol_request(x)	symbol_get(x)
#define symbol_put(x)		do { } while (0)
#define symbol_put_addr(x)	do { } while (0)

#endif
