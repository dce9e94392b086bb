// SPDX-License-Identifier: GPL-2.0-only
/* What is no lock but waited for like one: work, completions, sysfs files. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>
#include <kshim/sysfs.h>
#include <kshim/user.h>
#include "bus_helper.h"
#include "ktest.h"

#define CIRCULAR(held, next)						\
	ktest_expect_report("lockdep", "possible circular locking dependency detected: " \
			    held " --> " next)
#define REPORTS(n)	KEXPECT_EQ(ktest_reports("lockdep"), n)

static DEFINE_MUTEX(m);
static DEFINE_MUTEX(other);

static void take_m(struct work_struct *work)
{
	mutex_lock(&m);
	mutex_unlock(&m);
}

/* The work is over long before: it could have been running. */
KTEST(lockdep_flush_work)
{
	struct work_struct w;

	INIT_WORK(&w, take_m);
	schedule_work(&w);
	flush_work(&w);
	mutex_lock(&other);
	flush_work(&w);
	mutex_unlock(&other);
	CIRCULAR("m", "(work_completion)(&w)");
	mutex_lock(&m);
	flush_work(&w);
	mutex_unlock(&m);
	REPORTS(1);
	mutex_lock(&m);
	cancel_work_sync(&w);
	mutex_unlock(&m);
	REPORTS(2);
	mutex_lock(&m);
	cancel_work(&w);	/* waits for nobody */
	mutex_unlock(&m);
	REPORTS(2);
}

KTEST(lockdep_flush_workqueue)
{
	struct workqueue_struct *wq = alloc_workqueue("mine", 0, 0);
	struct work_struct w;

	KEXPECT(wq);
	INIT_WORK(&w, take_m);
	queue_work(wq, &w);
	flush_workqueue(wq);
	mutex_lock(&other);
	flush_workqueue(wq);
	mutex_unlock(&other);
	CIRCULAR("m", "(wq_completion)mine");
	mutex_lock(&m);
	flush_workqueue(wq);
	REPORTS(1);
	destroy_workqueue(wq);
	mutex_unlock(&m);
	REPORTS(2);
}

KTEST(lockdep_work_of_another_queue)
{
	struct workqueue_struct *wq = alloc_workqueue("q1", 0, 0);
	struct workqueue_struct *idle = alloc_workqueue("q2", 0, 0);
	struct work_struct w;

	INIT_WORK(&w, take_m);
	queue_work(wq, &w);
	flush_workqueue(wq);
	mutex_lock(&m);
	flush_workqueue(idle);	/* nothing on it takes m */
	mutex_unlock(&m);
	destroy_workqueue(idle);
	destroy_workqueue(wq);
}

static void flush_other(struct work_struct *work)
{
	struct work_struct **arg = (struct work_struct **)(work + 1);

	flush_work(*arg);
}

/* Two items that wait for each other, one after the other. */
KTEST(lockdep_work_flushes_work)
{
	static struct { struct work_struct w, *arg; } p, q;

	INIT_WORK(&p.w, flush_other);
	INIT_WORK(&q.w, flush_other);
	p.arg = &q.w;
	q.arg = &p.w;
	schedule_work(&p.w);
	flush_work(&p.w);
	CIRCULAR("(work_completion)(&q.w)", "(work_completion)(&p.w)");
	schedule_work(&q.w);
	flush_work(&q.w);
	REPORTS(1);
}

static DECLARE_COMPLETION(done);

static int complete_with_m(void *unused)
{
	mutex_lock(&m);
	mutex_unlock(&m);
	complete(&done);
	return 0;
}

/* The completer had the lock before; had it come later, it would never have. */
KTEST(lockdep_completion)
{
	ktest_expect_report("lockdep", "possible circular locking dependency detected: ");
	kthread_run(complete_with_m, NULL, "c");
	wait_for_completion(&done);
	complete(&done);
	mutex_lock(&m);
	wait_for_completion(&done);
	mutex_unlock(&m);
	REPORTS(1);
}

