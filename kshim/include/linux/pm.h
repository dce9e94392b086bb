/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/pm.h: names only, nothing is ever suspended. */
#ifndef _LINUX_PM_H
#define _LINUX_PM_H

#include <linux/atomic.h>
#include <linux/types.h>

struct device;

typedef struct pm_message { int event; } pm_message_t;

struct dev_pm_ops {
	int (*suspend)(struct device *dev);
	int (*resume)(struct device *dev);
	int (*runtime_suspend)(struct device *dev);
	int (*runtime_resume)(struct device *dev);
	int (*runtime_idle)(struct device *dev);
};

struct dev_pm_info {
	atomic_t usage_count;	/* of pm_runtime_get/put */
	unsigned int runtime_enabled;
};

struct dev_pm_domain;

#define SET_RUNTIME_PM_OPS(s, r, i)	\
	.runtime_suspend = s, .runtime_resume = r, .runtime_idle = i,

#endif
