// SPDX-License-Identifier: GPL-2.0-only
/*
 * refcount_t. Mirrors lib/refcount.c and linux/refcount.h.
 *
 * The kernel guarantees: a counter that would overflow, or that leaves 0
 * again, is set to REFCOUNT_SATURATED and stays about there, so that the
 * object leaks instead of being freed too early; each kind of mistake warns
 * once. dec_and_test orders what came before and, when it hits 0, what comes
 * after; inc_not_zero promises no order at all.
 *
 * Given: all of that ("once" is once per schedule). What runs has full order;
 * data-race detection sees what the kernel promises.
 */
#include <linux/refcount.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include "lib/rmw.h"

KSHIM_ORACLE(kshim_oracle_refcount, "refcount",
	     "refcount_t misuse: underflow, addition on 0, saturation");

enum { ADD_NOT_ZERO_OVF, ADD_OVF, ADD_UAF, SUB_UAF, DEC_LEAK, NOT_ONE_UAF, NR_WARN };

static const char *const texts[NR_WARN] = {
	[ADD_NOT_ZERO_OVF]	= "refcount_t: saturated; leaking memory.",
	[ADD_OVF]		= "refcount_t: saturated; leaking memory.",
	[ADD_UAF]		= "refcount_t: addition on 0; use-after-free.",
	[SUB_UAF]		= "refcount_t: underflow; use-after-free.",
	[DEC_LEAK]		= "refcount_t: decrement hit 0; leaking memory.",
	[NOT_ONE_UAF]		= "refcount_t: underflow; use-after-free.",
};

static bool warned[NR_WARN];

static noinline __cold void warn_once(int what)
{
	if (warned[what])
		return;
	warned[what] = true;
	kshim_report(&kshim_oracle_refcount, 0, "%s", texts[what]);
}

static noinline __cold void saturate(refcount_t *r, int what)
{
	WRITE_ONCE(r->refs.counter, REFCOUNT_SATURATED);
	kshim_note("refcount", r, 0, REFCOUNT_SATURATED);
	warn_once(what);
}

static __always_inline int fetch_add(refcount_t *r, int i)
{
	unsigned int old;

	kshim_point(KSHIM_ATOMIC, r, sizeof(*r));
	old = kshim_rmw_add((unsigned int *)&r->refs.counter, (unsigned int)i);
	if (i == 1 || i == -1)
		kshim_touch(i == 1 ? KSHIM_GET : KSHIM_PUT, r, sizeof(*r));
	kshim_note("refcount", r, (int)old, (int)(old + (unsigned int)i));
	return (int)old;
}

/* old + i with the kernel's wrapping arithmetic */
static __always_inline int plus(int old, int i)
{
	return (int)((unsigned int)old + (unsigned int)i);
}

static __always_inline void ref_add(int i, refcount_t *r)
{
	int old = fetch_add(r, i);

	if (unlikely(!old))
		saturate(r, ADD_UAF);
	else if (unlikely(old < 0 || plus(old, i) < 0))
		saturate(r, ADD_OVF);
}

static __always_inline bool ref_add_not_zero(int i, refcount_t *r)
{
	int old, got;

	kshim_point(KSHIM_ATOMIC, r, sizeof(*r));
	got = READ_ONCE(r->refs.counter);
	do {
		old = got;
		if (!old)
			return false;
		got = kshim_rmw_cmpxchg(&r->refs.counter, old, plus(old, i));
	} while (got != old);
	if (i == 1)
		kshim_touch(KSHIM_GET, r, sizeof(*r));
	kshim_note("refcount", r, old, plus(old, i));
	if (unlikely(old < 0 || plus(old, i) < 0))
		saturate(r, ADD_NOT_ZERO_OVF);
	return true;
}

static __always_inline bool ref_sub_and_test(int i, refcount_t *r)
{
	int old = fetch_add(r, -i);

	kshim_hb_release(r);
	if (old == i) {
		kshim_hb_acquire(r);
		return true;
	}
	if (unlikely(old < 0 || plus(old, -i) < 0))
		saturate(r, SUB_UAF);
	return false;
}

