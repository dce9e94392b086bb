// SPDX-License-Identifier: GPL-2.0-only
/* refcount_t: counting, saturation and what it says about it. */
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include "ktest.h"

KTEST(refcount_counts)
{
	refcount_t r = REFCOUNT_INIT(1);

	refcount_inc(&r);
	refcount_add(3, &r);
	KEXPECT_EQ(refcount_read(&r), 5);
	refcount_dec(&r);
	KEXPECT(!refcount_sub_and_test(3, &r));
	KEXPECT(!refcount_dec_not_one(&r));
	KEXPECT(refcount_inc_not_zero(&r));
	KEXPECT(!refcount_dec_if_one(&r));
	KEXPECT(refcount_dec_not_one(&r));
	KEXPECT(refcount_dec_if_one(&r));
	KEXPECT(!refcount_inc_not_zero(&r));
	KEXPECT(!refcount_add_not_zero(5, &r));
	KEXPECT_EQ(refcount_read(&r), 0);
	refcount_set(&r, 1);
	KEXPECT(refcount_dec_and_test(&r));
}

KTEST(refcount_limit_is_legal)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_MAX - 1);

	refcount_inc(&r);
	KEXPECT_EQ(refcount_read(&r), REFCOUNT_MAX);
}

KTEST(refcount_saturates_on_overflow)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_MAX);

	ktest_expect_report("refcount", "refcount_t: saturated; leaking memory.");
	refcount_inc(&r);
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	/* It stays there, and this kind of warning came already. */
	refcount_inc(&r);
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	ktest_expect_report("refcount", "refcount_t: underflow; use-after-free.");
	KEXPECT(!refcount_dec_and_test(&r));
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	KEXPECT_EQ(ktest_reports("refcount"), 2);
}

KTEST(refcount_saturates_on_inc_not_zero)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_MAX);

	ktest_expect_report("refcount", "refcount_t: saturated; leaking memory.");
	KEXPECT(refcount_inc_not_zero(&r));
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	KEXPECT(refcount_dec_not_one(&r));
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
}

KTEST(refcount_addition_on_zero)
{
	refcount_t r = REFCOUNT_INIT(0), q = REFCOUNT_INIT(0);

	ktest_expect_report("refcount", "refcount_t: addition on 0; use-after-free.");
	refcount_inc(&r);
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	/* Once per kind, not per counter. */
	refcount_add(2, &q);
	KEXPECT_EQ((int)refcount_read(&q), REFCOUNT_SATURATED);
	KEXPECT_EQ(ktest_reports("refcount"), 1);
}

KTEST(refcount_underflow)
{
	refcount_t r = REFCOUNT_INIT(0);

	ktest_expect_report("refcount", "refcount_t: underflow; use-after-free.");
	KEXPECT(!refcount_dec_and_test(&r));
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
}

KTEST(refcount_underflow_of_sub)
{
	refcount_t r = REFCOUNT_INIT(2);

	ktest_expect_report("refcount", "refcount_t: underflow; use-after-free.");
	KEXPECT(!refcount_sub_and_test(3, &r));
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
}

KTEST(refcount_dec_to_zero)
{
	refcount_t r = REFCOUNT_INIT(1);

	ktest_expect_report("refcount", "refcount_t: decrement hit 0; leaking memory.");
	refcount_dec(&r);
	KEXPECT_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
}

KTEST(refcount_dec_not_one_of_zero)
{
	refcount_t r = REFCOUNT_INIT(0);

	ktest_expect_report("refcount", "refcount_t: underflow; use-after-free.");
	KEXPECT(refcount_dec_not_one(&r));
	KEXPECT_EQ(refcount_read(&r), 0);
}

KTEST(refcount_mutex_lock)
{
	refcount_t r = REFCOUNT_INIT(2);
	spinlock_t s = __SPIN_LOCK_UNLOCKED(s);
	struct mutex m;
	unsigned long flags;

	mutex_init(&m);
	KEXPECT(!refcount_dec_and_mutex_lock(&r, &m));
	KEXPECT(!mutex_is_locked(&m));
	KEXPECT(refcount_dec_and_mutex_lock(&r, &m));
	KEXPECT(mutex_is_locked(&m) && !refcount_read(&r));
	mutex_unlock(&m);
	refcount_set(&r, 1);
	KEXPECT(refcount_dec_and_lock_irqsave(&r, &s, &flags));
	KEXPECT(spin_is_locked(&s));
	spin_unlock_irqrestore(&s, flags);
}

static refcount_t shared;
static atomic_t released;

static int get_and_put(void *arg)
{
	int i;

	for (i = 0; i < 10; i++) {
		refcount_inc(&shared);
		if (refcount_dec_and_test(&shared))
			atomic_inc(&released);
	}
	if (refcount_dec_and_test(&shared))
		atomic_inc(&released);
	return 0;
}

KTEST(refcount_one_release)
{
	struct task_struct *t[2];
	int i;

	refcount_set(&shared, 3);
	for (i = 0; i < 2; i++)
		t[i] = kthread_run(get_and_put, NULL, "ref/%d", i);
	get_and_put(NULL);
	for (i = 0; i < 2; i++)
		if (kthread_stop(t[i]) && refcount_dec_and_test(&shared))
			atomic_inc(&released);	/* never ran */
	KEXPECT_EQ(atomic_read(&released), 1);
	KEXPECT_EQ(refcount_read(&shared), 0);
}
