// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors kernel/params.c: /sys/module/NAME/parameters.
 *
 * The kernel: a parameter that has permission bits is a file there while its
 * module is loaded; writing sets it as at load time, one writer at a time.
 *
 * Given: that, for modules with such a parameter; others have no directory.
 * Not given: the rest of /sys/module (refcnt, holders, sections, ...).
 */
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include "kernel/module_internal.h"

extern const struct kernel_param *const __start_kshim_params[] __attribute__((weak));
extern const struct kernel_param *const __stop_kshim_params[] __attribute__((weak));

struct param_file {
	struct kobj_attribute file;
	const struct kernel_param *param;
};

struct param_dir {
	struct kobject *module, *parameters;
	unsigned int n;
	struct param_file files[];
};

static struct kobject *modules;
static DEFINE_MUTEX(param_lock);

static ssize_t param_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	const struct kernel_param *p = container_of(attr, struct param_file, file)->param;
	ssize_t ret;

	if (!p->ops->get)
		return -EPERM;
	mutex_lock(&param_lock);
	ret = p->ops->get(buf, p);
	mutex_unlock(&param_lock);
	return ret;
}

static ssize_t param_store(struct kobject *kobj, struct kobj_attribute *attr,
			   const char *buf, size_t count)
{
	const struct kernel_param *p = container_of(attr, struct param_file, file)->param;
	int err;

	if (!p->ops->set)
		return -EPERM;
	mutex_lock(&param_lock);
	err = p->ops->set(buf, p);
	mutex_unlock(&param_lock);
	return err ?: count;
}

static void fill(struct param_file *f, const struct kernel_param *p)
{
	f->param = p;
	f->file.attr.name = p->name;
	f->file.attr.mode = p->perm;
	f->file.show = param_show;
	f->file.store = param_store;
}

/* Make the files of a module that is being loaded. Return: 0 or -errno. */
int kshim_params_add(struct module *mod)
{
	const struct kernel_param *const *p;
	struct param_dir *dir;
	unsigned int n = 0;
	int err = -ENOMEM;

	for (p = __start_kshim_params; p < __stop_kshim_params; p++)
		n += (*p)->mod == mod && (*p)->perm;
	if (!n)
		return 0;
	dir = kzalloc(struct_size(dir, files, n), GFP_KERNEL);
	if (!dir)
		return err;
	mod->params = dir;
	dir->module = kobject_create_and_add(mod->name, modules);
	if (dir->module)
		dir->parameters = kobject_create_and_add("parameters", dir->module);
	if (!dir->parameters)
		goto err;
	for (p = __start_kshim_params; p < __stop_kshim_params; p++) {
		if ((*p)->mod != mod || !(*p)->perm)
			continue;
		fill(&dir->files[dir->n], *p);
		err = sysfs_create_file(dir->parameters, &dir->files[dir->n].file.attr);
		if (err)
			goto err;
		dir->n++;
	}
	return 0;
err:
	kshim_params_remove(mod);
	return err;
}

void kshim_params_remove(struct module *mod)
{
	struct param_dir *dir = mod->params;

	if (!dir)
		return;
	while (dir->n--)
		sysfs_remove_file(dir->parameters, &dir->files[dir->n].file.attr);
	kobject_put(dir->parameters);
	kobject_put(dir->module);
	mod->params = NULL;
	kfree(dir);
}

/* At boot: /sys/module. */
void kshim_params_init(void)
{
	modules = kobject_create_and_add("module", NULL);
}
