// SPDX-License-Identifier: GPL-2.0-only
/* Areas that show device memory, and what can be found out about them. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <kshim/user_fs.h>
#include "fs_helper.h"

#define DEVICE_PFN	0xfe000UL

static int faults;

static vm_fault_t device_fault(struct vm_fault *vmf)
{
	faults++;
	if (remap_pfn_range(vmf->vma, vmf->vma->vm_start, DEVICE_PFN, 2 * PAGE_SIZE,
			    vmf->vma->vm_page_prot))
		return VM_FAULT_SIGBUS;
	return VM_FAULT_NOPAGE;
}

static const struct vm_operations_struct device_vm_ops = { .fault = device_fault };

static int device_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &device_vm_ops;
	return 0;
}

static const struct file_operations device_fops = { .mmap = device_mmap };
static struct cdev device_cdev;

/* The frame at an address as a driver of user memory finds it; -EINVAL: none. */
static long frame_at(unsigned long addr, int *writable)
{
	long ret;

	mmap_read_lock(current->mm);
#if KSHIM_HAS_FOLLOW_PTE
	{
		spinlock_t *lock;
		pte_t *pte;

		ret = follow_pte(current->mm, addr, &pte, &lock);
		if (!ret) {
			ret = (long)pte_pfn(ptep_get(pte));
			*writable = !!pte_write(ptep_get(pte));
			pte_unmap_unlock(pte, lock);
		}
	}
#else
	{
		struct follow_pfnmap_args args = { .vma = vma_lookup(current->mm, addr),
						   .address = addr };

		ret = follow_pfnmap_start(&args);
		if (!ret) {
			ret = (long)args.pfn;
			*writable = args.writable;
			follow_pfnmap_end(&args);
		}
	}
#endif
	mmap_read_unlock(current->mm);
	return ret;
}

KTEST(pfnmap_is_faulted_in_and_found)
{
	struct vm_area_struct *vma;
	bool unlocked = false;
	unsigned long a;
	int w = 0;

	KEXPECT_EQ(ktest_dev_add(&device_cdev, "dm", &device_fops, 0666), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/dm", O_RDWR), 3);
	a = (unsigned long)kshim_sys_mmap(2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0);
	KEXPECT(!IS_ERR_VALUE(a));
	KEXPECT_EQ(frame_at(a, &w), -EINVAL);
	KEXPECT_EQ(mmap_write_lock_killable(current->mm), 0);
	vma = find_vma_intersection(current->mm, a, a + 1);
	KEXPECT(vma && vma->vm_start == a && vma_lookup(current->mm, a + PAGE_SIZE) == vma);
	KEXPECT(!find_vma_intersection(current->mm, a - PAGE_SIZE, a));
	mmap_write_unlock(current->mm);
	mmap_read_lock(current->mm);
	KEXPECT_EQ(fixup_user_fault(current->mm, a, FAULT_FLAG_REMOTE | FAULT_FLAG_WRITE, &unlocked), 0);
	KEXPECT_EQ(fixup_user_fault(current->mm, a - PAGE_SIZE, FAULT_FLAG_REMOTE, &unlocked), -EFAULT);
	mmap_read_unlock(current->mm);
	KEXPECT_EQ(faults, 1);
	KEXPECT(!unlocked && vma->vm_flags & VM_PFNMAP);
	KEXPECT_EQ(frame_at(a + PAGE_SIZE + 5, &w), DEVICE_PFN + 1);
	KEXPECT_EQ(w, 1);
	/* No memory behind it, and not the page of zeroes either. */
	KEXPECT(!pfn_valid(DEVICE_PFN) && !is_zero_pfn(DEVICE_PFN));
	KEXPECT_EQ(kshim_sys_munmap(a, 2 * PAGE_SIZE), 0);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	ktest_dev_del(&device_cdev, "dm");
}

KTEST(highmem_is_a_stub)
{
	unsigned long a = kshim_sys_mmap_anon(PAGE_SIZE, PROT_READ);
	struct page *p;

	KEXPECT_EQ(get_user_pages_fast(a, 1, 0, &p), 1);
	ktest_expect_report("bug", "frames have no contents");
	kunmap_local(kmap_local_page(p));
	KEXPECT(0);
}
