// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the groups of drivers/iommu/iommu.c.
 *
 * The kernel: a group lives while it has devices or users; each of them is a
 * reference to its "devices" directory, which pins the group. Membership
 * changes under the group's mutex; listeners are told behind an addition and
 * before a removal, by a blocking chain. Walking the members holds the mutex.
 *
 * Given: that, the names in sysfs, ids from an ida.
 * Not given: default domains and direct mappings: adding a device attaches
 * nothing unless the group has a domain.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/idr.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <kshim/inspect.h>
#include "engine/engine.h"
#include "base/base.h"
#include "iommu/iommu.h"

struct iommu_group_attribute {
	struct attribute attr;
	ssize_t (*show)(struct iommu_group *group, char *buf);
};

static DEFINE_IDA(iommu_group_ida);
static struct iommu_group *all_groups;

static ssize_t group_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct iommu_group_attribute *ga;

	ga = container_of(attr, struct iommu_group_attribute, attr);
	return ga->show(container_of(kobj, struct iommu_group, kobj), buf);
}

static const struct sysfs_ops group_sysfs_ops = { .show = group_attr_show };

static ssize_t name_show(struct iommu_group *group, char *buf)
{
	return sysfs_emit(buf, "%s\n", group->name);
}

static ssize_t type_show(struct iommu_group *group, char *buf)
{
	return sysfs_emit(buf, "unknown\n");
}

static struct iommu_group_attribute attr_name = {
	.attr = { .name = "name", .mode = 0444 }, .show = name_show,
};
static struct iommu_group_attribute attr_type = {
	.attr = { .name = "type", .mode = 0444 }, .show = type_show,
};

static void group_release(struct kobject *kobj)
{
	struct iommu_group *group = container_of(kobj, struct iommu_group, kobj);
	struct iommu_group **pp;

	if (group->iommu_data_release)
		group->iommu_data_release(group->iommu_data);
	ida_free(&iommu_group_ida, group->id);
	kshim_raw_lock(&all_groups);
	kshim_hb_both(&all_groups);
	for (pp = &all_groups; *pp; pp = &(*pp)->next_all) {
		if (*pp != group)
			continue;
		*pp = group->next_all;
		break;
	}
	kshim_raw_unlock(&all_groups);
	kfree(group->name);
	kfree(group);
}

static const struct kobj_type group_ktype = {
	.sysfs_ops = &group_sysfs_ops,
	.release = group_release,
};

/**
 * iommu_group_alloc() - make a group without devices
 *
 * Return: the group with one reference, or ERR_PTR.
 */
struct iommu_group *iommu_group_alloc(void)
{
	struct iommu_group *group;
	int ret;

	group = kzalloc(sizeof(*group), GFP_KERNEL);
	if (!group)
		return ERR_PTR(-ENOMEM);
	mutex_init(&group->mutex);
	INIT_LIST_HEAD(&group->devices);
	BLOCKING_INIT_NOTIFIER_HEAD(&group->notifier);
	ret = ida_alloc(&iommu_group_ida, GFP_KERNEL);
	if (ret < 0) {
		kfree(group);
		return ERR_PTR(ret);
	}
	group->id = ret;
	kshim_raw_lock(&all_groups);
	kshim_hb_both(&all_groups);
	group->next_all = all_groups;
	all_groups = group;
	kshim_raw_unlock(&all_groups);
	group->kobj.kset = &kshim_kset_iommu_groups;
	ret = kobject_init_and_add(&group->kobj, &group_ktype, NULL, "%d", group->id);
	if (ret)
		goto put;
	group->devices_kobj = kobject_create_and_add("devices", &group->kobj);
	if (!group->devices_kobj) {
		ret = -ENOMEM;
		goto put;
	}
	/* from here on the subdirectory pins the group */
	kobject_put(&group->kobj);
	ret = sysfs_create_file(&group->kobj, &attr_type.attr);
	if (ret) {
		kobject_put(group->devices_kobj);
		return ERR_PTR(ret);
	}
	return group;
put:
	kobject_put(&group->kobj);
	return ERR_PTR(ret);
}

static void set_group(struct device *dev, struct iommu_group *group)
{
	kshim_touch(KSHIM_WRITE, &dev->iommu_group, sizeof(dev->iommu_group));
	dev->iommu_group = group;
}

/* The group of a device, referenced; NULL when it has none. */
struct iommu_group *iommu_group_get(struct device *dev)
{
	struct iommu_group *group = kshim_dev_group(dev);

	if (group)
		kobject_get(group->devices_kobj);
	return group;
}

struct iommu_group *iommu_group_ref_get(struct iommu_group *group)
{
	kobject_get(group->devices_kobj);
	return group;
}

void iommu_group_put(struct iommu_group *group)
{
	if (group)
		kobject_put(group->devices_kobj);
}

struct iommu_group *iommu_group_get_by_id(int id)
{
	struct iommu_group *group;
	struct kobject *kobj;
	char name[16];

	snprintf(name, sizeof(name), "%d", id);
	kobj = kset_find_obj(&kshim_kset_iommu_groups, name);
	if (!kobj)
		return NULL;
	group = container_of(kobj, struct iommu_group, kobj);
	kobject_get(group->devices_kobj);
	kobject_put(kobj);
	return group;
}

int iommu_group_id(struct iommu_group *group)
{
	return group->id;
}

void *iommu_group_get_iommudata(struct iommu_group *group)
{
	return group->iommu_data;
}

