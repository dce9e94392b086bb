/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/iommu.h: see kshim/iommu/ for what is promised. */
#ifndef __LINUX_IOMMU_H
#define __LINUX_IOMMU_H

#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/types.h>

#define IOMMU_READ	(1 << 0)
#define IOMMU_WRITE	(1 << 1)
#define IOMMU_CACHE	(1 << 2)
#define IOMMU_NOEXEC	(1 << 3)
#define IOMMU_MMIO	(1 << 4)
#define IOMMU_PRIV	(1 << 5)

typedef unsigned int ioasid_t;

/* From 5.19 on a group has an owner; before, whoever wanted listened to it. */
#define KSHIM_HAS_DMA_OWNER		(KSHIM_KVER >= 0x051300)
#define KSHIM_HAS_GROUP_NOTIFIER	(!KSHIM_HAS_DMA_OWNER)

struct file;
struct iommu_domain;
struct iommu_group;
struct iommu_ops;
struct iommu_domain_ops;
struct module;
struct notifier_block;

typedef int (*iommu_fault_handler_t)(struct iommu_domain *domain, struct device *dev,
				     unsigned long iova, int flags, void *token);

struct iommu_domain_geometry {
	dma_addr_t aperture_start;
	dma_addr_t aperture_end;
	bool force_aperture;
};

#define __IOMMU_DOMAIN_PAGING	(1U << 0)
#define __IOMMU_DOMAIN_DMA_API	(1U << 1)
#define __IOMMU_DOMAIN_PT	(1U << 2)
#define IOMMU_DOMAIN_BLOCKED	0U
#define IOMMU_DOMAIN_IDENTITY	__IOMMU_DOMAIN_PT
#define IOMMU_DOMAIN_UNMANAGED	__IOMMU_DOMAIN_PAGING
#define IOMMU_DOMAIN_DMA	(__IOMMU_DOMAIN_PAGING | __IOMMU_DOMAIN_DMA_API)

struct iommu_domain {
	unsigned int type;
	const struct iommu_ops *ops;
	unsigned long pgsize_bitmap;
	iommu_fault_handler_t handler;
	void *handler_token;
	struct iommu_domain_geometry geometry;
	void *iova_cookie;
	unsigned int kshim_attached;	/* groups */
};

enum iommu_cap {
	IOMMU_CAP_CACHE_COHERENCY,
#if KSHIM_KVER < 0x060300
	IOMMU_CAP_INTR_REMAP,
#endif
	IOMMU_CAP_NOEXEC,
	IOMMU_CAP_PRE_BOOT_PROTECTION,
	IOMMU_CAP_ENFORCE_CACHE_COHERENCY,
	IOMMU_CAP_DEFERRED_FLUSH,
	IOMMU_CAP_DIRTY_TRACKING,
};

#define KSHIM_HAS_DOMAIN_ATTR	(KSHIM_KVER < 0x050d00)
#if KSHIM_HAS_DOMAIN_ATTR
enum iommu_attr {
	DOMAIN_ATTR_GEOMETRY,
	DOMAIN_ATTR_PAGING,
	DOMAIN_ATTR_WINDOWS,
	DOMAIN_ATTR_FSL_PAMU_STASH,
	DOMAIN_ATTR_FSL_PAMU_ENABLE,
	DOMAIN_ATTR_FSL_PAMUV1,
	DOMAIN_ATTR_NESTING,
	DOMAIN_ATTR_DMA_USE_FLUSH_QUEUE,
	DOMAIN_ATTR_MAX,
};
#endif

enum iommu_resv_type {
	IOMMU_RESV_DIRECT,
	IOMMU_RESV_DIRECT_RELAXABLE,
	IOMMU_RESV_RESERVED,
	IOMMU_RESV_MSI,
	IOMMU_RESV_SW_MSI,
};

struct iommu_resv_region {
	struct list_head list;
	phys_addr_t start;
	size_t length;
	int prot;
	enum iommu_resv_type type;
	void (*free)(struct device *dev, struct iommu_resv_region *region);
};

enum iommu_dev_features {
	IOMMU_DEV_FEAT_AUX,
	IOMMU_DEV_FEAT_SVA,
};

struct iommu_iotlb_gather {
	unsigned long start;
	unsigned long end;
	size_t pgsize;
	struct list_head freelist;
	bool queued;
};

struct iommu_device {
	struct list_head list;
	const struct iommu_ops *ops;
	struct fwnode_handle *fwnode;
	struct device *dev;
};

