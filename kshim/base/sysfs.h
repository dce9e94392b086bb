/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by sysfs.c and group.c; private to kshim/base/. */
#ifndef KSHIM_BASE_SYSFS_H
#define KSHIM_BASE_SYSFS_H

#include "base/kernfs.h"

int kshim_sysfs_add_file(struct kernfs_node *dir, struct kobject *kobj,
			 const struct attribute *attr, umode_t mode);
void kshim_sysfs_remove_name(struct kernfs_node *dir, const char *name);

#endif
