// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors lib/kobject.c: named, referenced objects that are directories.
 *
 * The kernel: a kobject is initialised with one reference, added below its
 * parent (or its kset), deleted, and released on the last put; a release
 * without a delete deletes first. An added object references its parent
 * until it is deleted.
 *
 * Given: that, the complaints about misuse, ksets.
 * Not given: uevents (nobody listens; asking for one succeeds), delayed
 * release, namespaces.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"
#include "base/base.h"

static struct kernfs_node iommu_groups_node;
static struct kernfs_node kernel_node = {
	.refs = 1, .name = "kernel", .len = 6, .parent = &kernfs_root, .child = &iommu_groups_node,
};
static struct kernfs_node iommu_groups_node = {
	.refs = 1, .name = "iommu_groups", .len = 12, .parent = &kernel_node,
};
static struct kernfs_node bus_node = {
	.refs = 1, .name = "bus", .len = 3, .parent = &kernfs_root, .next = &kernel_node,
};
static struct kernfs_node class_node = {
	.refs = 1, .name = "class", .len = 5, .parent = &kernfs_root, .next = &bus_node,
};
static struct kernfs_node virtual_node;
static struct kernfs_node devices_node = {
	.refs = 1, .name = "devices", .len = 7, .parent = &kernfs_root, .next = &class_node,
	.child = &virtual_node,
};
static struct kernfs_node virtual_node = {
	.refs = 1, .name = "virtual", .len = 7, .parent = &devices_node,
};
struct kernfs_node kernfs_root = {
	.refs = 1, .name = "sys", .child = &devices_node,
};

#define STATIC_KOBJ(n)	{ .name = #n, .sd = &n##_node, .kref = KREF_INIT(1), \
			  .state_initialized = 1, .state_in_sysfs = 1 }
struct kobject kshim_kobj_bus = STATIC_KOBJ(bus);
struct kobject kshim_kobj_class = STATIC_KOBJ(class);
struct kobject kshim_kobj_devices = STATIC_KOBJ(devices);
struct kobject kshim_kobj_virtual = {
	.name = "virtual", .sd = &virtual_node, .parent = &kshim_kobj_devices,
	.kref = KREF_INIT(1), .state_initialized = 1, .state_in_sysfs = 1,
};
static struct kobject kobj_kernel = STATIC_KOBJ(kernel);
struct kobject *kernel_kobj = &kobj_kernel;
struct kset kshim_kset_iommu_groups = {
	.list = LIST_HEAD_INIT(kshim_kset_iommu_groups.list),
	.list_lock = __SPIN_LOCK_UNLOCKED(kshim_kset_iommu_groups.list_lock),
	.kobj = STATIC_KOBJ(iommu_groups),
};

int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs)
{
	const char *s;

	if (kobj->name && !fmt)
		return 0;
	s = kvasprintf_const(GFP_KERNEL, fmt, vargs);
	if (!s)
		return -ENOMEM;
	if (strchr(s, '/')) {
		char *t = kstrdup(s, GFP_KERNEL), *p;

		kfree_const(s);
		if (!t)
			return -ENOMEM;
		while ((p = strchr(t, '/')))
			*p = '!';
		s = t;
	}
	kfree_const(kobj->name);
	kobj->name = s;
	return 0;
}

int kobject_set_name(struct kobject *kobj, const char *fmt, ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = kobject_set_name_vargs(kobj, fmt, args);
	va_end(args);
	return ret;
}

/**
 * kobject_init() - make a kobject with one reference
 * @kobj:	to initialise
 * @ktype:	its type; knows how to release it
 */
void kobject_init(struct kobject *kobj, const struct kobj_type *ktype)
{
	if (kobj->state_initialized)
		pr_err("kobject (%p): tried to init an initialized object, something is seriously wrong.\n",
		       kobj);
	kref_init(&kobj->kref);
	INIT_LIST_HEAD(&kobj->entry);
	kobj->state_in_sysfs = 0;
	kobj->state_add_uevent_sent = 0;
	kobj->state_remove_uevent_sent = 0;
	kobj->state_initialized = 1;
	kobj->ktype = ktype;
}

static void kset_join(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	kset_get(kobj->kset);
	spin_lock(&kobj->kset->list_lock);
	list_add_tail(&kobj->entry, &kobj->kset->list);
	spin_unlock(&kobj->kset->list_lock);
}

static void kset_leave(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	spin_lock(&kobj->kset->list_lock);
	list_del_init(&kobj->entry);
	spin_unlock(&kobj->kset->list_lock);
	kset_put(kobj->kset);
}

static int create_dir(struct kobject *kobj)
{
	const struct kobj_type *t = kobj->ktype;
	int err = sysfs_create_dir_ns(kobj, NULL);

#if KSHIM_HAS_DEFAULT_ATTRS
	if (!err && t && t->default_attrs) {
		err = sysfs_create_files(kobj, (const struct attribute **)t->default_attrs);
		if (err)
			sysfs_remove_dir(kobj);
	}
#endif
	if (!err && t && t->default_groups) {
		err = sysfs_create_groups(kobj, t->default_groups);
		if (err)
			sysfs_remove_dir(kobj);
	}
	return err;
}

