// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of devices for observers outside.
 *
 * The kernel: dev_name() is valid as long as a reference is held. Here: the
 * same, read without a point, so that observing changes nothing.
 */
#include <linux/device.h>
#include <kshim/inspect.h>

const char *kshim_dev_name(const void *dev)
{
	return dev_name(dev);
}
