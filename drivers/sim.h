/* SPDX-License-Identifier: GPL-2.0-only */
/* The simulated bus that all drivers here are for. */
#ifndef DRIVERS_SIM_H
#define DRIVERS_SIM_H

#include <linux/device.h>
#include <linux/module.h>

/**
 * struct sim_driver - a driver of the simulated bus
 * @driver:		with name, probe, remove
 * @driver_managed_dma:	the driver does not use the kernel's DMA API itself, so
 *			it may be bound in a group that user space owns
 */
struct sim_driver {
	struct device_driver driver;
	bool driver_managed_dma;
};

extern struct bus_type sim_bus;

#define module_sim_driver(drv)						\
static int __init drv##_init(void)					\
{									\
	(drv).driver.bus = &sim_bus;					\
	(drv).driver.owner = THIS_MODULE;				\
	return driver_register(&(drv).driver);				\
}									\
module_init(drv##_init);						\
static void __exit drv##_exit(void)					\
{									\
	driver_unregister(&(drv).driver);				\
}									\
module_exit(drv##_exit);						\
MODULE_LICENSE("GPL")

#endif
