// SPDX-License-Identifier: GPL-2.0-only
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include "ktest.h"

static int calls, order[8], answer[4];

struct entry {
	struct notifier_block nb;
	int id;
};

static int notify(struct notifier_block *nb, unsigned long action, void *data)
{
	struct entry *e = container_of(nb, struct entry, nb);

	KEXPECT_EQ(action, 7);
	KEXPECT(data == &calls);
	order[calls++] = e->id;
	return answer[e->id];
}

static struct entry e[4] = {
	{ { .notifier_call = notify }, 0 },
	{ { .notifier_call = notify, .priority = 5 }, 1 },
	{ { .notifier_call = notify, .priority = -1 }, 2 },
	{ { .notifier_call = notify, .priority = 5 }, 3 },
};

static BLOCKING_NOTIFIER_HEAD(chain);
static ATOMIC_NOTIFIER_HEAD(achain);
static RAW_NOTIFIER_HEAD(rchain);

static void register_all(void)
{
	int i;

	for (i = 0; i < 4; i++)
		KEXPECT_EQ(blocking_notifier_chain_register(&chain, &e[i].nb), 0);
}

KTEST(notifier_calls_by_priority)
{
	register_all();
	answer[2] = NOTIFY_OK;
	KEXPECT_EQ(blocking_notifier_call_chain(&chain, 7, &calls), NOTIFY_OK);
	KEXPECT_EQ(calls, 4);
	KEXPECT_EQ(order[0], 1);	/* equal ones in the order of coming */
	KEXPECT_EQ(order[1], 3);
	KEXPECT_EQ(order[2], 0);
	KEXPECT_EQ(order[3], 2);
}

KTEST(notifier_stops)
{
	register_all();
	answer[3] = notifier_from_errno(-EBUSY);
	KEXPECT_EQ(notifier_to_errno(blocking_notifier_call_chain(&chain, 7, &calls)),
		   -EBUSY);
	KEXPECT_EQ(calls, 2);
	KEXPECT_EQ(notifier_to_errno(NOTIFY_OK), 0);
	KEXPECT_EQ(notifier_to_errno(NOTIFY_BAD), -EPERM);
}

KTEST(notifier_unregister)
{
	register_all();
	KEXPECT_EQ(blocking_notifier_chain_unregister(&chain, &e[1].nb), 0);
	KEXPECT_EQ(blocking_notifier_chain_unregister(&chain, &e[1].nb), -ENOENT);
	blocking_notifier_call_chain(&chain, 7, &calls);
	KEXPECT_EQ(calls, 3);
	KEXPECT_EQ(order[0], 3);
}

KTEST(notifier_empty_chain)
{
	KEXPECT_EQ(blocking_notifier_call_chain(&chain, 7, NULL), NOTIFY_DONE);
	KEXPECT_EQ(raw_notifier_call_chain(&rchain, 7, NULL), NOTIFY_DONE);
	KEXPECT(!chain.head);
}

KTEST(notifier_registered_twice)
{
	int ret;

	blocking_notifier_chain_register(&chain, &e[0].nb);
#if KSHIM_KVER >= 0x051100
	ktest_expect_report("warn", "already registered");
	ret = blocking_notifier_chain_register(&chain, &e[0].nb);
	KEXPECT_EQ(ret, -EEXIST);
#else
	ktest_expect_report("warn", "double register detected");
	ret = blocking_notifier_chain_register(&chain, &e[0].nb);
	KEXPECT_EQ(ret, 0);
#endif
	blocking_notifier_call_chain(&chain, 7, &calls);
	KEXPECT_EQ(calls, 1);
}

static DECLARE_COMPLETION(inside);
static int left;

static int slow(struct notifier_block *nb, unsigned long action, void *data)
{
	complete(&inside);
	msleep(100);
	left = 1;
	return NOTIFY_OK;
}

static struct notifier_block slow_nb = { .notifier_call = slow };

static int caller(void *unused)
{
	return blocking_notifier_call_chain(&chain, 1, NULL);
}

KTEST(notifier_unregister_waits_for_calls)
{
	struct task_struct *t;

	blocking_notifier_chain_register(&chain, &slow_nb);
	t = kthread_run(caller, NULL, "caller");
	wait_for_completion(&inside);
	KEXPECT_EQ(left, 0);
	blocking_notifier_chain_unregister(&chain, &slow_nb);
	KEXPECT_EQ(left, 1);
	KEXPECT_EQ(kthread_stop(t), NOTIFY_OK);
}

KTEST(notifier_atomic_and_raw)
{
	atomic_notifier_chain_register(&achain, &e[0].nb);
	atomic_notifier_call_chain(&achain, 7, &calls);
	KEXPECT_EQ(atomic_notifier_chain_unregister(&achain, &e[0].nb), 0);
	raw_notifier_chain_register(&rchain, &e[1].nb);
	raw_notifier_call_chain(&rchain, 7, &calls);
	KEXPECT_EQ(raw_notifier_chain_unregister(&rchain, &e[1].nb), 0);
	KEXPECT_EQ(calls, 2);
}

KTEST(notifier_srcu)
{
	struct srcu_notifier_head head;

	srcu_init_notifier_head(&head);
	srcu_notifier_chain_register(&head, &e[0].nb);
	srcu_notifier_call_chain(&head, 7, &calls);
	KEXPECT_EQ(srcu_notifier_chain_unregister(&head, &e[0].nb), 0);
	srcu_cleanup_notifier_head(&head);
	KEXPECT_EQ(calls, 1);
}

/* An entry whose memory is gone is found before it is called. */
KTEST_FLAGS(notifier_freed_entry_is_found, KTEST_DEFAULT_ONLY)
{
	struct entry *x = kzalloc(sizeof(*x), GFP_KERNEL);

	x->nb.notifier_call = notify;
	blocking_notifier_chain_register(&chain, &x->nb);
	kfree(x);
	ktest_expect_report("kasan", "use-after-free");
	blocking_notifier_call_chain(&chain, 7, &calls);
}
