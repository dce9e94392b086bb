// SPDX-License-Identifier: GPL-2.0-only
/*
 * The data-race detector: for each way in which the kernel orders two tasks, a
 * pair of programs that it orders, and the same pair without it. The first is
 * silent in every schedule, the second is told in the default one, where
 * nothing bad comes of it.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "ktest.h"

struct edge {
	const char *name;
	void (*a)(void);
	void (*b)(void);
};

static bool linked;		/* the order is there; false: left out */
static int data;		/* what the two fight over */
static struct completion ended;

static DEFINE_MUTEX(mutex);
static DEFINE_SPINLOCK(spin);
static DEFINE_RWLOCK(rwlock);
static DECLARE_RWSEM(rwsem);
static struct semaphore sem;
static DEFINE_SRCU(srcu);
static struct completion comp;
static atomic_t count;
static refcount_t ref;
static unsigned long bits;
static int flag;
static int *pointer, *block, one, two;
static struct work_struct work;
static struct timer_list timer;
static struct rcu_head head;
static struct task_struct *sleeper;
static struct { u8 first, second; u16 third; u32 fourth; } fields;

#define BOTH(name, lock, unlock)					\
static void name(void)							\
{									\
	if (linked)							\
		lock;							\
	data++;								\
	if (linked)							\
		unlock;							\
}

BOTH(by_mutex, mutex_lock(&mutex), mutex_unlock(&mutex))
BOTH(by_spinlock, spin_lock(&spin), spin_unlock(&spin))
BOTH(by_write_lock, write_lock(&rwlock), write_unlock(&rwlock))
BOTH(by_down_write, down_write(&rwsem), up_write(&rwsem))
BOTH(by_semaphore, down(&sem), up(&sem))

static int look;

static void read_lock_reader(void)
{
	read_lock(&rwlock);
	WRITE_ONCE(look, data);
	read_unlock(&rwlock);
}

static void rwsem_reader(void)
{
	down_read(&rwsem);
	WRITE_ONCE(look, data);
	up_read(&rwsem);
}

static void by_bit_lock(void)
{
	while (linked && test_and_set_bit_lock(0, &bits))
		cond_resched();
	data++;
	if (linked)
		clear_bit_unlock(0, &bits);
}

static void completes(void)
{
	data = 1;
	complete(&comp);
}

static void waits_for_completion(void)
{
	if (linked)
		wait_for_completion(&comp);
	data++;
}

static void asks_completion_done(void)
{
	if (linked ? completion_done(&comp) : READ_ONCE(comp.done))
		data++;
}

/* The store of these sides orders or not, the load as well. */
static void stores_release(void)
{
	data = 1;
	if (linked)
		smp_store_release(&flag, 1);
	else
		WRITE_ONCE(flag, 1);
}

static void loads_acquire(void)
{
	if (smp_load_acquire(&flag))
		data++;
}

static void stores_release_always(void)
{
	data = 1;
	smp_store_release(&flag, 1);
}

static void loads_acquire_or_not(void)
{
	if (linked ? smp_load_acquire(&flag) : READ_ONCE(flag))
		data++;
}

static void atomic_sets_release(void)
{
	data = 1;
	if (linked)
		atomic_set_release(&count, 1);
	else
		atomic_set(&count, 1);
}

static void atomic_reads_acquire(void)
{
	if (atomic_read_acquire(&count))
		data++;
}

/* Whoever is second comes after the first. */
static void counts_in_order(void)
{
	if (linked ? atomic_inc_return(&count) == 2 : atomic_inc_return_relaxed(&count) == 2)
		data++;
	else if (!linked)
		data++;
}

static void counts_first(void)
{
	data = 1;
	if (linked)
		atomic_inc_return(&count);
	else
		atomic_inc(&count);
}

static void counts_second(void)
{
	if (atomic_dec_if_positive(&count) >= 0)
		data++;
}

static void exchanges_first(void)
{
	data = 1;
	if (linked)
		xchg(&flag, 1);
	else
		xchg_relaxed(&flag, 1);
}

static void exchanges_second(void)
{
	if (cmpxchg(&flag, 1, 2) == 1)
		data++;
}

static void puts_reference(void)
{
	WRITE_ONCE(look, data);		/* the last use */
	if (linked ? refcount_dec_and_test(&ref) : atomic_sub_return_relaxed(1, &ref.refs) == 0)
		data = -1;		/* the destructor */
}

static void takes_unless_zero(void)
{
	data = 1;
	if (refcount_inc_not_zero(&ref))
		data = 2;
}

static void rcu_reads(void)
{
	int *p;

	rcu_read_lock();
	p = rcu_dereference(pointer);
	if (p)
		WRITE_ONCE(look, *p);
	rcu_read_unlock();
}

static void rcu_takes_away(void)
{
	int *p = xchg_relaxed(&pointer, NULL);

	if (linked)
		synchronize_rcu();
	*p = 5;
}

