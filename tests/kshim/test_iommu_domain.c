// SPDX-License-Identifier: GPL-2.0-only
/* Domains: page sizes, unwinding, attaching, reserved regions, visible pages. */
#include <linux/err.h>
#include <linux/iommu.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/slab.h>
#include <kshim/slab.h>
#include <kshim/user_fs.h>
#include "bus_helper.h"

#define RW	(IOMMU_READ | IOMMU_WRITE)
#define M2	(2UL << 20)

/* A page table of eight entries, and how it was called. */
static struct { unsigned long iova, size; phys_addr_t phys; } table[8];
static int nr_maps, nr_syncs, fail_attach;
static struct device *attached[2];

static struct iommu_domain *t_alloc(unsigned int type)
{
	return type == IOMMU_DOMAIN_UNMANAGED ?
		kzalloc(sizeof(struct iommu_domain), GFP_KERNEL) : NULL;
}

static void t_free(struct iommu_domain *domain)
{
	kfree(domain);
}

static int t_attach(struct iommu_domain *domain, struct device *dev)
{
	int i = !!attached[0];

	if (fail_attach && !--fail_attach)
		return -EIO;
	attached[i] = dev;
	return 0;
}

static void t_detach(struct iommu_domain *domain, struct device *dev)
{
	if (attached[0] == dev)
		attached[0] = NULL;
	else if (attached[1] == dev)
		attached[1] = NULL;
	else
		KEXPECT(0);
}

static int t_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
		 size_t size, int prot, gfp_t gfp)
{
	int i;

	nr_maps++;
	for (i = 0; i < 8; i++) {
		if (table[i].size)
			continue;
		table[i].iova = iova;
		table[i].size = size;
		table[i].phys = paddr;
		return 0;
	}
	return -ENOSPC;
}

static size_t t_unmap(struct iommu_domain *domain, unsigned long iova, size_t size,
		      struct iommu_iotlb_gather *gather)
{
	size_t n;
	int i;

	for (i = 0; i < 8; i++) {
		if (iova - table[i].iova >= table[i].size)
			continue;
		n = table[i].size;
		table[i].size = 0;
		return n;
	}
	return 0;
}

static phys_addr_t t_phys(struct iommu_domain *domain, dma_addr_t iova)
{
	int i;

	for (i = 0; i < 8; i++)
		if (iova - table[i].iova < table[i].size)
			return table[i].phys + (iova - table[i].iova);
	return 0;
}

static void t_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather)
{
	nr_syncs++;
}

static void add_region(struct list_head *list, unsigned long start, size_t len, int type)
{
	struct iommu_resv_region *r = kzalloc(sizeof(*r), GFP_KERNEL);

	r->start = start;
	r->length = len;
	r->type = type;
	list_add_tail(&r->list, list);
}

static void t_resv(struct device *dev, struct list_head *list)
{
	add_region(list, 0xfee00000, 0x100000, IOMMU_RESV_MSI);
	add_region(list, 0x8000, 0x1000, IOMMU_RESV_RESERVED);
	if (!strcmp(dev_name(dev), "dev1"))
		add_region(list, 0x8800, 0x1000, IOMMU_RESV_RESERVED);
}

static struct iommu_device hw;

static struct iommu_device *t_probe(struct device *dev)
{
	return &hw;
}

static struct iommu_group *shared;

static struct iommu_group *t_group(struct device *dev)
{
	return shared ? iommu_group_ref_get(shared) : iommu_group_alloc();
}

static const struct iommu_ops t_ops = {
	.domain_alloc = t_alloc, .domain_free = t_free,
	.attach_dev = t_attach, .detach_dev = t_detach,
	.map = t_map, .unmap = t_unmap, .iova_to_phys = t_phys, .iotlb_sync = t_sync,
	.probe_device = t_probe, .device_group = t_group,
	.get_resv_regions = t_resv, .pgsize_bitmap = PAGE_SIZE | M2,
};

