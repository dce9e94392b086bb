/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configuration that the simulated kernel is built with. What belongs
 * to the code under test (its CONFIG_ options) comes from the build, see
 * core/.
 */
#define CONFIG_64BIT 1
#define CONFIG_X86 1
#define CONFIG_X86_64 1
#define CONFIG_MMU 1
#define CONFIG_BASE_SMALL 0
#define CONFIG_SMP 1
#define CONFIG_HZ 250
#define CONFIG_MODULES 1
#define CONFIG_MODULE_UNLOAD 1
#define CONFIG_PRINTK 1
#define CONFIG_BUG 1
#define CONFIG_IOMMU_API 1
#define CONFIG_EVENTFD 1
#define CONFIG_COMPAT 1
#define CONFIG_ARCH_DMA_ADDR_T_64BIT 1
#define CONFIG_PHYS_ADDR_T_64BIT 1
#define CONFIG_XARRAY_MULTI 1
#define CONFIG_CC_IS_GCC 1
#define CONFIG_GCC_VERSION 120200
#define CONFIG_CC_HAS_ASM_INLINE 1
#define CONFIG_DEBUG_LIST 1
