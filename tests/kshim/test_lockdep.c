// SPDX-License-Identifier: GPL-2.0-only
/* The order of locks: what makes a cycle and what does not. */
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "ktest.h"

#define CIRCULAR(held, next)						\
	ktest_expect_report("lockdep", "possible circular locking dependency detected: " \
			    held " --> " next)
#define RECURSIVE(name)							\
	ktest_expect_report("lockdep", "possible recursive locking detected: " name)
#define REPORTS(n)	KEXPECT_EQ(ktest_reports("lockdep"), n)

static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);
static DEFINE_MUTEX(c);
static DECLARE_RWSEM(s);
static DEFINE_SPINLOCK(x);
static DEFINE_SPINLOCK(y);
static DEFINE_RWLOCK(rw);

static void both(struct mutex *outer, struct mutex *inner)
{
	mutex_lock(outer);
	mutex_lock(inner);
	mutex_unlock(inner);
	mutex_unlock(outer);
}

/* Nobody waits for anybody: the two come one after the other. */
KTEST(lockdep_two_orders)
{
	both(&a, &b);
	both(&a, &b);
	CIRCULAR("b", "a");
	both(&b, &a);
	REPORTS(1);
	both(&b, &a);
	REPORTS(2);
}

static int b_then_a(void *unused)
{
	both(&b, &a);
	return 0;
}

KTEST(lockdep_orders_of_two_tasks)
{
	struct task_struct *t = kthread_create(b_then_a, NULL, "t");

	both(&a, &b);
	CIRCULAR("b", "a");
	wake_up_process(t);
	kthread_stop(t);
	if (!ktest_reports("lockdep"))	/* it was stopped before it began */
		both(&b, &a);
	REPORTS(1);
}

KTEST(lockdep_cycle_of_three)
{
	both(&a, &b);
	both(&b, &c);
	CIRCULAR("c", "a");
	both(&c, &a);
	REPORTS(1);
}

KTEST(lockdep_one_order)
{
	both(&a, &b);
	both(&b, &c);
	both(&a, &c);
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&a);	/* not the other way round */
	mutex_lock(&c);
	mutex_unlock(&b);
	mutex_unlock(&c);
}

/* What is taken under a lock that others were let go of. */
KTEST(lockdep_unlocked_out_of_order)
{
	both(&c, &b);
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&a);
	CIRCULAR("b", "c");
	mutex_lock(&c);
	mutex_unlock(&c);
	mutex_unlock(&b);
	REPORTS(1);
	both(&c, &a);
}

KTEST(lockdep_same_lock_twice)
{
	RECURSIVE("x");
	/* only a try: taking it would be the end */
	spin_lock(&x);
	might_lock(&x);
	spin_unlock(&x);
	REPORTS(1);
	KEXPECT(spin_trylock(&x));
	KEXPECT(!spin_trylock(&x));
	spin_unlock(&x);
	REPORTS(1);
}

struct obj {
	struct mutex lock;
	struct obj *parent;
};

static void obj_init(struct obj *o)
{
	mutex_init(&o->lock);
}

/* One place of initialisation, one class. */
KTEST(lockdep_class_is_the_place)
{
	struct obj o[2];
	struct mutex other;

	obj_init(&o[0]);
	obj_init(&o[1]);
	mutex_init(&other);
	both(&o[0].lock, &other);
	both(&o[1].lock, &other);
	RECURSIVE("&o->lock");
	both(&o[0].lock, &o[1].lock);
	REPORTS(1);
}

KTEST(lockdep_orders_of_objects)
{
	struct obj o[2], p;

	obj_init(&o[0]);
	obj_init(&o[1]);
	mutex_init(&p.lock);
	both(&o[0].lock, &p.lock);
	CIRCULAR("&p.lock", "&o->lock");
	both(&p.lock, &o[1].lock);	/* another object, the same order */
	REPORTS(1);
}

KTEST(lockdep_subclass)
{
	struct obj o[2];

	obj_init(&o[0]);
	obj_init(&o[1]);
	mutex_lock(&o[0].lock);
	mutex_lock_nested(&o[1].lock, SINGLE_DEPTH_NESTING);
	mutex_unlock(&o[1].lock);
	mutex_unlock(&o[0].lock);
	CIRCULAR("&o->lock/1", "&o->lock");
	mutex_lock_nested(&o[1].lock, 1);
	mutex_lock(&o[0].lock);
	mutex_unlock(&o[0].lock);
	mutex_unlock(&o[1].lock);
	REPORTS(1);
}

KTEST(lockdep_nest_lock)
{
	struct obj o[3];
	int i;

	for (i = 0; i < 3; i++)
		obj_init(&o[i]);
	mutex_lock(&a);
	for (i = 0; i < 3; i++)
		mutex_lock_nest_lock(&o[i].lock, &a);
	for (i = 0; i < 3; i++)
		mutex_unlock(&o[i].lock);
	mutex_unlock(&a);
	RECURSIVE("&o->lock");
	mutex_lock(&o[0].lock);
	mutex_lock_nest_lock(&o[1].lock, &a);	/* which is not held */
	mutex_unlock(&o[1].lock);
	mutex_unlock(&o[0].lock);
	REPORTS(1);
}

static struct lock_class_key special;