static int do_map(struct iommu_domain *d, unsigned long iova, phys_addr_t p, size_t size)
{
#if KSHIM_KVER < 0x060300
	return iommu_map(d, iova, p, size, RW);
#else
	return iommu_map(d, iova, p, size, RW, GFP_KERNEL);
#endif
}

static struct iommu_domain *setup(void)
{
	struct iommu_domain *d;

	KEXPECT_EQ(bus_register(&tb_bus), 0);
	KEXPECT(!iommu_domain_alloc(&tb_bus));
	KEXPECT_EQ(bus_set_iommu(&tb_bus, &t_ops), 0);
	d = iommu_domain_alloc(&tb_bus);
	KEXPECT(d);
	KEXPECT_EQ(d->pgsize_bitmap, PAGE_SIZE | M2);
	KEXPECT(d->ops == &t_ops);
	return d;
}

KTEST(iommu_maps_the_largest_pages)
{
	struct iommu_domain *d = setup();

	/* 4k up to the border, 2M, 4k */
	KEXPECT_EQ(do_map(d, M2 - PAGE_SIZE, 5 * M2 - PAGE_SIZE, M2 + 2 * PAGE_SIZE), 0);
	KEXPECT_EQ(nr_maps, 3);
	KEXPECT_EQ(iommu_iova_to_phys(d, M2 + 5), 5 * M2 + 5);
	KEXPECT_EQ(iommu_iova_to_phys(d, 0), 0);
	KEXPECT_EQ(iommu_unmap(d, M2 - PAGE_SIZE, M2 + 2 * PAGE_SIZE), M2 + 2 * PAGE_SIZE);
	KEXPECT_EQ(nr_syncs, 1);
	/* Not aligned alike: small pages only. */
	nr_maps = 0;
	KEXPECT_EQ(do_map(d, M2, 5 * M2 + PAGE_SIZE, 2 * PAGE_SIZE), 0);
	KEXPECT_EQ(nr_maps, 2);
	/* It stops at the hole and says how far it came. */
	KEXPECT_EQ(iommu_unmap(d, M2, 4 * PAGE_SIZE), 2 * PAGE_SIZE);
	KEXPECT_EQ(iommu_unmap(d, M2, PAGE_SIZE), 0);
	iommu_domain_free(d);
}

KTEST(iommu_map_refuses_and_unwinds)
{
	struct iommu_domain *d = setup();
	int i;

	KEXPECT_EQ(do_map(d, 5, PAGE_SIZE, PAGE_SIZE), -EINVAL);
	KEXPECT_EQ(do_map(d, 0, PAGE_SIZE, 5), -EINVAL);
	KEXPECT_EQ(do_map(d, 0, 5, PAGE_SIZE), -EINVAL);
	KEXPECT_EQ(iommu_unmap(d, 5, PAGE_SIZE), 0);
	/* The table is full before the end. */
	KEXPECT_EQ(do_map(d, PAGE_SIZE, PAGE_SIZE, 9 * PAGE_SIZE), -ENOSPC);
	for (i = 0; i < 8; i++)
		KEXPECT_EQ(table[i].size, 0);
	iommu_domain_free(d);
}

KTEST(iommu_attach_is_all_or_nothing)
{
	struct iommu_domain *d = setup(), *e = iommu_domain_alloc(&tb_bus);
	struct tb_dev *a = tb_add("dev0");
	struct iommu_group *g = iommu_group_get(&a->dev);

	KEXPECT(g);
	KEXPECT_EQ(iommu_attach_device(d, &tb_new("dev2")->dev), -ENODEV);
	KEXPECT_EQ(iommu_attach_device(d, &a->dev), 0);
	KEXPECT(iommu_get_domain_for_dev(&a->dev) == d);
	iommu_detach_device(d, &a->dev);
	shared = g;
	tb_add("dev1");
	KEXPECT_EQ(iommu_attach_device(d, &a->dev), -EINVAL);
	fail_attach = 2;
	KEXPECT_EQ(iommu_attach_group(d, g), -EIO);
	KEXPECT(!attached[0] && !attached[1]);
	KEXPECT_EQ(iommu_attach_group(d, g), 0);
	KEXPECT_EQ(iommu_attach_group(e, g), -EBUSY);
	KEXPECT_EQ(iommu_attach_group(d, g), -EBUSY);
	ktest_expect_report("iommu", "not attached to");
	iommu_detach_group(e, g);
	KEXPECT_EQ(ktest_reports("iommu"), 1);
	iommu_detach_group(d, g);
	KEXPECT(!attached[0] && !attached[1]);
	iommu_domain_free(d);
	iommu_domain_free(e);
}

