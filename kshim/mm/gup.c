// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors mm/gup.c: pages of user memory, looked up and held.
 *
 * The kernel guarantees: a page that is pinned stays the page of its address
 * until it is unpinned, whatever the process does; areas without pages, with
 * too few rights, or none at all end the walk: the caller gets how many pages
 * it has, or -EFAULT when that is none; a killed caller gets -EINTR. The
 * remote variants need mmap_lock.
 *
 * We give the same, and report an unpin that no pin belongs to.
 * We do not give: faults on the way: anonymous memory is populated from the
 * start. Hence mmap_lock is never dropped and nothing is allocated.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include "engine/engine.h"
#include "lib/rmw.h"
#include "mm/page.h"

KSHIM_ORACLE(kshim_oracle_pin, "pin",
	     "a page that is unpinned more often than it was pinned");

static struct page *page_at(struct mm_struct *mm, unsigned long addr, unsigned int flags)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (!vma || vma->vm_flags & (VM_IO | VM_PFNMAP) || !vma->kshim_pages)
		return NULL;
	if (!(vma->vm_flags & (flags & FOLL_WRITE ? VM_WRITE : VM_READ)))
		return NULL;
	return vma->kshim_pages + ((addr - vma->vm_start) >> PAGE_SHIFT);
}

static void hold(struct page *page, bool pin)
{
	kshim_rmw_inc(&page->_refcount);
	if (pin)
		kshim_rmw_inc(&page->_pincount);
}

/* mmap_lock is held. */
static long walk(struct mm_struct *mm, unsigned long start, unsigned long nr,
		 unsigned int flags, struct page **pages, bool pin)
{
	struct page *page;
	unsigned long i;
	long err = 0;

	kshim_point(KSHIM_ATOMIC, mm, sizeof(*mm));
	WARN_ON_ONCE(!rwsem_is_locked(&mm->mmap_lock));
	start &= PAGE_MASK;
	for (i = 0; i < nr; i++) {
		err = -EINTR;
		if (fatal_signal_pending(current))
			break;
		err = -EFAULT;
		page = page_at(mm, start + i * PAGE_SIZE, flags);
		if (!page)
			break;
		hold(page, pin);
		if (pages)
			pages[i] = page;
	}
	return i ? (long)i : err;
}

static long walk_current(unsigned long start, unsigned long nr, unsigned int flags,
			 struct page **pages, bool pin)
{
	struct mm_struct *mm = current->mm;
	long ret;

	mmap_read_lock(mm);
	ret = walk(mm, start, nr, flags, pages, pin);
	mmap_read_unlock(mm);
	return ret;
}

/**
 * pin_user_pages_remote() - pin pages of any address space (mm/gup.c)
 * @mm:		mmap_lock held for reading
 * @start:	user address
 * @nr_pages:	at most so many, in a row
 * @gup_flags:	FOLL_*
 * @pages:	gets them
 *
 * Return: how many were pinned, -EFAULT, -EINTR.
 */
long pin_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages
			   KSHIM_GUP_VMAS, int *locked)
{
	return walk(mm, start, nr_pages, gup_flags, pages, true);
}

long pin_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
		    struct page **pages KSHIM_GUP_VMAS)
{
	kshim_point(KSHIM_ATOMIC, current->mm, 0);
	return walk(current->mm, start, nr_pages, gup_flags, pages, true);
}

int pin_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return walk_current(start, nr_pages, gup_flags, pages, true);
}

long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages
			   KSHIM_GUP_VMAS, int *locked)
{
	return walk(mm, start, nr_pages, gup_flags, pages, false);
}

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return walk_current(start, nr_pages, gup_flags, pages, false);
}

/**
 * unpin_user_page() - take back one pin (mm/gup.c)
 * @page:	pinned
 */
void unpin_user_page(struct page *page)
{
	int pins;

	kshim_point(KSHIM_ATOMIC, page, sizeof(*page));
	pins = kshim_rmw_dec(&page->_pincount);
	if (unlikely(pins < 0)) {
		kshim_rmw_inc(&page->_pincount);
		kshim_report(&kshim_oracle_pin, 0, "BUG: Bad page state in process %s  pfn:%05lx: unpinned, but not pinned",
			     current->comm, page_to_pfn(page));
		return;
	}
	kshim_note("pins", page, pins + 1, pins);
	if (!pins)
		kshim_page_check_dma(page, "unpinned");
	put_page(page);
}

void unpin_user_pages(struct page **pages, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		unpin_user_page(pages[i]);
}

void unpin_user_pages_dirty_lock(struct page **pages, unsigned long npages, bool make_dirty)
{
	unpin_user_pages(pages, npages);
}

void unpin_user_page_range_dirty_lock(struct page *page, unsigned long npages,
				      bool make_dirty)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		unpin_user_page(page + i);
}
