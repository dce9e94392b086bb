// SPDX-License-Identifier: GPL-2.0-only
/* atomic_t, atomic64_t, xchg() and cmpxchg(). */
#include <linux/atomic.h>
#include <linux/kthread.h>
#include <linux/limits.h>
#include "ktest.h"

KTEST(atomic_arithmetic)
{
	atomic_t v = ATOMIC_INIT(5);

	KEXPECT_EQ(atomic_add_return(3, &v), 8);
	KEXPECT_EQ(atomic_sub_return(10, &v), -2);
	KEXPECT_EQ(atomic_fetch_add(2, &v), -2);
	KEXPECT_EQ(atomic_fetch_sub(1, &v), 0);
	KEXPECT_EQ(atomic_inc_return(&v), 0);
	KEXPECT_EQ(atomic_dec_return(&v), -1);
	atomic_set(&v, 0xf0);
	KEXPECT_EQ(atomic_fetch_or(0x0f, &v), 0xf0);
	KEXPECT_EQ(atomic_fetch_and(0x3c, &v), 0xff);
	KEXPECT_EQ(atomic_fetch_xor(0xff, &v), 0x3c);
	KEXPECT_EQ(atomic_fetch_andnot(0x03, &v), 0xc3);
	KEXPECT_EQ(atomic_read(&v), 0xc0);
	KEXPECT_EQ(atomic_xchg(&v, 7), 0xc0);
	KEXPECT_EQ(atomic_cmpxchg(&v, 6, 9), 7);
	KEXPECT_EQ(atomic_cmpxchg(&v, 7, 9), 7);
	KEXPECT_EQ(atomic_read(&v), 9);
}

KTEST(atomic_conditions)
{
	atomic_t v = ATOMIC_INIT(1);
	int old = 5;

	KEXPECT(atomic_dec_and_test(&v));
	KEXPECT(!atomic_inc_not_zero(&v));
	KEXPECT_EQ(atomic_dec_if_positive(&v), -1);
	KEXPECT_EQ(atomic_read(&v), 0);
	atomic_set(&v, 2);
	KEXPECT_EQ(atomic_dec_if_positive(&v), 1);
	KEXPECT(atomic_inc_not_zero(&v));
	KEXPECT(!atomic_add_unless(&v, 7, 2));
	KEXPECT(atomic_add_unless(&v, 7, 3));
	KEXPECT_EQ(atomic_fetch_add_unless(&v, 1, 9), 9);
	KEXPECT_EQ(atomic_read(&v), 9);
	KEXPECT(!atomic_sub_and_test(8, &v));
	KEXPECT(atomic_sub_and_test(1, &v));
	KEXPECT(atomic_add_negative(-1, &v));
	KEXPECT(atomic_inc_and_test(&v));
	KEXPECT(atomic_inc_unless_negative(&v));
	KEXPECT(!atomic_dec_unless_positive(&v));
	atomic_set(&v, -3);
	KEXPECT(!atomic_inc_unless_negative(&v));
	KEXPECT(atomic_dec_unless_positive(&v));
	KEXPECT(!atomic_try_cmpxchg(&v, &old, 1));
	KEXPECT_EQ(old, -4);
	KEXPECT(atomic_try_cmpxchg(&v, &old, 1));
}

KTEST(atomic_wraps)
{
	atomic_t v = ATOMIC_INIT(INT_MAX);
	atomic64_t w = ATOMIC64_INIT(S64_MAX);
	atomic_long_t l = ATOMIC_LONG_INIT(1);

	KEXPECT_EQ(atomic_inc_return(&v), INT_MIN);
	KEXPECT_EQ(atomic64_inc_return(&w), S64_MIN);
	KEXPECT_EQ(atomic64_dec_if_positive(&w), S64_MAX);
	KEXPECT_EQ(atomic64_read(&w), S64_MAX);
	KEXPECT_EQ(atomic_long_inc_return(&l), 2);
}

KTEST(atomic_scalars)
{
	u8 b = 0xfe;
	u16 h = 1;
	u32 w = 2;
	void *p = &b, *q;

	KEXPECT_EQ(xchg(&b, 3), 0xfe);
	KEXPECT_EQ(cmpxchg(&h, 1, 0xffff), 1);
	KEXPECT_EQ(h, 0xffff);
	KEXPECT_EQ(cmpxchg(&w, 1, 5), 2);
	KEXPECT_EQ(w, 2);
	q = xchg(&p, NULL);
	KEXPECT(q == &b && !p);
	q = &h;
	KEXPECT(!try_cmpxchg(&p, &q, &w));
	KEXPECT(!q);
	KEXPECT(try_cmpxchg(&p, &q, &w));
	KEXPECT(p == &w);
}

static atomic_t shared;

static int add_many(void *arg)
{
	int i, old;

	for (i = 0; i < 300; i++) {
		atomic_inc(&shared);
		old = atomic_read(&shared);
		while (!atomic_try_cmpxchg(&shared, &old, old + 2))
			;
		atomic_add_unless(&shared, -1, -1);
	}
	return 1;
}

KTEST(atomic_loses_nothing)
{
	struct task_struct *t[3];
	int i, ran;

	for (i = 0; i < 3; i++)
		t[i] = kthread_run(add_many, NULL, "add/%d", i);
	ran = add_many(NULL);
	for (i = 0; i < 3; i++)
		ran += kthread_stop(t[i]) == 1;	/* or it never ran */
	KEXPECT_EQ(atomic_read(&shared), 600 * ran);
}