/**
 * refcount_add() - take references
 * @i:		how many
 * @r:		the counter, not 0
 */
void refcount_add(int i, refcount_t *r)
{
	ref_add(i, r);
}

/**
 * refcount_inc() - take a reference
 * @r:		the counter, not 0
 */
void refcount_inc(refcount_t *r)
{
	ref_add(1, r);
}

/**
 * refcount_add_not_zero() - take references unless there are none
 * @i:		how many
 * @r:		the counter
 *
 * Return: false when it was 0.
 */
bool refcount_add_not_zero(int i, refcount_t *r)
{
	return ref_add_not_zero(i, r);
}

/* As refcount_add_not_zero() for one reference. */
bool refcount_inc_not_zero(refcount_t *r)
{
	return ref_add_not_zero(1, r);
}

/**
 * refcount_sub_and_test() - give references back
 * @i:		how many
 * @r:		the counter
 *
 * Return: true when these were the last.
 */
bool refcount_sub_and_test(int i, refcount_t *r)
{
	return ref_sub_and_test(i, r);
}

/* As refcount_sub_and_test() for one reference. */
bool refcount_dec_and_test(refcount_t *r)
{
	return ref_sub_and_test(1, r);
}

/**
 * refcount_dec() - give back a reference that is not the last
 * @r:		the counter, more than 1
 */
void refcount_dec(refcount_t *r)
{
	if (unlikely(fetch_add(r, -1) <= 1))
		saturate(r, DEC_LEAK);
	kshim_hb_release(r);
}

/**
 * refcount_dec_if_one() - give back the last reference, or do nothing
 * @r:		the counter
 *
 * Return: true when it went from 1 to 0.
 */
bool refcount_dec_if_one(refcount_t *r)
{
	bool done;

	kshim_point(KSHIM_ATOMIC, r, sizeof(*r));
	done = kshim_rmw_cmpxchg(&r->refs.counter, 1, 0) == 1;
	if (done) {
		kshim_note("refcount", r, 1, 0);
		kshim_hb_both(r);
	}
	return done;
}

/**
 * refcount_dec_not_one() - give back a reference unless it is the last
 * @r:		the counter
 *
 * Return: false when it was 1 and is still.
 */
bool refcount_dec_not_one(refcount_t *r)
{
	unsigned int old, got;

	kshim_point(KSHIM_ATOMIC, r, sizeof(*r));
	got = (unsigned int)READ_ONCE(r->refs.counter);
	do {
		old = got;
		if (unlikely((int)old == REFCOUNT_SATURATED))
			return true;
		if (old == 1)
			return false;
		if (unlikely(!old)) {
			warn_once(NOT_ONE_UAF);
			return true;
		}
		got = kshim_rmw_cmpxchg((unsigned int *)&r->refs.counter, old, old - 1);
	} while (got != old);
	kshim_hb_release(r);
	kshim_touch(KSHIM_PUT, r, sizeof(*r));
	kshim_note("refcount", r, (int)old, (int)(old - 1));
	return true;
}

/**
 * refcount_dec_and_mutex_lock() - give a reference back, the last one locked
 * @r:		the counter
 * @lock:	taken before the last reference goes
 *
 * Return: true, with the lock held, when it was the last.
 */
bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)
{
	if (refcount_dec_not_one(r))
		return false;
	mutex_lock(lock);
	if (refcount_dec_and_test(r))
		return true;
	mutex_unlock(lock);
	return false;
}

/* As refcount_dec_and_mutex_lock() with a spinlock. */
bool refcount_dec_and_lock(refcount_t *r, spinlock_t *lock)
{
	if (refcount_dec_not_one(r))
		return false;
	spin_lock(lock);
	if (refcount_dec_and_test(r))
		return true;
	spin_unlock(lock);
	return false;
}

bool refcount_dec_and_lock_irqsave(refcount_t *r, spinlock_t *lock,
				   unsigned long *flags)
{
	*flags = 0;
	return refcount_dec_and_lock(r, lock);
}
