/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/platform_device.h: types only. There is no platform bus;
 * using one is a link error.
 */
#ifndef _PLATFORM_DEVICE_H_
#define _PLATFORM_DEVICE_H_

#include <linux/device.h>
#include <linux/mod_devicetable.h>

struct platform_device {
	const char *name;
	int id;
	struct device dev;
	u32 num_resources;
	struct resource *resource;
};

#define to_platform_device(x)	container_of((x), struct platform_device, dev)

#endif
