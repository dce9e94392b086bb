// SPDX-License-Identifier: GPL-2.0-only
/* Small things that every kernel file relies on: arithmetic, walks, allocation. */
#include <linux/bitmap.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/barrier.h>
#include <asm/page.h>
#include <kshim/slab.h>
#include "ktest.h"

KTEST(api_align)
{
	static const short three[3];
	u64 wide = PAGE_SIZE + 12;

	KEXPECT_EQ(ALIGN(13, 8), 16);
	KEXPECT_EQ(ALIGN(16, 8), 16);
	KEXPECT_EQ(ALIGN_DOWN(13, 8), 8);
	KEXPECT(IS_ALIGNED(24, 8) && !IS_ALIGNED(25, 8));
	KEXPECT_EQ(DIV_ROUND_UP(9, 4), 3);
	KEXPECT_EQ(abs(-7) + abs(7L), 14);
	KEXPECT_EQ(ARRAY_SIZE(three), 3);
	KEXPECT_EQ(BITS_PER_TYPE(u16), 16);
	KEXPECT_EQ(offset_in_page(wide), 12);
	KEXPECT(u64_to_user_ptr(wide) == (void __user *)wide);
	KEXPECT_EQ(untagged_addr(wide), wide);
	KEXPECT_EQ(PAGE_SIZE & ~PAGE_MASK, 0);
	KEXPECT_EQ(1UL << PAGE_SHIFT, PAGE_SIZE);
	KEXPECT_EQ(S_IRUGO | S_IWUGO, 0666);
}

KTEST(api_bitmap)
{
	unsigned long a[2] = { 0 }, b[2] = { 0 };

	KEXPECT_EQ(bitmap_size(65), 16);
	bitmap_set(a, 60, 8);
	KEXPECT_EQ(a[0] >> 60, 0xf);
	KEXPECT_EQ(a[1], 0xf);
	bitmap_clear(a, 62, 4);
	KEXPECT_EQ(a[0] >> 60, 3);
	KEXPECT_EQ(a[1], 0xc);
	bitmap_set(b, 0, 1);
	bitmap_or(b, a, b, 128);
	KEXPECT_EQ(b[0], a[0] | 1);
	KEXPECT_EQ(b[1], 0xc);
	bitmap_shift_left(b, b, 4, 128);
	KEXPECT_EQ(b[0], 1 << 4);
	KEXPECT_EQ(b[1], 0xc3);
}

struct item {
	struct list_head node;
	int n;
};

KTEST(api_list_walks)
{
	struct item i[4] = { { .n = 1 }, { .n = 2 }, { .n = 3 }, { .n = 4 } };
	struct item *p = &i[1];
	LIST_HEAD(more);
	struct list_head list;
	int k, sum = 0;

	INIT_LIST_HEAD(&list);
	KEXPECT(list_empty(&list));
	for (k = 0; k < 3; k++)
		list_add_tail(&i[k].node, &list);
	list_for_each_entry_continue(p, &list, node)
		sum = 10 * sum + p->n;
	KEXPECT_EQ(sum, 3);
	p = &i[2];
	sum = 0;
	list_for_each_entry_continue_reverse(p, &list, node)
		sum = 10 * sum + p->n;
	KEXPECT_EQ(sum, 21);
	list_add(&i[3].node, &more);
	KEXPECT(list_is_singular(&more) && !list_is_singular(&list));
	list_splice_tail(&more, &list);
	sum = 0;
	list_for_each_entry(p, &list, node)
		sum = 10 * sum + p->n;
	KEXPECT_EQ(sum, 1234);
	KEXPECT(list_last_entry(&list, struct item, node) == &i[3]);
}

KTEST(api_alloc)
{
	unsigned long live = kshim_slab_live();
	int *a = kmalloc_array(4, sizeof(*a), GFP_KERNEL_ACCOUNT), *more;
	long *z = kcalloc(3, sizeof(*z), GFP_KERNEL), *v = kvzalloc(5 * sizeof(*v), GFP_KERNEL);

	KEXPECT(a && z && v);
	KEXPECT_EQ(z[0] | z[1] | z[2] | v[0] | v[4], 0);
	a[3] = 17;
	more = krealloc(a, 100 * sizeof(*a), GFP_KERNEL);
	KEXPECT(more);
	KEXPECT_EQ(more[3], 17);
	KEXPECT(!kmalloc_array(~0UL / 2, 4, GFP_KERNEL));
	KEXPECT(!kcalloc(~0UL / 2, 4, GFP_KERNEL));
	/* What cannot grow stays. */
	ktest_fail_nth(1);
	KEXPECT(!krealloc(more, 1000, GFP_KERNEL));
	KEXPECT_EQ(more[3], 17);
	kfree(more);
	kfree(z);
	kvfree(v);
	kvfree(NULL);
	KEXPECT_EQ(kshim_slab_live(), live);
}

KTEST(api_page)
{
	unsigned long live = kshim_slab_live();
	struct page *page = alloc_page(GFP_KERNEL);

	KEXPECT(page && pfn_to_page(page_to_pfn(page)) == page);
	__free_page(page);
	KEXPECT_EQ(kshim_slab_live(), live);
}

KTEST(api_acquire_release)
{
	int ready = 0;

	smp_store_release(&ready, 3);
	KEXPECT_EQ(smp_load_acquire(&ready), 3);
	cond_resched();
	cpu_relax();
	KEXPECT(task_pid_nr(current) > 0);
	KEXPECT_EQ(TASK_KILLABLE, TASK_WAKEKILL | TASK_UNINTERRUPTIBLE);
}


KTEST(api_numbers_of_an_inode)
{
	struct inode inode = { .i_rdev = MKDEV(10, 196) };
	struct file file = { .f_pos = 7 };

	KEXPECT_EQ(iminor(&inode), 196);
	KEXPECT_EQ(imajor(&inode), 10);
	KEXPECT_EQ(noop_llseek(&file, 100, SEEK_SET), 7);
	/* Nobody else's 32-bit user space. */
	KEXPECT(compat_ptr_ioctl == NULL);
}

int nobody_defines_this(void);

KTEST(api_symbols)
{
	KEXPECT(!symbol_get(nobody_defines_this));
	KEXPECT(symbol_get(kfree) == kfree);
	symbol_put(kfree);
	KEXPECT(THIS_MODULE != NULL);
}
