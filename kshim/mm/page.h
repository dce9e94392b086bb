/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by the files of kshim/mm/ and kshim/iommu/ that know pages. */
#ifndef KSHIM_MM_PAGE_H
#define KSHIM_MM_PAGE_H

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/sched.h>

/**
 * kshim_pages_alloc() - take page frames that follow each other
 * @nr:		how many
 * @gfp:	as for kmalloc()
 *
 * Return: an array of @nr pages with one reference each, or NULL.
 */
struct page *kshim_pages_alloc(unsigned int nr, gfp_t gfp);

#define KSHIM_MMAP_BASE		0x7f0000000000UL

/* mmap.c: an area at the next free address, and into the address space. */
struct vm_area_struct *kshim_vma_new(struct mm_struct *mm, unsigned long len,
				     unsigned long vm_flags);
long kshim_vma_add(struct mm_struct *mm, struct vm_area_struct *vma);

/**
 * kshim_anon_copy() - copy from or to simulated user memory
 * @addr:	user address
 * @buf:	kernel memory, NULL for zeroes
 * @n:		bytes
 * @write:	to user memory
 * @left:	gets how many bytes could not be copied
 *
 * Return: false, and nothing was done, when the address is none of those that
 * mmap gave.
 */
bool kshim_anon_copy(unsigned long addr, void *buf, unsigned long n, bool write,
		     unsigned long *left);

/* Is the address one of those that mmap gave to the running task? */
static inline bool kshim_anon_has(unsigned long addr)
{
	struct mm_struct *mm;

	if (likely(addr < KSHIM_MMAP_BASE))
		return false;
	mm = current->mm;
	return mm && addr < READ_ONCE(mm->next_addr);
}

/* uaccess.c: how many of @n bytes from there on can be touched. */
unsigned long kshim_user_reachable(const void __user *p, unsigned long n);

/* Visit the pages that somebody still uses, frame by frame. */
struct page *kshim_page_next(struct page *prev);

/* kshim/iommu/track.c: is the frame visible to a device? NULL: no. */
const struct iommu_domain *kshim_page_dma_visible(const struct page *page,
						  unsigned long *iova);
/* Complains when it is, and it stops being pinned or allocated. */
void kshim_page_check_dma(const struct page *page, const char *what);

#endif
