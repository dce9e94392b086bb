// SPDX-License-Identifier: GPL-2.0-only
/* What an IOMMU can do, said for a bus, a device or a domain. */
#include <linux/dma-iommu.h>
#include <linux/err.h>
#include <linux/iommu.h>
#include <linux/irqdomain.h>
#include <linux/pci.h>
#include <kshim/slab.h>
#include "bus_helper.h"

static struct iommu_domain *t_alloc(unsigned int type)
{
	return type == IOMMU_DOMAIN_UNMANAGED ?
		kzalloc(sizeof(struct iommu_domain), GFP_KERNEL) : NULL;
}

static void t_free(struct iommu_domain *domain)
{
	kfree(domain);
}

#if KSHIM_HAS_IOMMU_CAPABLE
static bool t_capable(enum iommu_cap cap)
#else
static bool t_capable(struct device *dev, enum iommu_cap cap)
#endif
{
	return cap == IOMMU_CAP_CACHE_COHERENCY;
}

static struct iommu_device hw;

static struct iommu_device *t_probe(struct device *dev)
{
	return &hw;
}

static const struct iommu_ops t_ops = {
	.capable = t_capable, .domain_alloc = t_alloc, .domain_free = t_free,
	.probe_device = t_probe, .device_group = generic_device_group,
	.pgsize_bitmap = PAGE_SIZE,
};

KTEST(iommu_capabilities)
{
	unsigned long live;
	struct iommu_domain *d;
	struct iommu_group *g;
	struct tb_dev *dev;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	KEXPECT(!iommu_present(&tb_bus));
	KEXPECT_EQ(bus_set_iommu(&tb_bus, &t_ops), 0);
	KEXPECT(iommu_present(&tb_bus));
	dev = tb_add("dev0");
#if KSHIM_HAS_IOMMU_CAPABLE
	KEXPECT(iommu_capable(&tb_bus, IOMMU_CAP_CACHE_COHERENCY));
	KEXPECT(!iommu_capable(&tb_bus, IOMMU_CAP_NOEXEC));
#endif
	KEXPECT(device_iommu_capable(&dev->dev, IOMMU_CAP_CACHE_COHERENCY));
	KEXPECT(!device_iommu_capable(&dev->dev, IOMMU_CAP_NOEXEC));
	dev_iommu_priv_set(&dev->dev, &hw);
	KEXPECT(dev_iommu_priv_get(&dev->dev) == &hw);
	g = iommu_group_get(&dev->dev);
	KEXPECT(g && iommu_group_ref_get(g) == g);
	iommu_group_put(g);
#if KSHIM_HAS_ISOLATED_MSI
	KEXPECT(iommu_group_has_isolated_msi(g) && device_iommu_has_isolated_msi(&dev->dev));
#endif
	iommu_group_put(g);
	KEXPECT(!irq_domain_check_msi_remap());
	KEXPECT(!dev_is_pci(&dev->dev));

	live = kshim_slab_live();
	d = iommu_paging_domain_alloc(&dev->dev);
	KEXPECT(!IS_ERR_OR_NULL(d));
	KEXPECT_EQ(iommu_get_msi_cookie(d, 0x8000000), 0);
	KEXPECT_EQ(iommu_get_msi_cookie(d, 0x8000000), -EEXIST);
	/* No hardware here nests or shares a device between domains. */
#if KSHIM_HAS_DOMAIN_ATTR
	{
		struct iommu_domain_geometry geo;
		int yes = 1;

		KEXPECT_EQ(iommu_domain_get_attr(d, DOMAIN_ATTR_GEOMETRY, &geo), 0);
		KEXPECT_EQ(iommu_domain_set_attr(d, DOMAIN_ATTR_NESTING, &yes), -EINVAL);
	}
#else
	KEXPECT_EQ(iommu_enable_nesting(d), -EINVAL);
#endif
	KEXPECT(!iommu_dev_feature_enabled(&dev->dev, IOMMU_DEV_FEAT_AUX));
	KEXPECT_EQ(iommu_aux_attach_device(d, &dev->dev), -ENODEV);
	iommu_aux_detach_device(d, &dev->dev);
	iommu_domain_free(d);
	KEXPECT_EQ(kshim_slab_live(), live);
}
