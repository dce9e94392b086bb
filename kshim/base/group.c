// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors fs/sysfs/group.c: attributes that come and go together.
 *
 * The kernel: a named group is a subdirectory, an unnamed one adds to the
 * object's own directory; is_visible() may drop an attribute or change its
 * mode; creating is all or nothing.
 *
 * Given: that.
 * Not given: binary attributes (-EOPNOTSUPP, said in the log), updating and
 * merging of groups.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/sysfs.h>
#include "base/sysfs.h"
#include "engine/engine.h"

static void remove_attrs(struct kernfs_node *dir, const struct attribute_group *grp,
			 struct attribute **end)
{
	struct attribute **a;

	for (a = grp->attrs; a && *a && a != end; a++)
		kshim_sysfs_remove_name(dir, (*a)->name);
}

static int add_attrs(struct kernfs_node *dir, struct kobject *kobj,
		     const struct attribute_group *grp)
{
	struct attribute **a;

	for (a = grp->attrs; a && *a; a++) {
		umode_t mode = (*a)->mode;
		int err;

		if (grp->is_visible)
			mode = grp->is_visible(kobj, *a, a - grp->attrs);
		if (!mode)
			continue;
		err = kshim_sysfs_add_file(dir, kobj, *a, mode & 0777);
		if (err) {
			remove_attrs(dir, grp, a);
			return err;
		}
	}
	return 0;
}

/**
 * sysfs_create_group() - add a group of attributes
 * @kobj:	to whose directory
 * @grp:	must live as long as the files
 *
 * Return: 0 or -errno; nothing is left behind then.
 */
int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp)
{
	struct kernfs_node *dir;
	int err;

	if (WARN_ON(!kobj || !kobj->sd))
		return -EINVAL;
	if (grp->bin_attrs && grp->bin_attrs[0]) {
		kshim_stub("sysfs_create_bin_file");
		return -EOPNOTSUPP;
	}
	if (!grp->attrs) {
		WARN(1, "sysfs: (bin_)attrs not set by subsystem for group: %s/%s\n",
		     kobject_name(kobj), grp->name ?: "");
		return -EINVAL;
	}
	dir = kobj->sd;
	if (grp->name) {
		dir = kernfs_create(dir, grp->name, KERNFS_DIR);
		if (IS_ERR(dir))
			return PTR_ERR(dir);
		dir->kobj = kobj;
	}
	err = add_attrs(dir, kobj, grp);
	if (err && grp->name)
		kernfs_remove(dir);
	return err;
}

/* Remove a group; waits for the callbacks of its attributes. */
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)
{
	struct kernfs_node *dir;

	if (!kobj->sd)
		return;
	if (!grp->name) {
		remove_attrs(kobj->sd, grp, NULL);
		return;
	}
	dir = kernfs_find(kobj->sd, grp->name);
	if (!dir) {
		WARN(1, "sysfs group '%s' not found for kobject '%s'\n",
		     grp->name, kobject_name(kobj));
		return;
	}
	kernfs_remove(dir);
	kernfs_put(dir);
}

int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	int err = 0;
	int i;

	if (!groups)
		return 0;
	for (i = 0; groups[i]; i++) {
		err = sysfs_create_group(kobj, groups[i]);
		if (err)
			break;
	}
	if (err)
		while (--i >= 0)
			sysfs_remove_group(kobj, groups[i]);
	return err;
}

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	for (; groups && *groups; groups++)
		sysfs_remove_group(kobj, *groups);
}
