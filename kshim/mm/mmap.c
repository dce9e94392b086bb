// SPDX-License-Identifier: GPL-2.0-only
/*
 * Address spaces: areas that map files; for anonymous memory see anon.c.
 *
 * The kernel guarantees: ->mmap() runs with mmap_lock held for writing; the
 * area holds its file until it is unmapped, by munmap or by the exit of the
 * last task that uses the address space; the area's close() comes first.
 *
 * We give the same. No address is used twice in one address space.
 *
 * We do not give page tables: an area is a name. An access is
 * kshim_sys_touch(), which calls the fault handler every time, as if what was
 * mapped had been zapped before; hence there is nothing to zap. Areas are
 * neither split nor merged, and fork() does not copy them.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <kshim/user.h>
#include "engine/engine.h"
#include "mm/page.h"


/**
 * mm_alloc() - a new, empty address space (kernel/fork.c)
 *
 * Return: with one user, or NULL.
 */
struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kzalloc(sizeof(*mm), GFP_KERNEL);

	if (!mm)
		return NULL;
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	init_rwsem(&mm->mmap_lock);
	spin_lock_init(&mm->page_table_lock);
	INIT_LIST_HEAD(&mm->mmap);
	mm->next_addr = KSHIM_MMAP_BASE;
	return mm;
}

/* The last reference of any kind is gone (kernel/fork.c). */
void __mmdrop(struct mm_struct *mm)
{
	kfree(mm);
}

static void remove_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	unsigned long i;

	list_del(&vma->vm_node);
	mm->map_count--;
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	if (vma->vm_file)
		fput(vma->vm_file);
	for (i = 0; vma->kshim_pages && i < vma_pages(vma); i++)
		put_page(vma->kshim_pages + i);
	kfree(vma);
}

/**
 * mmput() - one task less uses an address space (kernel/fork.c)
 * @mm:		the last one unmaps everything, lowest address first
 *
 * Context: may sleep.
 */
void mmput(struct mm_struct *mm)
{
	struct vm_area_struct *vma, *next;
	bool last;

	might_sleep();
	last = atomic_dec_and_test(&mm->mm_users);
	kshim_touch(KSHIM_PUT, &mm->mm_users, sizeof(mm->mm_users));
	if (!last)
		return;
	list_for_each_entry_safe(vma, next, &mm->mmap, vm_node)
		remove_vma(mm, vma);
	mmdrop(mm);
}

/* First area that ends behind @addr; mmap_lock is held (mm/mmap.c). */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	list_for_each_entry(vma, &mm->mmap, vm_node)
		if (vma->vm_end > addr)
			return vma;
	return NULL;
}

/* First area that has a byte of [start, end) (linux/mm.h). */
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm,
					     unsigned long start,
					     unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	return vma && vma->vm_start < end ? vma : NULL;
}

/**
 * remap_pfn_range() - say that an area shows device memory (mm/memory.c)
 * @vma:	area
 * @addr:	start in it
 * @pfn:	first page frame
 * @size:	bytes
 * @prot:	not looked at
 *
 * Return: 0, -EINVAL for what is not in the area.
 */
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr,
		    unsigned long pfn, unsigned long size, pgprot_t prot)
{
	if (addr < vma->vm_start || PAGE_ALIGN(size) > vma->vm_end - addr)
		return -EINVAL;
	vma->vm_flags |= VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP;
	vma->kshim_pfn = pfn - ((addr - vma->vm_start) >> PAGE_SHIFT);
	return 0;
}

/* Nothing stays mapped after an access, see above. */
void zap_vma_ptes(struct vm_area_struct *vma, unsigned long address,
		  unsigned long size)
{
}

void unmap_mapping_range(struct address_space *mapping, loff_t holebegin,
			 loff_t holelen, int even_cows)
{
}

/* Last, so that nothing can fail any more. */
long kshim_vma_add(struct mm_struct *mm, struct vm_area_struct *vma)
{
	mm->next_addr = vma->vm_end + PAGE_SIZE;
	list_add_tail(&vma->vm_node, &mm->mmap);
	mm->map_count++;
	return vma->vm_start;
}

struct vm_area_struct *kshim_vma_new(struct mm_struct *mm, unsigned long len,
				     unsigned long vm_flags)
{
	struct vm_area_struct *vma = kzalloc(sizeof(*vma), GFP_KERNEL);

	if (!vma)
		return NULL;
	vma->vm_mm = mm;
	vma->vm_start = mm->next_addr;
	vma->vm_end = vma->vm_start + len;
	vma->vm_flags = vm_flags;
	vma->vm_page_prot.pgprot = vm_flags & (VM_READ | VM_WRITE | VM_EXEC | VM_SHARED);
	return vma;
}

