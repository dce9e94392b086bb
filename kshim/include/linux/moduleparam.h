/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/moduleparam.h: parameters are set when a module is loaded. */
#ifndef _LINUX_MODULE_PARAMS_H
#define _LINUX_MODULE_PARAMS_H

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/stringify.h>
#include <linux/types.h>

struct kernel_param;
struct module;

#define KERNEL_PARAM_OPS_FL_NOARG	1

struct kernel_param_ops {
	unsigned int flags;
	int (*set)(const char *val, const struct kernel_param *kp);
	int (*get)(char *buffer, const struct kernel_param *kp);
	void (*free)(void *arg);
};

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	const u16 perm;
	union {
		void *arg;
		const struct kparam_string *str;
	};
};

#define MODULE_PARAM_PREFIX		/* unused */
#define __MODULE_INFO(tag, name, info)
#define __module_param_call(prefix, pname, pops, parg, pperm)		\
	static const struct kernel_param __param_##pname = {		\
		.name = #pname, .mod = THIS_MODULE, .ops = pops,	\
		.perm = pperm, { .arg = parg } };			\
	static const struct kernel_param *const __param_entry_##pname	\
	__attribute__((used, section("kshim_params"))) = &__param_##pname

#define module_param_cb(name, ops, arg, perm)				\
	__module_param_call(, name, ops, arg, perm)
#define module_param_named(name, value, type, perm)			\
	__module_param_call(, name, &param_ops_##type, (void *)&value, perm)
#define module_param_named_unsafe module_param_named
#define module_param(name, type, perm)	module_param_named(name, name, type, perm)
#define module_param_unsafe module_param
#define module_param_string(name, str, len, perm)			\
	static const struct kparam_string __param_string_##name = { len, str }; \
	__module_param_call(, name, &param_ops_string,			\
			    (void *)&__param_string_##name, perm)
#define MODULE_PARM_DESC(_parm, desc)

#define __KSHIM_PARAM_OPS(type, ctype)					\
	extern const struct kernel_param_ops param_ops_##type;		\
	int param_set_##type(const char *val, const struct kernel_param *kp); \
	int param_get_##type(char *buffer, const struct kernel_param *kp)

__KSHIM_PARAM_OPS(short, short);
__KSHIM_PARAM_OPS(ushort, unsigned short);
__KSHIM_PARAM_OPS(int, int);
__KSHIM_PARAM_OPS(uint, unsigned int);
__KSHIM_PARAM_OPS(long, long);
__KSHIM_PARAM_OPS(ulong, unsigned long);
__KSHIM_PARAM_OPS(ullong, unsigned long long);
__KSHIM_PARAM_OPS(bool, bool);
__KSHIM_PARAM_OPS(charp, char *);
extern const struct kernel_param_ops param_ops_string;

#endif
