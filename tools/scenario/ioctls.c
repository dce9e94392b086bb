// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ioctls of the subsystem under test, by name. Numbers are user-space
 * ABI, the same in every kernel, so the host's header serves.
 */
#include <string.h>
#include <linux/vfio.h>

#include "drivers/pinner.h"
#include "parser.h"

static const char *const no_params[] = { NULL };
static const char *const index_params[] = { "index", "argsz", "flags", NULL };
static const char *const irq_params[] = { "index", "argsz", "flags", "start", "count", NULL };
static const char *const map_params[] = { "iova", "size", "vaddr", "offset", "argsz", "flags",
					  NULL };
static const char *const unmap_params[] = { "iova", "size", "argsz", "flags", NULL };
static const char *const pin_params[] = { "iova", "pages", NULL };
static const char *const argsz_params[] = { "argsz", "flags", NULL };

/* Of two requests with one number, the first is the one that traces name. */
const struct scn_ioctl scn_ioctls[] = {
	{ "VFIO_GET_API_VERSION", VFIO_GET_API_VERSION, SCN_IOC_NONE, no_params },
	{ "VFIO_CHECK_EXTENSION", VFIO_CHECK_EXTENSION, SCN_IOC_INT, no_params },
	{ "VFIO_SET_IOMMU", VFIO_SET_IOMMU, SCN_IOC_INT, no_params },
	{ "VFIO_GROUP_GET_STATUS", VFIO_GROUP_GET_STATUS, SCN_IOC_STATUS, argsz_params },
	{ "VFIO_GROUP_SET_CONTAINER", VFIO_GROUP_SET_CONTAINER, SCN_IOC_FD, no_params },
	{ "VFIO_GROUP_UNSET_CONTAINER", VFIO_GROUP_UNSET_CONTAINER, SCN_IOC_NONE, no_params },
	{ "VFIO_GROUP_GET_DEVICE_FD", VFIO_GROUP_GET_DEVICE_FD, SCN_IOC_STR, no_params },
	{ "VFIO_DEVICE_GET_INFO", VFIO_DEVICE_GET_INFO, SCN_IOC_STRUCT, argsz_params },
	{ "VFIO_DEVICE_GET_REGION_INFO", VFIO_DEVICE_GET_REGION_INFO, SCN_IOC_STRUCT,
	  index_params },
	{ "VFIO_DEVICE_GET_IRQ_INFO", VFIO_DEVICE_GET_IRQ_INFO, SCN_IOC_STRUCT, index_params },
	{ "VFIO_DEVICE_SET_IRQS", VFIO_DEVICE_SET_IRQS, SCN_IOC_STRUCT, irq_params },
	{ "VFIO_DEVICE_RESET", VFIO_DEVICE_RESET, SCN_IOC_NONE, no_params },
	{ "VFIO_DEVICE_FEATURE", VFIO_DEVICE_FEATURE, SCN_IOC_STRUCT, argsz_params },
	{ "VFIO_DEVICE_GET_PCI_HOT_RESET_INFO", VFIO_DEVICE_GET_PCI_HOT_RESET_INFO,
	  SCN_IOC_STRUCT, argsz_params },
	{ "VFIO_DEVICE_PCI_HOT_RESET", VFIO_DEVICE_PCI_HOT_RESET, SCN_IOC_STRUCT,
	  argsz_params },
	{ "VFIO_IOMMU_GET_INFO", VFIO_IOMMU_GET_INFO, SCN_IOC_STRUCT, argsz_params },
	{ "VFIO_IOMMU_MAP_DMA", VFIO_IOMMU_MAP_DMA, SCN_IOC_MAP, map_params },
	{ "VFIO_IOMMU_UNMAP_DMA", VFIO_IOMMU_UNMAP_DMA, SCN_IOC_UNMAP, unmap_params },
	{ "VFIO_IOMMU_ENABLE", VFIO_IOMMU_ENABLE, SCN_IOC_NONE, no_params },
	{ "VFIO_IOMMU_DISABLE", VFIO_IOMMU_DISABLE, SCN_IOC_NONE, no_params },
	{ "VFIO_IOMMU_DIRTY_PAGES", VFIO_IOMMU_DIRTY_PAGES, SCN_IOC_STRUCT, argsz_params },
	{ "VFIO_DEVICE_PIN", PINNER_PIN, SCN_IOC_PIN, pin_params },
	{ "VFIO_DEVICE_UNPIN", PINNER_UNPIN, SCN_IOC_PIN, pin_params },
	{ NULL, 0, SCN_IOC_NONE, NULL }
};

/* Extensions and IOMMU types; the full name is VFIO_<name> or VFIO_<name>_IOMMU. */
const struct scn_number_name scn_constants[] = {
	{ "TYPE1", VFIO_TYPE1_IOMMU },
	{ "TYPE1v2", VFIO_TYPE1v2_IOMMU },
	{ "TYPE1_NESTING", VFIO_TYPE1_NESTING_IOMMU },
	{ "SPAPR_TCE", VFIO_SPAPR_TCE_IOMMU },
	{ "SPAPR_TCE_v2", VFIO_SPAPR_TCE_v2_IOMMU },
	{ "DMA_CC", VFIO_DMA_CC_IOMMU },
	{ "NOIOMMU", VFIO_NOIOMMU_IOMMU },
	{ "EEH", VFIO_EEH },
	{ "UNMAP_ALL", VFIO_UNMAP_ALL },
	{ NULL, 0 }
};

/**
 * scn_ioctl_short() - the name without what goes without saying
 * @ioc:	table entry
 *
 * Return: a part of the full name: "SET_CONTAINER", "IOMMU_MAP_DMA".
 */
const char *scn_ioctl_short(const struct scn_ioctl *ioc)
{
	static const char *const prefixes[] = { "VFIO_GROUP_", "VFIO_DEVICE_", "VFIO_" };

	for (unsigned int i = 0; i < 3; i++)
		if (!strncmp(ioc->name, prefixes[i], strlen(prefixes[i])))
			return ioc->name + strlen(prefixes[i]);
	return ioc->name;
}

/**
 * scn_find_ioctl() - look a request up
 * @name:	full, without VFIO_, or short
 *
 * Return: its entry or NULL.
 */
const struct scn_ioctl *scn_find_ioctl(const char *name)
{
	for (const struct scn_ioctl *ioc = scn_ioctls; ioc->name; ioc++)
		if (!strcmp(ioc->name, name) || !strcmp(ioc->name + strlen("VFIO_"), name) ||
		    !strcmp(scn_ioctl_short(ioc), name))
			return ioc;
	return NULL;
}

/**
 * scn_find_constant() - look the argument of an ioctl up
 * @name:	"TYPE1", "VFIO_TYPE1" or "VFIO_TYPE1_IOMMU"
 * @value:	gets it
 *
 * Return: whether there is such a constant.
 */
bool scn_find_constant(const char *name, long *value)
{
	size_t n;

	if (!strncmp(name, "VFIO_", 5))
		name += 5;
	n = strlen(name);
	if (n > 6 && !strcmp(name + n - 6, "_IOMMU"))
		n -= 6;
	for (const struct scn_number_name *c = scn_constants; c->name; c++) {
		if (strlen(c->name) == n && !strncmp(c->name, name, n)) {
			*value = c->num;
			return true;
		}
	}
	return false;
}
