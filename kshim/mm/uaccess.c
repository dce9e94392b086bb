// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies between kernel and user memory.
 *
 * The kernel guarantees: what is not user space, or not mapped there, is never
 * touched; the return value says how many bytes are missing; copy_from_user()
 * zeroes what it could not fill; the caller may sleep in a page fault, so that
 * anything may happen meanwhile.
 *
 * We give the same. User memory is host memory that is neither the arena (the
 * kernel's), nor in the first page, nor in a range that a test declared bad
 * with kshim_bad_user_range(); or what mmap has given, see anon.c. The kernel's
 * side of a copy is a point and is checked like any other access. The
 * whole-buffer copies fail on demand, as with the kernel's fail_usercopy;
 * single values do not.
 *
 * We do not give wild addresses beyond that: they are the host's fault.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <kshim/user_fs.h>
#include "engine/engine.h"
#include "mm/page.h"
#include "mm/slab.h"

static unsigned long bad_start, bad_len;

void kshim_bad_user_range(const void *addr, unsigned long len)
{
	bad_start = (unsigned long)addr;
	bad_len = addr ? len : 0;
}

static unsigned long until(unsigned long addr, unsigned long n,
			   unsigned long start, unsigned long len)
{
	if (addr - start < len)
		return 0;
	return addr < start && start - addr < n ? start - addr : n;
}

unsigned long kshim_user_reachable(const void __user *p, unsigned long n)
{
	unsigned long addr = (unsigned long)p;

	if (addr < PAGE_SIZE || !access_ok(p, n))
		return 0;
	n = until(addr, n, KSHIM_ARENA_BASE, KSHIM_ARENA_SIZE);
	return until(addr, n, bad_start, bad_len);
}

/**
 * kshim_access_ok() - is this range user space's? (asm/uaccess.h)
 * @addr:	start
 * @n:		bytes
 *
 * Return: true when it may be mapped; only a copy tells whether it is.
 */
bool kshim_access_ok(const void __user *addr, unsigned long n)
{
	unsigned long a = (unsigned long)addr;

	return n <= TASK_SIZE && a <= TASK_SIZE - n &&
	       a - KSHIM_ARENA_BASE >= KSHIM_ARENA_SIZE;
}

/**
 * copy_from_user() - fill kernel memory from user space (linux/uaccess.h)
 * @to:		kernel
 * @from:	user
 * @n:		bytes
 *
 * Context: may sleep.
 * Return: bytes that could not be copied; they are zero in @to.
 */
unsigned long copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long ok = 0, left;

	might_fault();
	if (!n)
		return 0;
	if (!kshim_should_fail(n, true))
		ok = kshim_user_reachable(from, n);
	kshim_point(KSHIM_WRITE, to, n);
	if (ok && kshim_anon_copy((unsigned long)from, to, ok, false, &left)) {
		__builtin_memset(to + n - left, 0, left);
		return left;
	}
	__builtin_memcpy(to, (const void __force *)from, ok);
	__builtin_memset(to + ok, 0, n - ok);
	return n - ok;
}

/**
 * copy_to_user() - hand kernel memory to user space (linux/uaccess.h)
 * @to:		user
 * @from:	kernel
 * @n:		bytes
 *
 * Context: may sleep.
 * Return: bytes that could not be copied.
 */
unsigned long copy_to_user(void __user *to, const void *from, unsigned long n)
{
	unsigned long ok, left;

	might_fault();
	if (!n)
		return 0;
	if (kshim_should_fail(n, true))
		return n;
	kshim_point(KSHIM_READ, from, n);
	ok = kshim_user_reachable(to, n);
	if (ok && kshim_anon_copy((unsigned long)to, (void *)from, ok, true, &left))
		return n - ok + left;
	__builtin_memcpy((void __force *)to, from, ok);
	return n - ok;
}

/* Zero user memory; Return: bytes that could not be (asm/uaccess.h). */
unsigned long clear_user(void __user *to, unsigned long n)
{
	unsigned long ok, left;

	might_fault();
	kshim_point(KSHIM_CALL, NULL, 0);
	ok = kshim_user_reachable(to, n);
	if (ok && kshim_anon_copy((unsigned long)to, NULL, ok, true, &left))
		return n - ok + left;
	__builtin_memset((void __force *)to, 0, ok);
	return n - ok;
}

/* get_user(): one value; on -EFAULT @to keeps what it had, the macro's 0. */
int kshim_get_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long left;

	might_fault();
	kshim_point(KSHIM_CALL, NULL, 0);
	if (kshim_user_reachable(from, n) < n)
		return -EFAULT;
	if (kshim_anon_copy((unsigned long)from, to, n, false, &left))
		return left ? -EFAULT : 0;
	__builtin_memcpy(to, (const void __force *)from, n);
	return 0;
}

/* put_user(): one value, all of it or -EFAULT. */
int kshim_put_user(void __user *to, const void *from, unsigned long n)
{
	unsigned long left;

	might_fault();
	kshim_point(KSHIM_CALL, NULL, 0);
	if (kshim_user_reachable(to, n) < n)
		return -EFAULT;
	if (kshim_anon_copy((unsigned long)to, (void *)from, n, true, &left))
		return left ? -EFAULT : 0;
	__builtin_memcpy((void __force *)to, from, n);
	return 0;
}
