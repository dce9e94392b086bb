/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Look at long-lived objects from outside, e.g. when a run has come to rest:
 * no points, no references taken, nothing changed.
 */
#ifndef KSHIM_INSPECT_H
#define KSHIM_INSPECT_H

/**
 * kshim_refs_iommu_group() - references to an iommu group
 * @id:		of the group
 *
 * Return: value of its kref (one for each device in it and one for each
 * user), or -ENOENT.
 */
long kshim_refs_iommu_group(int id);

/* A number that changes when the references to any iommu group do. */
unsigned long kshim_refs_groups(void);

/**
 * kshim_pins() - pins of user pages that somebody still holds
 *
 * Return: their number; pages that nobody else uses included.
 */
unsigned long kshim_pins(void);

/* A number that changes when references, pins or mappings of a frame do. */
unsigned long kshim_refs_pages(void);

/**
 * kshim_refs_device() - references to a device
 * @name:	dev_name()
 *
 * Return: value of its kref, or -ENOENT. A device that was deleted but is
 * still referenced counts as there.
 */
long kshim_refs_device(const char *name);

/**
 * kshim_device_driver() - which driver is bound to a device?
 * @name:	dev_name()
 *
 * Return: its name; NULL when none is, or when there is no such device.
 */
const char *kshim_device_driver(const char *name);

/**
 * kshim_device_group() - which iommu group is a device in?
 * @name:	dev_name()
 *
 * Return: its id, or -ENOENT.
 */
int kshim_device_group(const char *name);

/**
 * kshim_dev_name() - name of a device that a tracepoint handed out
 * @dev:	a struct device
 */
const char *kshim_dev_name(const void *dev);

#endif
