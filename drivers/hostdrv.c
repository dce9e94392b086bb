// SPDX-License-Identifier: GPL-2.0-only
/* An ordinary host driver: it has nothing to do with VFIO. */
#include "sim.h"

static int hostdrv_probe(struct device *dev)
{
	return 0;
}

static int hostdrv_remove(struct device *dev)
{
	return 0;
}

static struct sim_driver hostdrv_driver = {
	.driver = {
		.name = "hostdrv",
		.probe = hostdrv_probe,
		.remove = hostdrv_remove,
	},
};
module_sim_driver(hostdrv_driver);