KTEST(iommu_regions_of_a_group)
{
	struct iommu_resv_region *r, *n;
	struct iommu_group *g;
	unsigned long live;
	struct tb_dev *a;
	LIST_HEAD(list);

	setup();
	a = tb_add("dev0");
	g = shared = iommu_group_get(&a->dev);
	KEXPECT(g);
	tb_add("dev1");
	live = kshim_slab_live();
	KEXPECT_EQ(iommu_get_group_resv_regions(g, &list), 0);
	KEXPECT_EQ(kshim_slab_live(), live + 2);
	r = list_first_entry(&list, struct iommu_resv_region, list);
	KEXPECT_EQ(r->start, 0x8000);
	KEXPECT_EQ(r->length, 0x1800);
	r = list_last_entry(&list, struct iommu_resv_region, list);
	KEXPECT_EQ(r->start, 0xfee00000);
	KEXPECT_EQ(r->length, 0x100000);
	KEXPECT_EQ(r->type, IOMMU_RESV_MSI);
	list_for_each_entry_safe(r, n, &list, list)
		kfree(r);
	KEXPECT_EQ(kshim_slab_live(), live);
}

/* What a device can see must not be given back, cached translations included. */
KTEST(iommu_visible_pages)
{
	struct iommu_domain *d = setup();
	struct iommu_iotlb_gather gather;
	struct iommu_group *g = iommu_group_get(&tb_add("dev0")->dev);
	unsigned long addr = kshim_sys_mmap_anon(PAGE_SIZE, PROT_READ | PROT_WRITE);
	struct page *p;

	KEXPECT_EQ(pin_user_pages_fast(addr, 1, FOLL_WRITE, &p), 1);
	KEXPECT_EQ(do_map(d, M2, page_to_phys(p), PAGE_SIZE), 0);
	/* Nobody is attached: nobody sees it. */
	unpin_user_page(p);
	KEXPECT_EQ(iommu_attach_group(d, g), 0);
	KEXPECT_EQ(pin_user_pages_fast(addr, 1, FOLL_WRITE, &p), 1);
	ktest_expect_report("iommu", "unpinned while a device can see it at iova 0x200000");
	unpin_user_page(p);
	KEXPECT_EQ(ktest_reports("iommu"), 1);
	/* Unmapped, but not flushed. */
	KEXPECT_EQ(pin_user_pages_fast(addr, 1, FOLL_WRITE, &p), 1);
	iommu_iotlb_gather_init(&gather);
	KEXPECT_EQ(iommu_unmap_fast(d, M2, PAGE_SIZE, &gather), PAGE_SIZE);
	ktest_expect_report("iommu", "unpinned while");
	unpin_user_page(p);
	KEXPECT_EQ(ktest_reports("iommu"), 2);
	KEXPECT_EQ(pin_user_pages_fast(addr, 1, FOLL_WRITE, &p), 1);
	iommu_iotlb_sync(d, &gather);
	unpin_user_page(p);
	/* A page that is gone cannot be shown to anybody. */
	KEXPECT_EQ(kshim_sys_munmap(addr, PAGE_SIZE), 0);
	ktest_expect_report("iommu", "free pfn");
	KEXPECT_EQ(do_map(d, M2, page_to_phys(p), PAGE_SIZE), 0);
	ktest_expect_report("iommu", "domain freed with 1 groups attached");
	iommu_domain_free(d);
	KEXPECT_EQ(ktest_reports("iommu"), 4);
}
