/* SPDX-License-Identifier: GPL-2.0-only */
/* What an IOMMU back end of the container needs: newer trees keep it private. */
#ifndef DRIVERS_VFIO_IOMMU_COMPAT_H
#define DRIVERS_VFIO_IOMMU_COMPAT_H

#include <linux/vfio.h>
#ifdef HAVE_VFIO_PRIVATE_IOMMU_OPS
#include "vfio.h"
#endif

/*
 * VFIO_COMPAT_NOTIFY(fn) { ... } - what some trees tell about the container:
 * it is closed. The body has "data"; it is never called elsewhere.
 */
#ifdef HAVE_VFIO_IOMMU_NOTIFY
#define VFIO_COMPAT_NOTIFY(fn)						\
static void fn(void *data, enum vfio_iommu_notify_type event)
#define VFIO_COMPAT_NOTIFY_OP(fn)	.notify = fn,
#else
#define VFIO_COMPAT_NOTIFY(fn)						\
static inline __maybe_unused void fn(void *data)
#define VFIO_COMPAT_NOTIFY_OP(fn)
#endif

/* The last parameter of attach_group(), where there is one. */
#ifdef HAVE_VFIO_ATTACH_TYPE
#define VFIO_COMPAT_TYPE	, enum vfio_group_type type
#else
#define VFIO_COMPAT_TYPE
#endif

#endif
