// SPDX-License-Identifier: GPL-2.0-only
/*
 * The IOMMU of the simulated bus: 48 bits of address, pages of 4 KiB, 2 MiB
 * and 1 GiB, coherent, a window for message interrupts as on x86. Its page
 * table is a tree of pages; its cache is flushed by iotlb_sync().
 */
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "simbus-mmu.h"

#define MSI_START	0xfee00000UL
#define MSI_SIZE	0x00100000UL

struct sim_domain {
	struct iommu_domain domain;
	spinlock_t lock;
	struct rb_root pages;
	unsigned int nr_devices;
};

struct sim_pte {
	struct rb_node node;
	unsigned long iova;
	size_t size;
	phys_addr_t phys;
	int prot;
};

static DEFINE_SPINLOCK(attach_lock);
static char gone;		/* what a released device is attached to */

static struct sim_domain *to_domain(struct iommu_domain *domain)
{
	return container_of(domain, struct sim_domain, domain);
}

struct iommu_domain *simmu_domain_alloc(unsigned int type)
{
	struct sim_domain *d;

	if (type != IOMMU_DOMAIN_UNMANAGED)
		return NULL;
	d = kzalloc(sizeof(*d), GFP_KERNEL);
	if (!d)
		return NULL;
	spin_lock_init(&d->lock);
	d->pages = RB_ROOT;
	d->domain.pgsize_bitmap = SIMMU_PAGE_SIZES;
	d->domain.geometry.aperture_end = (1UL << 48) - 1;
	d->domain.geometry.force_aperture = true;
	return &d->domain;
}

void simmu_domain_free(struct iommu_domain *domain)
{
	struct sim_domain *d = to_domain(domain);
	struct rb_node *node;
	struct sim_pte *pte;

	WARN(d->nr_devices, "domain freed with %u devices attached\n", d->nr_devices);
	while ((node = rb_first(&d->pages))) {
		pte = rb_entry(node, struct sim_pte, node);
		rb_erase(node, &d->pages);
		kfree(pte);
	}
	kfree(d);
}

int simmu_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct sim_domain *d = to_domain(domain);
	int ret = -ENODEV;

	spin_lock(&attach_lock);
	if (dev_iommu_priv_get(dev) != &gone) {
		d->nr_devices++;
		dev_iommu_priv_set(dev, d);
		ret = 0;
	}
	spin_unlock(&attach_lock);
	return ret;
}

void simmu_detach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct sim_domain *d = to_domain(domain);

	spin_lock(&attach_lock);
	if (dev_iommu_priv_get(dev) == d) {
		d->nr_devices--;
		dev_iommu_priv_set(dev, NULL);
	} else {
		WARN(dev_iommu_priv_get(dev) != &gone, "detach of a device that is not attached\n");
	}
	spin_unlock(&attach_lock);
}

/* The device goes away, attached or not; its group is not told yet. */
void simmu_release_device(struct device *dev)
{
	struct sim_domain *d;

	spin_lock(&attach_lock);
	d = dev_iommu_priv_get(dev);
	if (d && d != (void *)&gone)
		d->nr_devices--;
	dev_iommu_priv_set(dev, &gone);
	spin_unlock(&attach_lock);
}

/* The page that holds @iova; the lock is held. */
static struct sim_pte *find(struct sim_domain *d, unsigned long iova)
{
	struct rb_node *node = d->pages.rb_node;
	struct sim_pte *pte;

	while (node) {
		pte = rb_entry(node, struct sim_pte, node);
		if (iova < pte->iova)
			node = node->rb_left;
		else if (iova - pte->iova >= pte->size)
			node = node->rb_right;
		else
			return pte;
	}
	return NULL;
}

/* Return: whether nothing else is mapped there. */
static bool link_pte(struct sim_domain *d, struct sim_pte *new)
{
	struct rb_node **link = &d->pages.rb_node, *parent = NULL;
	struct sim_pte *pte;

	while (*link) {
		parent = *link;
		pte = rb_entry(parent, struct sim_pte, node);
		if (new->iova + new->size <= pte->iova)
			link = &parent->rb_left;
		else if (new->iova >= pte->iova + pte->size)
			link = &parent->rb_right;
		else
			return false;
	}
	rb_link_node(&new->node, parent, link);
	rb_insert_color(&new->node, &d->pages);
	return true;
}

int simmu_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
	      size_t size, int prot, gfp_t gfp)
{
	struct sim_domain *d = to_domain(domain);
	struct sim_pte *pte;
	bool linked;

	if (iova + size - 1 > domain->geometry.aperture_end)
		return -ERANGE;
	pte = kzalloc(sizeof(*pte), gfp);
	if (!pte)
		return -ENOMEM;
	pte->iova = iova;
	pte->size = size;
	pte->phys = paddr;
	pte->prot = prot;
	spin_lock(&d->lock);
	linked = link_pte(d, pte);
	spin_unlock(&d->lock);
	if (linked)
		return 0;
	kfree(pte);
	return -EEXIST;
}

/* A whole page, whatever part of it is asked for. */
size_t simmu_unmap(struct iommu_domain *domain, unsigned long iova, size_t size,
		   struct iommu_iotlb_gather *gather)
{
	struct sim_domain *d = to_domain(domain);
	struct sim_pte *pte;
	size_t done = 0;

	spin_lock(&d->lock);
	pte = find(d, iova);
	if (pte) {
		done = pte->size;
		rb_erase(&pte->node, &d->pages);
	}
	spin_unlock(&d->lock);
	kfree(pte);
	return done;
}

phys_addr_t simmu_iova_to_phys(struct iommu_domain *domain, dma_addr_t iova)
{
	struct sim_domain *d = to_domain(domain);
	struct sim_pte *pte;
	phys_addr_t phys = 0;

	spin_lock(&d->lock);
	pte = find(d, iova);
	if (pte)
		phys = pte->phys + (iova - pte->iova);
	spin_unlock(&d->lock);
	return phys;
}

void simmu_iotlb_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather)
{
	/* Nothing is cached: who looks at memory too early is found out otherwise. */
}

void simmu_get_resv_regions(struct device *dev, struct list_head *list)
{
	struct iommu_resv_region *region = kzalloc(sizeof(*region), GFP_KERNEL);

	if (!region)
		return;
	region->start = MSI_START;
	region->length = MSI_SIZE;
	region->prot = IOMMU_WRITE | IOMMU_NOEXEC | IOMMU_MMIO;
	region->type = IOMMU_RESV_MSI;
	list_add_tail(&region->list, list);
}

bool simmu_enforce_cache_coherency(struct iommu_domain *domain)
{
	return true;
}
