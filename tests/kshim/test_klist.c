// SPDX-License-Identifier: GPL-2.0-only
/* klists: walking while nodes go. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/klist.h>
#include <linux/kthread.h>
#include "ktest.h"

static struct klist list;
static struct klist_node n[3];
static int refs;
static struct completion removed;

static void get(struct klist_node *node)
{
	refs++;
}

static void put(struct klist_node *node)
{
	refs--;
}

static void setup(void)
{
	int i;

	init_completion(&removed);
	klist_init(&list, get, put);
	for (i = 0; i < 3; i++)
		klist_add_tail(&n[i], &list);
	KEXPECT_EQ(refs, 3);
}

KTEST(klist_skips_what_is_gone)
{
	struct klist_iter i, j;

	setup();
	klist_iter_init(&list, &i);
	klist_iter_init(&list, &j);
	KEXPECT(klist_next(&i) == &n[0]);
	KEXPECT(klist_next(&j) == &n[0]);
	KEXPECT(klist_next(&j) == &n[1]);
	klist_del(&n[1]);
	/* still linked, for the iterator that is there */
	KEXPECT(klist_node_attached(&n[1]));
	KEXPECT_EQ(refs, 3);
	KEXPECT(klist_next(&i) == &n[2]);
	KEXPECT(klist_next(&j) == &n[2]);
	KEXPECT(!klist_node_attached(&n[1]));
	KEXPECT_EQ(refs, 2);
	KEXPECT(!klist_next(&i));
	klist_iter_exit(&i);
	klist_iter_exit(&j);
	klist_iter_init_node(&list, &i, &n[0]);
	KEXPECT(klist_next(&i) == &n[2]);
	klist_iter_exit(&i);
	klist_remove(&n[0]);
	klist_remove(&n[2]);
	KEXPECT_EQ(refs, 0);
}

static int remover(void *arg)
{
	klist_remove(&n[0]);
	complete(&removed);
	return 0;
}

KTEST(klist_remove_waits_for_iterators)
{
	struct klist_iter i;

	setup();
	klist_iter_init(&list, &i);
	KEXPECT(klist_next(&i) == &n[0]);
	kthread_run(remover, NULL, "remover");
	msleep(100);
	KEXPECT(!completion_done(&removed));
	klist_iter_exit(&i);
	wait_for_completion(&removed);
	KEXPECT(!klist_node_attached(&n[0]));
}

KTEST(klist_double_removal_is_reported)
{
	struct klist_iter i;

	setup();
	klist_iter_init(&list, &i);
	KEXPECT(klist_next(&i) == &n[0]);
	klist_del(&n[0]);
	ktest_expect_report("warn", "klist.c");
	klist_del(&n[0]);
}
