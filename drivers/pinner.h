/* SPDX-License-Identifier: GPL-2.0-only */
/* The requests that a device of the pinner driver knows, for its users. */
#ifndef DRIVERS_PINNER_H
#define DRIVERS_PINNER_H

#include <linux/types.h>
#include <linux/vfio.h>

struct pinner_range {
	__u64 iova;
	__u64 npages;		/* at most PINNER_MAX */
};

#define PINNER_MAX	8
#define PINNER_PIN	_IO(VFIO_TYPE, VFIO_BASE + 100)
#define PINNER_UNPIN	_IO(VFIO_TYPE, VFIO_BASE + 101)

#endif
