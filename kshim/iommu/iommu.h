/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by the files of kshim/iommu/. */
#ifndef KSHIM_IOMMU_IOMMU_H
#define KSHIM_IOMMU_IOMMU_H

#include <linux/iommu.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include "engine/engine.h"

/**
 * struct iommu_group - devices that the IOMMU cannot tell apart
 * @kobj:	directory; referenced by @devices_kobj only, once it is set up
 * @devices_kobj: its subdirectory; carries the references to the group
 * @devices:	struct group_device, under @mutex
 * @notifier:	who wants to know what happens to the devices
 * @domain:	the domain all its devices are attached to
 * @owner:	who claimed the group's DMA
 * @owner_cnt:	how often; also devices bound to a driver that uses DMA
 * @next_all:	list of all groups, for inspection
 */
struct iommu_group {
	struct kobject kobj;
	struct kobject *devices_kobj;
	struct list_head devices;
	struct mutex mutex;
	struct blocking_notifier_head notifier;
	void *iommu_data;
	void (*iommu_data_release)(void *iommu_data);
	char *name;
	int id;
	struct iommu_domain *domain;
	void *owner;
	unsigned int owner_cnt;
	struct iommu_group *next_all;
};

/*
 * What a device has of the IOMMU: read by tasks that share no lock with the one
 * that plugs the device in or pulls it out.
 */
static inline struct dev_iommu *kshim_dev_iommu(struct device *dev)
{
	kshim_touch(KSHIM_READ, &dev->iommu, sizeof(dev->iommu));
	return dev->iommu;
}

static inline void kshim_set_dev_iommu(struct device *dev, struct dev_iommu *iommu)
{
	kshim_touch(KSHIM_WRITE, &dev->iommu, sizeof(dev->iommu));
	dev->iommu = iommu;
}

static inline struct iommu_group *kshim_dev_group(struct device *dev)
{
	kshim_touch(KSHIM_READ, &dev->iommu_group, sizeof(dev->iommu_group));
	return dev->iommu_group;
}

/* kshim/iommu/track.c: which frames a domain makes visible. */
void kshim_track_map(struct iommu_domain *domain, unsigned long iova,
		     phys_addr_t paddr, size_t size);
void kshim_track_unmap(struct iommu_domain *domain, unsigned long iova, size_t size,
		       bool stale);
void kshim_track_sync(struct iommu_domain *domain);
void kshim_track_forget(struct iommu_domain *domain);

struct group_device {
	struct list_head list;
	struct device *dev;
	char *name;
};

#endif
