// SPDX-License-Identifier: GPL-2.0-only
/* Anonymous memory, its pages, pinning and what it costs. */
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <kshim/slab.h>
#include "fs_helper.h"

#define RW	(PROT_READ | PROT_WRITE)

/* The last parameters differ between versions; both are always NULL. */
static long pin(unsigned long addr, unsigned long n, unsigned int flags, struct page **pages)
{
	long ret;

	mmap_read_lock(current->mm);
#if KSHIM_KVER < 0x060500
	ret = pin_user_pages_remote(current->mm, addr, n, flags, pages, NULL, NULL);
#else
	ret = pin_user_pages_remote(current->mm, addr, n, flags, pages, NULL);
#endif
	mmap_read_unlock(current->mm);
	return ret;
}

KTEST(gup_pages_of_anonymous_memory)
{
	unsigned long live = kshim_slab_live();
	unsigned long a = kshim_sys_mmap_anon(3 * PAGE_SIZE - 5, RW);
	struct page *p[4];

	KEXPECT(!IS_ERR_VALUE(a));
	KEXPECT_EQ(a & ~PAGE_MASK, 0);
	KEXPECT_EQ(pin(a, 4, FOLL_WRITE, p), 3);
	KEXPECT_EQ(page_to_pfn(p[1]), page_to_pfn(p[0]) + 1);
	KEXPECT(pfn_to_page(page_to_pfn(p[2])) == p[2]);
	KEXPECT_EQ(pfn_valid(page_to_pfn(p[2])), 1);
	KEXPECT_EQ(pfn_valid(page_to_pfn(p[2]) + 1), 0);
	KEXPECT_EQ(num_pages_contiguous(p, 3), 3);
	KEXPECT_EQ(PageReserved(p[0]), 0);
	/* Not at a page's start: its page. */
	KEXPECT_EQ(pin(a + 17, 1, 0, &p[3]), 1);
	KEXPECT(p[3] == p[0]);
	unpin_user_page(p[3]);
	unpin_user_pages_dirty_lock(p, 3, true);
	KEXPECT_EQ(kshim_sys_munmap(a, 3 * PAGE_SIZE), 0);
	KEXPECT_EQ(kshim_slab_live(), live);
}

KTEST(gup_refuses)
{
	unsigned long a = kshim_sys_mmap_anon(PAGE_SIZE, PROT_READ);
	struct page *p[2];

	KEXPECT_EQ(kshim_sys_mmap_anon(0, RW), -EINVAL);
	KEXPECT_EQ(kshim_sys_mmap_anon(1UL << 40, RW), -ENOMEM);
	KEXPECT_EQ(pin(a, 1, FOLL_WRITE, p), -EFAULT);
	KEXPECT_EQ(pin(a - PAGE_SIZE, 1, 0, p), -EFAULT);
	KEXPECT_EQ(pin(0, 1, 0, p), -EFAULT);
	/* The second page is not there: one is what it gets. */
	KEXPECT_EQ(pin(a, 2, 0, p), 1);
	unpin_user_pages(p, 1);
	KEXPECT_EQ(kshim_sys_munmap(a, PAGE_SIZE), 0);
	KEXPECT_EQ(pin(a, 1, 0, p), -EFAULT);
}

KTEST(gup_a_pin_outlives_the_area)
{
	unsigned long live = kshim_slab_live();
	unsigned long a = kshim_sys_mmap_anon(2 * PAGE_SIZE, RW);
	unsigned long pfn;
	struct page *p[2];

	KEXPECT_EQ(pin_user_pages_fast(a, 2, FOLL_WRITE | FOLL_LONGTERM, p), 2);
	pfn = page_to_pfn(p[0]);
	unpin_user_page(p[1]);
	KEXPECT_EQ(kshim_sys_munmap(a, 2 * PAGE_SIZE), 0);
	KEXPECT_EQ(kshim_slab_live(), live + 1);
	KEXPECT(pfn_to_page(pfn) == p[0]);
	unpin_user_page_range_dirty_lock(p[0], 1, true);
	KEXPECT_EQ(kshim_slab_live(), live);
	/* The same address never comes back, nor does the frame. */
	KEXPECT(kshim_sys_mmap_anon(PAGE_SIZE, RW) != a);
}

KTEST(gup_get_is_no_pin)
{
	unsigned long a = kshim_sys_mmap_anon(PAGE_SIZE, RW);
	struct page *p;

	KEXPECT_EQ(get_user_pages_fast(a, 1, FOLL_WRITE, &p), 1);
	ktest_expect_report("pin", "Bad page state");
	unpin_user_page(p);
	KEXPECT_EQ(ktest_reports("pin"), 1);
	put_page(p);
	KEXPECT_EQ(kshim_sys_munmap(a, PAGE_SIZE), 0);
}

KTEST(gup_use_after_free)
{
	unsigned long a = kshim_sys_mmap_anon(PAGE_SIZE, RW);
	struct page *p;

	KEXPECT_EQ(pin(a, 1, 0, &p), 1);
	unpin_user_page(p);
	KEXPECT_EQ(kshim_sys_munmap(a, PAGE_SIZE), 0);
	ktest_expect_report("kasan", "use-after-free");
	unpin_user_page(p);
}

