// SPDX-License-Identifier: GPL-2.0-only
/*
 * Anonymous user memory.
 *
 * The kernel guarantees: private memory of zeroes, that reads back what was
 * written; a page belongs to its address until the area goes, and outlives it
 * where somebody else holds it.
 *
 * We give: that, for copies by kernel code in a task that uses the address
 * space. The pages are there from the start, as with MAP_POPULATE; their
 * contents are allocated when something is written, which is where a copy can
 * run out of memory. Code of the harness writes nothing there.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <kshim/user.h>
#include <kshim/user_fs.h>
#include "engine/engine.h"
#include "mm/page.h"

#define MAX_ANON	(1UL << 24)		/* bytes in one area: 4096 pages */

static long mmap_anon(struct mm_struct *mm, unsigned long len, int prot)
{
	struct vm_area_struct *vma;
	long ret = -ENOMEM;

	if (!len || len > MAX_ANON)
		return len ? -ENOMEM : -EINVAL;
	len = PAGE_ALIGN(len);
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	vma = kshim_vma_new(mm, len, (prot & PROT_READ ? VM_READ : 0) |
			    (prot & PROT_WRITE ? VM_READ | VM_WRITE : 0) |
			    VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC);
	if (vma)
		vma->kshim_pages = kshim_pages_alloc(len >> PAGE_SHIFT, GFP_KERNEL);
	if (vma && vma->kshim_pages)
		ret = kshim_vma_add(mm, vma);
	else
		kfree(vma);
	mmap_write_unlock(mm);
	return ret;
}

long kshim_sys_mmap_anon(unsigned long len, int prot)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(mmap_anon(current->mm, len, prot));
}

/* Within one page; 0 or -EFAULT. */
static int copy_page_part(struct mm_struct *mm, unsigned long addr, void *buf,
			  unsigned long n, bool write)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);
	struct page *page;

	if (!vma || !vma->kshim_pages || !(vma->vm_flags & (write ? VM_WRITE : VM_READ)))
		return -EFAULT;
	page = vma->kshim_pages + ((addr - vma->vm_start) >> PAGE_SHIFT);
	if (write && !page->kshim_data)
		page->kshim_data = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (write && !page->kshim_data)
		return -EFAULT;
	addr &= ~PAGE_MASK;
	if (!page->kshim_data)
		__builtin_memset(buf, 0, n);
	else if (!write)
		__builtin_memcpy(buf, page->kshim_data + addr, n);
	else if (buf)
		__builtin_memcpy(page->kshim_data + addr, buf, n);
	else
		__builtin_memset(page->kshim_data + addr, 0, n);
	return 0;
}

bool kshim_anon_copy(unsigned long addr, void *buf, unsigned long n, bool write,
		     unsigned long *left)
{
	struct mm_struct *mm = current->mm;
	unsigned long part;

	if (!kshim_anon_has(addr))
		return false;
	mmap_read_lock(mm);
	for (; n; n -= part, addr += part) {
		part = min_t(unsigned long, n, PAGE_SIZE - (addr & ~PAGE_MASK));
		if (copy_page_part(mm, addr, buf, part, write))
			break;
		if (buf)
			buf += part;
	}
	mmap_read_unlock(mm);
	*left = n;
	return true;
}
