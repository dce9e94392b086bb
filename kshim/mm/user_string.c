// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings and structures from user space.
 *
 * The kernel guarantees: a user string is measured and copied without a byte
 * beyond its end being touched, and what the kernel gets is terminated even
 * when user space changes it meanwhile; a structure of another size is
 * accepted when what the kernel does not know is zero.
 *
 * We give the same over copy_from_user().
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "engine/engine.h"
#include "mm/page.h"
#include "mm/slab.h"

/**
 * strncpy_from_user() - copy a user string (lib/strncpy_from_user.c)
 * @dst:	kernel buffer
 * @src:	user string
 * @count:	size of @dst
 *
 * Return: length without the NUL, @count when it did not fit (then without a
 * NUL), -EFAULT.
 */
long strncpy_from_user(char *dst, const char __user *src, long count)
{
	long i;

	if (count <= 0)
		return 0;
	might_fault();
	if (kshim_should_fail((unsigned long)count, true))
		return -EFAULT;
	kshim_point(KSHIM_WRITE, dst, count);
	for (i = 0; i < count; i++) {
		if (kshim_get_user(&dst[i], src + i, 1))
			return -EFAULT;
		if (!dst[i])
			return i;
	}
	return count;
}

/**
 * strnlen_user() - measure a user string (lib/strnlen_user.c)
 * @s:		user string
 * @n:		look no further
 *
 * Return: size with the NUL, more than @n when there is none, 0 on a fault.
 */
long strnlen_user(const char __user *s, long n)
{
	long i = 0, host;
	char c;

	might_fault();
	kshim_point(KSHIM_CALL, NULL, 0);
	if (n > 0 && !kshim_anon_has((unsigned long)s)) {
		host = kshim_user_reachable(s, n);
		i = __builtin_strnlen((const char __force *)s, host);
		if (i < host)
			return i + 1;
	}
	for (; i < n; i++) {
		if (kshim_get_user(&c, s + i, 1))
			return 0;
		if (!c)
			return i + 1;
	}
	return n <= 0 ? 0 : n + 1;
}

/**
 * memdup_user() - user memory in a new allocation (mm/util.c)
 * @src:	user
 * @len:	bytes
 *
 * Return: to be freed with kfree(), ERR_PTR(-ENOMEM or -EFAULT).
 */
void *memdup_user(const void __user *src, size_t len)
{
	void *p = kmalloc(len, GFP_USER | __GFP_NOWARN);

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(p, src, len)) {
		kfree(p);
		return ERR_PTR(-EFAULT);
	}
	return p;
}

/* The same with a NUL behind (mm/util.c). */
void *memdup_user_nul(const void __user *src, size_t len)
{
	char *p = kmalloc(len + 1, GFP_KERNEL);

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(p, src, len)) {
		kfree(p);
		return ERR_PTR(-EFAULT);
	}
	p[len] = '\0';
	return p;
}

/**
 * strndup_user() - a user string in a new allocation (mm/util.c)
 * @s:		user string
 * @n:		largest size with the NUL
 *
 * Return: to be freed with kfree(), ERR_PTR(-EFAULT, -EINVAL when it is too
 * long, -ENOMEM).
 */
char *strndup_user(const char __user *s, long n)
{
	long len = strnlen_user(s, n);
	char *p;

	if (!len)
		return ERR_PTR(-EFAULT);
	if (len > n)
		return ERR_PTR(-EINVAL);
	p = memdup_user(s, len);
	if (!IS_ERR(p))
		p[len - 1] = '\0';
	return p;
}

/* Is it all zero? Return: 1 yes, 0 no, -EFAULT (lib/usercopy.c). */
int check_zeroed_user(const void __user *from, size_t size)
{
	size_t i;
	char c;

	for (i = 0; i < size; i++) {
		if (kshim_get_user(&c, (const char __user *)from + i, 1))
			return -EFAULT;
		if (c)
			return 0;
	}
	return 1;
}

/**
 * copy_struct_from_user() - a structure that grew over time (linux/uaccess.h)
 * @dst:	kernel structure
 * @ksize:	its size
 * @src:	user structure
 * @usize:	its size
 *
 * Return: 0, -E2BIG when unknown bytes are not zero, -EFAULT.
 */
int copy_struct_from_user(void *dst, size_t ksize, const void __user *src,
			  size_t usize)
{
	size_t size = ksize < usize ? ksize : usize;
	int ret;

	if (usize > ksize) {
		ret = check_zeroed_user((const char __user *)src + size, usize - size);
		if (ret <= 0)
			return ret ? ret : -E2BIG;
	} else if (usize < ksize) {
		memset(dst + size, 0, ksize - size);
	}
	return copy_from_user(dst, src, size) ? -EFAULT : 0;
}
