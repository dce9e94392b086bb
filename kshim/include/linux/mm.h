/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/mm.h: areas of an address space and the life of an mm. There
 * are no page tables: what is mapped is only remembered, see kshim/mm/mmap.c.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/cache.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm_types.h>
#include <linux/mmap_lock.h>
#include <linux/page-flags.h>
#include <linux/overflow.h>
#include <linux/resource.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm-generic/memory_model.h>

struct address_space;
struct task_struct;

#define VM_NONE		0x00000000UL
#define VM_READ		0x00000001UL
#define VM_WRITE	0x00000002UL
#define VM_EXEC		0x00000004UL
#define VM_SHARED	0x00000008UL
#define VM_MAYREAD	0x00000010UL
#define VM_MAYWRITE	0x00000020UL
#define VM_MAYEXEC	0x00000040UL
#define VM_MAYSHARE	0x00000080UL
#define VM_PFNMAP	0x00000400UL
#define VM_LOCKED	0x00002000UL
#define VM_IO		0x00004000UL
#define VM_DONTCOPY	0x00020000UL
#define VM_DONTEXPAND	0x00040000UL
#define VM_DONTDUMP	0x04000000UL
#define VM_MIXEDMAP	0x10000000UL
#define VM_ALLOW_ANY_UNCACHED	0x8000000000UL

struct vm_fault {
	struct vm_area_struct *vma;
	unsigned int flags;
	gfp_t gfp_mask;
	unsigned long pgoff;
	unsigned long address;
	struct page *page;
};

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *area);
	void (*close)(struct vm_area_struct *area);
	int (*mremap)(struct vm_area_struct *area);
	vm_fault_t (*fault)(struct vm_fault *vmf);
#if KSHIM_KVER >= 0x060600
	vm_fault_t (*huge_fault)(struct vm_fault *vmf, unsigned int order);
#endif
	int (*access)(struct vm_area_struct *vma, unsigned long addr,
		      void *buf, int len, int write);
	const char *(*name)(struct vm_area_struct *vma);
};

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

#if KSHIM_KVER >= 0x060300
static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags &= ~flags;
}
#endif

static inline pgprot_t pgprot_noncached(pgprot_t prot)
{
	return prot;
}
#define pgprot_writecombine(prot)	pgprot_noncached(prot)
#define pgprot_decrypted(prot)		(prot)

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm,
					     unsigned long start,
					     unsigned long end);
#define vma_lookup(mm, addr)	find_vma_intersection(mm, addr, (addr) + 1)

int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr,
		    unsigned long pfn, unsigned long size, pgprot_t prot);
#define io_remap_pfn_range	remap_pfn_range
void zap_vma_ptes(struct vm_area_struct *vma, unsigned long address,
		  unsigned long size);
void unmap_mapping_range(struct address_space *mapping, loff_t holebegin,
			 loff_t holelen, int even_cows);

/* Frames: kshim/mm/page.c. */
void get_page(struct page *page);
void put_page(struct page *page);
#define is_zero_pfn(pfn)	((void)(pfn), false)
#define untagged_addr(addr)	(addr)
#define untagged_addr_remote(mm, addr)	((void)(mm), (addr))

/* Looking at user pages: kshim/mm/gup.c. */
#define FOLL_WRITE		0x00001
#define FOLL_FORCE		0x00010
#define FOLL_LONGTERM		0x10000
#if KSHIM_KVER < 0x060500
#define KSHIM_GUP_VMAS		, struct vm_area_struct **vmas
#else
#define KSHIM_GUP_VMAS
#endif
long pin_user_pages_remote(struct mm_struct *mm, unsigned long start,
			   unsigned long nr_pages, unsigned int gup_flags,
			   struct page **pages KSHIM_GUP_VMAS, int *locked);
long pin_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
		    struct page **pages KSHIM_GUP_VMAS);
int pin_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
long get_user_pages_remote(struct mm_struct *mm, unsigned long start,
			   unsigned long nr_pages, unsigned int gup_flags,
			   struct page **pages KSHIM_GUP_VMAS, int *locked);
int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long npages);
void unpin_user_pages_dirty_lock(struct page **pages, unsigned long npages,
				 bool make_dirty);
void unpin_user_page_range_dirty_lock(struct page *page, unsigned long npages,
				      bool make_dirty);

/* Device memory in areas: kshim/mm/pfnmap.c. */
#define FAULT_FLAG_WRITE	0x01
#define FAULT_FLAG_REMOTE	0x80
#define KSHIM_HAS_FOLLOW_PTE	(KSHIM_KVER < 0x060c00)
#if KSHIM_HAS_FOLLOW_PTE
int follow_pte(struct mm_struct *mm, unsigned long address, pte_t **ptepp,
	       spinlock_t **ptlp);
#define pte_unmap_unlock(ptep, ptl)	spin_unlock(ptl)
#define pte_write(pte)		((pte).write)
#define pte_pfn(pte)		((pte).pfn)
#define ptep_get(ptep)		(*(ptep))
#else
struct follow_pfnmap_args {
	struct vm_area_struct *vma;
	unsigned long address;
	spinlock_t *lock;
	unsigned long pfn;
	unsigned long addr_mask;
	bool writable;
	bool special;
};
int follow_pfnmap_start(struct follow_pfnmap_args *args);
void follow_pfnmap_end(struct follow_pfnmap_args *args);
#endif
int fixup_user_fault(struct mm_struct *mm, unsigned long address,
		     unsigned int fault_flags, bool *unlocked);

/* Locked memory: kshim/mm/mlock.c. */
#define KSHIM_MLOCK_LIMIT	(KSHIM_KVER >= 0x051000 ? 8UL << 20 : 64UL << 10)	/* bytes */
int __account_locked_vm(struct mm_struct *mm, unsigned long pages, bool inc,
			struct task_struct *task, bool bypass_rlim);
int account_locked_vm(struct mm_struct *mm, unsigned long pages, bool inc);

/* Life of an address space; declared in sched/mm.h by the kernel. */
struct mm_struct *mm_alloc(void);
void mmput(struct mm_struct *mm);
void __mmdrop(struct mm_struct *mm);

#endif
