// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timers.
 *
 * The kernel: a timer runs once, at or after the tick it was set to, in
 * atomic context; it is not pending any more while its function runs, which
 * may set it again; timer_delete() does not wait for a running function,
 * timer_delete_sync() does; a timer that was shut down cannot be set again.
 *
 * Here: one task runs all of them in the order of their expiry, preemption
 * off. Deleting a timer synchronously from its own function, a deadlock in
 * the kernel, gives a warning. Not here: per-CPU bases, deferrable timers.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/timer.h>

#include "lib/rmw.h"
#include "locking/lockdep.h"
#include "sched/sched.h"

static LIST_HEAD(timers);			/* by expiry */
static struct task_struct *timerd;
static bool timerd_starting;
static struct timer_list *running;
static struct task_struct *deleter;		/* waits for the running one */

/* Under the lock. */
static bool unlink_timer(struct timer_list *timer)
{
	if (list_empty(&timer->entry))
		return false;
	list_del_init(&timer->entry);
	return true;
}

static int run_timers(void *unused)
{
	struct timer_list *t;
	void (*fn)(struct timer_list *t);
	struct task_struct *waiter;
	long left;

	for (;;) {
		kshim_obj_lock(&timers);
		t = list_first_entry_or_null(&timers, struct timer_list, entry);
		if (t && unlikely(!kshim_addressable(t, sizeof(*t)))) {
			kshim_obj_unlock(&timers);
			kshim_check(t, 0);
		}
		if (!t || time_before(jiffies, t->expires)) {
			left = t ? (long)(t->expires - jiffies) : MAX_SCHEDULE_TIMEOUT;
			kshim_set_current_state(TASK_IDLE);
			kshim_obj_unlock(&timers);
			schedule_timeout(left);
			continue;
		}
		unlink_timer(t);
		fn = t->function;
		running = t;
		kshim_hb_detach();
		kshim_hb_acquire(t);
		kshim_hb_acquire((char *)t + 1);
		kshim_obj_unlock(&timers);

		preempt_disable();
		kshim_lock_new_context(kshim_current()->ktask);
		kshim_point(KSHIM_CALL, t, 0);
		fn(t);
		preempt_enable();

		kshim_hb_release((char *)t + 1);
		kshim_obj_lock(&timers);
		running = NULL;
		waiter = deleter;
		deleter = NULL;
		kshim_obj_unlock(&timers);
		if (waiter)
			kshim_try_to_wake_up(waiter, TASK_UNINTERRUPTIBLE);
	}
	return 0;
}

static void start_timerd(void)
{
	struct task_struct *t;

	if (kshim_rmw_xchg(&timerd_starting, true))
		return;
	t = kshim_kthread_create(run_timers, NULL, KSHIM_TASK_DAEMON, "ktimers/0");
	if (WARN_ONCE(IS_ERR(t), "no task left for timers: they will not run\n"))
		return;
	__atomic_store_n(&timerd, t, __ATOMIC_RELEASE);
	__atomic_store_n(&t->started, 1, __ATOMIC_RELEASE);
	kshim_unpark(t->ktask);
}

/**
 * init_timer_key() - behind timer_setup()
 * @timer:	filled
 * @func:	runs on expiry, atomic context
 * @flags:	TIMER_*
 */
void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags)
{
	kshim_check(timer, 1);
	INIT_LIST_HEAD(&timer->entry);
	timer->function = func;
	timer->flags = flags;
	timer->expires = 0;
}

static int set_timer(struct timer_list *timer, unsigned long expires,
		     bool only_pending, bool only_earlier)
{
	struct list_head *at;
	bool was_pending, first;

	kshim_point(KSHIM_WAKE, timer, sizeof(*timer));
	if (!timerd)
		start_timerd();
	kshim_obj_lock(&timers);
	kshim_hb_both(timer);
	was_pending = !list_empty(&timer->entry);
	if (!timer->function || (only_pending && !was_pending) ||
	    (only_earlier && was_pending && !time_before(expires, timer->expires))) {
		kshim_obj_unlock(&timers);
		return was_pending;
	}
	unlink_timer(timer);
	timer->expires = expires;
	for (at = timers.prev; at != &timers; at = at->prev)
		if (!time_before(expires, list_entry(at, struct timer_list, entry)->expires))
			break;
	list_add(&timer->entry, at);
	first = timers.next == &timer->entry;
	kshim_obj_unlock(&timers);
	if (first && timerd)
		kshim_try_to_wake_up(timerd, TASK_UNINTERRUPTIBLE);
	return was_pending;
}

/**
 * mod_timer() - set a timer, pending or not
 * @timer:	timer
 * @expires:	in jiffies, absolute
 *
 * Context: any. Return: 1 when it was pending.
 */
int mod_timer(struct timer_list *timer, unsigned long expires)
{
	return set_timer(timer, expires, false, false);
}

int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	return set_timer(timer, expires, true, false);
}

int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	return set_timer(timer, expires, false, true);
}

/**
 * add_timer() - set a timer that is not pending to its @expires
 * @timer:	timer
 */
void add_timer(struct timer_list *timer)
{
	if (WARN_ON_ONCE(timer_pending(timer)))
		return;
	mod_timer(timer, timer->expires);
}

static int delete(struct timer_list *timer, bool sync, bool shutdown)
{
	int ret;

	kshim_point(KSHIM_WAKE, timer, sizeof(*timer));
	kshim_obj_lock(&timers);
	kshim_hb_both(timer);
	ret = unlink_timer(timer);
	if (shutdown)
		timer->function = NULL;
	while (sync && running == timer) {
		if (WARN_ON(kshim_current() == timerd)) {
			/* Would never end. */
			kshim_obj_unlock(&timers);
			return ret;
		}
		if (deleter && deleter != kshim_current()) {
			/* One waits already: let it go first. */
			kshim_obj_unlock(&timers);
			kshim_point(KSHIM_YIELD, NULL, 0);
			kshim_obj_lock(&timers);
			continue;
		}
		deleter = kshim_current();
		kshim_set_current_state(TASK_UNINTERRUPTIBLE);
		kshim_obj_unlock(&timers);
		schedule();
		kshim_obj_lock(&timers);
		ret |= unlink_timer(timer);
	}
	if (sync)
		kshim_hb_acquire((char *)timer + 1);
	kshim_obj_unlock(&timers);
	return ret;
}

/**
 * timer_delete() - a timer shall not run any more
 * @timer:	timer; its function may still be running
 *
 * Context: any. Return: 1 when it was pending.
 */
int timer_delete(struct timer_list *timer)
{
	return delete(timer, false, false);
}

/**
 * timer_delete_sync() - the same, and its function is not running
 * @timer:	timer
 *
 * Context: not the timer's own function. Return: 1 when it was pending.
 */
int timer_delete_sync(struct timer_list *timer)
{
	return delete(timer, true, false);
}

int timer_shutdown(struct timer_list *timer)
{
	return delete(timer, false, true);
}

int timer_shutdown_sync(struct timer_list *timer)
{
	return delete(timer, true, true);
}

void kshim_timer_reset(void)
{
	timerd = NULL;
	timerd_starting = false;
	running = NULL;
	deleter = NULL;
}
