// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looking into areas that show device memory. Mirrors mm/memory.c.
 *
 * The kernel guarantees: the entry that follow_pte() or follow_pfnmap_start()
 * gives stays until the page-table lock is dropped; without an entry the
 * caller faults it in and tries again, with mmap_lock possibly dropped.
 *
 * We give: entries of what remap_pfn_range() mapped, under a lock of the
 * address space. A fault calls the area's handler, which keeps mmap_lock.
 * We do not give: entries that a fault handler inserts.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include "engine/engine.h"

static bool entry(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	if (!vma || !(vma->vm_flags & VM_PFNMAP) || !vma->kshim_pfn)
		return false;
	pte->pfn = vma->kshim_pfn + ((addr - vma->vm_start) >> PAGE_SHIFT);
	pte->write = !!(vma->vm_flags & VM_WRITE);
	return true;
}

#if KSHIM_HAS_FOLLOW_PTE
/**
 * follow_pte() - the entry for an address (mm/memory.c)
 * @mm:		mmap_lock held for reading
 * @address:	user address
 * @ptepp:	gets it; valid until pte_unmap_unlock()
 * @ptlp:	gets the lock, which is held
 *
 * Return: 0 or -EINVAL without a lock.
 */
int follow_pte(struct mm_struct *mm, unsigned long address, pte_t **ptepp,
	       spinlock_t **ptlp)
{
	spin_lock(&mm->page_table_lock);
	if (entry(vma_lookup(mm, address), address, &mm->kshim_pte)) {
		*ptepp = &mm->kshim_pte;
		*ptlp = &mm->page_table_lock;
		return 0;
	}
	spin_unlock(&mm->page_table_lock);
	return -EINVAL;
}
#else
/**
 * follow_pfnmap_start() - the entry for an address (mm/memory.c)
 * @args:	vma and address; the rest is filled in
 *
 * Return: 0, then follow_pfnmap_end() must follow, or -EINVAL.
 */
int follow_pfnmap_start(struct follow_pfnmap_args *args)
{
	struct mm_struct *mm = args->vma->vm_mm;
	pte_t pte;

	spin_lock(&mm->page_table_lock);
	if (entry(args->vma, args->address, &pte)) {
		args->pfn = pte.pfn;
		args->addr_mask = PAGE_MASK;
		args->writable = pte.write;
		args->special = true;
		args->lock = &mm->page_table_lock;
		return 0;
	}
	spin_unlock(&mm->page_table_lock);
	return -EINVAL;
}

void follow_pfnmap_end(struct follow_pfnmap_args *args)
{
	spin_unlock(args->lock);
}
#endif

/**
 * fixup_user_fault() - fault an address in (mm/gup.c)
 * @mm:		mmap_lock held for reading
 * @address:	user address
 * @fault_flags: FAULT_FLAG_*
 * @unlocked:	would be set if mmap_lock had been dropped: it is not
 *
 * Return: 0, -EFAULT, -ENOMEM.
 */
int fixup_user_fault(struct mm_struct *mm, unsigned long address,
		     unsigned int fault_flags, bool *unlocked)
{
	struct vm_area_struct *vma = vma_lookup(mm, address);
	struct vm_fault vmf = { .vma = vma, .address = address & PAGE_MASK };
	unsigned long need = fault_flags & FAULT_FLAG_WRITE ? VM_WRITE : VM_READ;
	vm_fault_t r;

	if (!vma || !(vma->vm_flags & need))
		return -EFAULT;
	if (!vma->vm_ops || !vma->vm_ops->fault)
		return vma->kshim_pfn || vma->kshim_pages ? 0 : -EFAULT;
	vmf.pgoff = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT);
	r = vma->vm_ops->fault(&vmf);
	if (!(r & VM_FAULT_ERROR))
		return 0;
	return r & VM_FAULT_OOM ? -ENOMEM : -EFAULT;
}
