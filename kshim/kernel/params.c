// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors kernel/params.c: parameters of modules.
 *
 * The kernel: "name=value" pairs given at load time are parsed by the type
 * of the parameter; what no parameter knows is ignored with a message.
 *
 * Given: the integer types, bool, charp, fixed strings, own operations.
 * Not given: quoting, arrays. Values stay when a
 * module is unloaded: its memory is not loaded anew.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "kernel/module_internal.h"

extern const struct kernel_param *const __start_kshim_params[] __attribute__((weak));
extern const struct kernel_param *const __stop_kshim_params[] __attribute__((weak));

#define INT_PARAM(name, type, wide, parse, format)		\
int param_set_##name(const char *val, const struct kernel_param *kp)	\
{									\
	wide v;								\
	int err = parse(val, 0, &v);					\
									\
	if (err)							\
		return err;						\
	if ((wide)(type)v != v)						\
		return -ERANGE;						\
	*(type *)kp->arg = v;						\
	return 0;							\
}									\
int param_get_##name(char *buffer, const struct kernel_param *kp)	\
{									\
	return scnprintf(buffer, PAGE_SIZE, format "\n", *(type *)kp->arg); \
}									\
const struct kernel_param_ops param_ops_##name = {			\
	.set = param_set_##name, .get = param_get_##name }

INT_PARAM(short, short, long long, kstrtoll, "%hi");
INT_PARAM(ushort, unsigned short, unsigned long long, kstrtoull, "%hu");
INT_PARAM(int, int, long long, kstrtoll, "%i");
INT_PARAM(uint, unsigned int, unsigned long long, kstrtoull, "%u");
INT_PARAM(long, long, long long, kstrtoll, "%li");
INT_PARAM(ulong, unsigned long, unsigned long long, kstrtoull, "%lu");
INT_PARAM(ullong, unsigned long long, unsigned long long, kstrtoull, "%llu");

int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ?: "1", kp->arg);
}

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool,
	.get = param_get_bool,
};

int param_set_charp(const char *val, const struct kernel_param *kp)
{
	char *s = kstrdup(val, GFP_KERNEL);

	if (!s)
		return -ENOMEM;
	*(char **)kp->arg = s;
	return 0;
}

int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", *(char **)kp->arg);
}

const struct kernel_param_ops param_ops_charp = {
	.set = param_set_charp,
	.get = param_get_charp,
};

static int set_string(const char *val, const struct kernel_param *kp)
{
	if (strlen(val) + 1 > kp->str->maxlen) {
		pr_err("%s: string doesn't fit in %u chars.\n", kp->name,
		       kp->str->maxlen - 1);
		return -ENOSPC;
	}
	strcpy(kp->str->string, val);
	return 0;
}

static int get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}

const struct kernel_param_ops param_ops_string = {
	.set = set_string,
	.get = get_string,
};

/* '-' and '_' are the same in names of parameters. */
static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if ((*a == '-' ? '_' : *a) != (*b == '-' ? '_' : *b))
			return false;
	return *a == *b;
}

static int set_one(struct module *mod, const char *name, const char *val)
{
	const struct kernel_param *const *p;

	for (p = __start_kshim_params; p < __stop_kshim_params; p++) {
		if ((*p)->mod != mod || !same_name((*p)->name, name))
			continue;
		if (!val && !((*p)->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
			return -EINVAL;
		return (*p)->ops->set ? (*p)->ops->set(val, *p) : -EPERM;
	}
	pr_warn("%s: unknown parameter '%s' ignored\n", mod->name, name);
	return 0;
}

/* Set the parameters of a module from "a=1 b". Return: 0 or -errno. */
int kshim_parse_params(struct module *mod, const char *params)
{
	char buf[256], *s = buf, *tok;

	if (!params)
		return 0;
	if (strlen(params) >= sizeof(buf))
		return -E2BIG;
	strcpy(buf, params);
	while ((tok = strsep(&s, " \t\n"))) {
		char *val = strchr(tok, '=');
		int err;

		if (!*tok)
			continue;
		if (val)
			*val++ = 0;
		err = set_one(mod, tok, val);
		if (err) {
			pr_err("%s: '%s' invalid for parameter '%s'\n", mod->name,
			       val ?: "", tok);
			return err;
		}
	}
	return 0;
}
