// SPDX-License-Identifier: GPL-2.0-only
#include <linux/errno.h>
#include <linux/idr.h>
#include <linux/interval_tree.h>
#include <linux/xarray.h>
#include "ktest.h"

static int a, b, c;

KTEST(idr_ranges)
{
	DEFINE_IDR(idr);

	KEXPECT_EQ(idr_alloc(&idr, &a, 0, 0, GFP_KERNEL), 0);
	KEXPECT_EQ(idr_alloc(&idr, &b, 0, 2, GFP_KERNEL), 1);
	KEXPECT_EQ(idr_alloc(&idr, &c, 0, 2, GFP_KERNEL), -ENOSPC);
	KEXPECT_EQ(idr_alloc(&idr, &c, 1000, 1001, GFP_KERNEL), 1000);
	KEXPECT_EQ(idr_alloc(&idr, &c, 1000, 1001, GFP_KERNEL), -ENOSPC);
	KEXPECT(idr_find(&idr, 0) == &a);
	KEXPECT(idr_find(&idr, 1000) == &c);
	KEXPECT(!idr_find(&idr, 2));
	KEXPECT(idr_remove(&idr, 0) == &a);
	KEXPECT(!idr_remove(&idr, 0));
	KEXPECT_EQ(idr_alloc(&idr, &c, 0, 0, GFP_KERNEL), 0);
	KEXPECT(idr_replace(&idr, &a, 0) == &c);
	idr_destroy(&idr);
	KEXPECT(idr_is_empty(&idr));
}

KTEST(idr_cyclic)
{
	DEFINE_IDR(idr);

	KEXPECT_EQ(idr_alloc_cyclic(&idr, &a, 1, 4, GFP_KERNEL), 1);
	KEXPECT_EQ(idr_alloc_cyclic(&idr, &b, 1, 4, GFP_KERNEL), 2);
	idr_remove(&idr, 1);
	KEXPECT_EQ(idr_alloc_cyclic(&idr, &c, 1, 4, GFP_KERNEL), 3);
	KEXPECT_EQ(idr_alloc_cyclic(&idr, &c, 1, 4, GFP_KERNEL), 1);
	KEXPECT_EQ(idr_alloc_cyclic(&idr, &c, 1, 4, GFP_KERNEL), -ENOSPC);
	idr_destroy(&idr);
}

KTEST(idr_many)
{
	DEFINE_IDR(idr);
	int i, id, n = 0;
	int *p;

	for (i = 0; i < 200; i++)
		KEXPECT_EQ(idr_alloc(&idr, &a, 0, 0, GFP_KERNEL), i);
	idr_for_each_entry(&idr, p, id)
		n += p == &a;
	KEXPECT_EQ(n, 200);
	for (i = 0; i < 200; i++)
		KEXPECT(idr_remove(&idr, i) == &a);
	KEXPECT(idr_is_empty(&idr));
}

KTEST(idr_without_memory)
{
	DEFINE_IDR(idr);

	/* The first number needs a node, the next 63 do not. */
	ktest_fail_nth(1);
	KEXPECT_EQ(idr_alloc(&idr, &a, 0, 0, GFP_KERNEL), -ENOMEM);
	KEXPECT_EQ(idr_alloc(&idr, &a, 0, 0, GFP_KERNEL), 0);
	ktest_fail_nth(1);
	KEXPECT_EQ(idr_alloc(&idr, &a, 0, 0, GFP_KERNEL), 1);
	KEXPECT_EQ(idr_alloc(&idr, &a, 64, 0, GFP_KERNEL), -ENOMEM);
	idr_destroy(&idr);
}

KTEST(ida_numbers)
{
	DEFINE_IDA(ida);

	KEXPECT_EQ(ida_alloc(&ida, GFP_KERNEL), 0);
	KEXPECT_EQ(ida_alloc(&ida, GFP_KERNEL), 1);
	KEXPECT_EQ(ida_alloc_range(&ida, 0, 1, GFP_KERNEL), -ENOSPC);
	KEXPECT_EQ(ida_alloc_min(&ida, 100, GFP_KERNEL), 100);
	ida_free(&ida, 0);
	KEXPECT_EQ(ida_alloc(&ida, GFP_KERNEL), 0);
	ida_destroy(&ida);
	KEXPECT(ida_is_empty(&ida));
}

KTEST(xarray_store_and_load)
{
	DEFINE_XARRAY_ALLOC(xa);
	u32 id;

	KEXPECT_EQ(xa_alloc(&xa, &id, &a, xa_limit_32b, GFP_KERNEL), 0);
	KEXPECT_EQ(id, 0);
	KEXPECT(!xa_store(&xa, 77, &b, GFP_KERNEL));
	KEXPECT(xa_load(&xa, 77) == &b);
	KEXPECT(xa_erase(&xa, 77) == &b);
	KEXPECT(!xa_load(&xa, 77));
	xa_destroy(&xa);
	KEXPECT(xa_empty(&xa));
}

KTEST(interval_tree_overlap)
{
	struct interval_tree_node n = { .start = 10, .last = 20 };
	struct rb_root_cached root = RB_ROOT_CACHED;

	interval_tree_insert(&n, &root);
	KEXPECT(interval_tree_iter_first(&root, 20, 30) == &n);
	KEXPECT(!interval_tree_iter_first(&root, 21, 30));
	interval_tree_remove(&n, &root);
	KEXPECT(!interval_tree_iter_first(&root, 0, ~0UL));
}
