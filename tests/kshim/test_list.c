// SPDX-License-Identifier: GPL-2.0-only
/* Lists, and the reports about broken ones. */
#include <linux/list.h>
#include <linux/rculist.h>
#include "ktest.h"

struct item {
	int nr;
	struct list_head node;
	struct hlist_node hnode;
};

static struct item a = { .nr = 1 }, b = { .nr = 2 }, c = { .nr = 3 };

/* The numbers of a list as the digits of one number. */
static int digits(struct list_head *h)
{
	struct item *i;
	int n = 0;

	list_for_each_entry(i, h, node)
		n = n * 10 + i->nr;
	return n;
}

KTEST(list_order)
{
	LIST_HEAD(h);
	LIST_HEAD(g);
	struct item *i, *n;

	KEXPECT(list_empty(&h) && list_empty_careful(&h));
	list_add_tail(&a.node, &h);
	KEXPECT(list_is_singular(&h));
	list_add_tail(&b.node, &h);
	list_add(&c.node, &h);
	KEXPECT_EQ(digits(&h), 312);
	KEXPECT(list_is_last(&b.node, &h) && list_is_first(&c.node, &h));
	KEXPECT_EQ(list_count_nodes(&h), 3);
	list_move_tail(&c.node, &h);
	KEXPECT_EQ(digits(&h), 123);
	list_rotate_left(&h);
	KEXPECT_EQ(digits(&h), 231);
	list_splice_init(&h, &g);
	KEXPECT(list_empty(&h));
	KEXPECT_EQ(digits(&g), 231);
	list_for_each_entry_safe(i, n, &g, node)
		if (i->nr != 3)
			list_del_init(&i->node);
	KEXPECT_EQ(digits(&g), 3);
	KEXPECT(list_empty(&a.node));
	KEXPECT_EQ(list_first_entry(&g, struct item, node)->nr, 3);
	list_replace_init(&c.node, &a.node);
	KEXPECT_EQ(digits(&g), 1);
	list_del(&a.node);
	KEXPECT(a.node.next == LIST_POISON1 && a.node.prev == LIST_POISON2);
	KEXPECT(!list_first_entry_or_null(&g, struct item, node));
}

KTEST(list_hash)
{
	HLIST_HEAD(h);
	struct item *i;
	int n = 0;

	KEXPECT(hlist_empty(&h));
	INIT_HLIST_NODE(&a.hnode);
	KEXPECT(hlist_unhashed(&a.hnode));
	hlist_add_head(&a.hnode, &h);
	hlist_add_head_rcu(&b.hnode, &h);
	hlist_add_behind(&c.hnode, &b.hnode);
	hlist_for_each_entry(i, &h, hnode)
		n = n * 10 + i->nr;
	KEXPECT_EQ(n, 231);
	hlist_del_init(&b.hnode);
	hlist_del(&c.hnode);
	hlist_for_each_entry_rcu(i, &h, hnode)
		KEXPECT_EQ(i->nr, 1);
}

KTEST(list_double_add)
{
	LIST_HEAD(h);

	list_add(&a.node, &h);
	ktest_expect_report("list", "list_add double add: new=");
	list_add(&a.node, &h);
}

KTEST(list_add_behind_removed)
{
	LIST_HEAD(h);

	list_add(&a.node, &h);
	h.next = &h;
	ktest_expect_report("list", "list_add corruption. next->prev should be prev (");
	list_add(&b.node, &h);
}

KTEST(list_add_prev_next)
{
	LIST_HEAD(h);

	h.next = &a.node;
	ktest_expect_report("list", "list_add corruption. prev->next should be next (");
	list_add_tail(&b.node, &h);
}

KTEST(list_add_null)
{
	struct list_head h = { NULL, NULL };

	ktest_expect_report("list", "list_add corruption. next is NULL.");
	list_add(&a.node, &h);
}

KTEST(list_double_del)
{
	LIST_HEAD(h);

	list_add(&a.node, &h);
	list_del(&a.node);
	ktest_expect_report("list", "->next is LIST_POISON1 (dead000000000100)");
	list_del(&a.node);
}

KTEST(list_double_del_rcu)
{
	LIST_HEAD(h);

	list_add(&a.node, &h);
	list_del_rcu(&a.node);
	ktest_expect_report("list", "->prev is LIST_POISON2 (dead000000000122)");
	list_del_rcu(&a.node);
}

KTEST(list_del_of_zero)
{
	b.node.next = NULL;
	b.node.prev = NULL;
	ktest_expect_report("list", "->next is NULL");
	list_del(&b.node);
}

KTEST(list_del_lost_neighbour)
{
	LIST_HEAD(h);

	list_add(&a.node, &h);
	h.next = &h;
	ktest_expect_report("list", "list_del corruption. prev->next should be ");
	list_del(&a.node);
}

KTEST(list_del_lost_neighbour_after)
{
	LIST_HEAD(h);

	list_add(&a.node, &h);
	list_add(&b.node, &h);
	a.node.prev = &h;
	ktest_expect_report("list", "list_del corruption. next->prev should be ");
	list_del(&b.node);
}
