/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/mm_types.h: address spaces and their areas. */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>
#include <asm/page.h>

struct file;
struct iommu_domain;
struct mm_struct;
struct user_struct;
struct vm_operations_struct;

typedef struct { unsigned long pgprot; } pgprot_t;
typedef unsigned int vm_fault_t;
typedef unsigned long vm_flags_t;
typedef struct { unsigned long pfn; bool write; } pte_t;

/*
 * A frame of memory, see kshim/mm/page.c. @dma says where a device sees it;
 * @kshim_stale has a bit for each that is unmapped, but may still be in an
 * IOMMU's cache.
 */
#define KSHIM_PAGE_MAPS	4
struct page {
	int _refcount;
	int _pincount;
	unsigned long kshim_pfn;
	unsigned short kshim_run;
	unsigned char kshim_stale;
	bool kshim_lost;		/* more mappings than @dma has room for */
	void *kshim_data;		/* contents, NULL: zeroes */
	struct {
		struct iommu_domain *domain;
		unsigned long iova;
	} dma[KSHIM_PAGE_MAPS];
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;
	unsigned long vm_flags;
	const struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
	struct list_head vm_node;	/* kshim: in mm->mmap, by address */
	struct page *kshim_pages;	/* of anonymous memory */
	unsigned long kshim_pfn;	/* of what remap_pfn_range() mapped */
};

struct mm_struct {
	atomic_t mm_users;
	atomic_t mm_count;
	struct rw_semaphore mmap_lock;
	struct list_head mmap;
	unsigned long next_addr;	/* kshim: mappings never reuse addresses */
	int map_count;
	unsigned long locked_vm;
	atomic64_t pinned_vm;
	spinlock_t page_table_lock;
	pte_t kshim_pte;		/* the one being looked at, under the lock */
};

/* Reasons why a fault handler returns. */
#define VM_FAULT_OOM		0x000001
#define VM_FAULT_SIGBUS		0x000002
#define VM_FAULT_MAJOR		0x000004
#define VM_FAULT_HWPOISON	0x000010
#define VM_FAULT_SIGSEGV	0x000040
#define VM_FAULT_NOPAGE		0x000100
#define VM_FAULT_LOCKED		0x000200
#define VM_FAULT_RETRY		0x000400
#define VM_FAULT_FALLBACK	0x000800
#define VM_FAULT_ERROR		(VM_FAULT_OOM | VM_FAULT_SIGBUS | \
				 VM_FAULT_SIGSEGV | VM_FAULT_HWPOISON | \
				 VM_FAULT_FALLBACK)

#endif
