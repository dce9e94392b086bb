/* SPDX-License-Identifier: GPL-2.0-only */
/* The simulated bus that all drivers here are for. */
#ifndef DRIVERS_SIM_H
#define DRIVERS_SIM_H

#include <linux/device.h>
#include <linux/module.h>

extern struct bus_type sim_bus;

#define module_sim_driver(drv)						\
static int __init drv##_init(void)					\
{									\
	(drv).bus = &sim_bus;						\
	(drv).owner = THIS_MODULE;					\
	return driver_register(&(drv));					\
}									\
module_init(drv##_init);						\
static void __exit drv##_exit(void)					\
{									\
	driver_unregister(&(drv));					\
}									\
module_exit(drv##_exit);						\
MODULE_LICENSE("GPL")

#endif
