/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/cache.h: placement of data means nothing here. */
#ifndef __LINUX_CACHE_H
#define __LINUX_CACHE_H

#define L1_CACHE_SHIFT		6
#define L1_CACHE_BYTES		(1 << L1_CACHE_SHIFT)
#define __read_mostly
#define __ro_after_init
#define ____cacheline_aligned
#define ____cacheline_aligned_in_smp
#define __cacheline_aligned

#endif
