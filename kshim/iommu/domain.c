// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors the domains of drivers/iommu/iommu.c: life and translations.
 *
 * The kernel: the IOMMU driver of the bus makes domains; mappings are cut
 * into the page sizes that the domain knows, the largest that alignment
 * allows; a mapping that fails half way is taken back; unmapping goes on
 * until the range is done or nothing is there, and says how much it was; the
 * fast variant leaves flushing to iommu_iotlb_sync().
 *
 * Given: that, with one driver call for each page. Which frames are visible
 * is noted, see track.c.
 * Not given: map_pages()/unmap_pages(), scatter-gather, dirty tracking.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include "engine/engine.h"
#include "iommu/iommu.h"

extern struct kshim_oracle kshim_oracle_iommu;

static struct iommu_domain *alloc(const struct iommu_ops *ops, unsigned int type)
{
	struct iommu_domain *domain;

	if (!ops || !ops->domain_alloc)
		return NULL;
	domain = ops->domain_alloc(type);
	if (!domain)
		return NULL;
	domain->type = type;
	domain->ops = ops;
	if (!domain->pgsize_bitmap)
		domain->pgsize_bitmap = ops->pgsize_bitmap;
	return domain;
}

/**
 * iommu_domain_alloc() - a domain for devices of a bus
 * @bus:	with an IOMMU
 *
 * Return: a domain without devices and mappings, or NULL.
 */
struct iommu_domain *iommu_domain_alloc(kshim_const_bus struct bus_type *bus)
{
	return alloc(kshim_bus_iommu_ops(bus), IOMMU_DOMAIN_UNMANAGED);
}

/* The same for one device (from 6.11 on); ERR_PTR when it has no IOMMU. */
struct iommu_domain *iommu_paging_domain_alloc(struct device *dev)
{
	struct iommu_domain *domain;

	if (!kshim_dev_iommu(dev))
		return ERR_PTR(-ENODEV);
	domain = alloc(kshim_bus_iommu_ops(dev->bus), IOMMU_DOMAIN_UNMANAGED);
	return domain ?: ERR_PTR(-ENOMEM);
}

/**
 * iommu_domain_free() - the end of a domain
 * @domain:	without devices; mappings that are left go with it
 */
void iommu_domain_free(struct iommu_domain *domain)
{
	kshim_point(KSHIM_CALL, domain, sizeof(*domain));
	if (domain->kshim_attached)
		kshim_report(&kshim_oracle_iommu, 0,
			     "BUG: iommu: domain freed with %u groups attached",
			     domain->kshim_attached);
	kshim_track_forget(domain);
	kfree(domain->iova_cookie);
	domain->ops->domain_free(domain);
}

/* The largest page that fits @size and the alignment of @addrs. */
static size_t page_for(const struct iommu_domain *domain, unsigned long addrs, size_t size)
{
	unsigned long fit = size >> 63 ? ~0UL : (2UL << (63 - __builtin_clzl(size))) - 1;

	if (addrs)
		fit &= (addrs & -addrs) * 2 - 1;
	fit &= domain->pgsize_bitmap;
	return fit ? 1UL << (63 - __builtin_clzl(fit)) : 0;
}

static bool aligned(const struct iommu_domain *domain, unsigned long v)
{
	return !(v & ((domain->pgsize_bitmap & -domain->pgsize_bitmap) - 1));
}

static size_t unmap(struct iommu_domain *domain, unsigned long iova, size_t size,
		    struct iommu_iotlb_gather *gather, bool stale)
{
	const struct iommu_ops *ops = domain->ops;
	size_t done = 0, n;

	kshim_point(KSHIM_CALL, domain, sizeof(*domain));
	if (WARN_ON(!ops->unmap || !domain->pgsize_bitmap) ||
	    !(domain->type & __IOMMU_DOMAIN_PAGING))
		return 0;
	if (!aligned(domain, iova | size)) {
		pr_err("unaligned: iova 0x%lx size 0x%zx\n", iova, size);
		return 0;
	}
	while (done < size) {
		n = ops->unmap(domain, iova + done, page_for(domain, iova + done, size - done),
			       gather);
		if (!n)
			break;
		kshim_track_unmap(domain, (iova + done) & -n, n, stale);
		done += n;
	}
	return done;
}

