// SPDX-License-Identifier: GPL-2.0-only
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "ktest.h"

static struct work_struct work[4];
static struct delayed_work dwork;
static atomic_t runs, inside;
static int order[8], overlap, again;
static unsigned long when;
static DECLARE_COMPLETION(entered);
static DECLARE_COMPLETION(leave);

static void fn(struct work_struct *w)
{
	if (atomic_inc_return(&inside) > 1)
		overlap = 1;
	order[atomic_inc_return(&runs) - 1] = w - work;
	msleep(10);
	atomic_dec(&inside);
}

static void init_works(work_func_t f)
{
	int i;

	for (i = 0; i < 4; i++)
		INIT_WORK(&work[i], f);
}

KTEST(work_runs_once_per_queueing)
{
	init_works(fn);
	KEXPECT(schedule_work(&work[0]));
	flush_work(&work[0]);
	KEXPECT_EQ(atomic_read(&runs), 1);
	KEXPECT(!work_pending(&work[0]));
	KEXPECT(!flush_work(&work[0]));
}

static void blocked(struct work_struct *w)
{
	atomic_inc(&runs);
	complete(&entered);
	wait_for_completion(&leave);
}

KTEST(work_is_queued_once)
{
	init_works(blocked);
	schedule_work(&work[0]);
	wait_for_completion(&entered);
	KEXPECT(!work_pending(&work[0]));
	KEXPECT_EQ(work_busy(&work[0]), WORK_BUSY_RUNNING);
	KEXPECT(schedule_work(&work[0]));	/* while it runs */
	KEXPECT(!schedule_work(&work[0]));
	msleep(50);
	KEXPECT_EQ(atomic_read(&runs), 1);	/* not on a second worker */
	KEXPECT(work_pending(&work[0]));
	complete_all(&leave);
	flush_work(&work[0]);
	KEXPECT_EQ(atomic_read(&runs), 2);
}

KTEST(flush_work_says_whether_it_waited)
{
	init_works(fn);
	KEXPECT(!flush_work(&work[0]));
	schedule_work(&work[0]);
	while (!atomic_read(&runs))
		msleep(4);
	/* It sleeps for three ticks more. */
	KEXPECT(flush_work(&work[0]));
	KEXPECT_EQ(atomic_read(&inside), 0);
}

KTEST(work_ordered_queue)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("ordered", 0);
	int i;

	init_works(fn);
	for (i = 0; i < 4; i++)
		queue_work(wq, &work[i]);
	flush_workqueue(wq);
	KEXPECT_EQ(atomic_read(&runs), 4);
	KEXPECT_EQ(overlap, 0);
	for (i = 0; i < 4; i++)
		KEXPECT_EQ(order[i], i);
	destroy_workqueue(wq);
}

KTEST(work_unordered_queue_overlaps)
{
	int i;

	init_works(blocked);
	for (i = 0; i < 3; i++)
		schedule_work(&work[i]);
	for (i = 0; i < 3; i++)
		wait_for_completion(&entered);
	KEXPECT_EQ(atomic_read(&runs), 3);
	complete_all(&leave);
	flush_scheduled_work();
}

KTEST(work_cancelled_while_pending)
{
	struct workqueue_struct *wq = create_singlethread_workqueue("one");

	ktest_oracle_off("lockdep");	/* two items of one class */
	init_works(blocked);
	queue_work(wq, &work[0]);
	wait_for_completion(&entered);
	queue_work(wq, &work[1]);
	KEXPECT(cancel_work_sync(&work[1]));
	KEXPECT(!cancel_work_sync(&work[1]));
	KEXPECT(!work_pending(&work[1]));
	complete_all(&leave);
	destroy_workqueue(wq);
	KEXPECT_EQ(atomic_read(&runs), 1);
}

static void requeues(struct work_struct *w)
{
	atomic_inc(&runs);
	if (again-- > 0)
		schedule_work(w);
}

KTEST(work_queues_itself)
{
	again = 3;
	init_works(requeues);
	schedule_work(&work[0]);
	msleep(50);
	KEXPECT_EQ(atomic_read(&runs), 4);
}

static void requeues_for_ever(struct work_struct *w)
{
	complete(&entered);
	msleep(10);
	schedule_work(w);
	atomic_inc(&runs);
}

/* While cancel_sync waits the item cannot queue itself. */
KTEST(work_cancel_sync_stops_itself)
{
	int before;

	init_works(requeues_for_ever);
	schedule_work(&work[0]);
	wait_for_completion(&entered);
	cancel_work_sync(&work[0]);
	before = atomic_read(&runs);
	KEXPECT(before > 0);
	msleep(100);
	KEXPECT_EQ(atomic_read(&runs), before);
	KEXPECT(!work_pending(&work[0]));
	KEXPECT(schedule_work(&work[0]));
	cancel_work_sync(&work[0]);
}

static void frees(struct work_struct *w)
{
	kfree(w);
	complete(&entered);
}

KTEST(work_may_free_itself)
{
	struct work_struct *w = kmalloc(sizeof(*w), GFP_KERNEL);

	INIT_WORK(w, frees);
	schedule_work(w);
	flush_scheduled_work();
	wait_for_completion(&entered);
}

static void dfn(struct work_struct *w)
{
	when = jiffies;
	atomic_inc(&runs);
}

KTEST(delayed_work_waits)
{
	unsigned long start = jiffies;

	INIT_DELAYED_WORK(&dwork, dfn);
	KEXPECT(schedule_delayed_work(&dwork, 25));
	KEXPECT(!schedule_delayed_work(&dwork, 1));
	KEXPECT(delayed_work_pending(&dwork));
	msleep(200);
	KEXPECT_EQ(atomic_read(&runs), 1);
	KEXPECT_EQ(when, start + 25);
}

KTEST(delayed_work_cancelled_and_moved)
{
	unsigned long start = jiffies;

	INIT_DELAYED_WORK(&dwork, dfn);
	KEXPECT(!cancel_delayed_work(&dwork));
	schedule_delayed_work(&dwork, 25);
	KEXPECT(cancel_delayed_work_sync(&dwork));
	KEXPECT(!delayed_work_pending(&dwork));
	KEXPECT(!mod_delayed_work(system_wq, &dwork, 25));
	KEXPECT(mod_delayed_work(system_wq, &dwork, 50));
	msleep(400);
	KEXPECT_EQ(atomic_read(&runs), 1);
	KEXPECT_EQ(when, start + 50);
}

KTEST(delayed_work_flushed)
{
	unsigned long start = jiffies;

	INIT_DELAYED_WORK(&dwork, dfn);
	schedule_delayed_work(&dwork, 1000);
	flush_delayed_work(&dwork);
	KEXPECT_EQ(atomic_read(&runs), 1);
	KEXPECT_EQ(jiffies, start);
}

KTEST(workqueue_without_memory)
{
	ktest_fail_nth(1);
	KEXPECT(!alloc_workqueue("none", 0, 0));
}

KTEST(workqueue_destroy_waits)
{
	struct workqueue_struct *wq = alloc_workqueue("doomed", WQ_UNBOUND, 0);
	int i;

	init_works(fn);
	for (i = 0; i < 4; i++)
		queue_work(wq, &work[i]);
	destroy_workqueue(wq);
	KEXPECT_EQ(atomic_read(&runs), 4);
}