static int mmap_flags(struct file *file, int prot, int flags,
		      unsigned long *vm_flags)
{
	*vm_flags = (prot & PROT_READ ? VM_READ : 0) |
		    (prot & PROT_WRITE ? VM_WRITE : 0) |
		    (prot & PROT_EXEC ? VM_EXEC : 0) |
		    VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
	switch (flags & MAP_TYPE) {
	case MAP_SHARED:
		if ((prot & PROT_WRITE) && !(file->f_mode & FMODE_WRITE))
			return -EACCES;
		*vm_flags |= VM_SHARED | VM_MAYSHARE;
		if (!(file->f_mode & FMODE_WRITE))
			*vm_flags &= ~(VM_MAYWRITE | VM_SHARED);
		break;
	case MAP_PRIVATE:
		break;
	default:
		return -EINVAL;
	}
	if (!(file->f_mode & FMODE_READ))
		return -EACCES;
	return file->f_op->mmap ? 0 : -ENODEV;
}

static long mmap_region(struct mm_struct *mm, struct file *file, unsigned long len,
			unsigned long vm_flags, unsigned long pgoff)
{
	struct vm_area_struct *vma = kshim_vma_new(mm, len, vm_flags);
	int err;

	if (!vma)
		return -ENOMEM;
	vma->vm_pgoff = pgoff;
	vma->vm_file = get_file(file);
	err = file->f_op->mmap(file, vma);
	if (err) {
		fput(vma->vm_file);
		kfree(vma);
		return err;
	}
	return kshim_vma_add(mm, vma);
}

static long do_mmap(unsigned long len, int prot, int flags, struct file *file,
		    unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	unsigned long vm_flags;
	long ret;

	if (!len)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len || len > TASK_SIZE - KSHIM_MMAP_BASE)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	ret = mmap_flags(file, prot, flags, &vm_flags);
	if (!ret)
		ret = mmap_region(mm, file, len, vm_flags, pgoff);
	mmap_write_unlock(mm);
	return ret;
}

long kshim_sys_mmap(unsigned long len, int prot, int flags, int fd,
		    unsigned long offset)
{
	struct file *file;
	long ret = -EBADF;

	kshim_point(KSHIM_SYSCALL, NULL, 0);
	if (offset & ~PAGE_MASK)
		return kshim_syscall_exit(-EINVAL);
	file = fget(fd);
	if (file) {
		ret = do_mmap(len, prot, flags, file, offset >> PAGE_SHIFT);
		fput(file);
	}
	return kshim_syscall_exit(ret);
}

static long do_munmap(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	struct vm_area_struct *vma, *next;
	unsigned long end;

	if ((addr & ~PAGE_MASK) || addr > TASK_SIZE || len > TASK_SIZE - addr || !len)
		return -EINVAL;
	end = addr + PAGE_ALIGN(len);
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	list_for_each_entry(vma, &mm->mmap, vm_node)
		if (vma->vm_start < end && addr < vma->vm_end &&
		    (vma->vm_start < addr || vma->vm_end > end)) {
			mmap_write_unlock(mm);
			return -EINVAL;
		}
	list_for_each_entry_safe(vma, next, &mm->mmap, vm_node)
		if (vma->vm_start >= addr && vma->vm_end <= end)
			remove_vma(mm, vma);
	mmap_write_unlock(mm);
	return 0;
}

long kshim_sys_munmap(unsigned long addr, unsigned long len)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_munmap(current->mm, addr, len));
}

static long do_touch(struct mm_struct *mm, unsigned long addr, int write)
{
	struct vm_fault vmf = { .address = addr & PAGE_MASK };
	struct vm_area_struct *vma;
	vm_fault_t r = VM_FAULT_SIGSEGV;

	mmap_read_lock(mm);
	vma = find_vma_intersection(mm, addr, addr + 1);
	if (vma && (vma->vm_flags & (write ? VM_WRITE : VM_READ))) {
		vmf.vma = vma;
		vmf.pgoff = vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT);
		if (vma->vm_ops && vma->vm_ops->fault)
			r = vma->vm_ops->fault(&vmf);
		else
			r = vma->vm_flags & VM_PFNMAP || vma->kshim_pages ?
				0 : VM_FAULT_SIGBUS;
	}
	mmap_read_unlock(mm);
	if (!(r & VM_FAULT_ERROR))
		return 0;
	if (r & VM_FAULT_OOM)
		return -ENOMEM;
	return r & VM_FAULT_SIGSEGV ? -EFAULT : -EIO;
}

long kshim_sys_touch(unsigned long addr, int write)
{
	kshim_point(KSHIM_SYSCALL, NULL, 0);
	return kshim_syscall_exit(do_touch(current->mm, addr, write));
}
