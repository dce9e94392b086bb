/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/uaccess.h: copies between the kernel and user memory. */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/types.h>

/* Return: how many bytes could not be copied. */
unsigned long copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long clear_user(void __user *to, unsigned long n);
#define __copy_from_user	copy_from_user
#define __copy_to_user		copy_to_user
#define __clear_user		clear_user

bool kshim_access_ok(const void __user *addr, unsigned long n);
#define access_ok(addr, n)	kshim_access_ok((const void __user *)(addr), n)

long strncpy_from_user(char *dst, const char __user *src, long count);
long strnlen_user(const char __user *s, long n);
void *memdup_user_nul(const void __user *s, size_t len);
int copy_struct_from_user(void *dst, size_t ksize, const void __user *src,
			  size_t usize);
int check_zeroed_user(const void __user *from, size_t size);

static inline void *kshim_memdup_array(const void __user *src, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return ERR_PTR(-EOVERFLOW);
	return memdup_user(src, bytes);
}
#define memdup_array_user	kshim_memdup_array
#define vmemdup_user		memdup_user

/* A single value: no fault injection, as in the kernel. */
int kshim_get_user(void *to, const void __user *from, unsigned long n);
int kshim_put_user(void __user *to, const void *from, unsigned long n);

#define get_user(x, ptr)						\
({									\
	__typeof__(*(ptr)) __gu = 0;					\
	int __gu_ret = kshim_get_user(&__gu, ptr, sizeof(*(ptr)));	\
	(x) = (__force __typeof__(x))__gu;				\
	__gu_ret;							\
})
#define put_user(x, ptr)						\
({									\
	__typeof__(*(ptr)) __pu = (__typeof__(*(ptr)))(x);		\
	kshim_put_user(ptr, &__pu, sizeof(*(ptr)));			\
})
#define __get_user	get_user
#define __put_user	put_user

#endif
