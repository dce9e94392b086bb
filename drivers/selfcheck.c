// SPDX-License-Identifier: GPL-2.0-only
/*
 * The mistakes that every campaign has to find before it may call anything
 * clean. Each needs two tasks and at least one switch at the wrong place; none
 * shows when they run one after the other. The ioctl's number says which: odd
 * for one task, the even one behind it for the other.
 */
#include <linux/compiler.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct shared {
	struct mutex lock;
	int value;
};

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);
static struct shared *shared;
static int counter, finished;
static struct task_struct *sleeper;
static int event;
static int plain;

/* Read and written under the lock, but not in one piece. */
static void count_up(void)
{
	int v;

	mutex_lock(&first);
	v = counter;
	mutex_unlock(&first);
	mutex_lock(&first);
	counter = v + 1;
	WARN_ON(++finished == 2 && counter != 2);
	mutex_unlock(&first);
}

static void lock_both(struct mutex *a, struct mutex *b)
{
	mutex_lock(a);
	mutex_lock(b);
	mutex_unlock(b);
	mutex_unlock(a);
}

/* The state is announced after the test: a wake-up in between is lost. */
static void wait_for_event(void)
{
	int there;

	mutex_lock(&first);
	there = event;
	sleeper = current;
	mutex_unlock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	if (there)
		return;
	set_current_state(TASK_UNINTERRUPTIBLE);
	schedule();
}

static void announce_event(void)
{
	mutex_lock(&first);
	event = 1;
	if (sleeper)
		wake_up_process(sleeper);
	mutex_unlock(&first);
}

/* The pointer is read under the lock, what it points to is used outside. */
static void use_shared(void)
{
	struct shared *s;

	mutex_lock(&first);
	s = shared;
	mutex_unlock(&first);
	if (!s)
		return;
	mutex_lock(&s->lock);
	s->value++;
	mutex_unlock(&s->lock);
}

static void free_shared(void)
{
	struct shared *s;

	mutex_lock(&first);
	s = shared;
	shared = NULL;
	mutex_unlock(&first);
	kfree(s);
}

static long selfcheck_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case 0:		/* are memory accesses seen? */
#ifdef __SANITIZE_THREAD__
		return 1;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
		return 1;
#endif
#endif
		return 0;
	case 1:
	case 2:
		count_up();
		return 0;
	case 3:
		lock_both(&first, &second);
		return 0;
	case 4:
		lock_both(&second, &first);
		return 0;
	case 5:
		wait_for_event();
		return 0;
	case 6:
		announce_event();
		return 0;
	case 7:
		use_shared();
		return 0;
	case 8:
		free_shared();
		return 0;
	case 9:
	case 10:
		plain++;
		return 0;
	}
	return -ENOTTY;
}

static const struct file_operations selfcheck_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = selfcheck_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice selfcheck_dev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "selfcheck",
	.fops = &selfcheck_fops,
};

static int __init selfcheck_init(void)
{
	int ret;

	shared = kzalloc(sizeof(*shared), GFP_KERNEL);
	if (!shared)
		return -ENOMEM;
	mutex_init(&shared->lock);
	ret = misc_register(&selfcheck_dev);
	if (ret)
		kfree(shared);
	return ret;
}
module_init(selfcheck_init);

static void __exit selfcheck_exit(void)
{
	misc_deregister(&selfcheck_dev);
	kfree(shared);
}
module_exit(selfcheck_exit);
MODULE_LICENSE("GPL");
