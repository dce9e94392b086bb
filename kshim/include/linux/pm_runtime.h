/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/pm_runtime.h. Devices are always active: getting and putting
 * only counts, so that an imbalance can be seen; no callback is ever called.
 */
#ifndef _LINUX_PM_RUNTIME_H
#define _LINUX_PM_RUNTIME_H

#include <linux/device.h>
#include <linux/pm.h>

static inline int pm_runtime_get_sync(struct device *dev)
{
	atomic_inc(&dev->power.usage_count);
	return 1;
}

static inline int pm_runtime_put(struct device *dev)
{
	atomic_dec(&dev->power.usage_count);
	return 0;
}

static inline int pm_runtime_resume_and_get(struct device *dev)
{
	pm_runtime_get_sync(dev);
	return 0;
}

#define pm_runtime_get(dev)		pm_runtime_get_sync(dev)
#define pm_runtime_get_noresume(dev)	((void)pm_runtime_get_sync(dev))
#define pm_runtime_put_sync(dev)	pm_runtime_put(dev)
#define pm_runtime_put_noidle(dev)	((void)pm_runtime_put(dev))
#define pm_runtime_put_autosuspend(dev)	pm_runtime_put(dev)
#define pm_runtime_allow(dev)		do { } while (0)
#define pm_runtime_forbid(dev)		do { } while (0)
#define pm_runtime_enable(dev)		((void)(dev)->power.runtime_enabled++)
#define pm_runtime_disable(dev)		((void)(dev)->power.runtime_enabled--)
#define pm_runtime_suspended(dev)	false
#define pm_runtime_active(dev)		true
#define pm_runtime_barrier(dev)		0

#endif