static void rcu_callback(struct rcu_head *unused)
{
	one = 5;
	complete(&comp);
}

static void rcu_takes_away_later(void)
{
	WRITE_ONCE(pointer, NULL);
	if (!linked)
		one = 5;
	call_rcu(&head, rcu_callback);
	wait_for_completion(&comp);
}

static void rcu_publishes(void)
{
	two = 7;
	if (linked)
		rcu_assign_pointer(pointer, &two);
	else
		WRITE_ONCE(pointer, &two);
}

static void srcu_reads(void)
{
	int idx = srcu_read_lock(&srcu), *p = srcu_dereference(pointer, &srcu);

	if (p)
		WRITE_ONCE(look, *p);
	srcu_read_unlock(&srcu, idx);
}

static void srcu_takes_away(void)
{
	int *p = xchg_relaxed(&pointer, NULL);

	if (linked)
		synchronize_srcu(&srcu);
	*p = 5;
}

static void work_fn(struct work_struct *unused)
{
	data++;
}

static void queues_and_flushes(void)
{
	data = 1;
	queue_work(system_wq, &work);
	if (linked)
		flush_work(&work);
	data = 2;
	flush_work(&work);
}

static void queues_and_cancels(void)
{
	data = 1;
	queue_work(system_wq, &work);
	schedule_timeout_uninterruptible(1);
	if (linked)
		cancel_work_sync(&work);
	data = 2;
	flush_work(&work);
}

static void timer_fn(struct timer_list *unused)
{
	data++;
}

static void sets_and_deletes(void)
{
	data = 1;
	mod_timer(&timer, jiffies + 1);
	schedule_timeout_uninterruptible(3);
	if (linked)
		timer_delete_sync(&timer);
	data = 2;
	timer_delete_sync(&timer);
}

