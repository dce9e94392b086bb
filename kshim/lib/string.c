// SPDX-License-Identifier: GPL-2.0-only
/*
 * Block operations and the strings that libc does not have. Mirrors
 * lib/string.c, lib/string_helpers.c and mm/util.c.
 *
 * The kernel guarantees: what the C library would, plus strscpy()'s -E2BIG
 * and that strscpy() always terminates. Given: that; a block in the arena is
 * checked, and a point when plain accesses are points (one for the source,
 * one for the destination: a block is copied in one step).
 */
#include <linux/ctype.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"

#undef memcpy
#undef memmove
#undef memset
#undef strscpy

static __always_inline void touch(enum kshim_op op, const void *p, size_t n,
				  const void *pc)
{
	if (!n || (unsigned long)p - KSHIM_ARENA_BASE >= KSHIM_ARENA_SIZE)
		return;
	if (kshim_hot.points_mem) {
		kshim_point(op, p, n);
		return;
	}
	kshim_touch(op, p, n);
	if (unlikely(!kshim_addressable(p, n)))
		kshim_bad_access(p, n, op == KSHIM_WRITE, pc);
}

#define READS(p, n)	touch(KSHIM_READ, p, n, __builtin_return_address(0))
#define WRITES(p, n)	touch(KSHIM_WRITE, p, n, __builtin_return_address(0))

void *kshim_memcpy(void *dst, const void *src, size_t n)
{
	READS(src, n);
	WRITES(dst, n);
	return __builtin_memcpy(dst, src, n);
}

void *kshim_memmove(void *dst, const void *src, size_t n)
{
	READS(src, n);
	WRITES(dst, n);
	return __builtin_memmove(dst, src, n);
}

void *kshim_memset(void *dst, int c, size_t n)
{
	WRITES(dst, n);
	return __builtin_memset(dst, c, n);
}

/**
 * memchr_inv() - find the first byte that is not @c
 * @s:		memory
 * @c:		the byte that everything should be
 * @n:		bytes of @s
 *
 * Return: its address, or NULL.
 */
void *memchr_inv(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	READS(s, n);
	for (; n; n--, p++)
		if (*p != (unsigned char)c)
			return (void *)p;
	return NULL;
}

/**
 * kshim_strscpy() - copy a string, terminated in any case
 * @d:		where to
 * @s:		the string
 * @n:		room in @d
 *
 * Return: characters copied without the end, or -E2BIG when cut.
 */
ssize_t kshim_strscpy(char *d, const char *s, size_t n)
{
	size_t len;

	if (!n || n > 0x7fffffff)
		return -E2BIG;
	len = strnlen(s, n);
	READS(s, len < n ? len + 1 : n);
	WRITES(d, len < n ? len + 1 : n);
	if (len == n) {
		__builtin_memcpy(d, s, n - 1);
		d[n - 1] = 0;
		return -E2BIG;
	}
	__builtin_memcpy(d, s, len + 1);
	return len;
}

/**
 * strlcpy() - copy a string, BSD's way
 * @d:		where to
 * @s:		the string
 * @n:		room in @d
 *
 * Return: the length of @s.
 */
size_t strlcpy(char *d, const char *s, size_t n)
{
	size_t len = strlen(s);

	if (n)
		kshim_strscpy(d, s, n);
	return len;
}

/* The rest of the string behind its white space. */
char *skip_spaces(const char *s)
{
	while (isspace(*s))
		s++;
	return (char *)s;
}

/* As skip_spaces(), and cuts the white space at the end off. */
char *strim(char *s)
{
	size_t n = strlen(s);

	while (n && isspace(s[n - 1]))
		n--;
	s[n] = 0;
	return skip_spaces(s);
}

/* Equal, give or take one newline at either end? */
bool sysfs_streq(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return true;
	if (!*a && *b == '\n' && !b[1])
		return true;
	return *a == '\n' && !a[1] && !*b;
}

/**
 * match_string() - look a string up
 * @array:	strings, may end early with a NULL
 * @n:		entries; (size_t)-1: there is a NULL
 * @string:	wanted
 *
 * Return: its index, or -EINVAL.
 */
int match_string(const char * const *array, size_t n, const char *string)
{
	size_t i;

	for (i = 0; i < n && array[i]; i++)
		if (!strcmp(array[i], string))
			return i;
	return -EINVAL;
}

/* As match_string(), comparing with sysfs_streq(). */
int __sysfs_match_string(const char * const *array, size_t n, const char *s)
{
	size_t i;

	for (i = 0; i < n && array[i]; i++)
		if (sysfs_streq(array[i], s))
			return i;
	return -EINVAL;
}

/**
 * kmemdup() - copy memory into an allocation of its own
 * @src:	memory
 * @len:	bytes
 * @gfp:	allocation context
 *
 * Return: the copy, or NULL.
 */
void *kmemdup(const void *src, size_t len, gfp_t gfp)
{
	void *p = kmalloc(len, gfp);

	if (!p)
		return NULL;
	READS(src, len);
	return __builtin_memcpy(p, src, len);
}

/* kmemdup() for a string of at most @len characters, terminated. */
char *kstrndup(const char *s, size_t len, gfp_t gfp)
{
	char *p;

	if (!s)
		return NULL;
	len = strnlen(s, len);
	p = kmalloc(len + 1, gfp);
	if (!p)
		return NULL;
	READS(s, len);
	__builtin_memcpy(p, s, len);
	p[len] = 0;
	return p;
}

char *kstrdup(const char *s, gfp_t gfp)
{
	return kstrndup(s, (size_t)-1, gfp);
}

/* As kmemdup() of a string without its end; terminated. */
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp)
{
	char *p;

	if (!s)
		return NULL;
	p = kmalloc(len + 1, gfp);
	if (!p)
		return NULL;
	READS(s, len);
	__builtin_memcpy(p, s, len);
	p[len] = 0;
	return p;
}

/* Provided by the linker: the read-only part of the program lies between. */
extern const char __executable_start[], __init_array_start[];

static bool is_rodata(const char *s)
{
	return s >= __executable_start && s < __init_array_start;
}

/* Literals are shared, everything else is copied. */
const char *kstrdup_const(const char *s, gfp_t gfp)
{
	return is_rodata(s) ? s : kstrdup(s, gfp);
}

void kfree_const(const void *p)
{
	if ((unsigned long)p - KSHIM_ARENA_BASE < KSHIM_ARENA_SIZE)
		kfree(p);
}
