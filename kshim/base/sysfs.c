// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors fs/sysfs/{dir,file,symlink}.c: kobjects as directories.
 *
 * The kernel: a kobject that was added is a directory, its attributes are
 * files, and removing either waits for running show() and store() callbacks
 * (see kernfs.c); a callback may remove its own file.
 *
 * Given: directories, attributes, links, self-removal, the warning about
 * duplicate names. Groups are in group.c, what user space does in
 * sysfs_user.c.
 * Not given: binary attributes (creating one fails), renaming a directory.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/stdarg.h>
#include <linux/sysfs.h>
#include "engine/engine.h"
#include "base/kernfs.h"
#include "base/sysfs.h"
#include "locking/lockdep.h"

static void warn_dup(struct kernfs_node *parent, const char *name)
{
	char path[128];

	if (!kshim_hot.detail)
		return;
	kernfs_path(parent, path, sizeof(path));
	pr_warn("sysfs: cannot create duplicate filename '%s/%s'\n", path, name);
}

/**
 * sysfs_create_dir_ns() - make the directory of a kobject
 * @kobj:	has its name and its parent
 * @ns:		ignored
 *
 * Return: 0, -ENOMEM, -EEXIST, or -ENOENT when the parent is gone.
 */
int sysfs_create_dir_ns(struct kobject *kobj, const void *ns)
{
	struct kernfs_node *parent = kobj->parent ? kobj->parent->sd : &kernfs_root;
	struct kernfs_node *kn;

	if (!parent)
		return -ENOENT;
	kn = kernfs_create(parent, kobject_name(kobj), KERNFS_DIR);
	if (IS_ERR(kn)) {
		if (PTR_ERR(kn) == -EEXIST)
			warn_dup(parent, kobject_name(kobj));
		return PTR_ERR(kn);
	}
	kernfs_get(kn);			/* kobj->sd */
	kn->kobj = kobj;
	kobj->sd = kn;
	return 0;
}

/* Remove the directory of a kobject with all that is in it. */
void sysfs_remove_dir(struct kobject *kobj)
{
	struct kernfs_node *kn = kobj->sd;

	kobj->sd = NULL;
	if (!kn)
		return;
	kernfs_remove(kn);
	kernfs_put(kn);
}

/* As a kernel with lockdep: a static attribute is a class, bind and unbind are none. */
static void init_class(struct lockdep_map *map, const struct attribute *attr)
{
	bool in_arena = (unsigned long)attr - KSHIM_ARENA_BASE < KSHIM_ARENA_SIZE;

	if (attr->ignore_lockdep)
		return;
	if (attr->key)
		lockdep_init_map(map, "kn->active", attr->key, 0);
	else if (!in_arena)
		kshim_lock_map_key(map, "kn->active", attr);
}

int kshim_sysfs_add_file(struct kernfs_node *dir, struct kobject *kobj,
			 const struct attribute *attr, umode_t mode)
{
	struct kernfs_node *kn = kernfs_create(dir, attr->name, KERNFS_FILE);

	if (IS_ERR(kn)) {
		if (PTR_ERR(kn) == -EEXIST)
			warn_dup(dir, attr->name);
		return PTR_ERR(kn);
	}
	kn->kobj = kobj;
	kn->attr = attr;
	kn->mode = mode;
	init_class(&kn->dep_map, attr);
	return 0;
}

void kshim_sysfs_remove_name(struct kernfs_node *dir, const char *name)
{
	struct kernfs_node *kn = kernfs_find(dir, name);

	if (!kn)
		return;
	kernfs_remove(kn);
	kernfs_put(kn);
}

/**
 * sysfs_create_file_ns() - make the file of an attribute
 * @kobj:	whose directory
 * @attr:	must live as long as the file
 * @ns:		ignored
 *
 * Return: 0, -EINVAL (warned), -ENOMEM, -EEXIST.
 */
int sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr,
			 const void *ns)
{
	if (WARN_ON(!kobj || !kobj->sd || !attr))
		return -EINVAL;
	return kshim_sysfs_add_file(kobj->sd, kobj, attr, attr->mode);
}

/* Remove an attribute; waits for its callbacks. */
void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr,
			  const void *ns)
{
	if (kobj->sd)
		kshim_sysfs_remove_name(kobj->sd, attr->name);
}

int sysfs_create_files(struct kobject *kobj, const struct attribute * const *attr)
{
	int err = 0;
	int i;

	for (i = 0; attr[i] && !err; i++)
		err = sysfs_create_file(kobj, attr[i]);
	if (err)
		while (--i > 0)		/* attr[i - 1] is the one that failed */
			sysfs_remove_file(kobj, attr[i - 1]);
	return err;
}

void sysfs_remove_files(struct kobject *kobj, const struct attribute * const *attr)
{
	int i;

	for (i = 0; attr[i]; i++)
		sysfs_remove_file(kobj, attr[i]);
}

/**
 * sysfs_remove_file_self() - remove the attribute whose callback is running
 * @kobj:	whose
 * @attr:	which
 *
 * Return: true when this call removed it, false when another callback did.
 */
bool sysfs_remove_file_self(struct kobject *kobj, const struct attribute *attr)
{
	struct kernfs_node *kn = kobj->sd ? kernfs_find(kobj->sd, attr->name) : NULL;
	bool ret;

	if (WARN_ON_ONCE(!kn))
		return false;
	ret = kernfs_remove_self(kn);
	kernfs_put(kn);
	return ret;
}

struct kernfs_node *sysfs_break_active_protection(struct kobject *kobj,
						  const struct attribute *attr)
{
	struct kernfs_node *kn;

	kobject_get(kobj);
	kn = kobj->sd ? kernfs_find(kobj->sd, attr->name) : NULL;
	if (kn)
		kernfs_break_active(kn);
	else
		kobject_put(kobj);
	return kn;
}

void sysfs_unbreak_active_protection(struct kernfs_node *kn)
{
	struct kobject *kobj = kn->kobj;

	kernfs_unbreak_active(kn);
	kernfs_put(kn);
	kobject_put(kobj);
}

int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target,
			     const char *name)
{
	struct kernfs_node *dir = kobj ? kobj->sd : &kernfs_root;
	struct kernfs_node *kn;

	if (!dir)
		return -EFAULT;
	if (!target->sd)
		return -ENOENT;
	kn = kernfs_create(dir, name, KERNFS_LINK);
	if (IS_ERR(kn))
		return PTR_ERR(kn);
	kernfs_get(target->sd);
	kn->target = target->sd;
	return 0;
}

/**
 * sysfs_create_link() - make a link to the directory of a kobject
 * @kobj:	in whose directory; NULL: the root
 * @target:	what it points to
 * @name:	of the link
 *
 * Return: 0, -EFAULT, -ENOENT, -ENOMEM, -EEXIST (logged).
 */
int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name)
{
	int err = sysfs_create_link_nowarn(kobj, target, name);

	if (err == -EEXIST)
		warn_dup(kobj ? kobj->sd : &kernfs_root, name);
	return err;
}

void sysfs_remove_link(struct kobject *kobj, const char *name)
{
	struct kernfs_node *dir = kobj ? kobj->sd : &kernfs_root;

	if (dir)
		kshim_sysfs_remove_name(dir, name);
}

int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN(at < 0 || at >= (int)PAGE_SIZE, "invalid sysfs_emit_at: buf:%p at:%d\n",
		 buf, at))
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
	va_end(args);
	return len;
}

int sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vscnprintf(buf, PAGE_SIZE, fmt, args);
	va_end(args);
	return len;
}