static int add_internal(struct kobject *kobj)
{
	int err;

	if (!kobj->name || !kobj->name[0]) {
		WARN(1, "kobject: (%p): attempted to be registered with empty name!\n", kobj);
		return -EINVAL;
	}
	kobject_get(kobj->parent);
	if (kobj->kset) {
		if (!kobj->parent)
			kobj->parent = kobject_get(&kobj->kset->kobj);
		kset_join(kobj);
	}
	err = create_dir(kobj);
	if (!err) {
		kobj->state_in_sysfs = 1;
		return 0;
	}
	kset_leave(kobj);
	kobject_put(kobj->parent);
	kobj->parent = NULL;
	if (err == -EEXIST)
		pr_err("kobject_add_internal failed for %s with -EEXIST, don't try to register things with the same name in the same directory.\n",
		       kobject_name(kobj));
	else
		pr_err("kobject_add_internal failed for %s (error: %d)\n",
		       kobject_name(kobj), err);
	return err;
}

static int add_varg(struct kobject *kobj, struct kobject *parent, const char *fmt,
		    va_list args)
{
	int err = kobject_set_name_vargs(kobj, fmt, args);

	if (err) {
		pr_err("kobject: can not set name properly!\n");
		return err;
	}
	kobj->parent = parent;
	return add_internal(kobj);
}

/**
 * kobject_add() - give a kobject its directory
 * @kobj:	initialised
 * @parent:	below whom; NULL: below its kset, or the root
 * @fmt:	of the name; NULL: it has one
 *
 * Return: 0 or -errno; then the caller must still put it.
 */
int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int ret;

	if (!kobj)
		return -EINVAL;
	if (!kobj->state_initialized) {
		pr_err("kobject '%s' (%p): tried to add an uninitialized object, something is seriously wrong.\n",
		       kobject_name(kobj), kobj);
		return -EINVAL;
	}
	va_start(args, fmt);
	ret = add_varg(kobj, parent, fmt, args);
	va_end(args);
	return ret;
}

int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
			 struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int ret;

	kobject_init(kobj, ktype);
	va_start(args, fmt);
	ret = add_varg(kobj, parent, fmt, args);
	va_end(args);
	return ret;
}

static void del_keep_parent(struct kobject *kobj)
{
	if (kobj->ktype)
		sysfs_remove_groups(kobj, kobj->ktype->default_groups);
	sysfs_remove_dir(kobj);
	kobj->state_in_sysfs = 0;
	kset_leave(kobj);
	kobj->parent = NULL;
}

/* Remove the directory; waits for callbacks below it. Keeps the caller's reference. */
void kobject_del(struct kobject *kobj)
{
	struct kobject *parent;

	if (!kobj)
		return;
	parent = kobj->parent;
	del_keep_parent(kobj);
	kobject_put(parent);
}

struct kobject *kobject_get(struct kobject *kobj)
{
	if (kobj) {
		if (!kobj->state_initialized)
			WARN(1, "kobject: '%s' (%p): is not initialized, yet kobject_get() is being called.\n",
			     kobject_name(kobj), kobj);
		kref_get(&kobj->kref);
	}
	return kobj;
}

struct kobject *kobject_get_unless_zero(struct kobject *kobj)
{
	return kobj && kref_get_unless_zero(&kobj->kref) ? kobj : NULL;
}

static void release(struct kref *kref)
{
	struct kobject *kobj = container_of(kref, struct kobject, kref);
	struct kobject *parent = kobj->parent;
	const struct kobj_type *t = kobj->ktype;
	const char *name = kobj->name;

	if (kobj->state_in_sysfs)
		del_keep_parent(kobj);
	else
		parent = NULL;		/* it was never, or is no longer, below it */
	if (t && t->release)
		t->release(kobj);
	kfree_const(name);
	kobject_put(parent);
}

/* Drop a reference; the last one releases the object. */
void kobject_put(struct kobject *kobj)
{
	if (!kobj)
		return;
	if (!kobj->state_initialized)
		WARN(1, "kobject: '%s' (%p): is not initialized, yet kobject_put() is being called.\n",
		     kobject_name(kobj), kobj);
	kref_put(&kobj->kref, release);
}

static void dynamic_release(struct kobject *kobj)
{
	kfree(kobj);
}

static const struct kobj_type dynamic_ktype = {
	.release = dynamic_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
{
	struct kobject *kobj = kzalloc(sizeof(*kobj), GFP_KERNEL);
	int err;

	if (!kobj)
		return NULL;
	kobject_init(kobj, &dynamic_ktype);
	err = kobject_add(kobj, parent, "%s", name);
	if (err) {
		pr_warn("%s: kobject_add error: %d\n", __func__, err);
		kobject_put(kobj);
		return NULL;
	}
	return kobj;
}