struct dev_iommu {
	struct iommu_device *iommu_dev;
	void *priv;
};

/*
 * What an IOMMU driver gives. The kernel moved the operations on a domain to
 * a structure of their own (5.18); drivers here fill this one for all trees.
 */
#define KSHIM_HAS_IOMMU_CAPABLE	(KSHIM_KVER < 0x060000)	/* by bus */
#if KSHIM_HAS_IOMMU_CAPABLE
#define kshim_call_capable(ops, dev, cap)	((ops)->capable(cap))
#else
#define kshim_call_capable(ops, dev, cap)	((ops)->capable(dev, cap))
#endif

struct iommu_ops {
#if KSHIM_HAS_IOMMU_CAPABLE
	bool (*capable)(enum iommu_cap cap);
#else
	bool (*capable)(struct device *dev, enum iommu_cap cap);
#endif
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	void (*domain_free)(struct iommu_domain *domain);
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	void (*detach_dev)(struct iommu_domain *domain, struct device *dev);
	int (*map)(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
		   size_t size, int prot, gfp_t gfp);
	size_t (*unmap)(struct iommu_domain *domain, unsigned long iova, size_t size,
			struct iommu_iotlb_gather *gather);
	void (*flush_iotlb_all)(struct iommu_domain *domain);
	void (*iotlb_sync)(struct iommu_domain *domain, struct iommu_iotlb_gather *gather);
	phys_addr_t (*iova_to_phys)(struct iommu_domain *domain, dma_addr_t iova);
	struct iommu_device *(*probe_device)(struct device *dev);
	void (*release_device)(struct device *dev);
	void (*probe_finalize)(struct device *dev);
	struct iommu_group *(*device_group)(struct device *dev);
#if KSHIM_KVER < 0x050d00
	int (*domain_get_attr)(struct iommu_domain *domain, enum iommu_attr attr, void *data);
	int (*domain_set_attr)(struct iommu_domain *domain, enum iommu_attr attr, void *data);
#endif
	void (*get_resv_regions)(struct device *dev, struct list_head *list);
	void (*put_resv_regions)(struct device *dev, struct list_head *list);
	bool (*enforce_cache_coherency)(struct iommu_domain *domain);
	int (*def_domain_type)(struct device *dev);
	unsigned long pgsize_bitmap;
	struct module *owner;
};

#define IOMMU_GROUP_NOTIFY_ADD_DEVICE		1
#define IOMMU_GROUP_NOTIFY_DEL_DEVICE		2
#define IOMMU_GROUP_NOTIFY_BIND_DRIVER		3
#define IOMMU_GROUP_NOTIFY_BOUND_DRIVER		4
#define IOMMU_GROUP_NOTIFY_UNBIND_DRIVER	5
#define IOMMU_GROUP_NOTIFY_UNBOUND_DRIVER	6

static inline void *dev_iommu_priv_get(struct device *dev)
{
	return dev->iommu ? dev->iommu->priv : NULL;
}

static inline void dev_iommu_priv_set(struct device *dev, void *priv)
{
	dev->iommu->priv = priv;
}

static inline void iommu_iotlb_gather_init(struct iommu_iotlb_gather *gather)
{
	*gather = (struct iommu_iotlb_gather) { .start = ~0UL };
}

/* kshim/iommu/probe.c */
int bus_set_iommu(kshim_const_bus struct bus_type *bus, const struct iommu_ops *ops);
const struct iommu_ops *kshim_bus_iommu_ops(kshim_const_bus struct bus_type *bus);
bool iommu_present(kshim_const_bus struct bus_type *bus);
bool iommu_capable(kshim_const_bus struct bus_type *bus, enum iommu_cap cap);
bool device_iommu_capable(struct device *dev, enum iommu_cap cap);
int iommu_probe_device(struct device *dev);
void iommu_release_device(struct device *dev);
struct iommu_group *generic_device_group(struct device *dev);

/* kshim/iommu/group.c */
struct iommu_group *iommu_group_alloc(void);
struct iommu_group *iommu_group_get(struct device *dev);
struct iommu_group *iommu_group_ref_get(struct iommu_group *group);
struct iommu_group *iommu_group_get_by_id(int id);
void iommu_group_put(struct iommu_group *group);
int iommu_group_id(struct iommu_group *group);
void *iommu_group_get_iommudata(struct iommu_group *group);
void iommu_group_set_iommudata(struct iommu_group *group, void *iommu_data,
			       void (*release)(void *iommu_data));
