/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every driver here tells, through one tracepoint, what it asks of VFIO and
 * what VFIO asks of it. An observer can check the lifecycle contract from
 * that without knowing any driver. The numbers are part of the interface.
 */
#ifndef DRIVERS_CONTRACT_H
#define DRIVERS_CONTRACT_H

enum vfio_contract {
	CONTRACT_INIT,			/* initialised, may register from now on */
	CONTRACT_REGISTER,		/* about to register */
	CONTRACT_REGISTERED,		/* value: what registering returned */
	CONTRACT_UNREGISTER,		/* about to unregister */
	CONTRACT_UNREGISTERED,		/* unregistering has returned */
	CONTRACT_FREE,			/* about to free the device's memory */
	CONTRACT_OPEN,			/* open callback entered */
	CONTRACT_OPENED,		/* ... left; value: its result */
	CONTRACT_RELEASE,
	CONTRACT_RELEASED,
	CONTRACT_REQUEST,		/* value: count */
	CONTRACT_REQUESTED,
	CONTRACT_CALL,			/* any other callback entered */
	CONTRACT_CALLED,
};

#ifdef __KERNEL__
#include <linux/device.h>
#include <linux/tracepoint.h>

DECLARE_TRACE(vfio_contract,
	      TP_PROTO(struct device *dev, enum vfio_contract what, long value),
	      TP_ARGS(dev, what, value))
#endif

#endif
