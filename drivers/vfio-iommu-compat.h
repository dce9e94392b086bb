/* SPDX-License-Identifier: GPL-2.0-only */
/* What an IOMMU back end of the container needs: newer trees keep it private. */
#ifndef DRIVERS_VFIO_IOMMU_COMPAT_H
#define DRIVERS_VFIO_IOMMU_COMPAT_H

#include <linux/vfio.h>
#ifdef HAVE_VFIO_PRIVATE_IOMMU_OPS
#include "vfio.h"
#endif

/* The last parameter of attach_group(), where there is one. */
#ifdef HAVE_VFIO_ATTACH_TYPE
#define VFIO_COMPAT_TYPE	, enum vfio_group_type type
#else
#define VFIO_COMPAT_TYPE
#endif

#endif
