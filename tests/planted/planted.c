// SPDX-License-Identifier: GPL-2.0-only
/*
 * One mistake per ioctl number, at least one for each oracle: what a user of
 * /dev/planted gets is the report that tests/run/oracles.sh expects. Linked
 * into test guests only. Numbers ending in 1 are the other party of the
 * mistake before them.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/iommu.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kmod.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "../../drivers/contract.h"

struct thing {
	struct mutex lock;
	u32 value;
};

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);
static DECLARE_COMPLETION(ready);
static DECLARE_COMPLETION(set);
static DECLARE_COMPLETION(answered);
static DECLARE_RWSEM(sem);
static DEFINE_SPINLOCK(spin);
static LIST_HEAD(list);
static LIST_HEAD(entry);
static refcount_t ref = REFCOUNT_INIT(1);
static struct thing *shared, *question;
static struct thing *volatile nothing;
static volatile unsigned int zero;
static int turn;
static int counter;

static struct miscdevice planted_dev;

static void lock_both(struct mutex *a, struct mutex *b)
{
	mutex_lock(a);
	mutex_lock(b);
	mutex_unlock(b);
	mutex_unlock(a);
}

static long memory(unsigned int cmd)
{
	struct thing *t = kzalloc(sizeof(*t), GFP_KERNEL);
	u8 *bytes = (u8 *)t;

	if (!t)
		return -ENOMEM;

	switch (cmd) {
	case 10:	/* use after free, by one task alone */
		kfree(t);
		return READ_ONCE(t->value);
	case 20:	/* one task uses what another one frees */
		if (shared)
			WRITE_ONCE(shared->value, 1);
		break;
	case 21:
		swap(t, shared);
		break;
	case 30:	/* double free */
		kfree(t);
		break;
	case 40:	/* out of bounds */
		bytes[sizeof(*t)] = 1;
		break;
	case 50:	/* leak */
		return 0;
	case 60:	/* freed with a lock held */
		mutex_init(&t->lock);
		mutex_lock(&t->lock);
		break;
	case 70:	/* error path that forgets what it has */
		bytes = kmalloc(100, GFP_KERNEL);
		if (!bytes)
			return -ENOMEM;
		kfree(bytes);
		break;
	case 80:	/* error path that goes on */
		bytes = kmalloc(100, GFP_KERNEL);
		if (!bytes)
			kfree(t);
		kfree(bytes);
		WRITE_ONCE(t->value, 1);
		break;
	case 90:	/* error path that frees what the task of 20 uses */
		bytes = kmalloc(100, GFP_KERNEL);
		if (!bytes)
			swap(t, shared);
		kfree(bytes);
		break;
	case 92:	/* gives up on one that is only late, which still uses it */
		WRITE_ONCE(question, t);
		wait_for_completion_timeout(&answered, HZ);
		WRITE_ONCE(question, NULL);
		break;
	}
	kfree(t);
	return 0;
}

static long locks(unsigned int cmd)
{
	switch (cmd) {
	case 100:	/* unlocked by somebody who does not have it */
		mutex_unlock(&first);
		break;
	case 110:	/* never unlocked */
		mutex_lock(&first);
		break;
	case 120:	/* each waits for the other */
		wait_for_completion(&ready);
		complete(&set);
		break;
	case 121:
		wait_for_completion(&set);
		complete(&ready);
		break;
	case 130:
		up_write(&sem);
		break;
	case 140:
		spin_lock(&spin);
		spin_unlock(&spin);
		spin_unlock(&spin);
		break;
	case 150:	/* sleeping in atomic context */
		spin_lock(&spin);
		msleep(1);
		spin_unlock(&spin);
		break;
	case 160:
		rcu_read_lock();
		synchronize_rcu();
		rcu_read_unlock();
		break;
	case 170:	/* two orders */
		lock_both(&first, &second);
		break;
	case 171:
		lock_both(&second, &first);
		break;
	case 180:	/* recursion */
		lock_both(&first, &first);
		break;
	case 190:	/* waits with a lock that the completer has to have */
		mutex_lock(&first);
		wait_for_completion(&ready);
		mutex_unlock(&first);
		break;
	case 191:
		mutex_lock(&first);
		mutex_unlock(&first);
		complete(&ready);
		break;
	case 350:	/* a counter that both tasks count up */
		counter++;
		break;
	}
	return 0;
}

static long others(unsigned int cmd)
{
	static struct iommu_domain domain;
	struct iommu_group *group;
	struct thing *late;
	struct page *page;

	switch (cmd) {
	case 200:
		list_add(&entry, &list);
		list_add(&entry, &list);
		break;
	case 210:
		refcount_inc(&ref);
		refcount_dec(&ref);
		refcount_dec(&ref);
		break;
	case 220:
		WARN_ON(1);
		break;
	case 230:
		BUG();
		break;
	case 240:
		return nothing->value;
	case 241:	/* of something else */
		return nothing[1].value;
	case 242:	/* of the same, elsewhere */
		nothing->value = 1;
		break;
	case 250:	/* wild pointer */
		return *(volatile int *)0x123456789000UL;
	case 260:
		return 100 / zero;
	case 270:	/* a lost wake-up, with a timeout that hides it */
		while (!READ_ONCE(turn))
			schedule_timeout_uninterruptible(10 * HZ);
		break;
	case 280:	/* each waits for the other to move */
		while (!READ_ONCE(turn))
			cpu_relax();
		break;
	case 290:	/* a loop without a point */
		for (;;)
			barrier();
	case 300:	/* a callback for a device that was never registered */
		trace_vfio_contract(planted_dev.this_device, CONTRACT_CALL, 0);
		trace_vfio_contract(planted_dev.this_device, CONTRACT_CALLED, 0);
		break;
	case 310:	/* wrong result: the scenario's own oracle */
		return 1;
	case 320:	/* a domain that the group is not attached to */
		group = iommu_group_alloc();
		if (IS_ERR(group))
			return PTR_ERR(group);
		iommu_detach_group(&domain, group);
		iommu_group_put(group);
		break;
	case 330:	/* never pinned */
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return -ENOMEM;
		unpin_user_page(page);
		__free_page(page);
		break;
	case 340:	/* only a name here, and an error only with --strict */
		request_module("planted-more");
		break;
	case 371:	/* answers 92 */
		late = READ_ONCE(question);
		if (!late)
			break;
		late->value = 1;
		complete(&answered);
		break;
	case 360:	/* spins without a word; ends when the other one gets his turn */
		while (!READ_ONCE(turn))
			barrier();
		break;
	case 361:
		WRITE_ONCE(turn, 1);
		break;
	}
	return 0;
}

static long planted_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	if (cmd < 100)
		return memory(cmd);
	return cmd < 200 || cmd == 350 ? locks(cmd) : others(cmd);
}

static const struct file_operations planted_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = planted_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice planted_dev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "planted",
	.fops = &planted_fops,
	.mode = 0666,
};

static int __init planted_init(void)
{
	shared = kzalloc(sizeof(*shared), GFP_KERNEL);
	if (!shared)
		return -ENOMEM;
	return misc_register(&planted_dev);
}
module_init(planted_init);

static void __exit planted_exit(void)
{
	misc_deregister(&planted_dev);
	kfree(shared);
}
module_exit(planted_exit);
MODULE_LICENSE("GPL");