KTEST(lockdep_class_of_its_own)
{
	struct obj o[3];

	obj_init(&o[0]);
	obj_init(&o[1]);
	obj_init(&o[2]);
	lockdep_set_class(&o[1].lock, &special);
	lockdep_set_subclass(&o[2].lock, 3);
	both(&o[0].lock, &o[1].lock);
	both(&o[0].lock, &o[2].lock);
	CIRCULAR("&o->lock/3", "&o->lock");
	both(&o[2].lock, &o[0].lock);
	REPORTS(1);
}

KTEST(lockdep_novalidate)
{
	struct obj o[2];

	obj_init(&o[0]);
	obj_init(&o[1]);
	lockdep_set_novalidate_class(&o[0].lock);
	lockdep_set_novalidate_class(&o[1].lock);
	both(&o[0].lock, &o[1].lock);
	both(&o[1].lock, &o[0].lock);
	both(&o[0].lock, &a);
	both(&a, &o[0].lock);
}

/* A trylock waits for nobody; but what comes after it may. */
KTEST(lockdep_trylock)
{
	mutex_lock(&a);
	KEXPECT(mutex_trylock(&b));
	mutex_unlock(&b);
	mutex_unlock(&a);
	both(&b, &a);
	mutex_lock(&b);
	KEXPECT(mutex_trylock(&c));
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&c);
	mutex_unlock(&b);
	CIRCULAR("a", "c");
	both(&a, &c);
	REPORTS(1);
}

/* A reader waits for a writer that waits for a reader. */
KTEST(lockdep_rwsem_reader_twice)
{
	RECURSIVE("s");
	down_read(&s);
	might_lock_read(&s);
	up_read(&s);
	REPORTS(1);
}

KTEST(lockdep_rwsem_reader_in_cycle)
{
	down_read(&s);
	mutex_lock(&a);
	mutex_unlock(&a);
	up_read(&s);
	mutex_lock(&a);
	CIRCULAR("a", "s");
	down_read(&s);
	up_read(&s);
	mutex_unlock(&a);
	REPORTS(1);
}

KTEST(lockdep_rwsem_downgraded)
{
	down_write(&s);
	downgrade_write(&s);
	lockdep_assert_held_read(&s);
	KEXPECT(!lockdep_is_held_type(&s, 0));
	mutex_lock(&a);
	mutex_unlock(&a);
	up_read(&s);
	CIRCULAR("a", "s");
	mutex_lock(&a);
	down_write(&s);
	lockdep_assert_held_write(&s);
	up_write(&s);
	mutex_unlock(&a);
	REPORTS(1);
	lockdep_assert_not_held(&s);
}

static struct lockdep_map rr = STATIC_LOCKDEP_MAP_INIT("rr", NULL);

/* Readers that pass a waiting writer wait for a writer only. */
KTEST(lockdep_recursive_readers)
{
	lock_map_acquire_read(&rr);
	lock_map_acquire_read(&rr);
	lock_map_release(&rr);
	mutex_lock(&a);
	mutex_unlock(&a);
	lock_map_release(&rr);
	mutex_lock(&a);
	lock_map_acquire_read(&rr);
	lock_map_release(&rr);
	CIRCULAR("a", "rr");
	lock_map_acquire(&rr);
	lock_map_release(&rr);
	mutex_unlock(&a);
	REPORTS(1);
}

/* In through a reader that passes writers, on from a reader: nobody waits. */
KTEST(lockdep_no_strong_path)
{
	mutex_lock(&a);
	lock_map_acquire_read(&rr);
	lock_map_release(&rr);
	mutex_unlock(&a);
	lock_map_acquire_read(&rr);
	mutex_lock(&b);
	mutex_unlock(&b);
	lock_map_release(&rr);
	both(&b, &a);		/* b -> a -> rr (read), rr (read) -> b */
	lock_map_acquire(&rr);
	CIRCULAR("rr", "b");	/* rr held exclusively: now it is one */
	mutex_lock(&b);
	mutex_unlock(&b);
	lock_map_release(&rr);
	REPORTS(1);
}

KTEST(lockdep_spinlocks)
{
	spin_lock(&x);
	spin_lock(&y);
	read_lock(&rw);
	read_unlock(&rw);
	spin_unlock(&y);
	spin_unlock(&x);
	write_lock(&rw);
	CIRCULAR("rw", "x");
	spin_lock(&x);
	spin_unlock(&x);
	write_unlock(&rw);
	REPORTS(1);
}

KTEST(lockdep_might_lock)
{
	mutex_lock(&a);
	might_lock(&b);
	mutex_unlock(&a);
	CIRCULAR("b", "a");
	both(&b, &a);
	REPORTS(1);
}

KTEST(lockdep_release_of_nothing)
{
	ktest_expect_report("lockdep", "bad unlock balance detected! rr");
	lock_map_release(&rr);
	REPORTS(1);
}

/* Locks that were never initialised have no order, and those on a stack none. */
KTEST(lockdep_without_class)
{
	struct rw_semaphore *z = kzalloc(2 * sizeof(*z), GFP_KERNEL);

	down_write(&z[0]);
	down_write(&z[1]);
	up_write(&z[1]);
	up_write(&z[0]);
	kfree(z);
}

KTEST(lockdep_switched_off)
{
	ktest_oracle_off("lockdep");
	both(&a, &b);
	both(&b, &a);
	lockdep_assert_held(({ mutex_lock(&a); &a; }));
	mutex_unlock(&a);
}