static int map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
	       size_t size, int prot, gfp_t gfp)
{
	const struct iommu_ops *ops = domain->ops;
	size_t done = 0, n;
	int err = 0;

	kshim_point(KSHIM_CALL, domain, sizeof(*domain));
	if (!ops->map || !domain->pgsize_bitmap)
		return -ENODEV;
	if (!(domain->type & __IOMMU_DOMAIN_PAGING))
		return -EINVAL;
	if (!aligned(domain, iova | paddr | size)) {
		pr_err("unaligned: iova 0x%lx pa 0x%llx size 0x%zx\n", iova,
		       (unsigned long long)paddr, size);
		return -EINVAL;
	}
	for (; done < size; done += n) {
		n = page_for(domain, (iova + done) | (paddr + done), size - done);
		err = ops->map(domain, iova + done, paddr + done, n, prot, gfp);
		if (err)
			break;
		kshim_track_map(domain, iova + done, paddr + done, n);
	}
	if (err && done)
		iommu_unmap(domain, iova, done);
	return err;
}

/**
 * iommu_map() - let devices see memory
 * @domain:	of the devices
 * @iova:	where they see it
 * @paddr:	which
 * @size:	bytes
 * @prot:	IOMMU_READ, IOMMU_WRITE, ...
 *
 * Return: 0, -EINVAL for bad alignment, what the IOMMU driver says; then
 * nothing is mapped.
 */
#if !KSHIM_HAS_MAP_GFP
int iommu_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
	      size_t size, int prot)
{
	might_sleep();
	return map(domain, iova, paddr, size, prot, GFP_KERNEL);
}
#else
int iommu_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
	      size_t size, int prot, gfp_t gfp)
{
	might_sleep_if(gfpflags_allow_blocking(gfp));
	return map(domain, iova, paddr, size, prot, gfp);
}
#endif

/**
 * iommu_unmap() - end what iommu_map() began, flushed
 * @domain:	of the devices
 * @iova:	start
 * @size:	bytes
 *
 * Return: bytes that are unmapped: less where something was not mapped.
 */
size_t iommu_unmap(struct iommu_domain *domain, unsigned long iova, size_t size)
{
	struct iommu_iotlb_gather gather;
	size_t done;

	iommu_iotlb_gather_init(&gather);
	done = unmap(domain, iova, size, &gather, true);
	iommu_iotlb_sync(domain, &gather);
	return done;
}

size_t iommu_unmap_fast(struct iommu_domain *domain, unsigned long iova, size_t size,
			struct iommu_iotlb_gather *gather)
{
	return unmap(domain, iova, size, gather, true);
}

/* Flush what iommu_unmap_fast() has left in the IOMMU's cache. */
void iommu_iotlb_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather)
{
	kshim_point(KSHIM_CALL, domain, sizeof(*domain));
	if (domain->ops->iotlb_sync)
		domain->ops->iotlb_sync(domain, gather);
	kshim_track_sync(domain);
	iommu_iotlb_gather_init(gather);
}

phys_addr_t iommu_iova_to_phys(struct iommu_domain *domain, dma_addr_t iova)
{
	kshim_point(KSHIM_CALL, domain, sizeof(*domain));
	if (!domain->ops->iova_to_phys)
		return 0;
	return domain->ops->iova_to_phys(domain, iova);
}

#if KSHIM_HAS_DOMAIN_ATTR
/* Return: 0, -EINVAL for what neither we nor the driver know. */
int iommu_domain_get_attr(struct iommu_domain *domain, enum iommu_attr attr, void *data)
{
	switch (attr) {
	case DOMAIN_ATTR_GEOMETRY:
		*(struct iommu_domain_geometry *)data = domain->geometry;
		return 0;
	case DOMAIN_ATTR_PAGING:
		*(bool *)data = domain->pgsize_bitmap != 0;
		return 0;
	default:
		if (!domain->ops->domain_get_attr)
			return -EINVAL;
		return domain->ops->domain_get_attr(domain, attr, data);
	}
}

int iommu_domain_set_attr(struct iommu_domain *domain, enum iommu_attr attr, void *data)
{
	if (!domain->ops->domain_set_attr)
		return -EINVAL;
	return domain->ops->domain_set_attr(domain, attr, data);
}
#else
/* No driver here can nest. */
int iommu_enable_nesting(struct iommu_domain *domain)
{
	return -EINVAL;
}
#endif

/**
 * iommu_get_msi_cookie() - where message interrupts will be mapped
 * @domain:	unmanaged
 * @base:	of the window
 *
 * Return: 0, -EINVAL, -EEXIST, -ENOMEM. Nothing is mapped there here.
 */
int iommu_get_msi_cookie(struct iommu_domain *domain, dma_addr_t base)
{
	dma_addr_t *cookie;

	if (domain->type != IOMMU_DOMAIN_UNMANAGED)
		return -EINVAL;
	if (domain->iova_cookie)
		return -EEXIST;
	cookie = kzalloc(sizeof(*cookie), GFP_KERNEL);
	if (!cookie)
		return -ENOMEM;
	*cookie = base;
	domain->iova_cookie = cookie;
	return 0;
}