int iommu_group_set_name(struct iommu_group *group, const char *name);
int iommu_group_add_device(struct iommu_group *group, struct device *dev);
void iommu_group_remove_device(struct device *dev);
int iommu_group_for_each_dev(struct iommu_group *group, void *data,
			     int (*fn)(struct device *dev, void *data));
int iommu_group_register_notifier(struct iommu_group *group, struct notifier_block *nb);
int iommu_group_unregister_notifier(struct iommu_group *group, struct notifier_block *nb);

/* kshim/iommu/owner.c */
#if KSHIM_HAS_DMA_OWNER
int iommu_group_claim_dma_owner(struct iommu_group *group, void *owner);
void iommu_group_release_dma_owner(struct iommu_group *group);
bool iommu_group_dma_owner_claimed(struct iommu_group *group);
int iommu_device_use_default_domain(struct device *dev);
void iommu_device_unuse_default_domain(struct device *dev);
int iommu_device_claim_dma_owner(struct device *dev, void *owner);
void iommu_device_release_dma_owner(struct device *dev);
#endif
#define KSHIM_HAS_ISOLATED_MSI	(KSHIM_KVER >= 0x060300)
#if KSHIM_HAS_ISOLATED_MSI
bool iommu_group_has_isolated_msi(struct iommu_group *group);
bool device_iommu_has_isolated_msi(struct device *dev);
#endif

/* kshim/iommu/domain.c, attach.c */
struct iommu_domain *iommu_domain_alloc(kshim_const_bus struct bus_type *bus);
struct iommu_domain *iommu_paging_domain_alloc(struct device *dev);
void iommu_domain_free(struct iommu_domain *domain);
int iommu_attach_device(struct iommu_domain *domain, struct device *dev);
void iommu_detach_device(struct iommu_domain *domain, struct device *dev);
int iommu_attach_group(struct iommu_domain *domain, struct iommu_group *group);
void iommu_detach_group(struct iommu_domain *domain, struct iommu_group *group);
struct iommu_domain *iommu_get_domain_for_dev(struct device *dev);
struct iommu_domain *iommu_group_default_domain(struct iommu_group *group);
#define KSHIM_HAS_MAP_GFP	(KSHIM_KVER >= 0x060300)
#if !KSHIM_HAS_MAP_GFP
int iommu_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
	      size_t size, int prot);
#else
int iommu_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr,
	      size_t size, int prot, gfp_t gfp);
#endif
size_t iommu_unmap(struct iommu_domain *domain, unsigned long iova, size_t size);
size_t iommu_unmap_fast(struct iommu_domain *domain, unsigned long iova, size_t size,
			struct iommu_iotlb_gather *gather);
void iommu_iotlb_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather);
phys_addr_t iommu_iova_to_phys(struct iommu_domain *domain, dma_addr_t iova);
#if KSHIM_HAS_DOMAIN_ATTR
int iommu_domain_get_attr(struct iommu_domain *domain, enum iommu_attr attr, void *data);
int iommu_domain_set_attr(struct iommu_domain *domain, enum iommu_attr attr, void *data);
#else
int iommu_enable_nesting(struct iommu_domain *domain);
#endif
int iommu_get_msi_cookie(struct iommu_domain *domain, dma_addr_t base);

/* kshim/iommu/resv.c */
#define KSHIM_HAS_RESV_GFP	(KSHIM_KVER >= 0x060100)
#if !KSHIM_HAS_RESV_GFP
struct iommu_resv_region *iommu_alloc_resv_region(phys_addr_t start, size_t length,
						  int prot, enum iommu_resv_type type);
#else
struct iommu_resv_region *iommu_alloc_resv_region(phys_addr_t start, size_t length,
						  int prot, enum iommu_resv_type type,
						  gfp_t gfp);
#endif
void iommu_get_resv_regions(struct device *dev, struct list_head *list);
void iommu_put_resv_regions(struct device *dev, struct list_head *list);
int iommu_get_group_resv_regions(struct iommu_group *group, struct list_head *head);
bool iommu_dev_feature_enabled(struct device *dev, enum iommu_dev_features f);
int iommu_dev_enable_feature(struct device *dev, enum iommu_dev_features f);
int iommu_dev_disable_feature(struct device *dev, enum iommu_dev_features f);
int iommu_aux_attach_device(struct iommu_domain *domain, struct device *dev);
void iommu_aux_detach_device(struct iommu_domain *domain, struct device *dev);

#endif