KTEST(page_alloc_orders)
{
	unsigned long live = kshim_slab_live();
	struct page *p = alloc_pages(GFP_KERNEL | __GFP_ZERO, get_order(PAGE_SIZE * 2));
	unsigned long mem = __get_free_page(GFP_KERNEL);

	KEXPECT_EQ(get_order(1), 0);
	KEXPECT_EQ(get_order(PAGE_SIZE), 0);
	KEXPECT_EQ(get_order(PAGE_SIZE + 1), 1);
	KEXPECT_EQ(get_order(PAGE_SIZE * 4), 2);
	KEXPECT_EQ(page_to_phys(p + 1), page_to_phys(p) + PAGE_SIZE);
	__free_pages(p, 1);
	free_page(mem);
	KEXPECT_EQ(kshim_slab_live(), live);
	ktest_fail_nth(1);
	KEXPECT(!alloc_pages(GFP_KERNEL, 0));
	ktest_fail_nth(0);
}

KTEST(locked_memory_is_limited)
{
	struct mm_struct *mm = current->mm;
	unsigned long max = rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT;

	KEXPECT_EQ(rlimit(RLIMIT_MEMLOCK), KSHIM_KVER >= 0x051000 ? 8 << 20 : 64 << 10);
	KEXPECT_EQ(task_rlimit(current, RLIMIT_NOFILE), RLIM_INFINITY);
	/* With CAP_IPC_LOCK there is none. */
	KEXPECT_EQ(account_locked_vm(mm, max + 1, true), 0);
	KEXPECT_EQ(account_locked_vm(mm, max + 1, false), 0);
	KEXPECT_EQ(kshim_sys_drop_caps(), 0);
	KEXPECT_EQ(account_locked_vm(mm, max + 1, true), -ENOMEM);
	KEXPECT_EQ(account_locked_vm(mm, max, true), 0);
	KEXPECT_EQ(account_locked_vm(mm, 1, true), -ENOMEM);
	KEXPECT_EQ(mm->locked_vm, max);
	KEXPECT_EQ(account_locked_vm(mm, max, false), 0);
	KEXPECT_EQ(kshim_sys_set_memlock(PAGE_SIZE), 0);
	KEXPECT_EQ(rlimit(RLIMIT_MEMLOCK), PAGE_SIZE);
	KEXPECT_EQ(account_locked_vm(mm, 2, true), -ENOMEM);
	KEXPECT_EQ(account_locked_vm(mm, 1, true), 0);
	KEXPECT_EQ(account_locked_vm(mm, 0, true), 0);
	mmap_write_lock(mm);
	ktest_expect_report("warn", "WARNING");
	__account_locked_vm(mm, 2, false, current, false);
	mmap_write_unlock(mm);
}

KTEST(anon_memory_keeps_what_is_written)
{
	unsigned long a = kshim_sys_mmap_anon(2 * PAGE_SIZE, RW);
	unsigned long ro = kshim_sys_mmap_anon(PAGE_SIZE, PROT_READ);
	char buf[8] = "abcdefg";
	u32 v = 7;

	KEXPECT_EQ(get_user(v, (u32 __user *)a), 0);
	KEXPECT_EQ(v, 0);
	/* Over the border of two pages. */
	KEXPECT_EQ(copy_to_user((void __user *)(a + PAGE_SIZE - 4), buf, 8), 0);
	memset(buf, 0, sizeof(buf));
	KEXPECT_EQ(copy_from_user(buf, (void __user *)(a + PAGE_SIZE - 4), 8), 0);
	KEXPECT_EQ(strcmp(buf, "abcdefg"), 0);
	KEXPECT_EQ(clear_user((void __user *)(a + PAGE_SIZE), 2), 0);
	KEXPECT_EQ(copy_from_user(buf, (void __user *)(a + PAGE_SIZE - 4), 8), 0);
	KEXPECT_EQ(strcmp(buf, "abcd"), 0);
	KEXPECT_EQ(put_user(v, (u32 __user *)ro), -EFAULT);
	KEXPECT_EQ(copy_to_user((void __user *)ro, buf, 8), 8);
	/* Half of it is behind the end. */
	KEXPECT_EQ(copy_to_user((void __user *)(a + 2 * PAGE_SIZE - 4), buf, 8), 4);
	memset(buf, 'x', sizeof(buf));
	KEXPECT_EQ(copy_from_user(buf, (void __user *)(a + 2 * PAGE_SIZE - 4), 8), 4);
	KEXPECT_EQ(memcmp(buf, "abcd\0\0\0\0", 8), 0);
	KEXPECT_EQ(kshim_sys_munmap(a, 2 * PAGE_SIZE), 0);
	KEXPECT_EQ(get_user(v, (u32 __user *)a), -EFAULT);
}

static struct mm_struct *seen;

static void other_process(void *unused)
{
	KEXPECT(current->mm != seen);
	kthread_use_mm(seen);
	KEXPECT(current->mm == seen);
	kthread_unuse_mm(seen);
}

/* A worker's copy goes to the address space that it has put on. */
KTEST(mm_of_another_process)
{
	struct ktest_thread t;
	struct mm_struct *mm = current->mm;
	struct mm_struct *got = get_task_mm(current);

	KEXPECT(got == mm);
	mmput(got);
	KEXPECT(mmget_not_zero(mm));
	mmput(mm);
	mmgrab(mm);
	seen = mm;
	ktest_thread_run(&t, kshim_process_new("other"), other_process, NULL);
	wait_for_completion(&t.done);
	mmdrop(mm);
}
