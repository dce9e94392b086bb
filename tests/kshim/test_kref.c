// SPDX-License-Identifier: GPL-2.0-only
/* kref: who releases, and under which lock. */
#include <linux/kernel.h>
#include <linux/kref.h>
#include "ktest.h"

static int released;
static DEFINE_MUTEX(lock);
static DEFINE_SPINLOCK(slock);

static void release(struct kref *k)
{
	KEXPECT_EQ(kref_read(k), 0);
	released++;
}

static void release_unlock(struct kref *k)
{
	KEXPECT(mutex_is_locked(&lock));
	released++;
	mutex_unlock(&lock);
}

static void release_spin(struct kref *k)
{
	KEXPECT(spin_is_locked(&slock));
	released++;
	spin_unlock(&slock);
}

KTEST(kref_get_put)
{
	struct kref k;

	kref_init(&k);
	kref_get(&k);
	KEXPECT_EQ(kref_read(&k), 2);
	KEXPECT_EQ(kref_put(&k, release), 0);
	KEXPECT_EQ(released, 0);
	KEXPECT(kref_get_unless_zero(&k));
	KEXPECT_EQ(kref_put(&k, release), 0);
	KEXPECT_EQ(kref_put(&k, release), 1);
	KEXPECT_EQ(released, 1);
	KEXPECT(!kref_get_unless_zero(&k));
}

KTEST(kref_put_locked)
{
	struct kref k = KREF_INIT(2);

	KEXPECT_EQ(kref_put_mutex(&k, release_unlock, &lock), 0);
	KEXPECT(!mutex_is_locked(&lock));
	KEXPECT_EQ(kref_put_mutex(&k, release_unlock, &lock), 1);
	kref_init(&k);
	KEXPECT_EQ(kref_put_lock(&k, release_spin, &slock), 1);
	KEXPECT_EQ(released, 2);
}

KTEST(kref_double_put)
{
	struct kref k = KREF_INIT(1);

	ktest_expect_report("refcount", "underflow; use-after-free");
	kref_put(&k, release);
	KEXPECT_EQ(kref_put(&k, release), 0);
	KEXPECT_EQ(released, 1);
}
