// SPDX-License-Identifier: GPL-2.0-only
/* The driver that VFIO lets share a group: it only keeps others away. */
#include "sim.h"

static int stub_probe(struct device *dev)
{
	return 0;
}

static int stub_remove(struct device *dev)
{
	return 0;
}

static struct sim_driver stub_driver = {
	.driver = {
		.name = "pci-stub",
		.probe = stub_probe,
		.remove = stub_remove,
	},
	.driver_managed_dma = true,
};
module_sim_driver(stub_driver);