static int wait_with_other(void *unused)
{
	mutex_lock(&other);
	wait_for_completion(&done);
	mutex_unlock(&other);
	return 0;
}

/* The waiter comes first, and the cycle closes when it is let go. */
KTEST(lockdep_completion_closes)
{
	struct task_struct *t = kthread_run(wait_with_other, NULL, "w");

	msleep(1);
	mutex_lock(&m);
	mutex_unlock(&m);
	mutex_trylock(&other);		/* would have waited: it is held */
	complete(&done);
	kthread_stop(t);
	mutex_lock(&other);
	mutex_unlock(&other);
	CIRCULAR("(completion)done", "other");
	complete(&done);
	REPORTS(1);
}

/* A system call that is over needed nothing for this one. */
KTEST(lockdep_completion_in_another_call)
{
	mutex_lock(&m);
	mutex_unlock(&m);
	kshim_return_to_user();
	complete(&done);
	mutex_lock(&m);
	wait_for_completion(&done);
	mutex_unlock(&m);
}

/* To and fro. */
KTEST(lockdep_completion_handshake)
{
	struct completion here, there;

	init_completion(&here);
	init_completion(&there);
	complete(&here);
	wait_for_completion(&here);
	complete(&there);
	wait_for_completion(&there);
	complete(&here);
}

KTEST(lockdep_completion_without_the_lock)
{
	mutex_lock(&other);
	mutex_unlock(&other);
	complete_all(&done);
	mutex_lock(&m);
	KEXPECT(wait_for_completion_timeout(&done, 1));
	mutex_unlock(&m);
}

static struct kobject *top;

static ssize_t locked_store(struct kobject *kobj, struct kobj_attribute *attr,
			    const char *buf, size_t count)
{
	mutex_lock(&m);
	mutex_unlock(&m);
	return count;
}

static struct kobj_attribute locked = __ATTR(locked, 0200, NULL, locked_store);
static struct kobj_attribute ignored = __ATTR_IGNORE_LOCKDEP(ignored, 0200, NULL, locked_store);

static void make_files(void)
{
	top = kobject_create_and_add("top", NULL);
	KEXPECT(top);
	KEXPECT_EQ(sysfs_create_file(top, &locked.attr), 0);
	KEXPECT_EQ(sysfs_create_file(top, &ignored.attr), 0);
	KEXPECT_EQ(tb_write("/sys/top/locked", "1"), 1);
	KEXPECT_EQ(tb_write("/sys/top/ignored", "1"), 1);
}

/* A store that takes the lock could be running. */
KTEST(lockdep_sysfs_removal)
{
	make_files();
	mutex_lock(&m);
	sysfs_remove_file(top, &ignored.attr);
	CIRCULAR("m", "kn->active");
	sysfs_remove_file(top, &locked.attr);
	mutex_unlock(&m);
	REPORTS(1);
	kobject_put(top);
}

KTEST(lockdep_sysfs_removal_of_the_directory)
{
	make_files();
	mutex_lock(&m);
	CIRCULAR("m", "kn->active");
	kobject_put(top);
	mutex_unlock(&m);
	REPORTS(1);
}

KTEST(lockdep_sysfs_removal_without_the_lock)
{
	make_files();
	mutex_lock(&other);
	sysfs_remove_file(top, &locked.attr);
	mutex_unlock(&other);
	kobject_put(top);
}

static ssize_t self_store(struct kobject *kobj, struct kobj_attribute *attr,
			  const char *buf, size_t count)
{
	sysfs_remove_file_self(kobj, &attr->attr);
	return count;
}

static struct kobj_attribute self = __ATTR(self, 0200, NULL, self_store);

/* It gives its reference up before; its own removal would wait for itself. */
KTEST(lockdep_sysfs_self_removal)
{
	make_files();
	KEXPECT_EQ(sysfs_create_file(top, &self.attr), 0);
	KEXPECT_EQ(tb_write("/sys/top/self", "1"), 1);
	kobject_put(top);
}