static int child(void *unused)
{
	data++;
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void makes_and_stops(void)
{
	struct task_struct *t;

	data = 1;
	t = kthread_run(child, NULL, "child");
	schedule_timeout_uninterruptible(1);
	if (linked)
		kthread_stop(t);
	data = 2;
	if (!linked)
		kthread_stop(t);
}

/* The second one is asleep when the first one comes to wake it. */
static void wakes(void)
{
	schedule_timeout_uninterruptible(2);
	data = 1;
	if (linked)
		wake_up_process(READ_ONCE(sleeper));
}

static void is_woken(void)
{
	WRITE_ONCE(sleeper, current);
	schedule_timeout_uninterruptible(linked ? 100 : 5);
	data++;
}

static void uses(void)
{
	int *p;

	if (linked)
		mutex_lock(&mutex);
	p = READ_ONCE(block);
	if (p)
		WRITE_ONCE(look, READ_ONCE(*p));
	if (linked)
		mutex_unlock(&mutex);
}

static void frees(void)
{
	int *p;

	mutex_lock(&mutex);
	p = READ_ONCE(block);
	WRITE_ONCE(block, NULL);
	mutex_unlock(&mutex);
	kfree(p);
}

static void copies(void)
{
	if (linked)
		mutex_lock(&mutex);
	memcpy(block, &one, sizeof(one));
	if (linked)
		mutex_unlock(&mutex);
}

static void marked_or_not(void)
{
	if (linked)
		WRITE_ONCE(data, 1);
	else
		data = 1;
}

static void marked(void)
{
	WRITE_ONCE(data, READ_ONCE(data) + 1);
}

static void first_field(void)
{
	fields.first++;
	fields.fourth = 4;
}

static void other_fields(void)
{
	fields.second++;
	fields.third++;
	if (!linked)
		fields.first = 1;
}

static void overlaps(void)
{
	if (linked)
		fields.fourth++;
	else
		((u8 *)&fields.fourth)[3] = 1;
}

static const struct edge edges[] = {
	{ "mutex", by_mutex, by_mutex },
	{ "spinlock", by_spinlock, by_spinlock },
	{ "write_lock", by_write_lock, by_write_lock },
	{ "read_lock against write_lock", read_lock_reader, by_write_lock },
	{ "down_write", by_down_write, by_down_write },
	{ "down_read against down_write", rwsem_reader, by_down_write },
	{ "semaphore", by_semaphore, by_semaphore },
	{ "bit lock", by_bit_lock, by_bit_lock },
	{ "complete to wait_for_completion", completes, waits_for_completion },
	{ "complete to completion_done", completes, asks_completion_done },
	{ "smp_store_release", stores_release, loads_acquire },
	{ "smp_load_acquire", stores_release_always, loads_acquire_or_not },
	{ "atomic_set_release", atomic_sets_release, atomic_reads_acquire },
	{ "atomic_inc_return, both", counts_in_order, counts_in_order },
	{ "atomic_inc_return", counts_first, counts_second },
	{ "xchg to cmpxchg", exchanges_first, exchanges_second },
	{ "refcount_dec_and_test", puts_reference, puts_reference },
	{ "kfree", uses, frees },
	{ "memcpy", copies, copies },
	{ "marked against marked", marked, marked_or_not },
	{ "fields of one word", first_field, other_fields },
	{ "synchronize_rcu", rcu_reads, rcu_takes_away },
	{ "call_rcu", rcu_reads, rcu_takes_away_later },
	{ "rcu_assign_pointer", rcu_publishes, rcu_reads },
	{ "synchronize_srcu", srcu_reads, srcu_takes_away },
	{ "work, flush_work", queues_and_flushes, NULL },
	{ "work, cancel_work_sync", queues_and_cancels, NULL },
	{ "timer, timer_delete_sync", sets_and_deletes, NULL },
	{ "kthread, kthread_stop", makes_and_stops, NULL },
	{ "wake_up_process", wakes, is_woken },
	{ NULL, NULL, NULL }
};

/* What orders nothing, whatever it looks like. */
static void shared_down_read(void)
{
	down_read(&rwsem);
	data++;
	up_read(&rwsem);
}

static void completes_then_writes(void)
{
	complete(&comp);
	data = 1;
}

static void waits_then_writes(void)
{
	wait_for_completion(&comp);
	data++;
}

static void plain_rmw(void)
{
	data = 1;
	atomic_inc(&count);
	set_bit(0, &bits);
	WRITE_ONCE(flag, 1);
}

static void plain_looks(void)
{
	if (atomic_read(&count) && READ_ONCE(flag))
		data++;
}

static void bit_looks(void)
{
	if (test_bit(0, &bits))
		data++;
}

static void writes(void)
{
	data = 1;
}

static void waits_in_vain(void)
{
	if (!wait_for_completion_timeout(&comp, 1))
		data++;
}

static void fails_cmpxchg(void)
{
	cmpxchg(&flag, 3, 4);
	data++;
}

static const struct edge no_edges[] = {
	{ "two readers that write", shared_down_read, shared_down_read },
	{ "behind complete()", completes_then_writes, waits_then_writes },
	{ "atomic_inc, atomic_read", plain_rmw, plain_looks },
	{ "set_bit, test_bit", plain_rmw, bit_looks },
	{ "refcount_inc_not_zero", takes_unless_zero, takes_unless_zero },
	{ "wait_for_completion_timeout in vain", writes, waits_in_vain },
	{ "a cmpxchg that fails", fails_cmpxchg, fails_cmpxchg },
	{ "a part of a field", first_field, overlaps },
	{ NULL, NULL, NULL }
};

static void reset(void)
{
	init_completion(&comp);
	sema_init(&sem, 1);
	init_completion(&ended);
	atomic_set(&count, 0);
	refcount_set(&ref, 2);
	bits = 0;
	WRITE_ONCE(flag, 0);
	one = two = 1;
	WRITE_ONCE(pointer, &one);
	WRITE_ONCE(block, kzalloc(sizeof(*block), GFP_KERNEL));
	INIT_WORK(&work, work_fn);
	timer_setup(&timer, timer_fn, 0);
}

static int run_side(void *fn)
{
	((void (*)(void))fn)();
	complete(&ended);
	return 0;
}

/* Return: pairs of places that were found to race. */
static unsigned int race(const struct edge *e)
{
	unsigned int before = ktest_races();

	reset();
	kthread_run(run_side, e->a, "a");
	if (e->b)
		kthread_run(run_side, e->b, "b");
	wait_for_completion(&ended);
	if (e->b)
		wait_for_completion(&ended);
	return ktest_races() - before;
}

static void all_silent(unsigned int first, unsigned int last)
{
	const struct edge *e;

	linked = true;
	for (e = edges + first; e->name && e < edges + last; e++)
		if (race(e))
			ktest_fail(__FILE__, __LINE__, "%s: told to race", e->name);
}

/* In parts: a run has only so many tasks. */
KTEST_FLAGS(race_edges_order_1, KTEST_NO_PARALLEL)
{
	all_silent(0, 16);
}

KTEST_FLAGS(race_edges_order_2, KTEST_NO_PARALLEL)
{
	all_silent(16, 64);
}

static void all_told(const struct edge *e, unsigned int n)
{
	for (; n-- && e->name; e++)
		if (!race(e))
			ktest_fail(__FILE__, __LINE__, "%s: not told", e->name);
}

KTEST_FLAGS(race_without_edges_1, KTEST_NO_PARALLEL | KTEST_DEFAULT_ONLY)
{
	all_told(edges, 16);
}

KTEST_FLAGS(race_without_edges_2, KTEST_NO_PARALLEL | KTEST_DEFAULT_ONLY)
{
	all_told(edges + 16, 64);
}

KTEST_FLAGS(race_what_orders_nothing, KTEST_NO_PARALLEL | KTEST_DEFAULT_ONLY)
{
	linked = true;
	all_told(no_edges, 64);
}