void iommu_group_set_iommudata(struct iommu_group *group, void *iommu_data,
			       void (*release)(void *iommu_data))
{
	group->iommu_data = iommu_data;
	group->iommu_data_release = release;
}

int iommu_group_set_name(struct iommu_group *group, const char *name)
{
	int err;

	if (group->name) {
		sysfs_remove_file(&group->kobj, &attr_name.attr);
		kfree(group->name);
		group->name = NULL;
		if (!name)
			return 0;
	}
	group->name = kstrdup(name, GFP_KERNEL);
	if (!group->name)
		return -ENOMEM;
	err = sysfs_create_file(&group->kobj, &attr_name.attr);
	if (err) {
		kfree(group->name);
		group->name = NULL;
	}
	return err;
}

/* Link both ways; a name that is taken gets a number behind it. */
static int add_links(struct iommu_group *group, struct device *dev,
		     struct group_device *gd)
{
	int i = 0;
	int err = sysfs_create_link(&dev->kobj, &group->kobj, "iommu_group");

	if (err)
		return err;
	gd->name = kasprintf(GFP_KERNEL, "%s", dev_name(dev));
	while (gd->name) {
		err = sysfs_create_link_nowarn(group->devices_kobj, &dev->kobj, gd->name);
		if (!err)
			return 0;
		kfree(gd->name);
		if (err != -EEXIST)
			goto unlink;
		gd->name = kasprintf(GFP_KERNEL, "%s.%d", dev_name(dev), i++);
	}
	err = -ENOMEM;
unlink:
	sysfs_remove_link(&dev->kobj, "iommu_group");
	return err;
}

static void remove_links(struct iommu_group *group, struct device *dev,
			 struct group_device *gd)
{
	sysfs_remove_link(group->devices_kobj, gd->name);
	sysfs_remove_link(&dev->kobj, "iommu_group");
	kfree(gd->name);
	kfree(gd);
}

/**
 * iommu_group_add_device() - put a device into a group
 * @group:	referenced by the caller
 * @dev:	not in a group
 *
 * Return: 0 or -errno. The device references the group until it is removed.
 */
int iommu_group_add_device(struct iommu_group *group, struct device *dev)
{
	struct group_device *gd = kzalloc(sizeof(*gd), GFP_KERNEL);
	int err;

	if (!gd)
		return -ENOMEM;
	gd->dev = dev;
	err = add_links(group, dev, gd);
	if (err) {
		kfree(gd);
		goto say;
	}
	kobject_get(group->devices_kobj);
	set_group(dev, group);
	mutex_lock(&group->mutex);
	list_add_tail(&gd->list, &group->devices);
	if (group->domain && group->domain->ops->attach_dev)
		err = group->domain->ops->attach_dev(group->domain, dev);
	if (err)
		list_del(&gd->list);
	mutex_unlock(&group->mutex);
	if (err) {
		set_group(dev, NULL);
		remove_links(group, dev, gd);
		kobject_put(group->devices_kobj);
		goto say;
	}
#if KSHIM_HAS_GROUP_NOTIFIER
	blocking_notifier_call_chain(&group->notifier, IOMMU_GROUP_NOTIFY_ADD_DEVICE, dev);
#endif
	dev_info(dev, "Adding to iommu group %d\n", group->id);
	return 0;
say:
	dev_err(dev, "Failed to add to iommu group %d: %d\n", group->id, err);
	return err;
}

/* Take a device out of its group, if it is in one. */
void iommu_group_remove_device(struct device *dev)
{
	struct iommu_group *group = kshim_dev_group(dev);
	struct group_device *gd, *found = NULL;

	if (!group)
		return;
	dev_info(dev, "Removing from iommu group %d\n", group->id);
#if KSHIM_HAS_GROUP_NOTIFIER
	blocking_notifier_call_chain(&group->notifier, IOMMU_GROUP_NOTIFY_DEL_DEVICE, dev);
#endif
	mutex_lock(&group->mutex);
	list_for_each_entry(gd, &group->devices, list) {
		if (gd->dev != dev)
			continue;
		found = gd;
		list_del(&gd->list);
		break;
	}
	mutex_unlock(&group->mutex);
	if (!found)
		return;
	remove_links(group, dev, found);
	set_group(dev, NULL);
	kobject_put(group->devices_kobj);
}

/* Call @fn for each member until it returns non-zero; that is returned. */
int iommu_group_for_each_dev(struct iommu_group *group, void *data,
			     int (*fn)(struct device *dev, void *data))
{
	struct group_device *gd;
	int ret = 0;

	mutex_lock(&group->mutex);
	list_for_each_entry(gd, &group->devices, list) {
		ret = fn(gd->dev, data);
		if (ret)
			break;
	}
	mutex_unlock(&group->mutex);
	return ret;
}

/* For the host: no points, no references. */
long kshim_refs_iommu_group(int id)
{
	struct iommu_group *group;

	for (group = all_groups; group; group = group->next_all)
		if (group->id == id && group->devices_kobj)
			return __atomic_load_n((int *)&group->devices_kobj->kref,
					       __ATOMIC_RELAXED);
	return -ENOENT;
}

unsigned long kshim_refs_groups(void)
{
	struct iommu_group *group;
	unsigned long h = 0;

	for (group = all_groups; group; group = group->next_all)
		if (group->devices_kobj)
			h = h * 31 + group->id * 64 +
				__atomic_load_n((int *)&group->devices_kobj->kref,
						__ATOMIC_RELAXED) + 1;
	return h;
}

int kshim_iommu_group_of(struct device *dev)
{
	return dev->iommu_group ? dev->iommu_group->id : -ENOENT;
}
